// SPDX-License-Identifier: GPL-3.0-or-later
#include "picture.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "boots.h"
#include "bootstrap.h"
#include "stats.h"

const struct cell_data *picture_cell(const struct picture *p, size_t i)
{
	return &p->data->cells[p->cells[i]];
}

const char *picture_unit(const struct picture *p)
{
	return p->data->info.clock->noun;
}

double picture_cost(const struct cell_data *cell)
{
	double median = NAN;
	struct boots boots;

	if (!boots_of(cell->times, cell->n_times, &boots)) {
		median = boots_center(&boots);
		boots_free(&boots);
	}
	return median / cell->axes.pages;
}

size_t picture_values(const struct picture *p, const char *axis)
{
	const struct axis *a = axis_find(axis);
	char mine[AXIS_TEXT_MAX], other[AXIS_TEXT_MAX];
	size_t count = 0, j;

	for (size_t i = 0; i < p->count; i++) {
		axis_format(a, &picture_cell(p, i)->axes, mine, sizeof(mine));
		for (j = 0; j < i; j++)
			if (!strcmp(mine, axis_format(a, &picture_cell(p, j)->axes,
						      other, sizeof(other))))
				break;
		count += j == i;
	}
	return count;
}

int picture_interval(const struct cell_data *cell, double *lo, double *hi)
{
	struct interval interval;
	struct boots boots;
	int ret = boots_of(cell->times, cell->n_times, &boots);

	if (ret)
		return ret;
	ret = bootstrap_median(boots.median, boots.count, &interval);
	*lo = interval.lo / cell->axes.pages;
	*hi = interval.hi / cell->axes.pages;
	boots_free(&boots);
	return ret;
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

void drawing_note(struct drawing *d, const char *fmt, ...)
{
	size_t n = strlen(d->caption), size = sizeof(d->caption);
	va_list args;
	int length;

	if (n && n + 1 < size)
		d->caption[n++] = ' ';
	va_start(args, fmt);
	length = vsnprintf(d->caption + n, size - n, fmt, args);
	va_end(args);
	if (length >= (int)(size - n))
		memcpy(d->caption + size - 4, "...", 4);
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

void drawing_samples(const struct picture *p, struct drawing *d)
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
		drawing_note(d, "One sample a cell.");
	else if (many)
		drawing_note(d, "Medians of %s samples a cell, from %s boot%s.",
			     span(few, many, samples, sizeof(samples)),
			     span(least, boots, starts, sizeof(starts)),
			     boots == 1 ? "" : "s");
	if (!p->data->info.clock->exact && boots < BOOTS_MIN)
		drawing_note(d, "No intervals: one at level 0.95 needs %d boots.", BOOTS_MIN);
}

void drawing_intervals(const struct picture *p, struct drawing *d, const char *what)
{
	drawing_samples(p, d);
	if (picture_boots(p) >= BOOTS_MIN)
		drawing_note(d, "%s: interval of the median over boots at level 0.95. That two "
			     "overlap does not make them equal: strategies are judged boot by "
			     "boot.", what);
}

void drawing_lines(struct drawing *d, bool over_pages)
{
	struct apart apart;
	size_t zeros = 0;
	double low, high;

	if (sheet_merge(&d->sheet, SAME_LINE, over_pages ? SAME_FROM : 0, &apart))
		drawing_note(d, over_pages ?
			     "Strategies within %.0f %% of the first one named, at the longest "
			     "range and from %d pages on, share its line." :
			     "Strategies within %.0f %% of the first one named at every "
			     "point share its line.", SAME_LINE * 100, SAME_FROM);
	if (apart.share > SAME_LINE)
		drawing_note(d, "Furthest from its line on shorter ranges: %s, %.0f %% at %s "
			     "page%s.", apart.row, apart.share * 100, apart.column,
			     strcmp(apart.column, "1") ? "s" : "");
	sheet_sort_rows(&d->sheet);
	d->entries = d->sheet.rows;
	for (size_t i = 0; i < d->sheet.panels && !zeros; i++)
		zeros = sheet_limits(&d->sheet, &d->sheet.panel[i], &low, &high);
	if (zeros)
		drawing_note(d, "Values of 0 lie below a logarithmic axis: %zu are not "
			     "drawn.", zeros);
}

int drawing_put_cost(struct drawing *d, struct panel *panel, const char *row,
		     const char *column, const struct cell_data *cell)
{
	double lo, hi;
	int ret = picture_interval(cell, &lo, &hi);

	return ret ? ret : sheet_put_interval(&d->sheet, panel, row, column,
					      picture_cost(cell), lo, hi);
}

void picture_write_sheet(FILE *out, const struct picture *p, const struct drawing *d)
{
	fprintf(out, "# times in %s\n", picture_unit(p));
	sheet_write(out, &d->sheet);
}

void drawing_free(struct drawing *d)
{
	if (d)
		marks_free(&d->marks);
	free(d);
}
