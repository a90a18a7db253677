// SPDX-License-Identifier: GPL-2.0-or-later
/* Tests that need the kernel and the module; one boot serves all of them. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/userfaultfd.h>

#include <cmocka.h>

#include "base/prng.h"
#include "run/system/device.h"
#include "vm_tests.h"

#define BASE	((unsigned char *)(128UL << 30))

int no_costs;

/* Every strategy gives the right pages with the right contents, on every axis. */
static void test_every_strategy(void **state)
{
	struct sample s;

	(void)state;
	for (size_t i = 0; i < strategies_count; i++) {
		struct axes axes = axes_of(strategies[i].name, 37);

		/* test_plain and vm_rxe have these. */
		if (strategies[i].refused || strategies[i].role == STRATEGY_DRIVER)
			continue;
		if (strategies[i].takes_chunk)
			strcat(axes.strategy, ":3");
		for (int bits = 0; bits < 32; bits++) {
			axes.access = bits & 1 ? ACCESS_READ : ACCESS_WRITE;
			axes.uffd = bits & 2 ? UFFD_NONE : UFFD_MISSING;
			axes.populated = bits & 4 ? 40 : 0;
			axes.tables = bits & 8 ? TABLES_WARM : TABLES_COLD;
			axes.batch = bits & 16 ? 8 : 1;
			take(&axes, MODE_TIME, &s);
			assert_int_equal(s.err, 0);
			struct recipe recipe = recipe_of(&axes);

			if (!recipe_countable(&recipe))
				continue;
			take(&axes, MODE_COUNT, &s);
			assert_int_equal(s.counts.lock_drops, s.messages);
		}
	}
}

static void test_plain(void **state)
{
	struct axes axes = axes_of("plain", 37);
	struct sample s;

	(void)state;
	axes.uffd = UFFD_NONE;
	take(&axes, MODE_COUNT, &s);
	assert_int_equal(s.err, 0);
	assert_int_equal(s.valid, 37);
	/* It cannot drop the lock, so userfaultfd answers with SIGBUS. */
	axes.uffd = UFFD_MISSING;
	take(&axes, MODE_COUNT, &s);
	assert_int_equal(s.err, EFAULT);
	assert_int_equal(s.counts.lock_drops, 0);
}

enum { KERNEL, COUNTED, PHASES, KINDS };

static int by_size(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

#define COST_SAMPLES_MAX 2000

/*
 * Medians over samples in random order: what the page allocator does depends on
 * what it did before, by more than what is looked for here.
 */
static void median_totals(uint64_t pages, unsigned int samples, double *median)
{
	static uint64_t totals[KINDS][COST_SAMPLES_MAX];
	struct axes axes = axes_of("unlocked", pages);
	unsigned int n[KINDS] = { 0 };
	struct prng prng;
	struct sample s;

	prng_seed(&prng, 1);
	for (unsigned int i = 0; i < samples; i++) {
		int kind = prng_below(&prng, KINDS);

		cell_count_phases = kind == PHASES;
		take(&axes, kind == KERNEL ? MODE_TIME : MODE_COUNT, &s);
		totals[kind][n[kind]++] = s.total;
	}
	cell_count_phases = 1;
	for (int kind = 0; kind < KINDS; kind++) {
		qsort(totals[kind], n[kind], sizeof(**totals), by_size);
		median[kind] = totals[kind][n[kind] / 2];
	}
}

/* Counting is within 1 % of the kernel's own function, without phase times. */
static void test_counting_is_cheap(void **state)
{
	static const struct { uint64_t pages; unsigned int samples; } sizes[] = {
		{ 16, COST_SAMPLES_MAX }, { 64, 800 }, { 256, 200 }, { 1024, 60 },
	};
	double median[KINDS];

	(void)state;
	if (no_costs)
		skip();
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		median_totals(sizes[i].pages, sizes[i].samples, median);
		print_message("counting: %4" PRIu64 " pages: kernel %.0f, counted "
			      "%+.2f %%, with phases %+.2f %%\n", sizes[i].pages,
			      median[KERNEL], 100 * median[COUNTED] / median[KERNEL] - 100,
			      100 * median[PHASES] / median[KERNEL] - 100);
		assert_true(median[COUNTED] <= median[KERNEL] * 1.01);
		assert_true(median[COUNTED] >= median[KERNEL] * 0.99);
	}
}

/*
 * The strategies walk as the kernel itself does, to the instruction: ebusy, whose loop is
 * the module's, against unlocked, whose loop is the kernel's.
 */
