// SPDX-License-Identifier: GPL-3.0-or-later
/* Fits of cost over pages, against R 4.2.2. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <math.h>

#include <cmocka.h>

#include "../../../bench/report/scaling.h"

static const double pages[] = { 1, 4, 16, 64, 256, 1024, 4096 };
static const double square[] = { 20100, 65480, 258900, 1023000, 7092000, 67772000, 911937000 };
static const double line[] = { 20100, 63500, 245250, 946900, 3648100, 13553100, 58588900 };

static void near(double got, double want)
{
	if (!(fabs(got - want) <= 1e-8 * fabs(want)))
		fail_msg("%.12g is not %.12g", got, want);
}

/* summary(lm(y ~ N + I(N^2), weights = 1 / y^2)); g <- lm(log(y) ~ log(N)), confint(g) */
static void test_square(void **state)
{
	struct scaling s;

	(void)state;
	assert_int_equal(scaling_fit(pages, square, NULL, 7, &s), 0);
	near(s.a, 6221.5548554034);
	near(s.b, 14080.4305950749);
	near(s.c, 50.7360181213);
	near(s.a_sd, 1356.38522833016);
	near(s.b_sd, 596.54109844964);
	near(s.c_sd, 2.33593192953);
	near(s.slope, 1.63281887615);
	near(s.lo, 1.30733004806);
	near(s.hi, 1.95830770425);
	assert_int_equal(s.growth, GROWS_QUADRATIC);
}

static void test_line(void **state)
{
	struct scaling s;

	(void)state;
	assert_int_equal(scaling_fit(pages, line, NULL, 7, &s), 0);
	near(s.a, 5903.51368808);
	near(s.b, 14310.7312632);
	near(s.c, -0.0727907466207);
	near(s.c_sd, 0.19356385072);
	near(s.slope, 0.987361006705);
	assert_int_equal(s.growth, GROWS_LINEAR);
}

/* summary(lm(y ~ N + I(N^2), weights = 1 / error^2)) */
static void test_errors(void **state)
{
	static const double error[] = { 100, 300, 900, 9000, 20000, 400000, 5000000 };
	struct scaling s;

	(void)state;
	assert_int_equal(scaling_fit(pages, square, error, 7, &s), 0);
	near(s.a, 5376.0847323532);
	near(s.b, 14748.6248222226);
	near(s.c, 50.3620083882);
	near(s.c_sd, 1.64007337583);
}

static void test_growth(void **state)
{
	static const double flat[] = { 49, 50, 49, 50, 49, 50, 49 };
	double both[7];
	struct scaling s;

	(void)state;
	for (int i = 0; i < 7; i++)
		both[i] = 100 + 50 * pages[i] + 0.005 * pages[i] * pages[i];
	assert_int_equal(scaling_fit(pages, both, NULL, 7, &s), 0);
	assert_int_equal(s.growth, GROWS_BETWEEN);	/* 29 % of it at 4096 */
	assert_int_equal(scaling_fit(pages, flat, NULL, 7, &s), 0);
	assert_int_equal(s.growth, GROWS_NOT);
	assert_int_equal(scaling_fit(pages, flat, NULL, 3, &s), -EDOM);
	assert_int_equal(scaling_fit(pages, flat, NULL, 4, &s), 0);
	assert_true(isnan(s.slope));	/* one page count from 64 on */
}

/* A fixed cost alone makes the exponent small: that is linear all the same. */
static void test_less(void **state)
{
	double root[7], fixed[7], hollow[7];
	struct scaling s;

	(void)state;
	for (int i = 0; i < 7; i++) {
		root[i] = 1000 * sqrt(pages[i]);
		fixed[i] = 1000 * (1000 + pages[i]);
		hollow[i] = i < 6 ? 1000 * pages[i] : 700 * pages[i];
	}
	assert_int_equal(scaling_fit(pages, root, NULL, 7, &s), 0);
	near(s.slope, 0.5);
	assert_string_equal(growth_name(s.growth), "less than linear");
	assert_int_equal(scaling_fit(pages, fixed, NULL, 7, &s), 0);
	assert_true(s.hi < 1);
	assert_int_equal(s.growth, GROWS_LINEAR);
	/* bends down, but where the exponent lies is not known */
	assert_int_equal(scaling_fit(pages, hollow, NULL, 7, &s), 0);
	assert_true(s.c < 0 && s.hi > 1);
	assert_string_equal(growth_name(s.growth), "unclear");
	assert_int_equal(scaling_fit(pages, root, NULL, 4, &s), 0);
	assert_string_equal(growth_name(s.growth), "unclear");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_square),
		cmocka_unit_test(test_line),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_growth),
		cmocka_unit_test(test_less),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
