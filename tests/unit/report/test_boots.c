// SPDX-License-Identifier: GPL-3.0-or-later
/* Boots, their middle, and its interval. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <math.h>

#include <cmocka.h>

#include "report/judge/boots.h"
#include "report/judge/bootstrap.h"
#include "report/judge/center.h"

/*
 * Of an odd number of values the distribution of a resampled median is known: it is at
 * most the k-th with the chance that at least (n + 1) / 2 of n draws are of the first k. R:
 *   a <- pnorm(sqrt(n / (n - 1)) * qt(0.025, n - 1))
 *   cdf <- sapply(1:n, function(k) 1 - pbinom((n - 1) / 2, n, k / n))
 *   which(cdf > a)[1]; which(cdf >= 1 - a)[1]
 */
static void test_exact(void **state)
{
	static const size_t want[][3] = { { 7, 1, 7 }, { 15, 4, 12 }, { 25, 8, 18 } };
	struct interval interval;
	double values[25];

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		for (size_t k = 0; k < want[i][0]; k++)
			values[k] = (double)((k * 2 + 1) % want[i][0]) + 1;
		bootstrap_median(values, want[i][0], &interval);
		assert_true(interval.lo == (double)want[i][1]);
		assert_true(interval.hi == (double)want[i][2]);
	}
}

/*
 * 400000 draws in R:
 *   quantile(replicate(4e5, median(sample(y, replace = TRUE)) -
 *            median(sample(x, replace = TRUE))), c(a, 1 - a)): 0.45, 1.60
 *   of x alone: 9.65, 10.65
 * with a for n = 8. The ends are sums of values, which are 0.05 apart; 4000 draws may
 * be off by two such steps.
 */
static void test_reference(void **state)
{
	static const double x[] = { 10.1, 10.4, 9.8, 10.0, 10.9, 9.5, 10.2, 10.3 };
	static const double y[] = { 11.0, 10.7, 11.6, 11.3, 10.9, 12.0, 11.1, 10.5, 11.4,
				    11.2 };
	struct interval interval, again;

	(void)state;
	bootstrap_difference(x, 8, y, 10, &interval);
	assert_true(fabs(interval.lo - 0.45) < 0.101);
	assert_true(fabs(interval.hi - 1.60) < 0.101);
	bootstrap_difference(x, 8, y, 10, &again);
	assert_true(again.lo == interval.lo && again.hi == interval.hi);
	bootstrap_median(x, 8, &interval);
	assert_true(fabs(interval.lo - 9.65) < 0.101);
	assert_true(fabs(interval.hi - 10.65) < 0.101);
}

static void test_few(void **state)
{
	static const double values[] = { 1, 2, 3, 4, 5, 6 };
	struct interval interval;

	(void)state;
	bootstrap_median(values, BOOTS_MIN - 1, &interval);
	assert_true(isnan(interval.lo) && isnan(interval.hi));
	bootstrap_difference(values, 6, values, 5, &interval);
	assert_true(isnan(interval.lo) && isnan(interval.hi));
	bootstrap_median(values, BOOTS_MIN, &interval);
	assert_true(interval.lo >= 1 && interval.lo < 2 && interval.hi <= 6);
}

static void test_boots(void **state)
{
	static const struct timed base[] = {
		{ 10, 0, 0, 0 }, { 30, 0, 0, 1 }, { 8, 2, 0, 0 }, { 4, 2, 0, 1 }, { 5, 2, 0, 2 },
		{ 7, 3, 0, 0 },
	};
	static const struct timed other[] = { { 40, 0, 0, 9 }, { 6, 1, 0, 0 }, { 10, 2, 0, 9 } };
	struct boots a, b;
	double ratios[2];

	(void)state;
	boots_of(base, 6, &a);
	boots_of(other, 3, &b);
	assert_int_equal(a.count, 3);
	assert_true(a.median[0] == 20 && a.median[1] == 5 && a.median[2] == 7);
	assert_true(boots_center(&a) == 7);
	assert_int_equal(boots_log_ratios(&a, &b, ratios), 2);
	assert_true(fabs(ratios[0] - log(2)) < 1e-15 && fabs(ratios[1] - log(2)) < 1e-15);
	boots_free(&a);
	boots_free(&b);
	boots_of(base, 0, &a);
	assert_true(isnan(boots_center(&a)));
	boots_free(&a);
}

/* An interval over samples for one boot, over boots for several, none on the insn clock. */
static void test_center(void **state)
{
	struct timed times[12];
	struct center center;

	(void)state;
	for (uint32_t i = 0; i < 12; i++)
		times[i] = (struct timed){ 100 + i, i / 2, 0, i };
	center_of(times, 12, &clock_wall, &center);
	assert_int_equal(center.boots, 6);
	assert_true(center.median == 105.5);	/* of 100.5, 102.5, ..., 110.5 */
	assert_true(center.lo >= 100.5 && center.hi <= 110.5 && center.lo < center.hi);
	center_of(times, 10, &clock_wall, &center);
	assert_true(isnan(center.lo));		/* 5 boots */
	for (uint32_t i = 0; i < 12; i++)
		times[i].boot = 0;
	center_of(times, 12, &clock_wall, &center);
	assert_true(center.lo == 102 && center.hi == 109);	/* ranks 3 and 10 of 12 */
	assert_true(fabs(center_half(&center) - 3.5 / 105.5) < 1e-15);
	center_of(times, 12, &clock_insn, &center);
	assert_true(center.median == 105.5 && isnan(center.lo));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_exact),
		cmocka_unit_test(test_reference),
		cmocka_unit_test(test_few),
		cmocka_unit_test(test_boots),
		cmocka_unit_test(test_center),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
