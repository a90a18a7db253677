// SPDX-License-Identifier: GPL-3.0-or-later
/* The kernel as an axis: a column for each kernel and strategy, a row for each place. */
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../common/strategies.h"
#include "array.h"
#include "compare.h"
#include "headline.h"
#include "index.h"
#include "names.h"
#include "summary.h"

#define GAPS_MAX	20	/* of a run: reasons that are told one by one */

static const char *const but_strategy[] = { "strategy", NULL };

/* struct runs - the runs, while their places are found; @places knows no strategy */
struct runs {
	const struct dataset *data;
	size_t count;
	struct index *cells, *places;
};

bool compare_tried(const struct cell_data *cell)
{
	return cell && cell->closed && cell->status != CELL_SKIPPED &&
	       cell->status != CELL_UNSUPPORTED;
}

bool compare_has(const struct dataset *data, const char *strategy)
{
	for (size_t i = 0; i < data->count; i++)
		if (compare_tried(&data->cells[i]) &&
		    !strcmp(data->cells[i].axes.strategy, strategy))
			return true;
	return false;
}

bool compare_listed(const char *list, const char *strategy)
{
	size_t n;

	for (; list && *list; list += n + !!list[n]) {
		n = strcspn(list, ",");
		if (n == strlen(strategy) && !strncmp(list, strategy, n))
			return true;
	}
	return !list;
}

/* The baseline is a column whatever the list says. */
static bool wanted(const struct compare *compare, size_t run, const char *strategy)
{
	return compare_listed(compare->strategies, strategy) ||
	       (!run && !strcmp(strategy, compare->baseline));
}

static int add_column(struct compare *out, size_t run, const char *strategy)
{
	const struct dataset *data = &out->runs[run];
	size_t i = 0;

	while (i < out->n_columns && (out->columns[i].data != data ||
				      strcmp(out->columns[i].strategy, strategy)))
		i++;
	if (i < out->n_columns || !compare_has(data, strategy))
		return 0;
	if (array_grow(&out->columns, i, sizeof(*out->columns)))
		return -ENOMEM;
	out->columns[i] = (struct compare_column){ .data = data, .strategy = strategy };
	out->n_columns++;
	if (asprintf(&out->columns[i].head, "%s %s", out->kernels[run], strategy) < 0) {
		out->columns[i].head = NULL;
		return -ENOMEM;
	}
	out->columns[i].name = out->columns[i].head;
	if (!run && !strcmp(strategy, out->baseline))
		out->base = i;
	return 0;
}

/* What drivers call first, then as in the matrix. */
static int add_columns(struct compare *out, size_t run)
{
	static const char *const first[] = { STRATEGY_PLAIN, STRATEGY_BASELINE };
	const struct dataset *data = &out->runs[run];
	int ret = 0;

	for (size_t i = 0; i < 2 + data->count && !ret; i++) {
		const char *strategy = i < 2 ? first[i] : data->cells[i - 2].axes.strategy;

		if (wanted(out, run, strategy))
			ret = add_column(out, run, strategy);
	}
	return ret;
}

static int name_kernels(struct compare *out, const struct dataset *data, size_t count)
{
	out->kernels = calloc(count, sizeof(*out->kernels));
	if (!out->kernels)
		return -ENOMEM;
	out->runs = data;
	out->n_runs = count;
	for (size_t i = 0; i < count; i++)
		kernel_name(&data[i], data, count, out->kernels[i], sizeof(*out->kernels));
	return 0;
}

static int index_runs(struct runs *r)
{
	int ret = 0;

	r->cells = calloc(2 * r->count, sizeof(*r->cells));
	if (!r->cells)
		return -ENOMEM;
	r->places = r->cells + r->count;
	for (size_t i = 0; i < r->count && !ret; i++) {
		ret = index_make(&r->cells[i], &r->data[i], NULL);
		ret = ret ?: index_make(&r->places[i], &r->data[i], but_strategy);
	}
	return ret;
}

static void free_runs(struct runs *r)
{
	for (size_t i = 0; r->cells && i < 2 * r->count; i++)
		index_free(&r->cells[i]);
	free(r->cells);
}

/* Is it the first cell of its place, of all runs? */
static bool is_new(const struct runs *r, size_t run, const struct cell_data *cell)
{
	for (size_t i = 0; i < run; i++)
		if (index_find(&r->places[i], &cell->axes))
			return false;
	return index_find(&r->places[run], &cell->axes) == cell;
}

