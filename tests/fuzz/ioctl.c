// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Usage: fuzz_ioctl SEED CALLS [ROUND]
 *
 * Calls hmm_bench.ko as nobody should, in a guest, until CALLS ioctls were made. A round is a
 * process with some memory, a userfaultfd and threads; each takes steps at random: calls with
 * fields that are right, nearly right or garbage, while the others unmap, move and protect the
 * range, fork and exec, resolve or abandon faults, send signals, close the device, try to
 * unload the module. A round ends by itself, by a kill, by the OOM killer. Allocations fail
 * where the kernel can be told to. On the deterministic machine a seed replays exactly; with
 * ROUND that round alone is taken. The kernel's log says what went wrong.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/userfaultfd.h>

#include "base/prng.h"
#include "run/system/device.h"
#include "run/system/now.h"

#define PAGE		4096UL
#define PAGES		1024UL		/* of the range that all threads of a round share */
#define THREADS		5		/* callers and disturbers; one more responds */
#define STEPS		400		/* of a thread in a round */
#define ROUND_NS	20000000000ULL	/* a round that lasts longer hangs */
#define GROUP		"/tmp/cgroup/fuzz"
#define ERRNOS		200
#ifndef MADV_COLLAPSE
#define MADV_COLLAPSE	25	/* since Linux 6.1 */
#endif

/* struct total - what all rounds did: in memory that they share */
struct total {
	_Atomic uint64_t calls, ok, failed_inside;
	_Atomic uint64_t refused[ERRNOS];
	_Atomic uint64_t killed, exited;
};

static struct total *total;
static unsigned char *range;
static int device, uffd, files[3];
static _Atomic int done;

static bool one_in(struct prng *prng, uint64_t n)
{
	return !prng_below(prng, n);
}

static void *page_at(uint64_t page)
{
	return range + page * PAGE;
}

/* A few pages mostly; now and then all. */
static uint64_t some_pages(struct prng *prng, uint64_t from)
{
	uint64_t most = one_in(prng, 300) ? PAGES : 8;

	if (most > PAGES - from)
		most = PAGES - from;
	return 1 + prng_below(prng, most);
}

/* Fields that are right. */
static void good_call(struct prng *prng, struct hmm_bench_call *call)
{
	uint64_t from = prng_below(prng, PAGES);

	*call = (struct hmm_bench_call){
		.size = sizeof(*call), .version = HMM_BENCH_VERSION,
		.strategy = prng_below(prng, HMM_BENCH_STRATEGY_COUNT),
		.addr = (uintptr_t)page_at(from), .pages = some_pages(prng, from),
		.timeout_ms = one_in(prng, 2) ? prng_below(prng, 20) : 1,
	};
	call->flags = prng_next(prng) & (HMM_BENCH_WRITE | HMM_BENCH_COUNT);
	for (uint32_t flag = 1; flag & HMM_BENCH_FLAGS; flag <<= 1)
		call->flags |= one_in(prng, 16) ? flag : 0;
	if (!one_in(prng, 20))	/* it waits for several grace periods of RCU */
		call->flags &= ~HMM_BENCH_TRACE;
	if (call->strategy == HMM_BENCH_STEP || one_in(prng, 4))
		call->chunk = 1 + prng_below(prng, call->pages);
}

static uint64_t any_number(struct prng *prng)
{
	static const uint64_t edges[] = {
		0, 1, 7, 4095, 4096, 1ULL << 20, (1ULL << 20) + 1, 1ULL << 31, UINT32_MAX,
		1ULL << 47, (1ULL << 47) - 4096, 1ULL << 52, 1ULL << 63, UINT64_MAX - 4095,
		UINT64_MAX,
	};

	return one_in(prng, 3) ? prng_next(prng) :
	       edges[prng_below(prng, sizeof(edges) / sizeof(*edges))];
}

/* One field wrong, or all of them. */
static void spoil_call(struct prng *prng, struct hmm_bench_call *call)
{
	switch (prng_below(prng, 9)) {
	case 0: call->size = any_number(prng); break;
	case 1: call->version = any_number(prng); break;
	case 2: call->strategy = any_number(prng); break;
	case 3: call->flags = any_number(prng); break;
	case 4: call->addr = any_number(prng); break;
	case 5: call->pages = any_number(prng); break;
	case 6: call->chunk = any_number(prng); break;
	case 7: call->reserved[prng_below(prng, 4)] = any_number(prng); break;
	default:
		for (size_t i = 0; i < sizeof(*call) / 8; i++)
			((uint64_t *)call)[i] = any_number(prng);
	}
}