static void test_module_is_as_fast(void **state)
{
	static const struct { uint64_t pages; int samples; } sizes[] = { { 1024, 9 }, { 4096, 1 } };
	static const char *const names[] = { "unlocked", "ebusy" };
	uint64_t totals[2][9];
	struct sample s;
	double ratio;

	(void)state;
	if (no_costs)
		skip();
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		for (int k = 0; k < 2 * sizes[i].samples; k++) {
			struct axes axes = axes_of(names[k % 2], sizes[i].pages);

			take(&axes, MODE_TIME, &s);
			totals[k % 2][k / 2] = s.total;
		}
		for (int k = 0; k < 2; k++)
			qsort(totals[k], sizes[i].samples, sizeof(**totals), by_size);
		ratio = (double)totals[1][sizes[i].samples / 2] / totals[0][sizes[i].samples / 2];
		print_message("module: %4" PRIu64 " pages: ebusy in hmm_strategies.ko against "
			      "unlocked in the kernel %+.2f %%\n", sizes[i].pages, 100 * ratio - 100);
		assert_true(ratio > 0.98 && ratio < 1.02);
	}
}

static void test_null_is_small(void **state)
{
	struct axes axes = axes_of("null", 64);
	struct sample s;

	(void)state;
	if (no_costs)
		skip();
	take(&axes, MODE_TIME, &s);
	print_message("null: %" PRIu64 " instructions\n", s.total);
	assert_true(s.total <= 300);
}

static void *map(size_t pages, int prot)
{
	void *p = mmap(BASE, pages * base_page_size(), prot, MAP_PRIVATE |
		       MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);

	assert_ptr_not_equal(p, MAP_FAILED);
	return p;
}

static void unmap(size_t pages)
{
	assert_int_equal(munmap(BASE, pages * base_page_size()), 0);
}

static struct hmm_bench_call call_of(uint32_t strategy, uint64_t pages)
{
	return (struct hmm_bench_call){
		.size = sizeof(struct hmm_bench_call),
		.version = HMM_BENCH_VERSION,
		.strategy = strategy,
		.flags = HMM_BENCH_WRITE,
		.addr = (uintptr_t)BASE,
		.pages = pages,
		.chunk = strategy == HMM_BENCH_STEP ? 2 : 0,
	};
}

static int errno_of_call(uint32_t strategy, uint64_t pages)
{
	struct hmm_bench_call call = call_of(strategy, pages);

	assert_int_equal(ioctl(bench.device, HMM_BENCH_IOC_CALL, &call), 0);
	return call.error;
}

/* What each kind of call says of a range that it cannot fault in. */
static void test_errnos(void **state)
{
	(void)state;
	for (uint32_t s = HMM_BENCH_PLAIN; s < HMM_BENCH_STRATEGY_COUNT; s++) {
		int gup = s == HMM_BENCH_GUP || s == HMM_BENCH_FIXUP;

		assert_int_equal(errno_of_call(s, 8), EFAULT);	/* unmapped */
		map(8, PROT_NONE);
		assert_int_equal(errno_of_call(s, 8), EFAULT);
		unmap(8);
		map(8, PROT_READ);
		assert_int_equal(errno_of_call(s, 8), gup ? EFAULT : EPERM);
		unmap(8);
	}
}

static int register_uffd(int flags, size_t pages)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register reg = {
		.range = { (uintptr_t)BASE, pages * base_page_size() },
		.mode = UFFDIO_REGISTER_MODE_MISSING,
	};
	int fd = syscall(SYS_userfaultfd, O_CLOEXEC | flags);

	assert_true(fd >= 0);
	assert_int_equal(ioctl(fd, UFFDIO_API, &api), 0);
	assert_int_equal(ioctl(fd, UFFDIO_REGISTER, &reg), 0);
	return fd;
}

/*
 * The faults are the kernel's own, so a user-mode-only userfaultfd refuses; but those
 * of rfc, which say that they are user space's.
 */
static void test_user_mode_only(void **state)
{
	(void)state;
	for (uint32_t s = HMM_BENCH_PLAIN; s < HMM_BENCH_STRATEGY_COUNT; s++) {
		int fd;

		if (s == HMM_BENCH_RFC)
			continue;
		map(8, PROT_READ | PROT_WRITE);
		fd = register_uffd(UFFD_USER_MODE_ONLY, 8);
		assert_int_equal(errno_of_call(s, 8), EFAULT);
		close(fd);
		unmap(8);
	}
}

/* Nobody answers; the call must end when it is killed, and leave no lock held. */
static void test_killed(void **state)
{
	(void)state;
	for (uint32_t s = HMM_BENCH_RFC; s < HMM_BENCH_STRATEGY_COUNT; s++) {
		int status, fd;
		pid_t pid = fork();

		assert_true(pid >= 0);
		if (!pid) {
			struct hmm_bench_call call = call_of(s, 8);
			int device = device_open();

			map(8, PROT_READ | PROT_WRITE);
			fd = register_uffd(0, 8);
			alarm(1);	/* in the middle of the first fault */
			ioctl(device, HMM_BENCH_IOC_CALL, &call);
			_exit(fd >= 0 ? 1 : 2);
		}
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), SIGALRM);
	}
}

static void expect_ioctl(struct hmm_bench_call *call, int err)
{
	errno = 0;
	assert_int_equal(ioctl(bench.device, HMM_BENCH_IOC_CALL, call), -1);
	assert_int_equal(errno, err);
}

