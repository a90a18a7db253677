// SPDX-License-Identifier: GPL-3.0-or-later
/* What shares a line of a figure, and what is said about it. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "report/figures/sheet.h"

#define FROM	64	/* pages */

static struct sheet sheet;
static struct apart apart;

/* Costs over 1 and @last pages. */
static void add(const char *name, int last, double short_one, double long_one)
{
	struct panel *p = sheet_panel(&sheet, "one", "pages", "cost");
	char text[16];

	snprintf(text, sizeof(text), "%d", last);
	sheet_column(&sheet, p, "1", 1);
	sheet_column(&sheet, p, text, last);
	sheet_put(&sheet, p, name, "1", short_one);
	sheet_put(&sheet, p, name, text, long_one);
}

static int begin(void **state)
{
	(void)state;
	memset(&sheet, 0, sizeof(sheet));
	return 0;
}

/* With no range as long as FROM, not everything is the same. */
static void test_short_ranges(void **state)
{
	(void)state;
	add("a", 16, 10, 100);
	add("b", 16, 10, 200);
	add("c", 16, 10, 105);
	assert_true(sheet_merge(&sheet, 0.1, FROM, &apart));
	assert_int_equal(sheet.rows, 2);
	assert_string_equal(sheet.row[0], "a, c");
	assert_string_equal(sheet.row[1], "b");
}

/* Of those on a line, the one that it shows least well is named. */
static void test_furthest(void **state)
{
	(void)state;
	add("a", 64, 100, 100);
	add("b", 64, 120, 101);
	add("c", 64, 58, 105);
	add("d", 64, 110, 99);
	add("e", 64, 100, 300);
	assert_true(sheet_merge(&sheet, 0.1, FROM, &apart));
	assert_int_equal(sheet.rows, 2);
	assert_string_equal(sheet.row[0], "a, b, c, d");
	assert_string_equal(sheet.row[1], "e");
	assert_string_equal(apart.row, "c");
	assert_string_equal(apart.column, "1");
	assert_true(apart.share > 0.419 && apart.share < 0.421);
	assert_false(sheet_merge(&sheet, 0.1, FROM, &apart));
	assert_true(apart.share == 0);
}

/* What it is held against is the line that is drawn: closeness does not add up. */
static void test_no_chain(void **state)
{
	(void)state;
	add("a", 64, 100, 100);
	add("b", 64, 100, 109);
	add("c", 64, 100, 118);
	add("d", 128, 100, 100);
	assert_true(sheet_merge(&sheet, 0.1, FROM, &apart));
	assert_int_equal(sheet.rows, 3);
	assert_string_equal(sheet.row[0], "a, b");
	assert_string_equal(sheet.row[1], "c");
	assert_string_equal(sheet.row[2], "d");	/* other lengths: a line of its own */
}

/* What was measured at fewer lengths has a line of its own. */
static void test_fewer(void **state)
{
	(void)state;
	add("a", 64, 10, 100);
	add("b", 64, 10, 120);
	add("c", 64, 50, 109);
	add("d", 64, 10, 119);
	add("e", 64, 10, 100);
	sheet.panel[0].value[4][1] = NAN;
	assert_true(sheet_merge(&sheet, 0.1, FROM, &apart));
	assert_int_equal(sheet.rows, 3);
	assert_string_equal(sheet.row[0], "a, c");
	assert_string_equal(sheet.row[1], "b, d");
	assert_string_equal(sheet.row[2], "e");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_short_ranges, begin),
		cmocka_unit_test_setup(test_furthest, begin),
		cmocka_unit_test_setup(test_no_chain, begin),
		cmocka_unit_test_setup(test_fewer, begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
