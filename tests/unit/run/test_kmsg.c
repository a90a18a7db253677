// SPDX-License-Identifier: GPL-2.0-or-later
/* What is made of the kernel's log, with a kernel that says what the test wants. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

#include <cmocka.h>

#include "run/seen/kmsg.h"

/* What read(2) finds in the log: a record, or an errno. */
struct turn {
	const char *record;
	int err;
};

static const struct turn *turns;

ssize_t __wrap_read(int fd, void *buf, size_t size);
ssize_t __wrap_read(int fd, void *buf, size_t size)
{
	const struct turn *turn = turns++;

	(void)fd;
	if (!turn->record) {
		errno = turn->err;
		return -1;
	}
	assert_true(strlen(turn->record) < size);
	return stpcpy(buf, turn->record) - (char *)buf;
}

/* Drains what the turns say; @log gets the copy. */
static int drain(const struct turn *of, char *first, size_t first_size, char **log)
{
	size_t size;
	FILE *copy = open_memstream(log, &size);
	int found;

	assert_non_null(copy);
	turns = of;
	found = kmsg_drain(-1, copy, first, first_size);
	fclose(copy);
	return found;
}

static void complaints(void **state)
{
	static const char *const fine[] = {
		"hmm_bench: loading out-of-tree module taints kernel.",
		"mitigations: debug, warning level 3",
		"kmemleak: Kernel memory leak detector initialized (mem pool available: 15871)",
		"kmemleak: Automatic memory scanning thread started",
		"Speculative Return Stack Overflow: WARNING: See https://kernel.org/doc/html/latest/admin-guide/hw-vuln/srso.html for mitigation options.",
	};
	static const char *const bad[] = {
		"WARNING: CPU: 0 PID: 1 at mm/hmm.c:1",
		"BUG: KASAN: slab-use-after-free in x",
		"WARNING: possible recursive locking detected",
		"INFO: task x:1 blocked for more than 120 seconds.",
		"kmemleak: 1 new suspected memory leaks (see /sys/kernel/debug/kmemleak)",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(fine) / sizeof(*fine); i++)
		assert_false(kmsg_complaint(fine[i]));
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_true(kmsg_complaint(bad[i]));
}

static void first_of_two(void **state)
{
	static const struct turn of[] = {
		{ "6,1,1000002,-;all is well\n KEY=value\n", 0 },
		{ NULL, EINTR },
		{ "4,2,1000003,-;WARNING: at one\n", 0 },
		{ "4,3,1000004,-;WARNING: at two\n", 0 },
		{ NULL, EAGAIN },
	};
	char first[64], *log;

	(void)state;
	assert_int_equal(drain(of, first, sizeof(first), &log), 2);
	assert_string_equal(first, "WARNING: at one");
	assert_string_equal(log, "[    1.000002] all is well\n"
				 "[    1.000003] WARNING: at one\n"
				 "[    1.000004] WARNING: at two\n");
	free(log);
}

/* Among the records that are gone there may have been a complaint. */
static void overran(void **state)
{
	static const struct turn of[] = {
		{ NULL, EPIPE },
		{ "6,9,1000002,-;all is well\n", 0 },
		{ NULL, EAGAIN },
	};
	char first[64], *log;

	(void)state;
	assert_int_equal(drain(of, first, sizeof(first), &log), 1);
	assert_string_equal(first, "the kernel log overran: complaints may be lost");
	assert_string_equal(log, "the kernel log overran: complaints may be lost\n"
				 "[    1.000002] all is well\n");
	free(log);
}

/* Level 4 of facility 1: somebody else's warning, about something else. */
static void written_by_a_program(void **state)
{
	static const struct turn of[] = {
		{ "12,1,1000002,-;WARNING: my disk is full\n", 0 },
		{ NULL, EAGAIN },
	};
	char first[64], *log;

	(void)state;
	assert_int_equal(drain(of, first, sizeof(first), &log), 0);
	assert_string_equal(first, "");
	assert_string_equal(log, "[    1.000002] WARNING: my disk is full\n");
	free(log);
}

static void nothing(void **state)
{
	static const struct turn quiet[] = { { NULL, EAGAIN } }, broken[] = { { NULL, EIO } };
	char first[64] = "x", *log;

	(void)state;
	assert_int_equal(drain(quiet, first, sizeof(first), &log), 0);
	assert_string_equal(first, "");
	free(log);
	assert_int_equal(drain(broken, first, sizeof(first), &log), -EIO);
	free(log);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(complaints),
		cmocka_unit_test(first_of_two),
		cmocka_unit_test(overran),
		cmocka_unit_test(written_by_a_program),
		cmocka_unit_test(nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
