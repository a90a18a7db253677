// SPDX-License-Identifier: GPL-2.0-or-later
/* On which machines nothing is measured: broken kernels, too little memory, another module. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "run/call/need.h"
#include "run/system/device.h"
#include "run/system/memory.h"
#include "run/system/taint.h"

static char folder[] = "/tmp/hmmbench-test-XXXXXX";

static int make_folder(void **state)
{
	(void)state;
	return !mkdtemp(folder) || chdir(folder);
}

static int remove_folder(void **state)
{
	(void)state;
	return system("rm -rf \"$PWD\"");
}

static void write_file(const char *path, const char *text)
{
	FILE *out = fopen(path, "we");

	assert_non_null(out);
	assert_true(fputs(text, out) >= 0);
	assert_int_equal(fclose(out), 0);
}

static void assert_taint(const char *number, const char *words)
{
	char *taint;

	write_file("tainted", number);
	taint = taint_read("tainted");
	if (words)
		assert_string_equal(taint, words);
	else
		assert_null(taint);
	free(taint);
}

static void taints(void **state)
{
	(void)state;
	assert_taint("0\n", "none");
	/* proprietary, forced, out of specification, staging, firmware, of another tree,
	 * unsigned, live patched, auxiliary, randomised, a test's: each the user's own doing
	 */
	assert_taint("507207\n", "none");
	assert_taint("512\n", "a warning (512)");
	assert_taint("12928\n", "an oops (128), a warning (512)");
	assert_taint("17080\n", "an oops (128), a bad page (32), a machine check (16), "
		     "a soft lockup (16384), a warning (512), a module removed by force (8)");
	assert_taint("\n", NULL);
	assert_taint("what\n", NULL);
	assert_null(taint_read("no such file"));
}

#define GIB	(1ULL << 30)

static void assert_room(uint64_t bytes, const char *from)
{
	struct memory_room room;

	memory_room(".", &room);
	assert_int_equal(room.bytes, bytes);
	assert_string_equal(room.from, from);
}

static void rooms(void **state)
{
	(void)state;
	assert_room(UINT64_MAX, "");
	assert_int_equal(system("mkdir -p proc/self sys/fs/cgroup/user.slice/one"), 0);
	write_file("proc/meminfo", "MemTotal: 9000000 kB\nMemAvailable:    4194304 kB\n");
	assert_room(4 * GIB, "MemAvailable of /proc/meminfo");
	write_file("proc/self/cgroup", "1:name=systemd:/\n0::/user.slice/one\n");
	write_file("sys/fs/cgroup/user.slice/one/memory.max", "max\n");
	assert_room(4 * GIB, "MemAvailable of /proc/meminfo");
	/* of a group above */
	write_file("sys/fs/cgroup/user.slice/memory.max", "3221225472\n");
	assert_room(3 * GIB, "/sys/fs/cgroup/user.slice/memory.max");
	write_file("sys/fs/cgroup/user.slice/one/memory.max", "1073741824\n");
	assert_room(GIB, "/sys/fs/cgroup/user.slice/one/memory.max");
	/* less what it has already, but for what is taken back from it */
	write_file("sys/fs/cgroup/user.slice/memory.current", "2684354560\n");
	assert_room(GIB / 2, "/sys/fs/cgroup/user.slice/memory.max");
	write_file("sys/fs/cgroup/user.slice/memory.stat",
		   "anon 1\ninactive_anon 5\ninactive_file 1073741824\nactive_file 7\n");
	assert_room(GIB, "/sys/fs/cgroup/user.slice/one/memory.max");
	write_file("sys/fs/cgroup/user.slice/one/memory.current", "1073741825\n");
	assert_room(0, "/sys/fs/cgroup/user.slice/one/memory.max");
	write_file("sys/fs/cgroup/user.slice/one/memory.current", "1\n");
	write_file("sys/fs/cgroup/user.slice/one/memory.stat", "inactive_file 4096\n");
	assert_room(GIB, "/sys/fs/cgroup/user.slice/one/memory.max");
	/* in a container, whose own group is the root */
	write_file("proc/self/cgroup", "0::/\n");
	write_file("sys/fs/cgroup/memory.max", "2147483648\n");
	assert_room(2 * GIB, "/sys/fs/cgroup/memory.max");
}

static uint64_t need_of(const struct axes *axes)
{
	struct recipe recipe;

	recipe_read(&recipe, axes, -1);
	return need_bytes(&recipe, 4);
}

static void needs(void **state)
{
	struct axes axes;
	uint64_t small, range;

	(void)state;
	axes_defaults(&axes);
	strcpy(axes.strategy, "touch");
	axes.uffd = UFFD_NONE;
	axes.pages = 512;
	small = need_of(&axes);
	axes.pages = 262144 + 512;
	range = need_of(&axes) - small;
	/* the pages, and no more than a hundredth beside them */
	assert_true(range >= GIB && range < GIB + GIB / 100);
	axes.backing = BACKING_HUGETLB;
	assert_true(need_of(&axes) < small + GIB / 100);
	/* eight threads copy from 512 pages each */
	axes.backing = BACKING_ANON;
	axes.uffd = UFFD_MISSING;
	axes.threads = 8;
	axes.batch = 512;
	assert_true(need_of(&axes) - small >= range + (8 * 512 << 12));
	/* as many readers of 65536 pages as there are cores */
	axes.pages = axes.batch = axes.threads = 1;
	strcpy(axes.load, "readers:4:1ms:65536");
	assert_true(need_of(&axes) > GIB);
}

/* A module that knows one version. */
static uint32_t version_there;

int __wrap_ioctl(int fd, unsigned long request, void *arg);
int __wrap_ioctl(int fd, unsigned long request, void *arg)
{
	const struct hmm_bench_strategy_info *info = arg;

	assert_int_equal(fd, -2);
	assert_int_equal(request, HMM_BENCH_IOC_STRATEGY);
	errno = EINVAL;
	return info->version == version_there ? 0 : -1;
}

static void assert_version(uint32_t version, const char *words)
{
	struct reason why;

	version_there = version;
	assert_int_equal(device_version(-2), version);
	caller_blame_module(device_version(-2), -EINVAL, &why);
	assert_string_equal(why.text, words);
}

static void versions(void **state)
{
	char words[256];

	(void)state;
	snprintf(words, sizeof(words), "/dev/hmm_bench: hmm_bench.ko is of version 3, and this "
		 "hmmbench wants %d: rmmod hmm_bench hmm_strategies, build both from this tree "
		 "(scripts/kernel --here) and load them again", HMM_BENCH_VERSION);
	assert_version(3, words);
	assert_version(0, "/dev/hmm_bench: Invalid argument; it is not the device of "
		       "hmm_bench.ko: rmmod hmm_bench, and load the one of this tree");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(taints),
		cmocka_unit_test(rooms),
		cmocka_unit_test(needs),
		cmocka_unit_test(versions),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