/* The next allocations of this thread: the Nth fails, where the kernel knows how. */
static void fail_nth(unsigned int nth)
{
	char text[16];
	int fd = open("/proc/thread-self/fail-nth", O_RDWR | O_CLOEXEC);
	ssize_t n = snprintf(text, sizeof(text), "%u", nth);

	if (fd >= 0 && write(fd, text, n) < 0)
		errno = 0;
	if (fd >= 0)
		close(fd);
}

static void count(int ret, const struct hmm_bench_call *call)
{
	atomic_fetch_add(&total->calls, 1);
	if (!ret && !call->error)
		atomic_fetch_add(&total->ok, 1);
	else if (!ret)
		atomic_fetch_add(&total->failed_inside, 1);
	else
		atomic_fetch_add(&total->refused[errno < ERRNOS ? errno : 0], 1);
}

static void step_call(struct prng *prng)
{
	struct hmm_bench_call call;
	bool failing = one_in(prng, 8);
	void *arg = &call;
	int ret;

	good_call(prng, &call);
	if (one_in(prng, 6))
		spoil_call(prng, &call);
	if (one_in(prng, 50))	/* the call's own memory is in the range, or nowhere */
		arg = one_in(prng, 2) ? page_at(prng_below(prng, PAGES)) : NULL;
	if (failing)
		fail_nth(1 + prng_below(prng, 12));
	ret = ioctl(device, HMM_BENCH_IOC_CALL, arg);
	count(ret, &call);
	if (failing)
		fail_nth(0);
}

static void step_other_ioctl(struct prng *prng)
{
	struct hmm_bench_strategy_info info = {
		.size = sizeof(info), .version = HMM_BENCH_VERSION,
		.strategy = prng_below(prng, HMM_BENCH_STRATEGY_COUNT + 2),
	};
	struct hmm_bench_call call = { 0 };

	if (one_in(prng, 2))
		info.size = any_number(prng);
	ioctl(device, HMM_BENCH_IOC_STRATEGY, &info);
	ioctl(device, prng_next(prng), &call);
}

static void put_back(uint64_t from, uint64_t pages, struct prng *prng)
{
	int fd = files[prng_below(prng, 3)], anon = fd < 0 ? MAP_ANONYMOUS : 0;

	mmap(page_at(from), pages * PAGE, PROT_READ | PROT_WRITE,
	     (one_in(prng, 2) ? MAP_PRIVATE : MAP_SHARED) | anon | MAP_FIXED, fd,
	     fd < 0 ? 0 : from * PAGE);
}

static void step_map(struct prng *prng)
{
	static const int advice[] = {
		MADV_DONTNEED, MADV_REMOVE, MADV_FREE, MADV_PAGEOUT, MADV_COLD, MADV_HUGEPAGE,
		MADV_NOHUGEPAGE, MADV_POPULATE_READ, MADV_POPULATE_WRITE, MADV_DONTFORK,
		MADV_DOFORK, MADV_MERGEABLE, MADV_COLLAPSE,
	};
	static const int prots[] = {
		PROT_NONE, PROT_READ, PROT_WRITE, PROT_READ | PROT_WRITE, PROT_READ | PROT_EXEC,
	};
	uint64_t from = prng_below(prng, PAGES), pages = some_pages(prng, from);
	uint64_t to = prng_below(prng, PAGES + 1 - pages);

	switch (prng_below(prng, 6)) {
	case 0:
		munmap(page_at(from), pages * PAGE);
		if (!one_in(prng, 4))
			put_back(from, pages, prng);
		break;
	case 1:
		mremap(page_at(from), pages * PAGE, pages * PAGE, MREMAP_MAYMOVE | MREMAP_FIXED,
		       page_at(to));
		put_back(from, pages, prng);
		break;
	case 2:
		mprotect(page_at(from), pages * PAGE, prots[prng_below(prng, 5)]);
		break;
	case 3:
		put_back(from, pages, prng);
		break;
	default:
		madvise(page_at(from), pages * PAGE,
			advice[prng_below(prng, sizeof(advice) / sizeof(*advice))]);
	}
}

