// SPDX-License-Identifier: GPL-2.0-or-later
/* On which machines nothing is measured: another module. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "run/call/caller.h"
#include "run/system/device.h"

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
		cmocka_unit_test(versions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
