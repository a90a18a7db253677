// SPDX-License-Identifier: GPL-3.0-or-later
#include "drivers.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "../common/strategies.h"
#include "picture.h"
#include "summary.h"

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

	for (size_t i = 0; i < data->count; i++) {
		const struct cell_data *cell = &data->cells[i];
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

	for (size_t i = 0; i < data->count; i++) {
		const struct cell_data *cell = &data->cells[i];

		if (piece_of(cell) && axes_same_but(&cell->axes, &like->axes, but_profile) &&
		    (!c.best || picture_cost(cell) < picture_cost(c.best)))
			c.best = cell;
	}
	if (!c.best)
		return c;
	limit = picture_cost(c.best) * (1 + PIECE_NEAR);
	c.piece = c.least = c.most = piece_of(c.best);
	while ((next = next_piece(data, like, c.least, false)) &&
	       picture_cost(next) <= limit)
		c.least = piece_of(next);
	while ((next = next_piece(data, like, c.most, true)) && picture_cost(next) <= limit)
		c.most = piece_of(next);
	return c;
}

/* Was `unlocked`, which step:K calls, measured as this driver calls? */
static bool can_step(const struct dataset *data, const struct cell_data *like)
{
	for (size_t i = 0; i < data->count; i++) {
		const struct cell_data *cell = &data->cells[i];

		if (cell_measured(cell) && !strncmp(cell->axes.strategy, STRATEGY_BASELINE,
						   strlen(STRATEGY_BASELINE)) &&
		    axes_same_but(&cell->axes, &like->axes, but_strategy))
			return true;
	}
	return false;
}

enum { PROFILE, PAGES, ACCESS, BACKING, UFFD, POPULATED, FIXED_AXES, BOOTS = FIXED_AXES, N, FIXED };

static const char *const fixed[FIXED] = {
	[PROFILE] = "profile", [PAGES] = "pages", [ACCESS] = "access",
	[BACKING] = "backing", [UFFD] = "uffd", [POPULATED] = "populated", [BOOTS] = "boots", [N] = "n",
};

/* A row's first cell, and the boots and samples of its cells: the fewest where they differ. */
struct row {
	const struct cell_data *first;
	size_t boots, n;
};

/* The strategies that some profile was measured with, as columns. */
static int head(const struct dataset *data, const size_t *order, size_t count,
		struct table *t)
{
	static const char *const last[] = { "piece", "near", "cost" };
	int ret = 0;

	for (size_t i = 0; i < FIXED && ret >= 0; i++) {
		ret = table_column(t, fixed[i]);
		t->left[i] = i < FIXED_AXES && i != PAGES && i != POPULATED;
	}
	for (size_t i = 0; i < count && ret >= 0; i++) {
		const struct cell_data *cell = &data->cells[order[i]];

		if (cell_measured(cell) && strcmp(cell->axes.profile, "none"))
			ret = table_column(t, cell->axes.strategy);
	}
	if (ret >= 0 && t->columns == FIXED)
		return -ENODATA;
	for (size_t i = 0; i < 3 && ret >= 0; i++)
		ret = table_column(t, last[i]);
	return ret < 0 ? ret : 0;
}

static int add_row(const struct dataset *data, const struct cell_data *cell,
		   struct table *t)
{
	struct piece_choice choice = { 0 };
	size_t row = t->rows, last = t->columns - 3;
	char text[AXIS_TEXT_MAX];

	if (table_row(t))
		return -ENOMEM;
	for (size_t i = 0; i < FIXED_AXES; i++)
		table_put(t, row, i, "%s", axis_format(axis_find(fixed[i]), &cell->axes,
						       text, sizeof(text)));
	if (can_step(data, cell))
		choice = drivers_piece(data, cell);
	if (!choice.best)
		return 0;
	table_put(t, row, last, "%" PRIu64, choice.piece);
	table_put(t, row, last + 1, "%" PRIu64 "..%" PRIu64, choice.least, choice.most);
	table_put(t, row, last + 2, "%.0f", picture_cost(choice.best));
	return 0;
}

/* @rows: of the table, the heading among them */
static int add_cell(const struct dataset *data, const struct cell_data *cell,
		    struct row *rows, struct table *t)
{
	size_t at = 1;
	struct row *row;

	while (at < t->rows && !axes_same_but(&rows[at].first->axes, &cell->axes, but_strategy))
		at++;
	row = &rows[at];
	if (at == t->rows) {
		if (add_row(data, cell, t))
			return -ENOMEM;
		*row = (struct row){ cell, cell->closed, cell->n_times };
	}
	row->boots = cell->closed < row->boots ? cell->closed : row->boots;
	row->n = cell->n_times < row->n ? cell->n_times : row->n;
	table_put(t, at, BOOTS, "%zu", row->boots);
	table_put(t, at, N, "%zu", row->n);
	table_put(t, at, table_column(t, cell->axes.strategy), "%.0f", picture_cost(cell));
	return 0;
}

int drivers_table(const struct dataset *data, struct table *t)
{
	size_t count, *order = summary_order(data, &count);
	struct row *rows = calloc(count + 1, sizeof(*rows));
	int ret = order && rows ? head(data, order, count, t) : -ENOMEM;

	for (size_t i = 0; i < count && !ret; i++) {
		const struct cell_data *cell = &data->cells[order[i]];

		if (cell_measured(cell) && strcmp(cell->axes.profile, "none"))
			ret = add_cell(data, cell, rows, t);
	}
	free(rows);
	free(order);
	return ret;
}

/* What people are told in the heading. */
static int add_labels(const struct dataset *data, struct table *t)
{
	int unit = table_column(t, "unit"), emulated = table_column(t, "emulated");

	if (unit < 0 || emulated < 0)
		return -E2BIG;
	for (size_t row = 1; row < t->rows; row++) {
		table_put(t, row, unit, "%s", data->info.clock->unit);
		table_put(t, row, emulated, "%s", dataset_emulated_name(data));
	}
	return 0;
}

int drivers_print(FILE *out, const struct dataset *data, enum table_format format)
{
	struct table t = { 0 };
	int ret = drivers_table(data, &t);

	if (!ret && format == TABLE_TSV)
		ret = add_labels(data, &t);
	if (!ret && format != TABLE_TSV)
		fprintf(out, "%s: Linux %s, median %s per page, %s clock%s\n\n",
			data->info.matrix ? data->info.matrix : "-",
			data->info.kernel ? data->info.kernel : "-",
			data->info.clock->counts, data->info.clock->name, dataset_doubt(data));
	if (!ret)
		table_print(out, &t, format);
	if (!ret && format != TABLE_TSV)
		fprintf(out, "\nA number is the cell STRATEGY/PAGES/profile=PROFILE of that "
			"access, backing,\nuffd mode and percentage populated, of n timed samples in so many boots, or more.\n"
			"piece: K of the step:K/PAGES that costs least there, near: those within "
			"%.0f %% of it, cost: its own.\n",
			PIECE_NEAR * 100);
	table_free(&t);
	return ret;
}
