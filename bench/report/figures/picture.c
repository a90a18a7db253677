// SPDX-License-Identifier: GPL-3.0-or-later
#include "picture.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "report/data/stats.h"
#include "report/judge/boots.h"
#include "report/judge/bootstrap.h"

const struct cell_data *picture_cell(const struct picture *p, size_t i)
{
	return &p->data->cells[p->cells[i]];
}

const char *picture_unit(const struct picture *p)
{
	return p->data->info.clock->noun;
}

size_t picture_values(const struct picture *p, const char *axis)
{
	const struct axis *a = axis_find(axis);
	size_t count = 0, j;

	for (size_t i = 0; i < p->count; i++) {
		for (j = 0; j < i; j++)
			if (!axis_compare(a, &picture_cell(p, i)->axes, &picture_cell(p, j)->axes))
				break;
		count += j == i;
	}
	return count;
}

void picture_interval(const struct cell_data *cell, double *lo, double *hi)
{
	struct interval interval;
	struct boots boots;

	boots_of(cell->times, cell->n_times, &boots);
	bootstrap_median(boots.median, boots.count, &interval);
	*lo = interval.lo / cell->axes.pages;
	*hi = interval.hi / cell->axes.pages;
	boots_free(&boots);
}

double picture_load_rank(const char *load)
{
	static const char *const levels[LOAD_LEVELS] = { "none", "light", "medium", "heavy" };
	size_t i = 0;

	while (i < LOAD_LEVELS && strcmp(load, levels[i]))
		i++;
	return i;
}

static size_t boot_count(const struct cell_data *cell)
{
	size_t boots = 0;

	for (size_t i = 0; i < cell->n_times; i++)
		boots += !i || cell->times[i].boot != cell->times[i - 1].boot;
	return boots;
}

size_t picture_boots(const struct picture *p)
{
	size_t most = 0;

	for (size_t i = 0; i < p->count; i++) {
		size_t boots = boot_count(picture_cell(p, i));

		most = boots > most ? boots : most;
	}
	return most;
}

/* "3", or "1 to 3". */
static const char *span(size_t least, size_t most, char *text, size_t size)
{
	if (least == most)
		snprintf(text, size, "%zu", most);
	else
		snprintf(text, size, "%zu to %zu", least, most);
	return text;
}

void picture_note_samples(const struct picture *p, struct sheet *s)
{
	size_t few = SIZE_MAX, many = 0, boots = picture_boots(p), least = boots;
	char samples[48], starts[48];

	for (size_t i = 0; i < p->count; i++) {
		const struct cell_data *cell = picture_cell(p, i);

		few = cell->n_times < few ? cell->n_times : few;
		many = cell->n_times > many ? cell->n_times : many;
		least = boot_count(cell) < least ? boot_count(cell) : least;
	}
	if (many == 1)
		sheet_note(s, "One sample a cell.");
	else if (many)
		sheet_note(s, "Medians of %s samples a cell, from %s boot%s.",
			     span(few, many, samples, sizeof(samples)),
			     span(least, boots, starts, sizeof(starts)),
			     boots == 1 ? "" : "s");
	if (!p->data->info.clock->exact && boots < BOOTS_MIN)
		sheet_note(s, "No intervals: one at level 0.95 needs %d boots.", BOOTS_MIN);
}

void picture_note_intervals(const struct picture *p, struct sheet *s, const char *what)
{
	picture_note_samples(p, s);
	if (picture_boots(p) >= BOOTS_MIN)
		sheet_note(s, "%s: interval of the median over boots at level 0.95. That two "
			     "overlap does not make them equal: strategies are judged boot by "
			     "boot.", what);
}

struct panel *picture_panel(const struct picture *p, struct sheet *s, const char *title,
			    const char *x_label)
{
	char label[64];

	snprintf(label, sizeof(label), "%s per page", picture_unit(p));
	return sheet_panel(s, title, x_label, label);
}

void picture_put_cost(struct sheet *s, struct panel *panel, const char *row,
		      const char *column, const struct cell_data *cell)
{
	double lo, hi;

	picture_interval(cell, &lo, &hi);
	sheet_put_interval(s, panel, row, column, center_per_page(cell), lo, hi);
}

void picture_put_length(struct sheet *s, struct panel *panel, const struct cell_data *cell)
{
	char pages[AXIS_TEXT_MAX];

	snprintf(pages, sizeof(pages), "%" PRIu64, cell->axes.pages);
	panel->numeric = true;
	sheet_column(s, panel, pages, cell->axes.pages);
	picture_put_cost(s, panel, cell->axes.strategy, pages, cell);
}

void picture_write_sheet(FILE *out, const struct picture *p, const struct sheet *s)
{
	fprintf(out, "# times in %s\n", picture_unit(p));
	sheet_write(out, s);
}
