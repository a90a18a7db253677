// SPDX-License-Identifier: GPL-3.0-or-later
/* Against R 4.2.2; each test names the call. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <math.h>

#include <cmocka.h>

#include "report/judge/ranktests.h"

static const double mixed[] = { 1.2, -0.4, 2.2, 3.1, 0.9, -1.5, 2.8, 0.3 };
static const double tied[] = { 0, 0, 1, 1, -1, 2, 2, 3, -2, 4, 5, 5 };
#define COUNT(a)	(sizeof(a) / sizeof(*(a)))

static void near(double got, double want)
{
	if (!(fabs(got - want) <= 1e-12 * fabs(want)))
		fail_msg("%.17g is not %.17g", got, want);
}

/* binom.test(sum(x > 0), sum(x != 0))$p.value */
static void test_sign(void **state)
{
	static const double none[] = { 0, 0 }, one_side[] = { 1, 2, 3, 4, 5, 6 };

	(void)state;
	near(sign_test(mixed, COUNT(mixed)), 0.2890625);
	near(sign_test(tied, COUNT(tied)), 0.109375);	/* 8 of 10 */
	near(sign_test(one_side, 6), 0.03125);
	near(sign_test(none, 2), 1);
	near(sign_test(none, 0), 1);
}

/*
 * wilcox.test(x, exact = TRUE)$p.value. With ties and zeroes, which it cannot do, all
 * choices of signs counted out:
 *   r <- rank(abs(x)); k <- x != 0; r <- r[k]; n <- length(r); t <- sum(r[x[k] > 0])
 *   T <- as.matrix(expand.grid(rep(list(0:1), n))) %*% r
 *   mean(abs(T - sum(r) / 2) >= abs(t - sum(r) / 2) - 1e-9)
 */
static void test_signed_rank(void **state)
{
	double one_side[12], p, none[] = { 0, 0 };

	(void)state;
	p = signed_rank_test(mixed, COUNT(mixed));
	near(p, 0.1484375);
	p = signed_rank_test(tied, COUNT(tied));
	near(p, 0.041015625);
	for (int i = 0; i < 12; i++)
		one_side[i] = -1 - i;
	p = signed_rank_test(one_side, 12);
	near(p, 2 / 4096.0);
	p = signed_rank_test(none, 2);
	near(p, 1);
}

/*
 * wilcox.test(x, y, exact = TRUE)$p.value; with ties
 *   r <- rank(c(x, y)); n <- length(y); E <- n * (length(r) + 1) / 2
 *   mean(abs(combn(r, n, sum) - E) >= abs(sum(r[-seq_along(x)]) - E) - 1e-9)
 */
static void test_rank_sum(void **state)
{
	static const double x[] = { 9.1, 8.4, 10.2, 7.7, 9.9, 8.8 };
	static const double y[] = { 10.3, 9.5, 11.1, 10.8, 9.0, 12.2, 10.0 };
	static const double few[] = { 1, 2, 2, 3, 3, 3, 9 }, more[] = { 2, 3, 4, 4, 5 };
	double low[12], high[12], p;

	(void)state;
	p = rank_sum_test(x, COUNT(x), y, COUNT(y));
	near(p, 0.034965034965034965);
	p = rank_sum_test(y, COUNT(y), x, COUNT(x));
	near(p, 0.034965034965034965);
	p = rank_sum_test(few, COUNT(few), more, COUNT(more));
	near(p, 220 / 792.0);
	for (int i = 0; i < 12; i++) {
		low[i] = i;
		high[i] = 100 + i;
	}
	p = rank_sum_test(low, 12, high, 12);
	near(p, 2 / 2704156.0);	/* choose(24, 12) */
	p = rank_sum_test(low, 12, low, 0);
	near(p, 1);
}

/* p.adjust(c(0.01, 0.04, 0.03, 0.005, 0.5, NA, 0.03), "holm") */
static void test_holm(void **state)
{
	static const double want[] = { 0.05, 0.12, 0.12, 0.03, 0.5, 0, 0.12 };
	double p[] = { 0.01, 0.04, 0.03, 0.005, 0.5, NAN, 0.03 };

	(void)state;
	holm(p, COUNT(p));
	for (size_t i = 0; i < COUNT(p); i++)
		if (i != 5)
			near(p[i], want[i]);
	assert_true(isnan(p[5]));
	holm(p, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sign),
		cmocka_unit_test(test_signed_rank),
		cmocka_unit_test(test_rank_sum),
		cmocka_unit_test(test_holm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
