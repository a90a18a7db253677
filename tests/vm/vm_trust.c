// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What hmm_bench.ko must bear: callers without the right, descriptors that were handed on,
 * too many calls, death in the middle of one. It calls the module itself, since hmmbench
 * asks for nothing like that.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <linux/capability.h>
#include <linux/userfaultfd.h>

#include <cmocka.h>

#include "run/system/device.h"
#include "run/system/now.h"

#define PAGE		4096UL
#define SECOND		1000000000ULL
#define PARAMETERS	"/sys/module/hmm_bench/parameters/"
#define GROUP		"/tmp/cgroup/trust"

static int device;

static int open_device(void **state)
{
	(void)state;
	device = device_open();
	return device < 0;
}

static int close_device(void **state)
{
	(void)state;
	return close(device);
}

static void *map(size_t pages)
{
	void *p = mmap(NULL, pages * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
		       -1, 0);

	assert_ptr_not_equal(p, MAP_FAILED);
	return p;
}

static struct hmm_bench_call call_of(uint32_t strategy, void *addr, uint64_t pages)
{
	return (struct hmm_bench_call){
		.size = sizeof(struct hmm_bench_call), .version = HMM_BENCH_VERSION,
		.strategy = strategy, .flags = HMM_BENCH_WRITE, .addr = (uintptr_t)addr,
		.pages = pages, .chunk = strategy == HMM_BENCH_STEP ? 2 : 0,
	};
}

/* The errno of the ioctl, or 0. */
static int call_on(int fd, uint32_t strategy, void *addr, uint64_t pages)
{
	struct hmm_bench_call call = call_of(strategy, addr, pages);

	return ioctl(fd, HMM_BENCH_IOC_CALL, &call) ? errno : 0;
}

static bool written(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	bool good = fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);

	if (fd >= 0)
		close(fd);
	return good;
}

static void write_text(const char *path, const char *text)
{
	assert_true(written(path, text));
}

/*
 * In a process of its own, which says by its exit status whether all was as it must be: an
 * assertion that fails would run the other tests there.
 */
static void in_child(int (*wrong)(void *arg), void *arg)
{
	pid_t pid = fork();
	int status;

	assert_true(pid >= 0);
	if (!pid)
		_exit(wrong(arg));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static int without_privilege(void *arg)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2];
	int own = device_open();

	if (own < 0 || call_on(own, HMM_BENCH_PLAIN, arg, 8))
		return 1;
	if (syscall(SYS_capget, &header, data))
		return 2;
	data[0].effective &= ~(1u << CAP_SYS_ADMIN);
	if (syscall(SYS_capset, &header, data))
		return 3;
	if (call_on(own, HMM_BENCH_PLAIN, arg, 8) != EPERM)
		return 4;
	return device_open() != -EPERM;
}

static void test_privilege(void **state)
{
	(void)state;
	in_child(without_privilege, map(8));
}

static int passed_on(void *arg)
{
	int *sockets = arg, fd;
	char byte, control[CMSG_SPACE(sizeof(int))];
	struct iovec io = { &byte, 1 };
	struct msghdr msg = { .msg_iov = &io, .msg_iovlen = 1, .msg_control = control,
			      .msg_controllen = sizeof(control) };

	if (recvmsg(sockets[1], &msg, 0) != 1)
		return 1;
	memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&msg)), sizeof(fd));
	return call_on(fd, HMM_BENCH_PLAIN, (void *)(16 * PAGE), 8) != EPERM;
}

static void test_passed_descriptor(void **state)
{
	int sockets[2];
	char control[CMSG_SPACE(sizeof(int))] = { 0 };
	struct iovec io = { "x", 1 };
	struct msghdr msg = { .msg_iov = &io, .msg_iovlen = 1, .msg_control = control,
			      .msg_controllen = sizeof(control) };
	struct cmsghdr *c = CMSG_FIRSTHDR(&msg);

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, sockets), 0);
	c->cmsg_level = SOL_SOCKET;
	c->cmsg_type = SCM_RIGHTS;
	c->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(c), &device, sizeof(device));
	assert_int_equal(sendmsg(sockets[0], &msg, 0), 1);
	in_child(passed_on, sockets);
	close(sockets[0]);
	close(sockets[1]);
}