static void step_uffd(struct prng *prng)
{
	uint64_t from = prng_below(prng, PAGES), pages = some_pages(prng, from);
	struct uffdio_range over = { (uintptr_t)page_at(from), pages * PAGE };
	struct uffdio_register reg = { .range = over, .mode = 1 + prng_below(prng, 7) };
	struct uffdio_writeprotect wp = {
		.range = over, .mode = one_in(prng, 2) ? UFFDIO_WRITEPROTECT_MODE_WP : 0,
	};

	switch (prng_below(prng, 4)) {
	case 0: ioctl(uffd, UFFDIO_REGISTER, &reg); break;
	case 1: ioctl(uffd, UFFDIO_WRITEPROTECT, &wp); break;
	case 2: ioctl(uffd, UFFDIO_WAKE, &over); break;
	default: ioctl(uffd, UFFDIO_UNREGISTER, &over);
	}
}

static void step_fork(struct prng *prng)
{
	pid_t pid = fork();

	if (!pid) {
		for (int i = 0; i < 8; i++)
			step_call(prng);	/* of another mm: refused */
		if (one_in(prng, 2))
			execl("/bin/true", "true", NULL);
		_exit(0);
	}
	if (pid > 0)
		waitpid(pid, NULL, 0);
}

static void step_device(struct prng *prng)
{
	int fd;

	switch (prng_below(prng, 3)) {
	case 0:	/* under the feet of calls in flight */
		fd = open(DEVICE_PATH, O_RDWR | O_CLOEXEC);
		if (fd >= 0) {
			dup2(fd, device);
			close(fd);
		}
		break;
	case 1:
		syscall(SYS_delete_module, "hmm_bench", O_NONBLOCK);
		break;
	default:
		syscall(SYS_delete_module, "hmm_strategies", O_NONBLOCK);
	}
}

static void *take_steps(void *seed)
{
	struct prng prng;

	prng_seed(&prng, (uintptr_t)seed);
	for (int i = 0; i < STEPS; i++) {
		uint64_t kind = prng_below(&prng, 100);

		if (kind < 85)
			step_call(&prng);
		else if (kind < 90)
			step_map(&prng);
		else if (kind < 94)
			step_uffd(&prng);
		else if (kind < 96)
			step_other_ioctl(&prng);
		else if (kind < 97)
			step_device(&prng);
		else if (kind < 99)
			syscall(SYS_tgkill, getpid(), getpid() + prng_below(&prng, THREADS + 2),
				SIGUSR1);
		else if (one_in(&prng, 8))
			step_fork(&prng);
		else if (one_in(&prng, 200))
			_exit(0);
	}
	return NULL;
}

/* Answers a fault, or not; at the end nobody answers any more. */
static void *respond(void *seed)
{
	struct uffd_msg msg;
	struct prng prng;
	void *page = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	prng_seed(&prng, (uintptr_t)seed);
	while (!done && !one_in(&prng, 300)) {
		struct pollfd fd = { .fd = uffd, .events = POLLIN };
		uint64_t at;

		if (poll(&fd, 1, 1) < 1 || read(uffd, &msg, sizeof(msg)) != sizeof(msg))
			continue;
		at = msg.arg.pagefault.address & ~(PAGE - 1);
		if (one_in(&prng, 3)) {
			struct uffdio_zeropage zero = { .range = { at, PAGE } };

			ioctl(uffd, UFFDIO_ZEROPAGE, &zero);
		} else if (!one_in(&prng, 20)) {
			struct uffdio_copy copy = { .dst = at, .src = (uintptr_t)page, .len = PAGE };
			struct uffdio_writeprotect wp = { .range = { at, PAGE } };
			struct uffdio_continue go_on = { .range = { at, PAGE } };

			if (msg.arg.pagefault.flags & UFFD_PAGEFAULT_FLAG_WP)
				ioctl(uffd, UFFDIO_WRITEPROTECT, &wp);
			else if (msg.arg.pagefault.flags & UFFD_PAGEFAULT_FLAG_MINOR)
				ioctl(uffd, UFFDIO_CONTINUE, &go_on);
			else
				ioctl(uffd, UFFDIO_COPY, &copy);
		}
	}
	close(uffd);
	return NULL;
}

static void nothing(int signal)
{
	(void)signal;
}

static void write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd >= 0 && write(fd, text, strlen(text)) < 0)
		errno = 0;
	if (fd >= 0)
		close(fd);
}

