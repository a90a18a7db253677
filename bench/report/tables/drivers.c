// SPDX-License-Identifier: GPL-3.0-or-later
#include "drivers.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "model/strategies.h"
#include "report/data/order.h"
#include "report/judge/center.h"
#include "report/judge/grid.h"

static const char *const but_strategy[] = { "strategy", NULL };
static const char *const but_profile[] = { "strategy", "profile", NULL };

static uint64_t piece_of(const struct cell_data *cell)
{
	uint64_t piece;
	char end;

	if (!cell_measured(cell) || strcmp(cell->axes.profile, "none") ||
	    sscanf(cell->axes.strategy, "step:%" SCNu64 "%c", &piece, &end) != 1)
		return 0;
	return piece;
}

/* The neighbour of a piece among those measured, in one direction; NULL at the end. */
static const struct cell_data *next_piece(const struct dataset *data,
					  const struct cell_data *like, uint64_t from,
					  bool up)
{
	const struct cell_data *found = NULL;

	for_each_cell(cell, data) {
		uint64_t piece = piece_of(cell);

		if (!piece || !axes_same_but(&cell->axes, &like->axes, but_profile) ||
		    (up ? piece <= from : piece >= from))
			continue;
		if (!found || (up ? piece < piece_of(found) : piece > piece_of(found)))
			found = cell;
	}
	return found;
}

struct piece_choice drivers_piece(const struct dataset *data,
				  const struct cell_data *like)
{
	struct piece_choice c = { 0 };
	const struct cell_data *next;
	double limit;

	for_each_cell(cell, data) {
		if (piece_of(cell) && axes_same_but(&cell->axes, &like->axes, but_profile) &&
		    (!c.best || center_per_page(cell) < center_per_page(c.best)))
			c.best = cell;
	}
	if (!c.best)
		return c;
	limit = center_per_page(c.best) * (1 + PIECE_NEAR);
	c.piece = c.least = c.most = piece_of(c.best);
	while ((next = next_piece(data, like, c.least, false)) &&
	       center_per_page(next) <= limit)
		c.least = piece_of(next);
	while ((next = next_piece(data, like, c.most, true)) && center_per_page(next) <= limit)
		c.most = piece_of(next);
	return c;
}

/* Was `unlocked`, which step:K calls, measured as this driver calls? */
static bool can_step(const struct dataset *data, const struct cell_data *like)
{
	for_each_cell(cell, data) {
		if (cell_measured(cell) && !strncmp(cell->axes.strategy, STRATEGY_BASELINE,
						   strlen(STRATEGY_BASELINE)) &&
		    axes_same_but(&cell->axes, &like->axes, but_strategy))
			return true;
	}
	return false;
}

static bool of_driver(const struct cell_data *cell, const void *none)
{
	(void)none;
	return cell_measured(cell) && strcmp(cell->axes.profile, "none");
}

/* A column for each strategy that some profile was measured with. */
static int make_grid(const struct dataset *data, struct grid *g)
{
	const struct selection cells = { .takes = of_driver };
	size_t count, *order = order_of(data, &count);

	for (size_t i = 0; i < count; i++) {
		const struct cell_data *cell = &data->cells[order[i]];

		if (of_driver(cell, NULL))
			grid_add_column(g, data, cell->axes.strategy, cell->axes.strategy);
	}
	free(order);
	if (!g->n_columns)
		return -ENODATA;
	grid_add_rows(g, data, &cells);
	grid_fill(g);
	return 0;
}

static const char *const row_axes[] = {
	"profile", "pages", "access", "backing", "uffd", "populated",
};
#define AXES	(sizeof(row_axes) / sizeof(*row_axes))

/* For programs, what the heading tells people stands in columns at the end. */
static void add_heads(const struct grid *g, bool tsv, struct table *t)
{
	static const char *const last[] = { "piece", "near", "cost", "unit", "emulated" };

	for (size_t i = 0; i < AXES; i++)
		table_column(t, row_axes[i], axis_find(row_axes[i])->kind != AXIS_NUMBER);
	table_column(t, "boots", false);
	table_column(t, "n", false);
	for (size_t i = 0; i < g->n_columns; i++)
		table_column(t, g->columns[i].name, false);
	for (size_t i = 0; i < (tsv ? 5 : 3); i++)
		table_column(t, last[i], false);
}

static void add_piece(const struct dataset *data, const struct cell_data *like, struct table *t)
{
	struct piece_choice choice = { 0 };

	if (can_step(data, like))
		choice = drivers_piece(data, like);
	if (choice.best) {
		table_add(t, "%" PRIu64, choice.piece);
		table_add(t, "%" PRIu64 "..%" PRIu64, choice.least, choice.most);
		table_add(t, "%.0f", center_per_page(choice.best));
	} else {
		for (size_t i = 0; i < 3; i++)
			table_none(t);
	}
}

/* Boots and samples are the fewest of its cells. */
static void add_row(const struct dataset *data, const struct grid *g, size_t row, struct table *t)
{
	size_t boots = SIZE_MAX, n = SIZE_MAX;
	char text[AXIS_TEXT_MAX];

	for (size_t i = 0; i < g->n_columns; i++) {
		const struct cell_data *cell = grid_cell(g, row, i);

		if (!cell || !cell_measured(cell))
			continue;
		boots = cell->closed < boots ? cell->closed : boots;
		n = cell->n_times < n ? cell->n_times : n;
	}
	for (size_t i = 0; i < AXES; i++)
		table_add(t, "%s", axis_format(axis_find(row_axes[i]), &g->rows[row]->axes, text,
					       sizeof(text)));
	table_add(t, "%zu", boots);
	table_add(t, "%zu", n);
	for (size_t i = 0; i < g->n_columns; i++) {
		const struct cell_data *cell = grid_cell(g, row, i);

		if (cell && cell_measured(cell))
			table_add(t, "%.0f", center_per_page(cell));
		else
			table_none(t);
	}
	add_piece(data, g->rows[row], t);
}

int drivers_table(const struct dataset *data, bool tsv, struct table *t)
{
	struct grid g = { 0 };
	int ret = make_grid(data, &g);

	if (!ret)
		add_heads(&g, tsv, t);
	for (size_t row = 0; !ret && row < g.n_rows; row++) {
		add_row(data, &g, row, t);
		if (tsv) {
			table_add(t, "%s", data->info.clock->unit);
			table_add(t, "%s", dataset_emulated_name(data));
		}
	}
	grid_free(&g);
	return ret;
}

int drivers_print(FILE *out, const struct dataset *data, enum table_format format)
{
	struct table t = { 0 };
	int ret = drivers_table(data, format == TABLE_TSV, &t);

	if (!ret && format != TABLE_TSV)
		fprintf(out, "%s: Linux %s, median %s per page, %s clock%s\n\n",
			data->info.matrix ? data->info.matrix : "-",
			data->info.kernel ? data->info.kernel : "-",
			data->info.clock->counts, data->info.clock->name, dataset_doubt(data));
	if (!ret)
		table_print(out, &t, format);
	if (!ret && format != TABLE_TSV)
		fprintf(out, "\nA number is the cell STRATEGY/PAGES/profile=PROFILE of that "
			"access, backing,\nuffd mode and percentage populated, of n timed samples "
			"in so many boots, or more.\n"
			"piece: K of the step:K/PAGES that costs least there, near: those within "
			"%.0f %% of it, cost: its own.\n",
			PIECE_NEAR * 100);
	table_free(&t);
	return ret;
}
