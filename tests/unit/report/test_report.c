// SPDX-License-Identifier: GPL-3.0-or-later
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "record/record.h"
#include "report/data/stats.h"

/*
 * Ranks from 1 by the table of order-statistic intervals of the median at level
 * 0.95, e.g. R: n - qbinom(0.025, n, 0.5) + 1 is the upper and qbinom(0.025, n,
 * 0.5) the lower rank. Conover's table A3 gives the same.
 */
static void test_median_ci(void **state)
{
	static const size_t table[][3] = {
		{ 6, 1, 6 }, { 8, 1, 8 }, { 9, 2, 8 }, { 12, 3, 10 }, { 15, 4, 12 },
		{ 20, 6, 15 }, { 25, 8, 18 }, { 50, 18, 33 }, { 100, 40, 61 },
	};
	size_t lo, hi;

	(void)state;
	for (size_t n = 1; n < CI_MIN_N; n++)
		assert_int_equal(stats_median_ci(n, &lo, &hi), -1);
	for (size_t i = 0; i < sizeof(table) / sizeof(*table); i++) {
		assert_int_equal(stats_median_ci(table[i][0], &lo, &hi), 0);
		assert_int_equal(lo + 1, table[i][1]);
		assert_int_equal(hi + 1, table[i][2]);
	}
}

/* Nearest rank, e.g. R: quantile(x, p, type = 1). */
static void test_percentile(void **state)
{
	static const uint64_t five[] = { 15, 20, 35, 40, 50 };

	(void)state;
	assert_int_equal(stats_percentile(five, 5, 5), 15);
	assert_int_equal(stats_percentile(five, 5, 30), 20);
	assert_int_equal(stats_percentile(five, 5, 40), 20);
	assert_int_equal(stats_percentile(five, 5, 50), 35);
	assert_int_equal(stats_percentile(five, 5, 99), 50);
	assert_int_equal(stats_percentile(five, 5, 100), 50);
	assert_int_equal(stats_percentile(five, 1, 0), 15);
}

static void test_stats(void **state)
{
	uint64_t values[] = { 9, 1, 5, 3, 7, 100 }, huge[] = { UINT64_MAX - 1, UINT64_MAX - 1 };
	uint64_t one[] = { 42 };
	struct stats s;

	(void)state;
	stats_sort(values, 6);
	stats_of(values, 6, &s);
	assert_true(s.median == 6);
	assert_int_equal(s.p50, 5);
	assert_true(s.p99 == NOT_KNOWN);
	assert_int_equal(s.max, 100);
	assert_int_equal(s.ci_lo, 1);
	assert_int_equal(s.ci_hi, 100);
	stats_of(one, 1, &s);
	assert_true(s.median == 42);
	assert_true(s.ci_lo == NOT_KNOWN && s.ci_hi == NOT_KNOWN);
	stats_of(huge, 2, &s);
	assert_true(s.median > 1.8e19);
}

/* Of fewer than 100 values the 99th percentile by nearest rank is the largest. */
static void test_tail(void **state)
{
	uint64_t values[100];
	struct stats s;

	(void)state;
	for (size_t i = 0; i < 100; i++)
		values[i] = i;
	stats_of(values, 99, &s);
	assert_true(s.p99 == NOT_KNOWN);
	stats_of(values, 100, &s);
	assert_int_equal(s.p99, 98);
	assert_true(stats_tells(2, 50) && !stats_tells(1, 50));
}

/*
 * q <- quantile(v, c(.25, .75), type = 1), fences by q and 1.5 or 3 times its range:
 * 1 is mild (11 - 1.5 * 4 is 5, 11 - 3 * 4 is -1), 40 is severe, 21 is neither.
 */
static void test_fences(void **state)
{
	static const uint64_t v[] = { 1, 10, 11, 12, 12, 13, 13, 14, 15, 20, 21, 40 };
	struct stats s;

	(void)state;
	stats_of(v, 12, &s);
	assert_int_equal(s.mild, 1);
	assert_int_equal(s.severe, 1);
	stats_of(v, 3, &s);
	assert_true(s.mild == NOT_KNOWN && s.severe == NOT_KNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_median_ci),
		cmocka_unit_test(test_percentile),
		cmocka_unit_test(test_stats),
		cmocka_unit_test(test_tail),
		cmocka_unit_test(test_fences),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
