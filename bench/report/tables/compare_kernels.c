// SPDX-License-Identifier: GPL-3.0-or-later
/* The kernel as an axis: a column for each kernel and strategy, a row for each place. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "model/strategies.h"
#include "report/judge/headline.h"
#include "report/write/array.h"
#include "report/write/names.h"
#include "compare.h"

#define GAPS_MAX	20	/* of a run: reasons that are printed one by one */

bool compare_tried(const struct cell_data *cell)
{
	return cell && cell->closed && cell->status != CELL_SKIPPED &&
	       cell->status != CELL_UNSUPPORTED;
}

bool compare_has(const struct dataset *data, const char *strategy)
{
	for_each_cell(cell, data)
		if (compare_tried(cell) && !strcmp(cell->axes.strategy, strategy))
			return true;
	return false;
}

/* The baseline is a column whatever the list says. */
static bool wanted(const struct compare *compare, size_t run, const char *strategy)
{
	return strategy_listed(compare->strategies, strategy) ||
	       (!run && !strcmp(strategy, compare->baseline));
}

static void add_column(struct compare *out, size_t run, const char *strategy)
{
	char name[KERNEL_NAME_MAX + AXIS_TEXT_MAX];
	size_t before = out->grid.n_columns;

	if (!wanted(out, run, strategy) || !compare_has(&out->runs[run], strategy))
		return;
	snprintf(name, sizeof(name), "%s %s", out->kernels[run], strategy);
	grid_add_column(&out->grid, &out->runs[run], strategy, name);
	if (out->grid.n_columns > before && !run && !strcmp(strategy, out->baseline))
		out->grid.base = before;
}

/* What drivers call first, then as in the matrix. */
static void add_columns(struct compare *out, size_t run)
{
	static const char *const first[] = { STRATEGY_PLAIN, STRATEGY_BASELINE };
	const struct dataset *data = &out->runs[run];

	for (size_t i = 0; i < 2; i++)
		add_column(out, run, first[i]);
	for_each_cell(cell, data)
		if (cell->closed)
			add_column(out, run, cell->axes.strategy);
}

/* A place that no column could measure is no row. */
static void drop_untried(struct grid *grid)
{
	size_t kept = 0;

	for (size_t row = 0; row < grid->n_rows; row++) {
		const struct cell_data **cells = &grid->cells[row * grid->n_columns];
		bool tried = false;

		for (size_t c = 0; c < grid->n_columns; c++)
			tried |= compare_tried(cells[c]);
		if (!tried)
			continue;
		memmove(&grid->cells[kept * grid->n_columns], cells,
			grid->n_columns * sizeof(*cells));
		grid->rows[kept++] = grid->rows[row];
	}
	grid->n_rows = kept;
}

/* On which axes do all rows agree? A bit for each. */
static uint32_t shared_axes(const struct grid *grid)
{
	uint32_t shared = 0;

	for (size_t a = 0; a < axes_count; a++) {
		size_t row = 0;

		while (row < grid->n_rows && !axis_compare(&axes_table[a], &grid->rows[0]->axes,
							   &grid->rows[row]->axes))
			row++;
		if (row == grid->n_rows)
			shared |= UINT32_C(1) << a;
	}
	return shared;
}

/* Are tables warm exactly where all pages are there? Then that needs no telling. */
static bool tables_follow(const struct compare *compare)
{
	for (size_t row = 0; row < compare->grid.n_rows; row++) {
		const struct axes *axes = &compare->grid.rows[row]->axes;

		if ((axes->populated == 100) != (axes->tables == TABLES_WARM))
			return false;
	}
	return true;
}

/* The value of an axis in a key; of some it says enough without a name. */
static size_t put_axis(char *buf, size_t size, const char *between, const struct axis *axis,
		       const struct axes *axes)
{
	static const char *const bare[] = { "pages", "access", "backing", "tables" };
	char value[AXIS_TEXT_MAX];
	size_t n = snprintf(buf, size, "%s%s%s%s", between,
			    AMONG(bare, axis->name) ? "" : axis->name,
			    AMONG(bare, axis->name) ? "" : "=",
			    axis_format(axis, axes, value, sizeof(value)));

	return n < size ? n : size - 1;
}

char *compare_place_name(const struct compare *compare, size_t row, char *buf, size_t size)
{
	const struct axes *axes = &compare->grid.rows[row]->axes;
	size_t n = put_axis(buf, size, "", axis_find("pages"), axes);

	for (size_t a = 0; a < axes_count; a++) {
		const struct axis *axis = &axes_table[a];

		if (axis->fallback && !axis_is_fallback(axis, axes) &&
		    !(compare->shared & UINT32_C(1) << a) &&
		    !(compare->tables_follow && !strcmp(axis->name, "tables")))
			n += put_axis(buf + n, size - n, "/", axis, axes);
	}
	return buf;
}

void compare_print_shared(FILE *out, const struct compare *compare)
{
	char text[AXES_KEY_MAX] = "";
	size_t n = 0;

	for (size_t a = 0; a < axes_count; a++) {
		const struct axis *axis = &axes_table[a];

		if (axis->fallback && compare->grid.n_rows && compare->shared & UINT32_C(1) << a &&
		    !axis_is_fallback(axis, &compare->grid.rows[0]->axes))
			n += put_axis(text + n, sizeof(text) - n, n ? ", " : "", axis,
				      &compare->grid.rows[0]->axes);
	}
	if (n)
		fprintf(out, "in every row: %s\n", text);
}