#define MISUSE(err, field, value)					\
	do {								\
		struct hmm_bench_call call = call_of(HMM_BENCH_RFC, 8);	\
		call.field = (value);					\
		expect_ioctl(&call, err);				\
	} while (0)

static void test_misuse(void **state)
{
	struct hmm_bench_call step = call_of(HMM_BENCH_STEP, 8);
	struct hmm_bench_call downgrade = call_of(HMM_BENCH_UNLOCKED, 8);

	(void)state;
	MISUSE(EINVAL, size, 8);
	MISUSE(EINVAL, size, sizeof(struct hmm_bench_call) + 8);
	MISUSE(EINVAL, version, HMM_BENCH_VERSION + 1);
	MISUSE(EINVAL, strategy, HMM_BENCH_STRATEGY_COUNT);
	MISUSE(EINVAL, flags, 0x80000000);
	MISUSE(EINVAL, flags, HMM_BENCH_PHASES);
	MISUSE(EINVAL, reserved[3], 1);
	MISUSE(EINVAL, addr, (uintptr_t)BASE + 8);
	MISUSE(EINVAL, addr, 0xfffffffffffff000);
	MISUSE(EINVAL, pages, 0);
	MISUSE(E2BIG, pages, HMM_BENCH_PAGES_MAX + 1);
	MISUSE(E2BIG, pages, UINT64_MAX);
	MISUSE(EINVAL, chunk, 9);
	MISUSE(EINVAL, flags, HMM_BENCH_TRACE);
	/* It takes the lock itself. */
	downgrade.flags |= HMM_BENCH_DOWNGRADE;
	expect_ioctl(&downgrade, EINVAL);
	step.chunk = 0;
	expect_ioctl(&step, EINVAL);
	step.chunk = 9;
	expect_ioctl(&step, EINVAL);
	expect_ioctl(NULL, EFAULT);
	assert_int_equal(ioctl(bench.device, _IO('H', 0xbf), 0), -1);
	assert_int_equal(errno, ENOTTY);
}

/* The device works on the mm that opened it, and on no other. */
static void test_other_mm(void **state)
{
	int status;
	pid_t pid = fork();

	(void)state;
	if (!pid) {
		struct hmm_bench_call call = call_of(HMM_BENCH_NULL, 8);

		_exit(ioctl(bench.device, HMM_BENCH_IOC_CALL, &call) == -1 &&
		      errno == EPERM ? 0 : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

/* The module's names and ours are the same names. */
static void test_names(void **state)
{
	(void)state;
	for (size_t i = 0; i < strategies_count; i++) {
		const struct strategy_call *c = strategy_call(&strategies[i]);
		struct hmm_bench_strategy_info info = {
			.size = sizeof(info),
			.version = HMM_BENCH_VERSION,
			.strategy = c->id,
		};

		if (c->run)
			continue;
		assert_int_equal(ioctl(bench.device, HMM_BENCH_IOC_STRATEGY, &info), 0);
		assert_string_equal(info.name, strategies[i].name);
		assert_true(info.flags & HMM_BENCH_PRESENT);
	}
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_every_strategy),
		cmocka_unit_test(test_backings),
		cmocka_unit_test(test_drops),
		cmocka_unit_test(test_silent),
		cmocka_unit_test(test_completed_model),
		cmocka_unit_test(test_tried_first),
		cmocka_unit_test(test_clean),
		cmocka_unit_test(test_placements),
		cmocka_unit_test(test_misplaced),
		cmocka_unit_test(test_restarts),
		cmocka_unit_test(test_counters_agree),
		cmocka_unit_test(test_responder_is_cheap),
		cmocka_unit_test(test_profiles),
		cmocka_unit_test(test_patience),
		cmocka_unit_test(test_bystanders),
		cmocka_unit_test(test_only_the_call_counts),
		cmocka_unit_test(test_plain),
		cmocka_unit_test(test_cost_model),
		cmocka_unit_test(test_counting_is_cheap),
		cmocka_unit_test(test_module_is_as_fast),
		cmocka_unit_test(test_null_is_small),
		cmocka_unit_test(test_errnos),
		cmocka_unit_test(test_user_mode_only),
		cmocka_unit_test(test_killed),
		cmocka_unit_test(test_misuse),
		cmocka_unit_test(test_other_mm),
	};

	/* On a kernel that was booted for them. */
	const struct CMUnitTest folios[] = { cmocka_unit_test(test_folios) };

	/* Minutes of it. */
	const struct CMUnitTest everything[] = { cmocka_unit_test(test_everything) };

	if (argc > 1 && !strcmp(argv[1], "--everything"))
		return cmocka_run_group_tests(everything, open_bench, close_bench);
	if (argc > 1 && !strcmp(argv[1], "--folios"))
		return cmocka_run_group_tests(folios, open_bench, close_bench);
	no_costs = argc > 1 && !strcmp(argv[1], "--no-costs");
	return cmocka_run_group_tests(tests, open_bench, close_bench);
}