/* A place that no column could measure is no row. */
static int add_row(struct compare *out, const struct runs *r, const struct cell_data *any)
{
	size_t n = out->n_columns;
	const struct cell_data **grown, **row;
	bool tried = false;

	grown = realloc(out->cells, (out->n_rows + 1) * n * sizeof(*grown));
	if (!grown)
		return -ENOMEM;
	out->cells = grown;
	row = grown + out->n_rows * n;
	for (size_t c = 0; c < n; c++) {
		const struct compare_column *column = &out->columns[c];
		size_t run = column->data - r->data;
		struct axes axes = any->axes;

		snprintf(axes.strategy, sizeof(axes.strategy), "%s", column->strategy);
		row[c] = index_find(&r->cells[run], &axes);
		tried |= compare_tried(row[c]);
	}
	if (!tried)
		return 0;
	if (array_grow(&out->rows, out->n_rows, sizeof(*out->rows)))
		return -ENOMEM;
	out->rows[out->n_rows++] = any;
	return 0;
}

static int add_rows(struct compare *out)
{
	struct runs r = { .data = out->runs, .count = out->n_runs };
	int ret = index_runs(&r);

	for (size_t run = 0; run < r.count && !ret; run++) {
		size_t count, *order = summary_order(&r.data[run], &count);

		ret = order ? 0 : -ENOMEM;
		for (size_t i = 0; !ret && i < count; i++) {
			const struct cell_data *cell = &r.data[run].cells[order[i]];

			if (is_new(&r, run, cell))
				ret = add_row(out, &r, cell);
		}
		free(order);
	}
	free_runs(&r);
	return ret;
}

/* A contrast for each row, of the same index, so that it is found without a search. */
static int contrast_column(struct compare *out, size_t column)
{
	const struct cell_data **base = calloc(2 * out->n_rows + 1, sizeof(*base));
	const struct cell_data **cells = base + out->n_rows;
	struct compare_column *c = &out->columns[column];
	struct contrasts more;
	int ret;

	if (!base)
		return -ENOMEM;
	for (size_t row = 0; row < out->n_rows; row++) {
		base[row] = compare_cell(out, row, out->base);
		cells[row] = compare_cell(out, row, column);
	}
	ret = contrasts_of_cells(out->columns[out->base].data, base, c->data, cells, out->n_rows,
				 &more);
	free(base);
	if (ret)
		return ret;
	c->from = out->all.count;
	c->count = more.count;
	ret = contrasts_append(&out->all, &more);
	contrasts_free(&more);
	return ret;
}

/* On which axes do all rows agree? A bit for each. */
static uint32_t shared_axes(const struct compare *compare)
{
	char first[AXIS_TEXT_MAX], other[AXIS_TEXT_MAX];
	uint32_t shared = 0;

	for (size_t a = 0; a < axes_count; a++) {
		size_t row = 0;

		for (; row < compare->n_rows; row++)
			if (strcmp(axis_format(&axes_table[a], &compare->rows[0]->axes, first,
					       sizeof(first)),
				   axis_format(&axes_table[a], &compare->rows[row]->axes, other,
					       sizeof(other))))
				break;
		if (row == compare->n_rows)
			shared |= UINT32_C(1) << a;
	}
	return shared;
}

/* Are tables warm exactly where all pages are there? Then that needs no telling. */
static bool tables_follow(const struct compare *compare)
{
	for (size_t row = 0; row < compare->n_rows; row++) {
		const struct axes *axes = &compare->rows[row]->axes;

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
	const struct axes *axes = &compare->rows[row]->axes;
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

		if (axis->fallback && compare->n_rows && compare->shared & UINT32_C(1) << a &&
		    !axis_is_fallback(axis, &compare->rows[0]->axes))
			n += put_axis(text + n, sizeof(text) - n, n ? ", " : "", axis,
				      &compare->rows[0]->axes);
	}
	if (n)
		fprintf(out, "in every row: %s\n", text);
}

