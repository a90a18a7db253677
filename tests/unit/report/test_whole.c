// SPDX-License-Identifier: GPL-3.0-or-later
/* A file is written whole, or what was there stays. */
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/err.h"
#include "record/folder.h"
#include "report/write/whole_file.h"

static char folder[] = "/tmp/hmmbench-whole.XXXXXX";
static char path[PATH_MAX], half[PATH_MAX];

static int begin(void **state)
{
	(void)state;
	folder_file(path, mkdtemp(folder), "a");
	folder_file(half, folder, "a.new");
	return 0;
}

static int end(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(folder);
}

static int write_it(const char *text, bool good)
{
	struct whole w;

	assert_non_null(whole_begin(&w, folder, "a"));
	assert_string_equal(w.path, path);
	fputs(text, w.out);
	return whole_end(&w, good);
}

static void check_file(const char *wanted)
{
	char text[16] = "";
	FILE *in = fopen(path, "re");

	assert_int_not_equal(access(half, F_OK), 0);
	if (in) {
		text[fread(text, 1, sizeof(text) - 1, in)] = 0;
		fclose(in);
	}
	assert_string_equal(text, wanted);
}

static void test_whole(void **state)
{
	(void)state;
	assert_int_equal(write_it("none", false), EXIT_UNKNOWN);
	assert_int_not_equal(access(path, F_OK), 0);
	check_file("");
	assert_int_equal(write_it("one", true), EXIT_FINE);
	check_file("one");
	assert_int_equal(write_it("half", false), EXIT_UNKNOWN);
	check_file("one");
	assert_int_equal(write_it("two", true), EXIT_FINE);
	check_file("two");
}

/* What cannot be written is noticed at the latest when it is closed. */
static void test_full(void **state)
{
	(void)state;
	assert_int_equal(write_it("one", true), EXIT_FINE);
	assert_int_equal(symlink("/dev/full", half), 0);
	assert_int_equal(write_it("two", true), EXIT_UNKNOWN);
	check_file("one");
}

static void test_nowhere(void **state)
{
	struct whole w;

	(void)state;
	assert_null(whole_begin(&w, "/nowhere", "a"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_full),
		cmocka_unit_test(test_nowhere),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
