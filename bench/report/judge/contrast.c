// SPDX-License-Identifier: GPL-3.0-or-later
#include "contrast.h"

#include <math.h>
#include <stdlib.h>

#include "report/write/array.h"

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
static void infer_pairs(struct contrast *c, double *ratios, struct interval *interval)
{
	c->p_sign = sign_test(ratios, c->boots);
	c->p_rank = signed_rank_test(ratios, c->boots);
	bootstrap_median(ratios, c->boots, interval);
}

static void infer_apart(struct contrast *c, const struct boots *base,
			const struct boots *other, struct interval *interval)
{
	double *x = array_new(base->count + other->count, sizeof(*x)), *y = x + base->count;

	boots_log(base, x);
	boots_log(other, y);
	bootstrap_difference(x, base->count, y, other->count, interval);
	c->p_rank = rank_sum_test(x, base->count, y, other->count);
	free(x);
}

/* @ratios: of the boots that both have; NULL when the boots are no pairs. */
static void infer(struct contrast *c, const struct boots *base, const struct boots *other,
		  double *ratios)
{
	struct interval interval;

	if (c->boots < BOOTS_MIN || c->clock->exact)
		return;
	if (ratios)
		infer_pairs(c, ratios, &interval);
	else
		infer_apart(c, base, other, &interval);
	c->lo = exp(interval.lo);
	c->hi = exp(interval.hi);
}

static void nothing(struct contrast *c, const char *why)
{
	c->verdict = VERDICT_NONE;
	snprintf(c->why, sizeof(c->why), "%s", why);
}

static bool has_zero(const struct boots *boots)
{
	for (size_t i = 0; i < boots->count; i++)
		if (!(boots->median[i] > 0))
			return true;
	return false;
}

static void contrast_paired(struct contrast *c, const struct boots *base,
			    const struct boots *other)
{
	double *ratios = array_new(base->count, sizeof(*ratios));

	c->boots = boots_log_ratios(base, other, ratios);
	if (c->boots) {
		infer(c, base, other, ratios);
		c->ratio = exp(median_of(ratios, c->boots));
	} else {
		nothing(c, "no boot has both");
	}
	free(ratios);
}

static void contrast_apart(struct contrast *c, const struct boots *base,
			   const struct boots *other)
{
	c->boots = base->count < other->count ? base->count : other->count;
	c->boots_most = base->count < other->count ? other->count : base->count;
	c->ratio = c->other_median / c->base_median;
	infer(c, base, other, NULL);
}

void contrast_make(const struct cell_data *base, const struct cell_data *other,
		   const struct clock *clock, bool apart, struct contrast *c)
{
	struct boots a, b;

	if (!begin(base, other, clock, c))
		return;
	boots_of(base->times, base->n_times, &a);
	boots_of(other->times, other->n_times, &b);
	c->verdict = VERDICT_INCONCLUSIVE;
	c->base_median = boots_center(&a);
	c->other_median = boots_center(&b);
	if (has_zero(&a) || has_zero(&b))
		nothing(c, "a median of 0 has no ratio");
	else if (apart)
		contrast_apart(c, &a, &b);
	else
		contrast_paired(c, &a, &b);
	boots_free(&a);
	boots_free(&b);
}