void compare_kernels(const struct dataset *data, size_t count, const char *strategies,
		     const char *baseline, struct compare *out)
{
	*out = (struct compare){
		.by = COMPARE_KERNELS, .strategies = strategies, .baseline = baseline,
		.runs = data, .n_runs = count,
		.kernels = array_new(count, sizeof(*out->kernels)),
	};
	for (size_t i = 0; i < count; i++)
		kernel_name(&data[i], data, count, out->kernels[i], sizeof(*out->kernels));
	for (size_t i = 0; i < count; i++)
		add_columns(out, i);
	for (size_t i = 0; i < count; i++)
		grid_add_rows(&out->grid, &data[i], NULL);
	grid_fill(&out->grid);
	drop_untried(&out->grid);
	grid_contrast(&out->grid, &out->all);
	out->shared = shared_axes(&out->grid);
	out->tables_follow = tables_follow(out);
}

static bool same_gap(const struct cell_data *a, const struct cell_data *b)
{
	return b->closed && b->status == a->status && !strcmp(b->reason, a->reason);
}

static bool named_before(const struct dataset *data, size_t first, size_t i)
{
	for (size_t k = first; k < i; k++)
		if (same_gap(&data->cells[first], &data->cells[k]) &&
		    !strcmp(data->cells[k].axes.strategy, data->cells[i].axes.strategy))
			return true;
	return false;
}

/* "unlocked, resume: 48 cells skipped: why" of the cells that are like the @first. */
static void print_gap(FILE *out, const struct dataset *data, size_t first, char *printed)
{
	const struct cell_data *cell = &data->cells[first];
	size_t count = 0;

	for (size_t i = first; i < data->count; i++) {
		if (printed[i] || !same_gap(cell, &data->cells[i]))
			continue;
		if (!named_before(data, first, i))
			fprintf(out, "%s%s", count ? ", " : "", data->cells[i].axes.strategy);
		printed[i] = 1;
		count++;
	}
	fprintf(out, ": %zu cell%s %s: %s\n", count, count == 1 ? "" : "s",
		cell_status_name(cell->status), cell->reason);
}

static void print_gaps_of(FILE *out, const struct compare *compare, size_t run)
{
	const struct dataset *data = &compare->runs[run];
	char *printed = array_new(data->count, sizeof(*printed));
	size_t gaps = 0, rest = 0;

	for (size_t i = 0; i < data->count; i++) {
		const struct cell_data *cell = &data->cells[i];

		if (printed[i] || !cell->closed || cell->status == CELL_OK ||
		    !wanted(compare, run, cell->axes.strategy))
			continue;
		if (gaps == GAPS_MAX) {
			rest++;
			continue;
		}
		gaps++;
		fprintf(out, "%s: ", compare->kernels[run]);
		print_gap(out, data, i, printed);
	}
	if (rest)
		fprintf(out, "%s: %zu cells for other reasons: see its summary\n",
			compare->kernels[run], rest);
	if (dataset_missing(data))
		fprintf(out, "%s: never finished: %zu\n", compare->kernels[run],
			dataset_missing(data));
	free(printed);
}

void compare_print_gaps(FILE *out, const struct compare *compare)
{
	for (size_t run = 0; run < compare->n_runs; run++)
		print_gaps_of(out, compare, run);
}

/* "shmem write 16384 pages, uffd none, populated 100" */
static void print_place(FILE *out, const struct axes *axes)
{
	static const char *const first[] = { "strategy", "pages", "access", "backing", "uffd" };
	char backing[AXIS_TEXT_MAX], access[AXIS_TEXT_MAX], value[AXIS_TEXT_MAX];

	fprintf(out, "%s %s %" PRIu64 " page%s, uffd %s",
		axis_format(axis_find("backing"), axes, backing, sizeof(backing)),
		axis_format(axis_find("access"), axes, access, sizeof(access)),
		axes->pages, axes->pages == 1 ? "" : "s",
		axis_format(axis_find("uffd"), axes, value, sizeof(value)));
	for (size_t i = 0; i < axes_count; i++)
		if (!AMONG(first, axes_table[i].name) && !axis_is_fallback(&axes_table[i], axes))
			fprintf(out, ", %s %s", axes_table[i].name,
				axis_format(&axes_table[i], axes, value, sizeof(value)));
}

void compare_print_worst(FILE *out, const struct compare *compare)
{
	const struct grid_column *columns = compare->grid.columns;
	const char *base = columns[compare->grid.base].name;
	const struct contrast *worst = NULL;
	size_t column = 0, compared = 0;

	for (size_t i = 0; i < compare->grid.n_columns; i++)
		for (size_t k = 0; k < columns[i].count; k++) {
			const struct contrast *c = &compare->all.c[columns[i].from + k];

			if (columns[i].data == compare->runs || c->verdict == VERDICT_NONE ||
			    !headline_is_contender(c->other->axes.strategy))
				continue;
			compared++;
			if (!contrast_costs_more(c) || (worst && c->ratio <= worst->ratio))
				continue;
			worst = c;
			column = i;
		}
	if (!worst && compared) {
		fputs("Worst: no cell of another kernel is shown to cost ", out);
		if (compare->runs->info.clock->exact)
			fprintf(out, "over %d %% ", EXACT_SLACK);
		fprintf(out, "more than %s.\n", base);
	} else if (!worst) {
		fprintf(out, "Worst: not known: nothing of another kernel can be compared with "
			"%s.\n", base);
	} else {
		fprintf(out, "Worst: %s, ", columns[column].name);
		print_place(out, &worst->other->axes);
		fprintf(out, ": %.*f times %s.\n", worst->ratio < 10 ? 2 : worst->ratio < 100,
			worst->ratio, base);
	}
}
