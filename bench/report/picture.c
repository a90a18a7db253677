// SPDX-License-Identifier: GPL-3.0-or-later
#include "picture.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "stats.h"

const struct cell_data *picture_cell(const struct picture *p, size_t i)
{
	return &p->data->cells[p->cells[i]];
}

const char *picture_unit(const struct picture *p)
{
	return !strcmp(p->data->info.unit, "insn") ? "instructions" : "ns";
}

double picture_cost(const struct cell_data *cell)
{
	struct stats s;

	stats_of(cell->totals, cell->n_times, &s);
	return s.median / cell->axes.pages;
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

void drawing_entries(struct drawing *d)
{
	for (size_t r = 0; r < d->sheet.rows; r++) {
		snprintf(d->label[r], LABEL_MAX, "%s", d->sheet.row[r]);
		d->order[r] = r;
	}
	d->entries = d->sheet.rows;
}

void drawing_lines(struct drawing *d)
{
	size_t zeros = 0;
	double low, high;

	if (sheet_merge(&d->sheet, SAME_LINE))
		drawing_note(d, "Strategies within %.0f %% of the first one named at every "
			     "point share its line.", SAME_LINE * 100);
	sheet_sort_rows(&d->sheet);
	drawing_entries(d);
	for (size_t i = 0; i < d->sheet.panels && !zeros; i++)
		zeros = sheet_limits(&d->sheet, &d->sheet.panel[i], &low, &high);
	if (zeros)
		drawing_note(d, "Values of 0 lie below a logarithmic axis: %zu are not "
			     "drawn.", zeros);
}

void picture_write_sheet(FILE *out, const struct picture *p, const struct drawing *d)
{
	fprintf(out, "# times in %s\n", picture_unit(p));
	sheet_write(out, &d->sheet);
}
