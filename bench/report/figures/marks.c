// SPDX-License-Identifier: GPL-3.0-or-later
#include "marks.h"

#include <math.h>
#include <stdlib.h>

#include "report/write/array.h"

void marks_add(struct marks *marks, const struct mark *mark)
{
	array_grow(&marks->mark, marks->count, sizeof(*mark));
	marks->mark[marks->count++] = *mark;
}

void marks_point(struct marks *marks, size_t panel, size_t row, double x, double y,
		 double weight)
{
	marks_add(marks, &(struct mark){ panel, row, x, y, x, y, weight });
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
