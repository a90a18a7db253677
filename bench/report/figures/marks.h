/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Points, steps and fields of a picture: what is too much for a sheet's columns. */
#ifndef HMMBENCH_MARKS_H
#define HMMBENCH_MARKS_H

#include <stddef.h>

/**
 * struct mark - one of them
 * @panel, @row:	of the sheet beside
 * @x, @y:		where it is
 * @x_to, @y_to:	where it ends; as @x and @y when it is a point
 * @weight:		what else there is to say of it, as the figure says
 */
struct mark {
	size_t panel, row;
	double x, y, x_to, y_to, weight;
};

struct marks {
	struct mark *mark;
	size_t count;
};

/** struct marks_limits - least and greatest of all; @y_low of those above 0 */
struct marks_limits {
	double x_low, x_high, y_low, y_high, weight_high;
};

void marks_add(struct marks *marks, const struct mark *mark);

/** marks_point() - one that ends where it is. */
void marks_point(struct marks *marks, size_t panel, size_t row, double x, double y,
		 double weight);
void marks_free(struct marks *marks);

struct marks_limits marks_limits(const struct marks *marks);

#endif
