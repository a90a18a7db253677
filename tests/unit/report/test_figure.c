// SPDX-License-Identifier: GPL-3.0-or-later
/* What shares a line of a figure, and what is said about it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "../../../bench/report/curves.h"

static struct curve curve_of(const char *name, uint64_t last, double short_one, double long_one)
{
	struct curve c = { .pages = { 1, last }, .cost = { short_one, long_one }, .count = 2 };

	snprintf(c.label, sizeof(c.label), "%s", name);
	snprintf(c.strategy, sizeof(c.strategy), "%s", name);
	return c;
}

/* With no range as long as CURVES_FROM, not everything is the same. */
static void test_short_ranges(void **state)
{
	struct curve c[] = {
		curve_of("a", 16, 10, 100), curve_of("b", 16, 10, 200), curve_of("c", 16, 10, 105),
	};

	(void)state;
	assert_int_equal(curves_merge(c, 3, 0.1), 2);
	assert_string_equal(c[0].label, "a, c");
	assert_string_equal(c[1].label, "b");
}

/* Of those on a line, the one that it shows least well is named. */
static void test_furthest(void **state)
{
	struct curve c[] = {
		curve_of("a", 64, 100, 100), curve_of("b", 64, 120, 101),
		curve_of("c", 64, 58, 105), curve_of("d", 64, 110, 99),
		curve_of("e", 64, 100, 300),
	};

	(void)state;
	assert_int_equal(curves_merge(c, 5, 0.1), 2);
	assert_string_equal(c[0].label, "a, b, c, d");
	assert_string_equal(c[0].apart_strategy, "c");
	assert_int_equal(c[0].apart_pages, 1);
	assert_true(c[0].apart > 0.419 && c[0].apart < 0.421);
	assert_string_equal(c[1].label, "e");
	assert_true(c[1].apart == 0);
}

/* What it is held against is the line that is drawn: closeness does not add up. */
static void test_no_chain(void **state)
{
	struct curve c[] = {
		curve_of("a", 64, 100, 100), curve_of("b", 64, 100, 109),
		curve_of("c", 64, 100, 118), curve_of("d", 128, 100, 100),
	};

	(void)state;
	assert_int_equal(curves_merge(c, 4, 0.1), 3);
	assert_string_equal(c[0].label, "a, b");
	assert_string_equal(c[1].label, "c");
	assert_string_equal(c[2].label, "d");	/* other lengths: a line of its own */
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_short_ranges),
		cmocka_unit_test(test_furthest),
		cmocka_unit_test(test_no_chain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
