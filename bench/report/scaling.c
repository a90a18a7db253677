// SPDX-License-Identifier: GPL-3.0-or-later
#include "scaling.h"

#include <errno.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_fit.h>
#include <gsl/gsl_multifit.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "center.h"
#include "summary.h"

#define TERMS	3

struct system {
	gsl_matrix *terms, *covariance;
	gsl_vector *y, *weights, *fit;
	gsl_multifit_linear_workspace *work;
};

static int system_make(struct system *s, size_t n)
{
	s->terms = gsl_matrix_alloc(n, TERMS);
	s->covariance = gsl_matrix_alloc(TERMS, TERMS);
	s->y = gsl_vector_alloc(n);
	s->weights = gsl_vector_alloc(n);
	s->fit = gsl_vector_alloc(TERMS);
	s->work = gsl_multifit_linear_alloc(n, TERMS);
	return s->terms && s->covariance && s->y && s->weights && s->fit && s->work ?
	       0 : -ENOMEM;
}

static void system_free(struct system *s)
{
	gsl_matrix_free(s->terms);
	gsl_matrix_free(s->covariance);
	gsl_vector_free(s->y);
	gsl_vector_free(s->weights);
	gsl_vector_free(s->fit);
	gsl_multifit_linear_free(s->work);
}

/* What is rounding is 0: it would differ from one compiler to the next. */
static double rounded(double value, double scale)
{
	return fabs(value) < 1e-9 * scale ? 0 : value;
}

/* Pages go in as a share of the most: N^2 next to 1 is beyond the digits of a double. */
static void fit_terms(struct system *s, const double *x, const double *y,
		      const double *error, size_t n, struct scaling *out)
{
	double most = x[n - 1], chi2, scale;

	for (size_t i = 0; i < n; i++) {
		double e = error ? fmax(error[i], y[i] * 1e-3) : y[i];

		gsl_matrix_set(s->terms, i, 0, 1);
		gsl_matrix_set(s->terms, i, 1, x[i] / most);
		gsl_matrix_set(s->terms, i, 2, x[i] / most * (x[i] / most));
		gsl_vector_set(s->y, i, y[i]);
		gsl_vector_set(s->weights, i, 1 / (e * e));
	}
	gsl_multifit_wlinear(s->terms, s->weights, s->y, s->fit, s->covariance, &chi2,
			     s->work);
	scale = chi2 / (double)(n - TERMS);
	for (size_t i = 0; i < TERMS; i++) {
		double *term[] = { &out->a, &out->b, &out->c };
		double *sd[] = { &out->a_sd, &out->b_sd, &out->c_sd };
		double per = pow(most, (double)i);

		*term[i] = rounded(gsl_vector_get(s->fit, i), y[0]) / per;
		*sd[i] = rounded(sqrt(scale * gsl_matrix_get(s->covariance, i, i)), y[0]) / per;
	}
}

static enum growth judge(const struct scaling *s, double most)
{
	double fit = s->a + s->b * most + s->c * most * most;
	double square = s->c * most * most / fit, line = s->b * most / fit;

	if (square >= 0.5 && s->c > 2 * s->c_sd)
		return GROWS_QUADRATIC;
	if (square + line < 0.5)
		return GROWS_NOT;
	if (square <= -0.1)	/* hi is NAN where the exponent is not known */
		return s->hi < 1 ? GROWS_LESS : GROWS_UNCLEAR;
	return square < 0.1 && line >= 0.5 ? GROWS_LINEAR : GROWS_BETWEEN;
}

/* @logs: room for 2 @n values. */
static void fit_slope(const double *x, const double *y, size_t n, double *logs,
		      struct scaling *out)
{
	double cut, cov00, cov01, variance, rest, t;
	size_t m = 0;

