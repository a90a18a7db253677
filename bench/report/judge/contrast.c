// SPDX-License-Identifier: GPL-3.0-or-later
#include "contrast.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "boots.h"
#include "bootstrap.h"
#include "ranktests.h"

/* Why a cell cannot be one side of a ratio; NULL when it can. */
static const char *unfit(const struct cell_data *cell, char *text, size_t size)
{
	if (!cell || !cell->closed)
		return "not measured";
	if (cell->status != CELL_OK) {
		snprintf(text, size, "%s: %.80s", cell_status_name(cell->status),
			 cell->reason);
		return text;
	}
	return cell->n_times ? NULL : "no timed samples";
}

/* Return: whether there is anything to compare. */
static bool begin(const struct cell_data *base, const struct cell_data *other,
		  const struct clock *clock, struct contrast *c)
{
	char text[112];
	const char *why;

	*c = (struct contrast){
		.base = base, .other = other, .clock = clock,
		.n_base = base ? base->n_times : 0, .n_other = other ? other->n_times : 0,
		.base_median = NAN, .other_median = NAN, .ratio = NAN, .lo = NAN, .hi = NAN,
		.p_sign = NAN, .p_rank = NAN, .p = NAN, .margin = NAN,
		.verdict = VERDICT_NONE,
	};
	why = unfit(base, text, sizeof(text));
	if (why) {
		snprintf(c->why, sizeof(c->why), "baseline: %s", why);
		return false;
	}
	why = unfit(other, text, sizeof(text));
	if (why)
		snprintf(c->why, sizeof(c->why), "%s", why);
	return !why;
}

/* Each boot has both: what it does to one it does to the other. */
static int infer_pairs(struct contrast *c, double *ratios, struct interval *interval)
{
	c->p_sign = sign_test(ratios, c->boots);
	return bootstrap_median(ratios, c->boots, interval) ?:
	       signed_rank_test(ratios, c->boots, &c->p_rank);
}

static int infer_apart(struct contrast *c, const struct boots *base,
		       const struct boots *other, struct interval *interval)
{
	double *x = calloc(base->count + other->count, sizeof(*x)), *y;
	int ret;

	if (!x)
		return -ENOMEM;
	y = x + base->count;
	boots_log(base, x);
	boots_log(other, y);
	ret = bootstrap_difference(x, base->count, y, other->count, interval) ?:
	      rank_sum_test(x, base->count, y, other->count, &c->p_rank);
	free(x);
	return ret;
}

/* @ratios: of the boots that both have; NULL when the boots are no pairs. */
static int infer(struct contrast *c, const struct boots *base, const struct boots *other,
		 double *ratios)
{
	struct interval interval = { NAN, NAN };
	int ret;

	if (c->boots < BOOTS_MIN || c->clock->exact)
		return 0;
	ret = ratios ? infer_pairs(c, ratios, &interval) :
	      infer_apart(c, base, other, &interval);
	c->lo = exp(interval.lo);
	c->hi = exp(interval.hi);
	return ret;
}

static int nothing(struct contrast *c, const char *why)
{
	c->verdict = VERDICT_NONE;
	snprintf(c->why, sizeof(c->why), "%s", why);
	return 0;
}

static bool has_zero(const struct boots *boots)
{
	for (size_t i = 0; i < boots->count; i++)
		if (!(boots->median[i] > 0))
			return true;
	return false;
}

static int contrast_paired(struct contrast *c, const struct boots *base,
			 const struct boots *other)
{
	double *ratios = calloc(base->count, sizeof(*ratios));
	int ret;

	if (!ratios)
		return -ENOMEM;
	c->boots = boots_log_ratios(base, other, ratios);
	if (c->boots) {
		ret = infer(c, base, other, ratios);
		c->ratio = exp(median_of(ratios, c->boots));
	} else {
		ret = nothing(c, "no boot has both");
	}
	free(ratios);
	return ret;
}

static int contrast_apart(struct contrast *c, const struct boots *base,
			 const struct boots *other)
{
	c->boots = base->count < other->count ? base->count : other->count;
	c->boots_most = base->count < other->count ? other->count : base->count;
	c->ratio = c->other_median / c->base_median;
	return infer(c, base, other, NULL);
}

static int measure(const struct cell_data *base, const struct cell_data *other,
		   const struct clock *clock, bool paired, struct contrast *c)
{
	struct boots a = { 0 }, b = { 0 };
	int ret;

	if (!begin(base, other, clock, c))
		return 0;
	ret = boots_of(base->times, base->n_times, &a) ?:
	      boots_of(other->times, other->n_times, &b);
	if (!ret) {
		c->verdict = VERDICT_INCONCLUSIVE;
		c->base_median = boots_center(&a);
		c->other_median = boots_center(&b);
		ret = has_zero(&a) || has_zero(&b) ?
		      nothing(c, "a median of 0 has no ratio") : paired ?
		      contrast_paired(c, &a, &b) : contrast_apart(c, &a, &b);
	}
	boots_free(&a);
	boots_free(&b);
	return ret;
}

int contrast_pair(const struct cell_data *base, const struct cell_data *other,
		  const struct clock *clock, struct contrast *out)
{
	return measure(base, other, clock, true, out);
}

int contrast_runs(const struct cell_data *base, const struct cell_data *other,
		  const struct clock *clock, struct contrast *out)
{
	return measure(base, other, clock, false, out);
}
