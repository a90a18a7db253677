/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tests over few values, two-sided and exact, and Holm's correction. */
#ifndef HMMBENCH_RANKTESTS_H
#define HMMBENCH_RANKTESTS_H

#include <stddef.h>

/**
 * sign_test() - do @n values lie around 0? By their signs alone
 *
 * Zeroes are dropped. R: binom.test(sum(x > 0), sum(x != 0))$p.value.
 * Return: p; 1 when all are 0 or there are none.
 */
double sign_test(const double *values, size_t n);

/**
 * signed_rank_test() - do @n values lie evenly around 0? Wilcoxon's signed-rank test
 *
 * Exact with ties, which share the mean of their ranks, and with zeroes, which are
 * ranked and then dropped (Pratt, J. American Statistical Association 54, 1959): the
 * distribution of the sum of the positive ranks is counted out over all 2^n choices of
 * signs. n^3 steps. R: coin::wilcoxsign_test(distribution = "exact", zero.method =
 * "Pratt").
 * Return: p, two-sided: P(|T - E T| >= |t - E t|) when each value takes either sign.
 */
double signed_rank_test(const double *values, size_t n);

/**
 * rank_sum_test() - is @y shifted against @x? Wilcoxon, Mann and Whitney
 *
 * Exact with ties, which share the mean of their ranks. (n_x + n_y)^3 n_y steps. R:
 * coin::wilcox_test(distribution = "exact"); without ties wilcox.test(exact = TRUE).
 * Return: p, two-sided: P(|W - E W| >= |w - E w|) over all choices of @n_y of the values;
 * 1 when either side is empty.
 */
double rank_sum_test(const double *x, size_t n_x, const double *y, size_t n_y);

/**
 * holm() - p values corrected for being @n, in place
 *
 * Those that are NAN stay so, and do not count among the @n. Holm, Scandinavian J.
 * Statistics 6, 1979; R: p.adjust(p, "holm").
 */
void holm(double *p, size_t n);

#endif
