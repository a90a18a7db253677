// SPDX-License-Identifier: GPL-3.0-or-later
/* Cost, and the delay of those that want the mmap lock, over the load. */
#include <string.h>

#include "report/data/stats.h"
#include "report/write/number.h"
#include "picture.h"

/* Levels first, by what they do; what is not a level is on no scale with them. */
static void add_load(struct sheet *s, struct panel *panel, const char *load)
{
	double rank = picture_load_rank(load);
	size_t before = panel->columns;

	sheet_column(s, panel, load, rank);
	if (panel->columns > before)
		panel->loose += rank == LOAD_LEVELS;
}

static void fill_delays(const struct picture *p, struct sheet *s)
{
	struct panel *panel = NULL;
	char label[64];
	size_t few = 0;

	snprintf(label, sizeof(label), "p99 delay (%s)", picture_unit(p));
	for (size_t i = 0; i < p->count; i++) {
		const struct cell_data *cell = picture_cell(p, i);
		const struct hist *hist = observations_delays(&cell->seen, "lock");

		if (!hist)
			continue;
		if (!stats_tells(hist->n, 99)) {
			few++;
			continue;
		}
		if (!panel)
			panel = sheet_panel(s, "Bystander that takes the mmap lock",
					    "load", label);
		add_load(s, panel, cell->axes.load);
		sheet_put(s, panel, cell->axes.strategy, cell->axes.load,
			  hist_percentile(hist, 99));
	}
	if (few)
		sheet_note(s, "Without a p99, with too few delays of bystanders for one: %zu "
			     "cells.", few);
	if (!panel && !few)
		sheet_note(s, "Bystanders were not measured in these cells.");
}

/* Adds up what the loads of one level did, over all strategies. */
static void sum_loads(const struct picture *p, const char *load, struct observations *sum)
{
	for (size_t i = 0; i < p->count; i++) {
		const struct cell_data *cell = picture_cell(p, i);

		if (strcmp(cell->axes.load, load))
			continue;
		for (size_t k = 0; k < cell->seen.n_loads; k++) {
			struct observed o = { .kind = OBSERVED_LOAD };
			const struct load_done *l = &cell->seen.loads[k];

			memcpy(o.load.kind, l->kind, sizeof(l->kind));
			o.load.ops = l->ops;
			o.load.time = l->time;
			observations_add(sum, &o);
		}
	}
}

/* A level is but a name: what the load really did. */
static void note_loads(const struct picture *p, struct sheet *s, const struct panel *panel)
{
	bool insn = p->data->info.clock->exact;
	char text[768] = "", number[NUMBER_MAX];
	size_t n = 0;

	for (size_t c = 0; c < panel->columns; c++) {
		struct observations sum = { 0 };

		sum_loads(p, panel->column[c], &sum);
		for (size_t k = 0; k < sum.n_loads && n < sizeof(text); k++)
			if (sum.loads[k].time)
				n += snprintf(text + n, sizeof(text) - n, "%s%s %s %s",
					n ? ", " : "", panel->column[c], sum.loads[k].kind,
					number_short(sum.loads[k].ops *
						     (insn ? 1e6 : 1e9) /
						     sum.loads[k].time, number));
		observations_free(&sum);
	}
	if (n)
		sheet_note(s, "Operations of the load per %s of the calls: %s.",
			     insn ? "million instructions" : "second", text);
}

static bool fill_contention(const struct picture *p, struct sheet *s)
{
	struct panel *panel;

	if (picture_values(p, "load") < 2)
		return false;
	panel = picture_panel(p, s, "The call", "load");
	for (size_t i = 0; i < p->count; i++) {
		const struct cell_data *cell = picture_cell(p, i);

		add_load(s, panel, cell->axes.load);
		picture_put_cost(s, panel, cell->axes.strategy, cell->axes.load, cell);
	}
	fill_delays(p, s);
	sheet_sort_columns(s);
	sheet_lines(s, false);
	picture_note_intervals(p, s, "Bars");
	note_loads(p, s, panel);
	return true;
}

static const char *const axes[] = { "strategy", "load", NULL };

const struct figure figure_contention = {
	.name = "contention", .file = "contention", .template = "lines", .axes = axes,
	.help = "cost per page and delay of bystanders over the load",
	.title = "Cost per page and delay of bystanders under load",
	.needs = "a strategy under two levels of load",
	.fill = fill_contention, .write = picture_write_sheet,
};
