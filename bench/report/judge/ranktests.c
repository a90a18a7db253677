// SPDX-License-Identifier: GPL-3.0-or-later
#include "ranktests.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdlib.h>

#include "report/write/array.h"

double sign_test(const double *values, size_t n)
{
	unsigned int above = 0, below = 0, fewer;
	double p;

	for (size_t i = 0; i < n; i++) {
		above += values[i] > 0;
		below += values[i] < 0;
	}
	if (!(above + below))
		return 1;
	fewer = above < below ? above : below;
	p = 2 * gsl_cdf_binomial_P(fewer, 0.5, above + below);
	return p < 1 ? p : 1;
}

/*
 * Twice the rank, from 1, of each value: whole numbers, since equal values share the
 * mean of their ranks, and that is a whole or a half.
 */
static void double_ranks(const double *values, size_t n, size_t *ranks)
{
	size_t *order = array_new(n, sizeof(*order)), end;

	gsl_sort_index(order, values, 1, n);
	for (size_t i = 0; i < n; i = end) {
		for (end = i; end < n && values[order[end]] == values[order[i]]; end++)
			;
		for (size_t k = i; k < end; k++)
			ranks[order[k]] = i + 1 + end;
	}
	free(order);
}

/* Chance that a sum is at least as far from the middle (@total / 2) as @sum is. */
static double two_sided(const double *chance, size_t total, double middle, size_t sum)
{
	double far = fabs(sum - middle), p = 0;

	for (size_t s = 0; s <= total; s++)
		if (fabs(s - middle) >= far)
			p += chance[s];
	return p < 1 ? p : 1;
}

/* chance[s]: that the ranks whose sign falls positive add up to s. */
static void count_signs(const size_t *ranks, size_t n, double *chance)
{
	size_t reach = 0;

	chance[0] = 1;
	for (size_t i = 0; i < n; i++) {
		reach += ranks[i];
		for (size_t s = reach + 1; s-- > 0;)
			chance[s] = (chance[s] +
				     (s >= ranks[i] ? chance[s - ranks[i]] : 0)) / 2;
	}
}

double signed_rank_test(const double *values, size_t n)
{
	size_t *ranks = array_new(n, sizeof(*ranks)), sum = 0, total = 0, kept = 0;
	double *sizes = array_new(n, sizeof(*sizes)), *chance, p;

	for (size_t i = 0; i < n; i++)
		sizes[i] = fabs(values[i]);
	double_ranks(sizes, n, ranks);
	for (size_t i = 0; i < n; i++) {
		if (sizes[i] == 0)
			continue;
		sum += values[i] > 0 ? ranks[i] : 0;
		total += ranks[i];
		ranks[kept++] = ranks[i];
	}
	chance = array_new(total + 1, sizeof(*chance));
	count_signs(ranks, kept, chance);
	p = two_sided(chance, total, total / 2.0, sum);
	free(chance);
	free(ranks);
	free(sizes);
	return p;
}

/*
 * chance[k * width + s]: that a choice has k of the ranks so far, with sum s. Value i
 * of N is taken by a choice that has k - 1 of the first i with the chance that
 * remains: it is a walk over all subsets of n, each as likely as the next.
 */
static void count_choices(const size_t *ranks, size_t all, size_t n, size_t width,
			  double *chance)
{
	chance[0] = 1;
	for (size_t i = 0; i < all; i++) {
		size_t most = i < n ? i : n;

		for (size_t k = most + 1; k-- > 0;) {
			double *here = chance + k * width;
			double take = (double)(n - k) / (double)(all - i);

			if (n - k > all - i)	/* cannot be reached: too few are left */
				continue;
			for (size_t s = 0; s < width; s++) {
				if (here[s] == 0)
					continue;
				if (k < n && s + ranks[i] < width)
					here[width + s + ranks[i]] += here[s] * take;
				here[s] *= 1 - take;
			}
		}
	}
}

double rank_sum_test(const double *x, size_t n_x, const double *y, size_t n_y)
{
	size_t all = n_x + n_y, sum = 0, total = all * (all + 1);	/* of doubled ranks */
	size_t *ranks = array_new(all, sizeof(*ranks));
	double *both = array_new(all, sizeof(*both)), *chance, p;

	for (size_t i = 0; i < all; i++)
		both[i] = i < n_x ? x[i] : y[i - n_x];
	double_ranks(both, all, ranks);
	for (size_t i = n_x; i < all; i++)
		sum += ranks[i];
	chance = array_new((n_y + 1) * (total + 1), sizeof(*chance));
	count_choices(ranks, all, n_y, total + 1, chance);
	p = two_sided(chance + n_y * (total + 1), total, (double)n_y * (all + 1), sum);
	free(chance);
	free(ranks);
	free(both);
	return p;
}

void holm(double *p, size_t n)
{
	size_t *order = array_new(n, sizeof(*order)), known = 0;
	double *values = array_new(n, sizeof(*values)), least = 0;
	size_t *where = array_new(n, sizeof(*where));

	for (size_t i = 0; i < n; i++) {
		if (isnan(p[i]))
			continue;
		where[known] = i;
		values[known++] = p[i];
	}
	gsl_sort_index(order, values, 1, known);
	for (size_t i = 0; i < known; i++) {
		double corrected = fmin(1, values[order[i]] * (double)(known - i));

		least = fmax(least, corrected);
		p[where[order[i]]] = least;
	}
	free(order);
	free(values);
	free(where);
}
