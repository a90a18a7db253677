// SPDX-License-Identifier: GPL-2.0-or-later
/* How far a run is, from what its guests have written. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "run/runner/progress.h"

static char first[] = "/tmp/hmmbench-progress-a.XXXXXX", second[] = "/tmp/hmmbench-progress-b.XXXXXX";

static void put(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	fputs(text, f);
	fclose(f);
}

static void expect(const char *a, const char *b, uint64_t spent, uint64_t after, const char *want)
{
	const char *const files[] = { first, second, "/nonexistent/progress" };
	char *said = NULL;
	size_t size;
	FILE *out = open_memstream(&said, &size);

	put(first, a);
	put(second, b);
	progress_tell(out, files, 3, spent, after);
	fclose(out);
	assert_string_equal(said, want);
	free(said);
}

static void test_nothing_has_begun(void **state)
{
	(void)state;
	expect("", "", 3, 0, "");
	expect("plan 12 1000 60 0\n", "", 3, 0, "");
	expect("plan 12 1000 60 0\n", "pl", 3, 0, "");
}

static void test_the_slowest_decides(void **state)
{
	(void)state;
	/* a quarter of it in 30 s, and half of it */
	expect("plan 12 1000 60 0\nstep 0 0 3 x\nstep 3 250 4 a/b\n",
	       "plan 8 1000 60 0\nstep 3 500 1 c/d\n", 30, 0,
	       "sample 8 of 20, 0:30, about 1:30 left, a/b c/d\n");
	/* with two more boots of 120 s */
	expect("plan 12 1000 60 0\nstep 3 250 4 a/b\n", "", 30, 2,
	       "sample 4 of 12, 0:30, about 5:30 left, a/b\n");
	/* one that has not begun yet counts by its samples */
	expect("plan 12 1000 60 0\nstep 3 250 4 a/b\n", "plan 8 1000 60 0\n", 30, 0,
	       "sample 4 of 20, 0:30, about 1:30 left, a/b\n");
}

static void test_too_early_to_tell(void **state)
{
	(void)state;
	expect("plan 12 1000 60 0\nstep 0 0 3 a/b\n", "", 70, 0, "sample 1 of 12, 1:10, a/b\n");
	expect("plan 12 1000 60 0\nstep 1 19 3 a/b\n", "", 70, 0, "sample 2 of 12, 1:10, a/b\n");
}

/* What is written while it is read ends anywhere; prices are nanoseconds, of hours. */
static void test_half_a_line(void **state)
{
	(void)state;
	expect("plan 12 1000 60 0\nstep 3 250 4 a/b\nstep 4 99", "", 30, 0,
	       "sample 4 of 12, 0:30, about 1:30 left, a/b\n");
	expect("plan 2 80000000000000000 60 0\nstep 1 40000000000000000 4 a/b\n", "", 40000, 0,
	       "sample 2 of 2, 666:40, about 666:40 left, a/b\n");
}

/* A disk that lost a part of it leaves lines that nobody wrote. */
static void test_not_a_line(void **state)
{
	(void)state;
	expect("plan 12 1000 60 0\nstep 3 250 4 a/b\nstep 1 1 x\nstep 2 2\n", "", 30, 0,
	       "sample 4 of 12, 0:30, about 1:30 left, a/b\n");
	/* more done than there is */
	expect("plan 12 1000 60 0\nstep 3 2000 4 a/b\n", "", 30, 0,
	       "sample 4 of 12, 0:30, about 0:00 left, a/b\n");
	/* no time that is left is beyond a number, however many boots follow */
	expect("plan 12 50 60 0\nstep 3 1 4 a/b\n", "", UINT32_MAX, 10000,
	       "sample 4 of 12, 71582788:15, about 1431727347788:15 left, a/b\n");
	expect("plan 12 18446744073709551615 60 0\nstep 3 1 4 a/b\n", "", UINT32_MAX, 0,
	       "sample 4 of 12, 71582788:15, a/b\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing_has_begun),
		cmocka_unit_test(test_the_slowest_decides),
		cmocka_unit_test(test_too_early_to_tell),
		cmocka_unit_test(test_half_a_line),
		cmocka_unit_test(test_not_a_line),
	};
	int ret;

	close(mkstemp(first));
	close(mkstemp(second));
	ret = cmocka_run_group_tests(tests, NULL, NULL);
	unlink(first);
	unlink(second);
	return ret;
}
