// SPDX-License-Identifier: GPL-3.0-or-later
#include "bootstrap.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/prng.h"
#include "report/write/array.h"
#include "boots.h"

/* Values to draw from: sorted, so that a median is found by counting. */
struct urn {
	double *sorted;
	uint32_t *drawn;	/* how often each value was drawn this time */
	size_t n;
};

static void urn_make(struct urn *urn, const double *values, size_t n)
{
	urn->n = n;
	urn->sorted = array_new(n, sizeof(*urn->sorted));
	urn->drawn = array_new(n, sizeof(*urn->drawn));
	memcpy(urn->sorted, values, n * sizeof(*values));
	gsl_sort(urn->sorted, 1, n);
}

static void urn_free(struct urn *urn)
{
	free(urn->sorted);
	free(urn->drawn);
}

/* The median of n values drawn with replacement. */
static double urn_draw(struct urn *urn, struct prng *prng)
{
	size_t below = 0, i = 0, lower = (urn->n - 1) / 2, upper = urn->n / 2;
	double low;

	memset(urn->drawn, 0, urn->n * sizeof(*urn->drawn));
	/* 32 bits times n: uneven by n / 2^32, and far quicker than prng_below() */
	for (size_t k = 0; k < urn->n; k++)
		urn->drawn[(prng_next(prng) >> 32) * urn->n >> 32]++;
	while (below + urn->drawn[i] <= lower)
		below += urn->drawn[i++];
	low = urn->sorted[i];
	while (below + urn->drawn[i] <= upper)
		below += urn->drawn[i++];
	return (low + urn->sorted[i]) / 2;
}

/* How many of the resamples are cut off at each end: 2.5 % at most. */
static size_t cut(size_t n)
{
	double t = gsl_cdf_tdist_Pinv(0.025, n - 1.0);
	double tail = gsl_cdf_ugaussian_P(sqrt(n / (n - 1.0)) * t);

	return (size_t)(tail * BOOTSTRAP_RESAMPLES);
}

/* The median from @other, less that from @base when there is one. */
static void intervals(struct urn *base, struct urn *other, size_t n, struct interval *out)
{
	double *results = array_new(BOOTSTRAP_RESAMPLES, sizeof(*results));
	double ends[BOOTSTRAP_RESAMPLES / 40 + 1];
	struct prng prng;

	prng_seed(&prng, BOOTSTRAP_SEED);
	for (size_t i = 0; i < BOOTSTRAP_RESAMPLES; i++) {
		results[i] = urn_draw(other, &prng);
		if (base)
			results[i] -= urn_draw(base, &prng);
	}
	gsl_sort_smallest(ends, cut(n) + 1, results, 1, BOOTSTRAP_RESAMPLES);
	out->lo = ends[cut(n)];
	gsl_sort_largest(ends, cut(n) + 1, results, 1, BOOTSTRAP_RESAMPLES);
	out->hi = ends[cut(n)];
	free(results);
}

void bootstrap_median(const double *values, size_t n, struct interval *out)
{
	struct urn urn;

	*out = (struct interval){ NAN, NAN };
	if (n < BOOTS_MIN)
		return;
	urn_make(&urn, values, n);
	intervals(NULL, &urn, n, out);
	urn_free(&urn);
}

void bootstrap_difference(const double *x, size_t n_x, const double *y, size_t n_y,
			  struct interval *out)
{
	struct urn base, other;
	size_t n = n_x < n_y ? n_x : n_y;

	*out = (struct interval){ NAN, NAN };
	if (n < BOOTS_MIN)
		return;
	urn_make(&base, x, n_x);
	urn_make(&other, y, n_y);
	intervals(&base, &other, n, out);
	urn_free(&base);
	urn_free(&other);
}
