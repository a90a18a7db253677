/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells side by side: a row for each place, a column for each strategy of a run. */
#ifndef HMMBENCH_GRID_H
#define HMMBENCH_GRID_H

#include "report/data/selection.h"
#include "contrasts.h"

/**
 * struct grid_column - what a column has in each row
 * @strategy:	of all its cells; NULL when each has that of its row
 * @name:	for its heading
 * @from, @count: its contrasts, among those of the table; none for the baseline
 */
struct grid_column {
	const struct dataset *data;
	const char *strategy;
	char *name;
	size_t from, count;
};

/**
 * struct grid - the table
 * @base:	index of the column that the others are compared with
 * @rows:	a cell of each row: it has the axes that its cells share
 * @cells:	@n_columns for each row, NULL where there is none
 * @places:	the rows by their axes, while they are added
 */
struct grid {
	struct grid_column *columns;
	const struct cell_data **rows, **cells;
	size_t n_columns, n_rows, base;
	void *places;
};

/**
 * grid_add_column() - add a column, unless it is there
 *
 * grid_free() what all the functions made. Before the first row there is a column.
 */
void grid_add_column(struct grid *g, const struct dataset *data, const char *strategy,
		     const char *name);

/** grid_add_row() - add a row for the place of a cell, unless it is there. */
void grid_add_row(struct grid *g, const struct cell_data *cell);

/**
 * grid_add_rows() - add a row for each place that one of these cells of @data is in
 *
 * In the order of order_of(). A place is all axes but the strategy where columns have
 * one, else all axes.
 */
void grid_add_rows(struct grid *g, const struct dataset *data, const struct selection *cells);

/** grid_fill() - find the cell of each row in each column. */
void grid_fill(struct grid *g);

/** grid_contrast() - hold each column against the baseline's, and judge all as one table. */
void grid_contrast(struct grid *g, struct contrasts *all);

/** grid_share() - give each column its contrasts out of @all, which somebody else made. */
void grid_share(struct grid *g, const struct contrasts *all);

/** grid_cell() - of a row and column; NULL when there is none. */
const struct cell_data *grid_cell(const struct grid *g, size_t row, size_t column);

/**
 * grid_find() - the contrast of a cell; of a missing one that with the baseline of its row
 * Return: NULL when there is none.
 */
const struct contrast *grid_find(const struct grid *g, const struct contrasts *all, size_t row,
				 size_t column);
void grid_free(struct grid *g);

#endif
