/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the cost of a strategy grows with the page count. */
#ifndef HMMBENCH_SCALING_H
#define HMMBENCH_SCALING_H

#include <stdio.h>

#include "dataset.h"
#include "table.h"

#define SCALING_MIN	4	/* page counts: fewer leave nothing to judge the fit by */
#define SCALING_FROM	64	/* pages: below, the fixed cost of a call hides the slope */

enum growth {
	GROWS_NOT, GROWS_LESS, GROWS_LINEAR, GROWS_BETWEEN, GROWS_QUADRATIC, GROWS_UNCLEAR,
};

/**
 * struct scaling - cost = a + b N + c N^2, per call, of cells that differ in pages alone
 * @first:	one of the cells, for the other axes
 * @count:	page counts, from @least to @most pages
 * @a, @b, @c:	in the run's unit; @b per page, @c per page squared
 * @a_sd, @b_sd, @c_sd: their standard errors, from the scatter about the fit
 * @slope:	exponent: slope of log cost over log N from SCALING_FROM pages on; NAN when
 *		fewer than 3 page counts are
 * @lo, @hi:	of it at level 0.95
 */
struct scaling {
	const struct cell_data *first;
	size_t count;
	uint64_t least, most;
	double a, b, c, a_sd, b_sd, c_sd;
	double slope, lo, hi;
	enum growth growth;
};

/**
 * scaling_fit() - fit @n points of cost @y at @x pages
 * @error: standard error of each cost, or NULL for what is proportional to the cost
 *
 * Weighted least squares by gsl_multifit_wlinear(), weights 1 / error^2: else the
 * longest ranges alone would decide, whose costs are 10^6 times those of the shortest.
 * Without errors, of one boot or of the insn clock, weights 1 / y^2: equal relative
 * errors. R: lm(y ~ x + I(x^2), weights = 1 / y^2). The covariance is scaled by
 * chi^2 per degree of freedom, as lm() does.
 *
 * The exponent is unweighted least squares of log y on log x (R: lm(log(y) ~ log(x)),
 * confint()). It lies between those of the terms, and nears 2 only where c N is far above
 * b, so growth is read from what the terms contribute at the largest N:
 *   quadratic	c N^2 is half the fit or more, and c 2 standard errors above 0
 *   not	b N + c N^2 is less than half of it
 *   less	c N^2 takes a tenth of the fit away or more, and the interval of the
 *		exponent is below 1. Both, since a fixed cost alone makes it small
 *   unclear	the former without the latter
 *   linear	c N^2 is less than a tenth of the fit, b N half or more
 *   between	else: linear and quadratic parts both count
 * Return: 0, -ENOMEM, or -EDOM with fewer than SCALING_MIN points.
 */
int scaling_fit(const double *x, const double *y, const double *error, size_t n,
		struct scaling *out);

/**
 * scaling_of() - of each group of cells that differ in pages alone
 *
 * In the order of summary_order(); groups with fewer than SCALING_MIN page counts that
 * passed are left out.
 * Return: an allocated array of *@count, NULL without memory.
 */
struct scaling *scaling_of(const struct dataset *data, size_t *count);

/** growth_name() - "less than linear", "linear", "quadratic", "not with pages", ... */
const char *growth_name(enum growth growth);

/** scaling_print() - as a table; 0 or -errno. */
int scaling_print(FILE *out, const struct dataset *data, enum table_format format);

#endif
