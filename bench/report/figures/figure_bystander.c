// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * How many of a bystander's delays are at least so long, on two logarithmic axes. The
 * complement of the distribution: what hurts is its tail, of which a CDF shows a line
 * that clings to 1.
 */
#include <inttypes.h>
#include <math.h>

#include "report/data/stats.h"
#include "picture.h"

static const struct { const char *name; double percent; } ranks[] = {
	{ "p50", 50 }, { "p90", 90 }, { "p99", 99 }, { "p99.9", 99.9 },
};
#define RANKS	(sizeof(ranks) / sizeof(*ranks))

static bool takes(const struct cell_data *cell)
{
	for (size_t i = 0; i < BYSTANDER_KINDS; i++)
		if (observations_delays(&cell->seen, bystander_kinds[i].name))
			return true;
	return false;
}

static void put_table(struct sheet *s, struct panel *panel, const char *row,
		      const struct hist *hist)
{
	sheet_put(s, panel, row, "n", hist->n);
	for (size_t i = 0; i < RANKS; i++)
		sheet_put(s, panel, row, ranks[i].name,
			  stats_tells(hist->n, ranks[i].percent) ?
			  hist_percentile(hist, ranks[i].percent) : NAN);
	sheet_put(s, panel, row, "max", hist->max);
}

/* The share of delays in the bucket of @value or above. */
static double at_least(const struct hist *hist, uint64_t value)
{
	uint64_t below = 0;

	for (unsigned int b = 0; b < hist_bucket(value); b++)
		below += hist->count[b];
	return (double)(hist->n - below) / hist->n;
}

/* A step goes down once its delays have been passed: both of its corners. */
static void put_steps(struct sheet *s, size_t panel, size_t row, const struct hist *hist)
{
	uint64_t left = hist->n;

	for (unsigned int b = 0; b < HIST_BUCKETS; b++) {
		double low = hist_low(b), before = left;

		left -= hist->count[b];
		if (!hist->count[b] || !low)
			continue;
		marks_point(&s->marks, panel, row, low, before / hist->n, 0);
		if (left)
			marks_point(&s->marks, panel, row, low, (double)left / hist->n, 0);
	}
}

/* Markers at the percentiles and at the longest, with the percentile as weight. */
static void put_markers(struct sheet *s, size_t panel, size_t row, const struct hist *hist)
{
	for (size_t i = 0; i < RANKS; i++) {
		uint64_t value = hist_percentile(hist, ranks[i].percent);

		if (value && stats_tells(hist->n, ranks[i].percent))
			marks_point(&s->marks, panel, row, value, at_least(hist, value),
				    ranks[i].percent);
	}
	if (hist->max)
		marks_point(&s->marks, panel, row, hist_low(hist_bucket(hist->max)),
			    at_least(hist, hist->max), 100);
}

static struct panel *panel_of(struct sheet *s, const struct picture *p, const char *load,
			      size_t kind)
{
	char title[128], label[64];

	snprintf(title, sizeof(title), "%s, load %.90s", bystander_kinds[kind].does, load);
	snprintf(label, sizeof(label), "delay (%s)", picture_unit(p));
	return sheet_panel(s, title, "percentile", label);
}

static void put_cell(const struct picture *p, struct sheet *s, size_t i, size_t kind)
{
	const struct cell_data *cell = picture_cell(p, i);
	const struct hist *hist = observations_delays(&cell->seen, bystander_kinds[kind].name);
	struct panel *panel;
	size_t row;

	if (!hist)
		return;
	panel = panel_of(s, p, cell->axes.load, kind);
	row = sheet_row(s, cell->axes.strategy);
	put_table(s, panel, cell->axes.strategy, hist);
	put_steps(s, panel - s->panel, row, hist);
	put_markers(s, panel - s->panel, row, hist);
}

/* Both kinds at a load side by side; levels of load by what they do. */
static bool fill_bystander(const struct picture *p, struct sheet *s)
{
	for (int rank = 0; rank <= LOAD_LEVELS; rank++)
		for (size_t i = 0; i < p->count; i++)
			for (size_t k = 0; k < BYSTANDER_KINDS; k++)
				if (picture_load_rank(picture_cell(p, i)->axes.load) == rank)
					put_cell(p, s, i, k);
	s->entries = s->rows;
	sheet_note(s, "Share of the delays that are at least so long, from the intended "
		     "start to completion. Markers stand at the 50th, 90th, 99th and "
		     "99.9th percentile, as far as there are enough delays for them, and "
		     "at the longest. Buckets: a value is up to 3.2 %% too low.");
	return p->count;
}

static void write_bystander(FILE *out, const struct picture *p, const struct sheet *s)
{
	fprintf(out, "# times in %s\n", picture_unit(p));
	sheet_write_marks(out, s,
		    "percentile (0: a step; 100: the longest)");
}

static const char *const axes[] = { "strategy", "load", NULL };

const struct figure figure_bystander = {
	.name = "bystander", .file = "bystander", .template = "bystander", .axes = axes,
	.help = "how long bystanders are delayed, by strategy and load",
	.title = "Delay of a bystander during the call",
	.needs = "a cell with bystanders, in counters.jsonl",
	.takes = takes, .fill = fill_bystander, .write = write_bystander,
};
