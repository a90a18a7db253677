// SPDX-License-Identifier: GPL-3.0-or-later
#include "marks.h"

#include <math.h>
#include <stdlib.h>

#include "array.h"
#include "sheet.h"

int marks_add(struct marks *marks, const struct mark *mark)
{
	if (array_grow(&marks->mark, marks->count, sizeof(*mark)))
		return -ENOMEM;
	marks->mark[marks->count++] = *mark;
	return 0;
}

int marks_point(struct marks *marks, size_t panel, size_t row, double x, double y,
		double weight)
{
	return marks_add(marks, &(struct mark){ panel, row, x, y, x, y, weight });
}

void marks_free(struct marks *marks)
{
	free(marks->mark);
}

struct marks_limits marks_limits(const struct marks *marks)
{
	struct marks_limits l = { INFINITY, -INFINITY, INFINITY, -INFINITY, -INFINITY };

	for (size_t i = 0; i < marks->count; i++) {
		const struct mark *m = &marks->mark[i];

		l.x_low = fmin(l.x_low, m->x);
		l.x_high = fmax(l.x_high, m->x_to);
		if (m->y > 0)
			l.y_low = fmin(l.y_low, m->y);
		l.y_high = fmax(l.y_high, m->y_to);
		l.weight_high = fmax(l.weight_high, m->weight);
	}
	return l;
}

static void write_row(FILE *out, const struct marks *marks, const struct sheet *s,
		      size_t panel, size_t row)
{
	size_t written = 0;

	for (size_t i = 0; i < marks->count; i++) {
		const struct mark *m = &marks->mark[i];

		if (m->panel != panel || m->row != row)
			continue;
		fprintf(out, "%.8g %zu %.6g %.6g %.8g %.6g \"%s\"\n", m->x, row, m->y,
			m->weight, m->x_to, m->y_to, s->row[row]);
		written++;
	}
	if (written)
		fputc('\n', out);
}

void marks_write(FILE *out, const struct marks *marks, const struct sheet *s,
		 const char *weight)
{
	fprintf(out, "# x, row, y, %s, x and y where it ends, name of the row\n", weight);
	for (size_t i = 0; i < s->panels; i++) {
		fprintf(out, "%s# %s\n", i ? "\n" : "", s->panel[i].title);
		for (size_t r = 0; r < s->rows; r++)
			write_row(out, marks, s, i, r);
	}
}
