// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid.h"

#include <math.h>
#include <search.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/data/index.h"
#include "report/data/order.h"
#include "report/write/array.h"

void grid_add_column(struct grid *g, const struct dataset *data, const char *strategy,
		     const char *name)
{
	for (size_t i = 0; i < g->n_columns; i++)
		if (g->columns[i].data == data && !strcmp(g->columns[i].name, name))
			return;
	array_grow(&g->columns, g->n_columns, sizeof(*g->columns));
	g->columns[g->n_columns++] = (struct grid_column){
		.data = data, .strategy = strategy, .name = array_held(strdup(name)),
	};
}

static int compare_cells(const void *a, const void *b)
{
	const struct cell_data *x = a, *y = b;

	return axes_compare(&x->axes, &y->axes, NULL);
}

static int compare_places(const void *a, const void *b)
{
	static const char *const but_strategy[] = { "strategy", NULL };
	const struct cell_data *x = a, *y = b;

	return axes_compare(&x->axes, &y->axes, but_strategy);
}

/* tsearch() gives the cell that is in the place, or puts this one there. */
void grid_add_row(struct grid *g, const struct cell_data *cell)
{
	const struct cell_data **there =
		array_held(tsearch(cell, &g->places, g->columns->strategy ? compare_places :
				   compare_cells));

	if (*there != cell)
		return;
	array_grow(&g->rows, g->n_rows, sizeof(*g->rows));
	g->rows[g->n_rows++] = cell;
}

void grid_add_rows(struct grid *g, const struct dataset *data, const struct selection *cells)
{
	size_t count, *order = order_of(data, &count);

	for (size_t i = 0; i < count; i++)
		if (selection_takes(cells, &data->cells[order[i]]))
			grid_add_row(g, &data->cells[order[i]]);
	free(order);
}

static void fill_column(struct grid *g, size_t column, const struct index *index)
{
	const char *strategy = g->columns[column].strategy;

	for (size_t row = 0; row < g->n_rows; row++) {
		struct axes axes = g->rows[row]->axes;

		if (strategy)
			snprintf(axes.strategy, sizeof(axes.strategy), "%s", strategy);
		g->cells[row * g->n_columns + column] = index_find(index, &axes);
	}
}

/* Columns of one run stand together, and share its index. */
void grid_fill(struct grid *g)
{
	struct index index = { 0 };

	g->cells = array_new(g->n_rows * g->n_columns, sizeof(*g->cells));
	for (size_t i = 0; i < g->n_columns; i++) {
		if (index.data != g->columns[i].data) {
			index_free(&index);
			index_make(&index, g->columns[i].data, NULL);
		}
		fill_column(g, i, &index);
	}
	index_free(&index);
}

static void contrast_column(struct grid *g, size_t column, struct contrasts *all)
{
	const struct cell_data **base = array_new(2 * g->n_rows, sizeof(*base));
	const struct cell_data **cells = base + g->n_rows;
	struct grid_column *c = &g->columns[column];
	struct contrasts more;

	for (size_t row = 0; row < g->n_rows; row++) {
		base[row] = grid_cell(g, row, g->base);
		cells[row] = grid_cell(g, row, column);
	}
	contrasts_of_cells(g->columns[g->base].data, base, c->data, cells, g->n_rows, &more);
	free(base);
	c->from = all->count;
	c->count = more.count;
	contrasts_append(all, &more);
	contrasts_free(&more);
}

void grid_contrast(struct grid *g, struct contrasts *all)
{
	all->margin = NAN;
	for (size_t i = 0; i < g->n_columns; i++)
		if (i != g->base)
			contrast_column(g, i, all);
	verdict_judge(all);
}

void grid_share(struct grid *g, const struct contrasts *all)
{
	for (size_t i = 0; i < g->n_columns; i++)
		g->columns[i].count = all->count;
}

const struct cell_data *grid_cell(const struct grid *g, size_t row, size_t column)
{
	return g->cells[row * g->n_columns + column];
}

/* Most have a contrast for each row: the search begins there. */
const struct contrast *grid_find(const struct grid *g, const struct contrasts *all, size_t row,
				 size_t column)
{
	const struct cell_data *cell = grid_cell(g, row, column);
	const struct cell_data *base = grid_cell(g, row, g->base);
	const struct grid_column *in = &g->columns[column];

	for (size_t i = 0; i < in->count && (cell || base); i++) {
		const struct contrast *c = &all->c[in->from + (row + i) % in->count];

		if (c->other == cell && (cell || c->base == base))
			return c;
	}
	return NULL;
}

static void keep(void *cell)
{
	(void)cell;
}

void grid_free(struct grid *g)
{
	for (size_t i = 0; i < g->n_columns; i++)
		free(g->columns[i].name);
	free(g->columns);
	free(g->rows);
	free(g->cells);
	tdestroy(g->places, keep);
	memset(g, 0, sizeof(*g));
}
