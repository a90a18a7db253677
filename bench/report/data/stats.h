/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef HMMBENCH_STATS_H
#define HMMBENCH_STATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FENCES_MIN_N	4	/* fewer samples have no quartiles to speak of */
#define CI_MIN_N	6	/* fewer samples give no interval at level 0.95 */

/**
 * struct stats - of the timed samples of a cell
 * @p99:	NOT_KNOWN when @n is too few for one by stats_tells()
 * @ci_lo, @ci_hi: of the median at level 0.95; NOT_KNOWN when n < CI_MIN_N
 * @mild, @severe: outliers by Tukey's fences: values beyond the quartiles (by nearest
 *	rank) by more than 1.5, and by more than 3, times the distance between these; no
 *	value is both. They are labelled and stay among the values. NOT_KNOWN when
 *	n < FENCES_MIN_N
 */
struct stats {
	size_t n;
	double median;
	uint64_t ci_lo, ci_hi, p50, p99, max;
	uint64_t mild, severe;
};

/** stats_sort() - ascending. */
void stats_sort(uint64_t *values, size_t n);

/** stats_of() - describes @n values, which are ascending; @n must not be 0. */
void stats_of(const uint64_t *sorted, size_t n, struct stats *stats);

/**
 * stats_percentile() - by nearest rank: the smallest value such that at least
 * @percent of the values are not above it; always a value that was measured
 * @sorted: ascending
 */
uint64_t stats_percentile(const uint64_t *sorted, size_t n, unsigned int percent);

/** stats_tells() - are @n values enough for that percentile to be another than the largest? */
bool stats_tells(size_t n, double percent);

/** struct geomean - a geometric mean that is being made of @n ratios */
struct geomean {
	double sum;
	size_t n;
};

/** geomean_add() - one more ratio; NAN is none. */
void geomean_add(struct geomean *g, double ratio);

/** geomean_of() - the mean; NAN of none. */
double geomean_of(const struct geomean *g);

/**
 * stats_median_ci() - distribution-free interval of the median
 * @lo, @hi: ranks from 0 of its ends among the sorted values
 *
 * The number of values below the true median is binomial(n, 1/2), so that
 * [x(k), x(n+1-k)] (ranks from 1) covers it with probability 1 - 2 P(B <= k-1);
 * the largest k with at least 0.95 is taken. (Conover, Practical Nonparametric
 * Statistics, 3rd ed., section 3.2.)
 * Return: 0, or -1 when even the extremes do not reach 0.95.
 */
int stats_median_ci(size_t n, size_t *lo, size_t *hi);

#endif
