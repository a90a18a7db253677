// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * acceptance [TABLES]: does the judgement cry wolf, and does it sleep?
 *
 * Of TABLES synthetic tables of 16 rows without a difference at most 5 % may hold a
 * verdict "faster" or "slower"; of as many in which one row differs by 2 %, that row must
 * be found in at least 95 %. At the default plan, 12 boots of 5 rounds, on a machine of
 * usual noise. A rougher machine and a shorter plan must not cry wolf either; what they
 * find is printed, and not held. Nor may noise pass for sameness: nowhere, on a wild machine
 * with 5 % least of all, may more than 5 % of the rows that differ be "equivalent". Exit
 * status 1 when it does not hold.
 */
#include <err.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "report/judge/contrasts.h"
#include "report/judge/margin.h"
#include "synthetic.h"

/*
 * Usual: what a quiet machine shows for calls of tens of microseconds and more: samples
 * within 1 %, boots 0.3 % apart as a whole and 0.1 % for each cell by itself, half a
 * percent of drift as it warms up, and an interrupt in every hundredth sample. Rough: a
 * shared or unpinned one, and boots in which a cell fell on its pages so that it is 10 %
 * slower in all samples. Wild: one on which a cell is 6 % apart from boot to boot, so that a
 * strategy differs from itself by more than the effect.
 */
static const struct noise usual = {
	.name = "usual", .within = 0.01, .shared = 0.003, .own = 0.001, .drift = 0.005,
	.outliers = 0.01, .outlier = 0.3,
};
static const struct noise rough = {
	.name = "rough", .within = 0.02, .shared = 0.02, .own = 0.005, .drift = 0.02,
	.outliers = 0.05, .outlier = 1, .rogues = 0.02, .rogue = 0.1,
};
static const struct noise wild = {
	.name = "wild", .within = 0.02, .shared = 0.02, .own = 0.06, .drift = 0.02,
	.outliers = 0.05, .outlier = 1,
};

static const struct scenario {
	const struct noise *noise;
	struct plan plan;
	double effect;
	int runs;	/* 2: the difference is between two runs, whose boots are no pairs */
	int held;	/* must the effect be found? */
} scenarios[] = {
	{ &usual, { 12, 5 }, 0.02, 1, 1 },
	{ &usual, { 12, 5 }, 0.02, 2, 1 },
	{ &usual, { 6, 5 }, 0.02, 1, 0 },
	{ &rough, { 12, 5 }, 0.02, 1, 0 },
	{ &rough, { 12, 5 }, 0.02, 2, 0 },
	{ &rough, { 30, 10 }, 0.02, 1, 0 },
	{ &wild, { 12, 5 }, 0.05, 1, 0 },
	{ &wild, { 12, 5 }, 0.05, 2, 0 },
};

/* What was seen in the tables of a scenario; rows of those without an effect. */
struct tally {
	size_t false_tables, found_tables, same_tables;
	size_t rows, covered, equivalent;
	double width, margin;
};

static void make_table(const struct scenario *s, int slow, double factor,
		       struct prng *prng, struct dataset data[2],
		       struct contrasts *table)
{
	synthetic_make(&data[0], s->noise, &s->plan, s->runs == 1 ? slow : -1, factor, prng);
	if (s->runs == 2)
		synthetic_make(&data[1], s->noise, &s->plan, slow, factor, prng);
	if (s->runs == 1)
		contrasts_of_strategies(&data[0], "unlocked", NULL, table);
	else
		contrasts_of_runs(&data[0], &data[1], NULL, table);
}

static void free_table(const struct scenario *s, struct dataset data[2],
		       struct contrasts *table)
{
	contrasts_free(table);
	for (int i = 0; i < s->runs; i++)
		dataset_free(&data[i]);
}

static int is_difference(const struct contrast *c)
{
	return c->verdict == VERDICT_FASTER || c->verdict == VERDICT_SLOWER;
}

static void without(const struct scenario *s, struct prng *prng, struct tally *t)
{
	struct dataset data[2];
	struct contrasts table;
	int differs = 0;

	make_table(s, -1, 1, prng, data, &table);
	for (size_t i = 0; i < table.count; i++) {
		const struct contrast *c = &table.c[i];

		differs |= is_difference(c);
		t->rows++;
		t->covered += c->lo <= 1 && c->hi >= 1;
		t->equivalent += c->verdict == VERDICT_EQUIVALENT;
		t->width += (c->hi - c->lo) / 2;
	}
	t->margin += table.margin;
	t->false_tables += differs;
	free_table(s, data, &table);
}

/* By turns one row of those that are no A/A pair is slower, or faster. */
static void with_effect(const struct scenario *s, size_t turn, struct prng *prng,
			struct tally *t)
{
	int slow = (int)(turn / 2 % PLACES * STRATEGIES + 2 + turn % 3);
	double factor = turn % 2 ? 1 + s->effect : 1 / (1 + s->effect);
	struct dataset data[2];
	struct contrasts table;

	make_table(s, slow, factor, prng, data, &table);
	for (size_t i = 0; i < table.count; i++) {
		const struct contrast *c = &table.c[i];

		if (c->other != &data[s->runs - 1].cells[slow])
			continue;
		t->found_tables += c->verdict == (turn % 2 ? VERDICT_SLOWER : VERDICT_FASTER);
		t->same_tables += c->verdict == VERDICT_EQUIVALENT;
	}
	free_table(s, data, &table);
}

static int run(const struct scenario *s, size_t tables)
{
	struct prng prng;
	struct tally t = { 0 };
	int bad;

	prng_seed(&prng, 7);
	for (size_t i = 0; i < tables; i++)
		without(s, &prng, &t);
	for (size_t i = 0; i < tables; i++)
		with_effect(s, i, &prng, &t);
	bad = t.false_tables > 0.05 * (double)tables ||
	      t.same_tables > 0.05 * (double)tables ||
	      (s->held && t.found_tables < 0.95 * (double)tables);
	printf("%-6s %2u x %-2u  %4d  %4g %%  %5.1f %%  %5.1f %%  %5.1f %%  %5.1f %%  %5.1f %%  "
	       "%5.2f %%  %5.2f %%%s\n", s->noise->name, s->plan.boots, s->plan.rounds, s->runs,
	       100 * s->effect, 100.0 * (double)t.false_tables / (double)tables,
	       100.0 * (double)t.found_tables / (double)tables,
	       100.0 * (double)t.same_tables / (double)tables,
	       100.0 * (double)t.equivalent / (double)t.rows,
	       100.0 * (double)t.covered / (double)t.rows,
	       100 * t.width / (double)t.rows, 100 * t.margin / (double)tables,
	       bad ? "  FAILED" : "");
	fflush(stdout);
	return bad;
}

int main(int argc, char **argv)
{
	long tables = argc > 1 ? strtol(argv[1], NULL, 10) : 1000;
	int bad = 0;

	if (tables < 1 || argc > 2)
		errx(2, "usage: acceptance [TABLES]");
	printf("%ld tables each without an effect and with one, which is found, or missed as\n"
	       "equivalent; equiv. to margin: of the rows without\n"
	       "noise   plan   runs  effect  false    found    missed   equiv.   covered  +-"
	       "       margin\n", tables);
	for (size_t i = 0; i < sizeof(scenarios) / sizeof(*scenarios); i++)
		bad |= run(&scenarios[i], (size_t)tables);
	return bad;
}
