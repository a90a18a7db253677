// SPDX-License-Identifier: GPL-3.0-or-later
#include "stats.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "record/record.h"

static int ascending(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return x < y ? -1 : x > y;
}

uint64_t stats_percentile(const uint64_t *sorted, size_t n, unsigned int percent)
{
	size_t rank = (n * percent + 99) / 100;

	return sorted[rank ? rank - 1 : 0];
}

bool stats_tells(size_t n, double percent)
{
	return n * (100 - percent) >= 100;
}

/* Are the @k smallest of @n values too few for one below the median at level 0.95? */
static int outside(size_t k, size_t n)
{
	return k && 2 * gsl_cdf_binomial_P(k - 1, 0.5, n) <= 0.05;
}

int stats_median_ci(size_t n, size_t *lo, size_t *hi)
{
	size_t k = 0, above = n / 2 + 1;

	while (above - k > 1) {		/* the probability only grows with k */
		size_t middle = k + (above - k) / 2;

		if (outside(middle, n))
			k = middle;
		else
			above = middle;
	}
	if (!k)
		return -1;
	*lo = k - 1;
	*hi = n - k;
	return 0;
}

void stats_sort(uint64_t *values, size_t n)
{
	qsort(values, n, sizeof(*values), ascending);
}

static void find_outliers(const uint64_t *sorted, size_t n, struct stats *stats)
{
	double low, high, range;

	stats->mild = NOT_KNOWN;
	stats->severe = NOT_KNOWN;
	if (n < FENCES_MIN_N)
		return;
	stats->mild = 0;
	stats->severe = 0;
	low = (double)stats_percentile(sorted, n, 25);
	high = (double)stats_percentile(sorted, n, 75);
	range = high - low;
	for (size_t i = 0; i < n; i++) {
		double value = (double)sorted[i];

		if (value < low - 3 * range || value > high + 3 * range)
			stats->severe++;
		else if (value < low - 1.5 * range || value > high + 1.5 * range)
			stats->mild++;
	}
}

void stats_of(const uint64_t *values, size_t n, struct stats *stats)
{
	size_t lo, hi, middle = n / 2;

	stats->n = n;
	/* halves first: the sum of two totals may overflow */
	stats->median = values[middle];
	if (n % 2 == 0)
		stats->median = values[middle - 1] / 2.0 + values[middle] / 2.0;
	stats->p50 = stats_percentile(values, n, 50);
	stats->p99 = stats_tells(n, 99) ? stats_percentile(values, n, 99) : NOT_KNOWN;
	stats->max = values[n - 1];
	find_outliers(values, n, stats);
	stats->ci_lo = NOT_KNOWN;
	stats->ci_hi = NOT_KNOWN;
	if (!stats_median_ci(n, &lo, &hi)) {
		stats->ci_lo = values[lo];
		stats->ci_hi = values[hi];
	}
}

void geomean_add(struct geomean *g, double ratio)
{
	if (isnan(ratio))
		return;
	g->sum += log(ratio);
	g->n++;
}

double geomean_of(const struct geomean *g)
{
	return g->n ? exp(g->sum / (double)g->n) : NAN;
}