/* exec() leaves the descriptor, and another mm; this program is called with its number. */
static int across_exec(void *arg)
{
	char number[16];
	int fd = open(DEVICE_PATH, O_RDWR);

	(void)arg;
	snprintf(number, sizeof(number), "%d", fd);
	execl("/proc/self/exe", "vm_trust", "--inherited", number, NULL);
	return 1;
}

static void test_exec(void **state)
{
	(void)state;
	in_child(across_exec, NULL);
}

static void test_limits(void **state)
{
	void *range = map(16);

	(void)state;
	write_text(PARAMETERS "max_pages", "8");
	assert_int_equal(call_on(device, HMM_BENCH_PLAIN, range, 8), 0);
	assert_int_equal(call_on(device, HMM_BENCH_PLAIN, range, 9), E2BIG);
	write_text(PARAMETERS "max_pages", "4294967295");
	assert_int_equal(call_on(device, HMM_BENCH_PLAIN, range, HMM_BENCH_PAGES_MAX + 1), E2BIG);
	write_text(PARAMETERS "max_pages", "1048576");
	write_text(PARAMETERS "max_calls", "0");
	assert_int_equal(call_on(device, HMM_BENCH_PLAIN, range, 8), EUSERS);
	write_text(PARAMETERS "max_calls", "1");
	assert_int_equal(call_on(device, HMM_BENCH_PLAIN, range, 8), 0);
	write_text(PARAMETERS "max_calls", "512");
	munmap(range, 16 * PAGE);
}

/* As a program of 32 bits calls, from this one: its arguments have to be below 4 GiB. */
static int as_32_bit(void *arg)
{
	struct hmm_bench_call *call = mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE |
					   MAP_ANONYMOUS | MAP_32BIT, -1, 0);
	int own = device_open();
	long ret = 54;	/* ioctl */

	if (own < 0 || call == MAP_FAILED)
		return 1;
	*call = call_of(HMM_BENCH_PLAIN, arg, 8);
	asm volatile("int $0x80" : "+a" (ret) : "b" (own), "c" (HMM_BENCH_IOC_CALL), "d" (call)
		     : "memory", "r8", "r9", "r10", "r11");
	return !(ret == 0 && call->error == 0 && call->valid == 8 && call->writable == 8);
}

static void test_32_bit(void **state)
{
	int status;
	pid_t pid = fork();

	(void)state;
	if (!pid)
		_exit(as_32_bit(map(8)));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV) {
		print_message("this kernel takes no calls of 32 bits\n");
		skip();
	}
	assert_int_equal(status, 0);
}