int compare_kernels(const struct dataset *data, size_t count, const char *strategies,
		    const char *baseline, struct compare *out)
{
	int ret;

	memset(out, 0, sizeof(*out));
	out->by = COMPARE_KERNELS;
	out->all.margin = NAN;
	out->strategies = strategies;
	out->baseline = baseline;
	ret = name_kernels(out, data, count);
	for (size_t i = 0; i < count && !ret; i++)
		ret = add_columns(out, i);
	ret = ret ?: add_rows(out);
	for (size_t i = 0; i < out->n_columns && !ret; i++)
		if (i != out->base)
			ret = contrast_column(out, i);
	ret = ret ?: verdict_judge(&out->all);
	if (ret) {
		compare_free(out);
		return ret;
	}
	out->shared = shared_axes(out);
	out->tables_follow = tables_follow(out);
	return 0;
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
static void print_gap(FILE *out, const struct dataset *data, size_t first, char *told)
{
	const struct cell_data *cell = &data->cells[first];
	size_t count = 0;

	for (size_t i = first; i < data->count; i++) {
		if (told[i] || !same_gap(cell, &data->cells[i]))
			continue;
		if (!named_before(data, first, i))
			fprintf(out, "%s%s", count ? ", " : "", data->cells[i].axes.strategy);
		told[i] = 1;
		count++;
	}
	fprintf(out, ": %zu cell%s %s: %s\n", count, count == 1 ? "" : "s",
		cell_status_name(cell->status), cell->reason);
}

static void print_gaps_of(FILE *out, const struct compare *compare, size_t run, char *told)
{
	const struct dataset *data = &compare->runs[run];
	size_t gaps = 0, rest = 0;

	for (size_t i = 0; i < data->count; i++) {
		const struct cell_data *cell = &data->cells[i];

		if (told[i] || !cell->closed || cell->status == CELL_OK ||
		    !wanted(compare, run, cell->axes.strategy))
			continue;
		if (gaps == GAPS_MAX) {
			rest++;
			continue;
		}
		gaps++;
		fprintf(out, "%s: ", compare->kernels[run]);
		print_gap(out, data, i, told);
	}
	if (rest)
		fprintf(out, "%s: %zu cells for other reasons: see its summary\n",
			compare->kernels[run], rest);
	if (dataset_missing(data))
		fprintf(out, "%s: never finished: %zu\n", compare->kernels[run],
			dataset_missing(data));
}

int compare_print_gaps(FILE *out, const struct compare *compare)
{
	for (size_t run = 0; run < compare->n_runs; run++) {
		char *told = calloc(compare->runs[run].count + 1, 1);

		if (!told)
			return -ENOMEM;
		print_gaps_of(out, compare, run, told);
		free(told);
	}
	return 0;
}

/* "shmem write 16384 pages, uffd none, populated 100" */
static void print_place(FILE *out, const struct axes *axes)
{
	static const char *const told[] = { "strategy", "pages", "access", "backing", "uffd" };
	char backing[AXIS_TEXT_MAX], access[AXIS_TEXT_MAX], value[AXIS_TEXT_MAX];

	fprintf(out, "%s %s %" PRIu64 " page%s, uffd %s",
		axis_format(axis_find("backing"), axes, backing, sizeof(backing)),
		axis_format(axis_find("access"), axes, access, sizeof(access)),
		axes->pages, axes->pages == 1 ? "" : "s",
		axis_format(axis_find("uffd"), axes, value, sizeof(value)));
	for (size_t i = 0; i < axes_count; i++)
		if (!AMONG(told, axes_table[i].name) && !axis_is_fallback(&axes_table[i], axes))
			fprintf(out, ", %s %s", axes_table[i].name,
				axis_format(&axes_table[i], axes, value, sizeof(value)));
}

void compare_print_worst(FILE *out, const struct compare *compare)
{
	const char *base = compare->columns[compare->base].name;
	const struct contrast *worst = NULL;
	size_t column = 0, compared = 0;

	for (size_t i = 0; i < compare->n_columns; i++)
		for (size_t k = 0; k < compare->columns[i].count; k++) {
			const struct contrast *c = &compare->all.c[compare->columns[i].from + k];

			if (compare->columns[i].data == compare->runs || c->verdict == VERDICT_NONE ||
			    !headline_is_contender(c->other->axes.strategy))
				continue;
			compared++;
			if (!contrast_dearer(c) || (worst && c->ratio <= worst->ratio))
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
		fprintf(out, "Worst: %s, ", compare->columns[column].name);
		print_place(out, &worst->other->axes);
		fprintf(out, ": %.*f times %s.\n", worst->ratio < 10 ? 2 : worst->ratio < 100,
			worst->ratio, base);
	}
}