	out->slope = NAN;
	out->lo = NAN;
	out->hi = NAN;
	for (size_t i = 0; i < n; i++) {
		if (x[i] < SCALING_FROM)
			continue;
		logs[m] = log(x[i]);
		logs[n + m++] = log(y[i]);
	}
	if (m < 3)
		return;
	gsl_fit_linear(logs, 1, logs + n, 1, m, &cut, &out->slope, &cov00, &cov01,
		       &variance, &rest);
	out->slope = rounded(out->slope, 1);
	t = gsl_cdf_tdist_Qinv(0.025, (double)m - 2) * rounded(sqrt(variance), 1);
	out->lo = out->slope - t;
	out->hi = out->slope + t;
}

int scaling_fit(const double *x, const double *y, const double *error, size_t n,
		struct scaling *out)
{
	struct system system = { 0 };
	double *logs;
	int ret;

	if (n < SCALING_MIN)
		return -EDOM;
	logs = calloc(2 * n, sizeof(*logs));
	ret = logs ? system_make(&system, n) : -ENOMEM;
	if (!ret) {
		fit_terms(&system, x, y, error, n, out);
		fit_slope(x, y, n, logs, out);
		out->growth = judge(out, x[n - 1]);
	}
	system_free(&system);
	free(logs);
	return ret;
}

/* Points of one group, by rising pages. */
struct points {
	double *x, *y, *error;
	size_t n, with_error;
};

static int add_point(struct points *p, const struct cell_data *cell, const struct clock *clock)
{
	struct center center;
	int ret;

	if (cell->status != CELL_OK || !cell->n_times)
		return 0;
	ret = center_of(cell->times, cell->n_times, clock, &center);
	if (ret || !(center.median > 0))
		return ret;
	p->x[p->n] = (double)cell->axes.pages;
	p->y[p->n] = center.median;
	p->error[p->n] = (center.hi - center.lo) / (2 * gsl_cdf_ugaussian_Qinv(0.025));
	p->with_error += center.boots > 1 && !isnan(center.lo);
	p->n++;
	return 0;
}

/* Return: 1 when a fit was made, 0 when not, or -ENOMEM. */
static int fit_group(const struct points *p, const struct cell_data *first,
		     struct scaling *out)
{
	int ret;

	if (p->n < SCALING_MIN)
		return 0;
	out->first = first;
	out->count = p->n;
	out->least = (uint64_t)p->x[0];
	out->most = (uint64_t)p->x[p->n - 1];
	ret = scaling_fit(p->x, p->y, p->with_error == p->n ? p->error : NULL, p->n, out);
	return ret ? ret : 1;
}

static int fit_all(const struct dataset *data, const size_t *order, size_t n,
		   struct points *p, struct scaling *out, size_t *count)
{
	static const char *const but_pages[] = { "pages", NULL };
	size_t end;

	for (size_t i = 0; i < n; i = end) {
		const struct cell_data *first = &data->cells[order[i]];
		int ret = 0;

		p->n = 0;
		p->with_error = 0;
		for (end = i; !ret && end < n; end++) {
			const struct cell_data *cell = &data->cells[order[end]];

			if (!axes_same_but(&first->axes, &cell->axes, but_pages))
				break;
			ret = add_point(p, cell, data->info.clock);
		}
		if (!ret)
			ret = fit_group(p, first, &out[*count]);
		if (ret < 0)
			return ret;
		*count += (size_t)ret;
	}
	return 0;
}

struct scaling *scaling_of(const struct dataset *data, size_t *count)
{
	size_t n, *order = summary_order(data, &n);
	double *room = calloc(3 * data->count + 3, sizeof(*room));
	struct scaling *out = calloc(data->count + 1, sizeof(*out));
	struct points p = { 0 };

	*count = 0;
	if (order && room && out) {
		p.x = room;
		p.y = room + data->count;
		p.error = room + 2 * data->count;
	}
	if (!p.x || fit_all(data, order, n, &p, out, count)) {
		free(out);
		out = NULL;
	}
	free(order);
	free(room);
	return out;
}