/* A call of 2^20 pages holds 16 bytes for each, in the caller's own cgroup. */
static int in_cgroup(void *arg)
{
	int own;
	void *range = mmap(NULL, HMM_BENCH_PAGES_MAX * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE |
			   MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	(void)arg;
	if (!written(GROUP "/cgroup.procs", "0"))
		return 1;
	own = device_open();
	return range == MAP_FAILED || call_on(own, HMM_BENCH_NULL, range, HMM_BENCH_PAGES_MAX);
}

static void test_charged(void **state)
{
	unsigned long peak = 0;
	FILE *in;

	(void)state;
	mkdir("/tmp", 0777);
	mkdir("/tmp/cgroup", 0777);
	if (mount("cgroup", "/tmp/cgroup", "cgroup2", 0, NULL)) {
		print_message("this kernel has no cgroups\n");
		skip();
	}
	write_text("/tmp/cgroup/cgroup.subtree_control", "+memory");
	assert_int_equal(mkdir(GROUP, 0777), 0);
	in_child(in_cgroup, NULL);
	in = fopen(GROUP "/memory.peak", "re");
	assert_non_null(in);
	assert_int_equal(fscanf(in, "%lu", &peak), 1);
	fclose(in);
	print_message("charged for %u pages: %lu KiB\n", HMM_BENCH_PAGES_MAX, peak >> 10);
	assert_in_range(peak, 16UL << 20, 20UL << 20);
	rmdir(GROUP);
	umount("/tmp/cgroup");
}

#define STORM_PAGES	512

static void *storm(void *range)
{
	for (;;)
		madvise(range, STORM_PAGES * PAGE, MADV_DONTNEED);
	return NULL;
}

/* Calls without patience, whose range two other threads discard all the time. */
static void call_in_storm(uint32_t strategy, uint32_t flags)
{
	void *range = map(STORM_PAGES);
	int own = device_open();
	pthread_t threads[2];

	for (int i = 0; i < 2; i++)
		if (pthread_create(&threads[i], NULL, storm, range))
			_exit(1);
	for (;;) {
		struct hmm_bench_call call = call_of(strategy, range, STORM_PAGES);

		call.flags |= flags;
		if (ioctl(own, HMM_BENCH_IOC_CALL, &call))
			_exit(2);
	}
}

/* How long a task takes to die of SIGKILL. */
static uint64_t dies_within(pid_t pid)
{
	uint64_t begin = now_ns();
	int status;

	assert_int_equal(kill(pid, SIGKILL), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	return now_ns() - begin;
}

static void test_killed_in_storm(void **state)
{
	static const uint32_t flags[] = { 0, HMM_BENCH_COUNT };
	uint64_t most = 0, took;

	(void)state;
	for (uint32_t s = HMM_BENCH_PLAIN; s < HMM_BENCH_STRATEGY_COUNT; s++) {
		for (int i = 0; i < 2; i++) {
			pid_t pid;

			if (flags[i] && (s == HMM_BENCH_GUP || s == HMM_BENCH_FIXUP))
				continue;
			pid = fork();
			assert_true(pid >= 0);
			if (!pid)
				call_in_storm(s, flags[i]);
			usleep(50000);
			took = dies_within(pid);
			most = took > most ? took : most;
		}
	}
	print_message("killed in a storm: dead after %" PRIu64 " us at most\n", most / 1000);
	assert_true(most < SECOND);
}

/* A userfaultfd that nobody reads, over @range. */
static int silent_uffd(void *range, size_t pages)
{
	struct uffdio_api api = { .api = UFFD_API };
	struct uffdio_register reg = {
		.range = { (uintptr_t)range, pages * PAGE }, .mode = UFFDIO_REGISTER_MODE_MISSING,
	};
	int fd = syscall(SYS_userfaultfd, 0);

	if (fd < 0 || ioctl(fd, UFFDIO_API, &api) || ioctl(fd, UFFDIO_REGISTER, &reg))
		return -1;
	return fd;
}

/* Of the caller: its responder has the only other descriptor. */
static int call_beside_responder(uint32_t strategy)
{
	void *range = map(8);
	int own = device_open(), fd = silent_uffd(range, 8);
	pid_t responder = fork();

	if (!responder) {
		usleep(50000);	/* the caller waits for it by then */
		_exit(0);
	}
	close(fd);
	if (own < 0 || fd < 0 || responder < 0)
		return 1;
	return call_on(own, strategy, range, 8);
}

/* With it the userfaultfd goes, and faults are answered by the kernel again. */
static void test_responder_dies(void **state)
{
	(void)state;
	for (uint32_t s = HMM_BENCH_RFC; s < HMM_BENCH_STRATEGY_COUNT; s++) {
		uint64_t begin = now_ns();
		pid_t pid = fork();
		int status;

		assert_true(pid >= 0);
		if (!pid)
			_exit(call_beside_responder(s));
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_int_equal(status, 0);
		assert_true(now_ns() - begin < SECOND);
	}
}

/* A module in use stays: hmm_bench while it is open, what it calls while it is there. */
static void test_unloading(void **state)
{
	(void)state;
	assert_int_equal(syscall(SYS_delete_module, "hmm_bench", O_NONBLOCK), -1);
	assert_int_equal(errno, EWOULDBLOCK);
	assert_int_equal(syscall(SYS_delete_module, "hmm_strategies", O_NONBLOCK), -1);
	assert_int_equal(errno, EWOULDBLOCK);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_privilege), cmocka_unit_test(test_passed_descriptor),
		cmocka_unit_test(test_exec), cmocka_unit_test(test_limits),
		cmocka_unit_test(test_32_bit), cmocka_unit_test(test_charged),
		cmocka_unit_test(test_killed_in_storm), cmocka_unit_test(test_responder_dies),
		cmocka_unit_test(test_unloading),
	};

	if (argc == 3 && !strcmp(argv[1], "--inherited"))
		return call_on(atoi(argv[2]), HMM_BENCH_PLAIN, (void *)(16 * PAGE), 8) != EPERM;
	return cmocka_run_group_tests(tests, open_device, close_device);
}