/* Does not return. */
static void round_of(uint64_t seed, bool poor)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct sigaction action = { .sa_handler = nothing };
	pthread_t threads[THREADS + 1];
	struct prng prng;

	prng_seed(&prng, seed);
	if (poor)	/* memory for a part of it */
		write_text(GROUP "/cgroup.procs", "0");
	sigaction(SIGUSR1, &action, NULL);
	sigaction(SIGBUS, &action, NULL);
	range = mmap(NULL, PAGES * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	device = device_open();
	uffd = syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK);
	files[0] = -1;
	files[1] = memfd_create("fuzz", MFD_CLOEXEC);
	files[2] = open("/scratch/fuzz", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (range == MAP_FAILED || device < 0 || uffd < 0 || ioctl(uffd, UFFDIO_API, &api) ||
	    ftruncate(files[1], PAGES * PAGE) || ftruncate(files[2], PAGES * PAGE))
		_exit(3);
	for (uintptr_t i = 0; i <= THREADS; i++)
		pthread_create(&threads[i], NULL, i ? take_steps : respond,
			       (void *)(uintptr_t)prng_next(&prng));
	for (int i = 1; i <= THREADS; i++)
		pthread_join(threads[i], NULL);
	done = 1;
	pthread_join(threads[0], NULL);
	_exit(0);
}

/* Returns how it ended; a round that does not die of SIGKILL is a hang. */
static int take_round(uint64_t seed)
{
	struct prng prng;
	uint64_t begin, limit;
	int status = 0;
	pid_t pid;

	prng_seed(&prng, ~seed);
	limit = one_in(&prng, 3) ? prng_below(&prng, 50000000) : 100000000;
	pid = fork();
	if (!pid)
		round_of(seed, one_in(&prng, 8));
	begin = now_ns();
	while (pid > 0 && !waitpid(pid, &status, WNOHANG)) {
		if (now_ns() - begin > limit)
			kill(pid, SIGKILL);
		if (now_ns() - begin > ROUND_NS)
			return -1;
		usleep(1000);
	}
	if (WIFEXITED(status) && WEXITSTATUS(status) == 3)
		return -2;
	atomic_fetch_add(WIFEXITED(status) ? &total->exited : &total->killed, 1);
	return 0;
}

/* Two seeds have no round in common. */
static uint64_t round_seed(uint64_t seed, uint64_t round)
{
	uint64_t mixed = prng_mix(&seed) ^ round;

	return prng_mix(&mixed);
}

static void make_group(void)
{
	mkdir("/tmp", 0777);
	mkdir("/tmp/cgroup", 0777);
	if (mount("cgroup", "/tmp/cgroup", "cgroup2", 0, NULL))
		return;
	write_text("/tmp/cgroup/cgroup.subtree_control", "+memory");
	mkdir(GROUP, 0777);
	write_text(GROUP "/memory.max", "3M");
}

static void print_total(uint64_t seed, uint64_t rounds)
{
	printf("seed %" PRIu64 ": %" PRIu64 " rounds, %" PRIu64 " exited, %" PRIu64 " killed; %"
	       PRIu64 " calls, %" PRIu64 " fine, %" PRIu64 " failed in the call", seed, rounds,
	       total->exited, total->killed, total->calls, total->ok, total->failed_inside);
	for (int i = 0; i < ERRNOS; i++)
		if (total->refused[i])
			printf(", %" PRIu64 " %s", total->refused[i], strerrorname_np(i));
	printf("; after %" PRIu64 " ns\n", now_ns());
}

int main(int argc, char **argv)
{
	uint64_t seed, calls, at = 0, last = UINT64_MAX;
	int ret = 0;

	if (argc < 3 || argc > 4)
		return fprintf(stderr, "usage: fuzz_ioctl SEED CALLS [ROUND]\n"), 2;
	seed = strtoull(argv[1], NULL, 0);
	calls = strtoull(argv[2], NULL, 0);
	if (argc == 4) {
		at = strtoull(argv[3], NULL, 0);
		last = at;
	}
	total = mmap(NULL, sizeof(*total), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		     -1, 0);
	make_group();
	for (; total->calls < calls && at <= last && !ret; at++) {
		ret = take_round(round_seed(seed, at));
		if (!(at % 50)) {
			printf("round %" PRIu64 ", %" PRIu64 " calls\n", at, total->calls);
			fflush(stdout);
		}
	}
	print_total(seed, at);
	if (ret == -1)
		printf("HANG: round %" PRIu64 " does not die\n", at - 1);
	else if (ret)
		printf("round %" PRIu64 " could not begin\n", at - 1);
	return ret ? 1 : 0;
}
