// SPDX-License-Identifier: GPL-3.0-or-later
/* A/A: a strategy against itself under a label, boot by boot. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/judge/boots.h"
#include "report/judge/contrast.h"
#include "report/judge/margin.h"
#include "report/write/array.h"
#include "picture.h"

enum aa_row { OVERALL, BOOT, MARGIN };

static const char *const row_names[] = {
	[OVERALL] = "median over boots, with its interval", [BOOT] = "a boot",
	[MARGIN] = "A/A margin of the run",
};

/* What a cell is held against: the first one of its strategy, whatever the label. */
static const struct cell_data *base_of(const struct picture *p, size_t i)
{
	const struct axes *axes = &picture_cell(p, i)->axes;
	size_t j = 0;

	while (j < i && (picture_cell(p, j)->axes.pages != axes->pages ||
			 !strategy_same(&picture_cell(p, j)->axes, axes)))
		j++;
	return picture_cell(p, j);
}

/* cell / base in each boot that has both, side by side within half of the pair's room. */
static void put_boots(struct sheet *s, size_t column, const struct cell_data *base,
		      const struct cell_data *cell)
{
	double *ratio = array_new(base->n_times, sizeof(*ratio));
	struct boots a, b;
	size_t n;

	boots_of(base->times, base->n_times, &a);
	boots_of(cell->times, cell->n_times, &b);
	n = boots_log_ratios(&a, &b, ratio);
	for (size_t i = 0; i < n; i++)
		marks_point(&s->marks, 0, BOOT, column + (n > 1 ? 0.5 * i / (n - 1) - 0.25 : 0),
			    exp(ratio[i]), i);
	boots_free(&a);
	boots_free(&b);
	free(ratio);
}

static void put_pair(struct sheet *s, const char *name, const struct cell_data *base,
		     const struct cell_data *cell, const struct clock *clock)
{
	struct panel *panel = &s->panel[0];
	size_t column = sheet_column(s, panel, name, 0);
	struct contrast c;

	contrast_make(base, cell, clock, false, &c);
	put_boots(s, column, base, cell);
	marks_add(&s->marks, &(struct mark){
		0, OVERALL, column, isnan(c.lo) ? c.ratio : c.lo, column,
		isnan(c.lo) ? c.ratio : c.hi, c.ratio });
	sheet_put(s, panel, "boots", name, c.boots);
	sheet_put(s, panel, "difference (%)", name, 100 * (c.ratio - 1));
	sheet_put(s, panel, "from (%)", name, 100 * (c.lo - 1));
	sheet_put(s, panel, "to (%)", name, 100 * (c.hi - 1));
}

static void put_cell(const struct picture *p, struct sheet *s, size_t i)
{
	const struct cell_data *cell = picture_cell(p, i), *base = base_of(p, i);
	char name[2 * AXIS_TEXT_MAX];

	if (base == cell)
		return;
	snprintf(name, AXIS_TEXT_MAX, "%.60s %" PRIu64, cell->axes.strategy, cell->axes.pages);
	put_pair(s, name, base, cell, p->data->info.clock);
}

/* The band within which no difference of this run is called one. */
static void put_margin(const struct picture *p, struct sheet *s)
{
	struct margins margins = { 0 };
	char from[160];
	double margin;

	margins_add(&margins, p->data, false);
	margin = margin_largest(&margins, from, sizeof(from));
	margins_free(&margins);
	if (isnan(margin)) {
		sheet_note(s, "No margin: %s.", from);
		return;
	}
	sheet_note(s, "Margin %.2f %%: %s.", 100 * margin, from);
	s->entries = MARGIN + 1;
	marks_add(&s->marks, &(struct mark){
		0, MARGIN, -0.5, 1 / (1 + margin), s->panel[0].columns - 0.5,
		1 + margin, margin,
	});
}

static bool fill_aa(const struct picture *p, struct sheet *s)
{
	sheet_panel(s, "", "strategy@label and pages", "ratio to the same strategy");
	for (size_t r = 0; r <= MARGIN; r++)
		sheet_row(s, row_names[r]);
	for (size_t i = 0; i < p->count; i++)
		put_cell(p, s, i);
	if (!s->marks.count)
		return false;
	s->entries = MARGIN;	/* until there is one */
	sheet_note(s, "Each is the same code under two names, as the matrix has them: what "
		     "differs from 1 is noise of the machine and the method. A point is the "
		     "ratio of the medians of one boot.");
	put_margin(p, s);
	picture_note_samples(p, s);
	return true;
}

static void write_aa(FILE *out, const struct picture *p, const struct sheet *s)
{
	(void)p;
	sheet_write_marks(out, s, "boot from 0 (of a median or margin: its value)");
}

static const char *const axes[] = { "strategy", "pages", NULL };

const struct figure figure_aa = {
	.name = "aa", .file = "aa", .template = "aa", .axes = axes,
	.help = "a strategy against itself under a label, boot by boot",
	.title = "A/A: the same strategy under two names",
	.needs = "a strategy that the matrix also names with a label, as in unlocked@b",
	.fill = fill_aa, .write = write_aa,
};
