// SPDX-License-Identifier: GPL-3.0-or-later
#include "verdict.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "report/data/stats.h"
#include "report/write/array.h"
#include "boots.h"
#include "ranktests.h"

static const struct {
	const char *name;
	char mark;
} verdicts[] = {
	[VERDICT_FASTER] = { "faster", '-' },
	[VERDICT_SLOWER] = { "slower", '+' },
	[VERDICT_EQUIVALENT] = { "equivalent", '=' },
	[VERDICT_INCONCLUSIVE] = { "inconclusive", '?' },
	[VERDICT_EXACT] = { "exact", '!' },
	[VERDICT_OVERLAP] = { "overlap", '~' },
	[VERDICT_NONE] = { "-", ' ' },
};

const char *verdict_name(enum verdict verdict)
{
	return verdicts[verdict].name;
}

char verdict_mark(enum verdict verdict)
{
	return verdicts[verdict].mark;
}

double verdict_equal(double margin)
{
	return margin > VERDICT_EQUAL_MAX ? VERDICT_EQUAL_MAX : margin;
}

/* The smallest p that the boots of a contrast allow: all of them on one side. */
static double least_p(const struct contrast *c, size_t boots)
{
	size_t most = boots > c->boots_most ? boots : c->boots_most;

	if (isnan(c->p_sign))	/* rank-sum: 2 / choose(boots + most, boots) */
		return 2 * exp(lgamma(boots + 1.0) + lgamma(most + 1.0) -
			       lgamma(boots + most + 1.0));
	return pow(0.5, boots - 1.0);
}

static void explain(struct contrast *c, size_t rows)
{
	size_t need = c->boots;
	double m = isnan(c->margin) ? VERDICT_RESOLUTION : c->margin;

	if (c->one_start) {
		snprintf(c->why, sizeof(c->why), VERDICT_ONE_START);
	} else if (c->boots < BOOTS_MIN) {
		snprintf(c->why, sizeof(c->why), "need >= %d boots for a confidence "
			 "interval at level 0.95; there are %zu", BOOTS_MIN, c->boots);
	} else if (rows * least_p(c, need) >= VERDICT_LEVEL) {
		while (rows * least_p(c, need) >= VERDICT_LEVEL)
			need++;
		snprintf(c->why, sizeof(c->why), "with %zu boots no p can be below %g "
			 "among %zu rows: need >= %zu boots, or fewer rows", c->boots,
			 VERDICT_LEVEL, rows, need);
	} else if (c->p < VERDICT_LEVEL) {
		snprintf(c->why, sizeof(c->why), "a difference (p %.2g), but not beyond "
			 "the %s of %.2g %%", c->p, isnan(c->margin) ? "resolution" :
			 "A/A margin", 100 * m);
	} else if (isnan(c->margin)) {
		snprintf(c->why, sizeof(c->why), "no difference shown (p %.2g), and no "
			 "A/A pair to tell what is equivalent", c->p);
	} else if (m > VERDICT_EQUAL_MAX) {
		snprintf(c->why, sizeof(c->why), "no difference shown (p %.2g), and with an A/A "
			 "margin of %.2g %% the machine is too noisy to call equal what is not "
			 "within %g %%", c->p, 100 * m, 100 * VERDICT_EQUAL_MAX);
	} else {
		snprintf(c->why, sizeof(c->why), "no difference shown (p %.2g), and the "
			 "interval reaches beyond the A/A margin of %.2g %%", c->p,
			 100 * m);
	}
}

/* The rule: see verdict_judge() in the header. */
static void judge(struct contrast *c, size_t rows)
{
	double most = 1 + (isnan(c->margin) ? VERDICT_RESOLUTION : c->margin);
	double equal = 1 + verdict_equal(c->margin);

	if (c->p < VERDICT_LEVEL && c->ratio > most)
		c->verdict = VERDICT_SLOWER;
	else if (c->p < VERDICT_LEVEL && c->ratio < 1 / most)
		c->verdict = VERDICT_FASTER;
	else if (c->hi <= equal && c->lo >= 1 / equal)	/* never so without a margin */
		c->verdict = VERDICT_EQUIVALENT;
	else
		c->verdict = VERDICT_INCONCLUSIVE;
	if (c->verdict == VERDICT_INCONCLUSIVE)
		explain(c, rows);
}

/* The same build gives the same counts again: samples vary, but not by chance. */
static void judge_counts(struct contrast *c)
{
	const struct cell_data *a = c->base, *b = c->other;

	c->verdict = VERDICT_EXACT;
	snprintf(c->why, sizeof(c->why), "deterministic clock: the same build "
		 "gives the same count again, so there is no chance to reckon with");
	if (c->base_median == c->other_median || a->totals[0] > b->totals[b->n_times - 1] ||
	    b->totals[0] > a->totals[a->n_times - 1])
		return;
	c->verdict = VERDICT_OVERLAP;
	snprintf(c->why, sizeof(c->why), "the samples of the two overlap (%" PRIu64 " to %" PRIu64
		 ", and %" PRIu64 " to %" PRIu64 "): no difference shown", a->totals[0],
		 a->totals[a->n_times - 1], b->totals[0], b->totals[b->n_times - 1]);
}

bool contrast_costs_less(const struct contrast *contrast)
{
	return contrast->verdict == VERDICT_FASTER ||
	       (contrast->verdict == VERDICT_EXACT && contrast->ratio < 1 - EXACT_SLACK / 100.);
}

bool contrast_costs_more(const struct contrast *contrast)
{
	return contrast->verdict == VERDICT_SLOWER ||
	       (contrast->verdict == VERDICT_EXACT && contrast->ratio > 1 + EXACT_SLACK / 100.);
}

static void put_geomean(struct contrasts *all)
{
	struct geomean mean = { 0 };

	for (size_t i = 0; i < all->count; i++)
		geomean_add(&mean, all->c[i].ratio);
	all->matched = mean.n;
	all->geomean = geomean_of(&mean);
}

void verdict_judge(struct contrasts *all)
{
	double *p = array_new(all->count, sizeof(*p));
	size_t rows = 0;

	for (size_t i = 0; i < all->count; i++) {
		p[i] = all->c[i].p_rank;
		rows += !isnan(p[i]);
	}
	holm(p, all->count);
	for (size_t i = 0; i < all->count; i++) {
		struct contrast *c = &all->c[i];

		c->p = p[i];
		if (c->verdict == VERDICT_NONE)
			continue;
		c->why[0] = '\0';
		if (!c->clock->exact)
			judge(c, rows);
		else
			judge_counts(c);
	}
	free(p);
	put_geomean(all);
}
