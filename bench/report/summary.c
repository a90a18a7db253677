// SPDX-License-Identifier: GPL-3.0-or-later
#include "summary.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "boots.h"
#include "center.h"
#include "names.h"
#include "stats.h"

#define FIELD_MAX	TABLE_FIELD
#define TITLE_WIDTH	80
#define REASONS_MAX	20	/* cells that are explained one by one */

/* A cell has a row of its steady state, and one of its first calls if there are any. */
enum part { STEADY, STARTUP };

static const char *const part_names[] = { "steady", "startup" };

static const char *const result_columns[] = {
	"part", "clock", "unit", "emulated", "boots", "n", "median", "ci_lo", "ci_hi", "per_page",
	"p50", "p99", "max", "mild", "severe",
	"passes", "lock_drops", "drops_retry", "drops_completed", "seq_reads", "faults",
	"pte_visits",
	"by_lock_p50", "by_lock_p99", "by_lock_max",
	"by_fault_p50", "by_fault_p99", "by_fault_max", "status",
};
#define RESULT_COLUMNS	(sizeof(result_columns) / sizeof(*result_columns))
enum result {
	PART, CLOCK, UNIT, EMULATED, BOOTS, N, MEDIAN, CI_LO, CI_HI, PER_PAGE, P50, P99, MAX,
	MILD, SEVERE,
	FIRST_COUNT, FIRST_DELAY = FIRST_COUNT + 7, STATUS = FIRST_DELAY + 6,
};

/* What the table for people leaves to summary.tsv. */
static const char *const tsv_only[] = {
	"clock", "unit", "emulated", "p50", "p99", "max", "drops_retry", "by_lock_p50", "by_lock_max",
	"by_fault_p50", "by_fault_max",
};

/* Columns that people are not shown where each row is as usual. */
static const struct {
	const char *name, *value;
} usual[] = {
	{ "part", "steady" }, { "boots", "1" }, { "mild", "0" }, { "severe", "0" },
};

static int is_text(const char *column)
{
	const struct axis *axis = axis_find(column);

	if (axis)
		return axis->kind != AXIS_NUMBER;
	return !strcmp(column, "part") || !strcmp(column, "clock") ||
	       !strcmp(column, "unit") || !strcmp(column, "emulated") ||
	       !strcmp(column, "status");
}

/* Six digits are more than any two runs on metal have in common. */
static void put_real(char *field, double value)
{
	if (isnan(value))
		snprintf(field, FIELD_MAX, "-");
	else
		snprintf(field, FIELD_MAX, value >= 1e6 ? "%.0f" : "%.6g", value);
}

static void put_known(char *field, uint64_t value)
{
	if (value == NOT_KNOWN)
		snprintf(field, FIELD_MAX, "-");
	else
		snprintf(field, FIELD_MAX, "%" PRIu64, value);
}

static uint64_t count_at(const struct counts *counts, const char *name)
{
	for (size_t i = 0; i < count_fields_count; i++)
		if (!strcmp(count_fields[i].name, name))
			return *(const uint64_t *)((const char *)counts +
						   count_fields[i].offset);
	return NOT_KNOWN;
}

uint64_t summary_count(const struct cell_data *cell, const char *name)
{
	uint64_t *values = calloc(cell->n_counts + 1, sizeof(*values));
	uint64_t result = NOT_KNOWN;
	struct stats stats;
	size_t n = 0;

	for (size_t i = 0; values && i < cell->n_counts; i++) {
		values[n] = count_at(&cell->counts[i], name);
		n += values[n] != NOT_KNOWN;
	}
	if (n) {
		stats_sort(values, n);
		stats_of(values, n, &stats);
		result = stats.p50;
	}
	free(values);
	return result;
}

static void put_delays(char (*field)[FIELD_MAX], const struct hist *hist)
{
	if (!hist)
		return;
	put_known(field[0], hist_percentile(hist, 50));
	put_known(field[1], stats_tells(hist->n, 99) ? hist_percentile(hist, 99) : NOT_KNOWN);
	put_known(field[2], hist->max);
}

/* @sorted: the totals of @times, ascending. */
static int put_times(char (*field)[FIELD_MAX], const struct clock *clock, uint64_t pages,
		     const struct timed *times, const uint64_t *sorted, size_t n)
{
	struct center center;
	struct stats s;
	int ret = center_of(times, n, clock, &center);

	if (ret)
		return ret;
	stats_of(sorted, n, &s);
	snprintf(field[BOOTS], FIELD_MAX, "%zu", center.boots);
	put_real(field[MEDIAN], center.median);
	put_real(field[CI_LO], center.lo);
	put_real(field[CI_HI], center.hi);
	put_real(field[PER_PAGE], center.median / (double)pages);
	put_known(field[P50], s.p50);
	put_known(field[P99], s.p99);
	put_known(field[MAX], s.max);
	put_known(field[MILD], s.mild);
	put_known(field[SEVERE], s.severe);
	return 0;
}

static int put_startups(char (*field)[FIELD_MAX], const struct clock *clock,
			const struct cell_data *cell)
{
	uint64_t *sorted = calloc(cell->n_startups, sizeof(*sorted));
	int ret = -ENOMEM;

	for (size_t i = 0; sorted && i < cell->n_startups; i++)
		sorted[i] = cell->startups[i].total;
	if (sorted) {
		stats_sort(sorted, cell->n_startups);
		ret = put_times(field, clock, cell->axes.pages, cell->startups, sorted,
				cell->n_startups);
	}
	free(sorted);
	return ret;
}

/* Observations are of all calls that were watched, and so of the steady state. */
static void put_observed(char (*field)[FIELD_MAX], const struct cell_data *cell)
{
	put_delays(field + FIRST_DELAY, observations_delays(&cell->seen, "lock"));
	put_delays(field + FIRST_DELAY + 3,
		   observations_delays(&cell->seen, "fault"));
	for (size_t i = FIRST_COUNT; cell->n_times && i < FIRST_DELAY; i++)
		put_known(field[i], summary_count(cell, result_columns[i]));
}

static int add_row(struct table *t, const struct dataset *data,
		   const struct cell_data *cell, enum part part)
{
	char (*field)[FIELD_MAX];

	if (table_row(t))
		return -ENOMEM;
	field = t->field[t->rows - 1];
	for (size_t i = 0; i < axes_count; i++)
		axis_format(&axes_table[i], &cell->axes, field[i], FIELD_MAX);
	field += axes_count;
	snprintf(field[PART], FIELD_MAX, "%s", part_names[part]);
	snprintf(field[CLOCK], FIELD_MAX, "%s", data->info.clock->name);
	snprintf(field[UNIT], FIELD_MAX, "%s", data->info.clock->unit);
	snprintf(field[EMULATED], FIELD_MAX, "%s", dataset_emulated_name(data));
	snprintf(field[BOOTS], FIELD_MAX, "%" PRIu32, cell->closed);
	snprintf(field[N], FIELD_MAX, "%zu", part == STEADY ? cell->n_times :
		 cell->n_startups);
	snprintf(field[STATUS], FIELD_MAX, "%s", cell_status_name(cell->status));
	if (cell->status != CELL_OK)
		return 0;
	if (part == STARTUP)
		return put_startups(field, data->info.clock, cell);
	put_observed(field, cell);
	return cell->n_times ? put_times(field, data->info.clock, cell->axes.pages,
					 cell->times, cell->totals, cell->n_times) : 0;
}

/* A cell and its place in the order on each axis. */
struct place {
	size_t cell;
	uint64_t on[TABLE_COLUMNS];
};

/* First cell of the matrix with the same name on an axis: its place there. */
static size_t name_place(const struct dataset *data, const struct axis *axis,
			 const char *name)
{
	size_t i = 0;

	while (strcmp((const char *)&data->cells[i].axes + axis->offset, name))
		i++;
	return i;
}

static void find_place(const struct dataset *data, size_t cell, struct place *place)
{
	place->cell = cell;
	for (size_t i = 0; i < axes_count; i++) {
		const struct axis *axis = &axes_table[i];
		const char *at = (const char *)&data->cells[cell].axes + axis->offset;

		if (axis->kind == AXIS_NAME)
			place->on[i] = name_place(data, axis, at);
		else
			memcpy(&place->on[i], at, sizeof(place->on[i]));
	}
}

static int compare_places(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	for (size_t n = 0; n < axes_count; n++) {
		size_t i = (n + 2) % axes_count;	/* strategy and pages last */

		if (x->on[i] != y->on[i])
			return x->on[i] < y->on[i] ? -1 : 1;
	}
	return 0;
}

size_t *summary_order(const struct dataset *data, size_t *count)
{
	size_t *order = calloc(data->count + 1, sizeof(*order));
	struct place *places = calloc(data->count + 1, sizeof(*places));

	*count = 0;
	for (size_t i = 0; order && places && i < data->count; i++)
		if (data->cells[i].closed)
			find_place(data, i, &places[(*count)++]);
	if (!order || !places) {
		free(order);
		order = NULL;
	} else {
		qsort(places, *count, sizeof(*places), compare_places);
		for (size_t i = 0; i < *count; i++)
			order[i] = places[i].cell;
	}
	free(places);
	return order;
}

static int add_head(struct table *t)
{
	int ret = 0;

	for (size_t i = 0; ret >= 0 && i < axes_count; i++)
		ret = table_column(t, axes_table[i].name);
	for (size_t i = 0; ret >= 0 && i < RESULT_COLUMNS; i++)
		ret = table_column(t, result_columns[i]);
	for (size_t c = 0; ret >= 0 && c < t->columns; c++)
		t->left[c] = is_text(t->field[0][c]);
	return ret < 0 ? ret : 0;
}

int summary_table(const struct dataset *data, struct table *t)
{
	size_t count, *order = summary_order(data, &count);
	int ret = order ? add_head(t) : -ENOMEM;

	for (size_t i = 0; !ret && i < count; i++) {
		const struct cell_data *cell = &data->cells[order[i]];

		ret = add_row(t, data, cell, STEADY);
		if (!ret && cell->n_startups)
			ret = add_row(t, data, cell, STARTUP);
	}
	free(order);
	return ret;
}

static int same_in_all(const struct table *t, size_t column)
{
	for (size_t r = 2; r < t->rows; r++)
		if (strcmp(t->field[r][column], t->field[1][column]))
			return 0;
	return t->rows > 1;
}

static int as_usual(const struct table *t, size_t column, const char *value)
{
	for (size_t r = 1; r < t->rows; r++)
		if (strcmp(t->field[r][column], value) &&
		    strcmp(t->field[r][column], "-"))
			return 0;
	return 1;
}

/* Axes that differ, and results of which there are some. */
static int shown(const struct table *t, size_t column)
{
	const char *name = t->field[0][column];

	if (column < axes_count)
		return !column || !same_in_all(t, column);
	if (AMONG(tsv_only, name))
		return 0;
	for (size_t i = 0; i < sizeof(usual) / sizeof(*usual); i++)
		if (!strcmp(name, usual[i].name))
			return !as_usual(t, column, usual[i].value);
	return !same_in_all(t, column) || strcmp(t->field[1][column], "-");
}

/* What a reader wants to know of a run even where it is as always. */
static const char *const always_told[] = { "pages", "access", "uffd" };

static size_t put_word(FILE *out, size_t at, const char *word)
{
	size_t length = strlen(word);

	if (at && at + 1 + length > TITLE_WIDTH) {
		fputc('\n', out);
		at = 0;
	}
	return at + fprintf(out, "%s%s", at ? " " : "", word);
}

/* The axes on which all cells agree, those at their default in few words. */
static void print_constants(FILE *out, const struct table *t)
{
	static const char *const rest[] = {
		"(other", "axes", "at", "their", "default)",
	};
	char word[2 * FIELD_MAX];
	size_t at = 0, untold = 0;

	for (size_t c = 1; c < axes_count; c++) {
		if (!same_in_all(t, c))
			continue;
		if (!AMONG(always_told, t->field[0][c]) && axes_table[c].fallback &&
		    !strcmp(t->field[1][c], axes_table[c].fallback)) {
			untold++;
			continue;
		}
		snprintf(word, sizeof(word), "%s=%s", t->field[0][c], t->field[1][c]);
		at = put_word(out, at, word);
	}
	for (size_t i = 0; untold && i < sizeof(rest) / sizeof(*rest); i++)
		at = put_word(out, at, rest[i]);
	fputc('\n', out);
}

static void print_title(FILE *out, const struct dataset *data, const struct table *t)
{
	const struct run_info *info = &data->info;

	fprintf(out, "%s: Linux %s, %s clock (%s), accelerator %s%s\n",
		info->matrix ? info->matrix : "-", info->kernel ? info->kernel : "-",
		info->clock->name, info->clock->counts,
		info->accelerator ? info->accelerator : "-",
		dataset_doubt(data));
	print_constants(out, t);
}

/* What people are shown of the table. */
static int print_shown(FILE *out, const struct table *all, enum table_format format)
{
	struct table t = { .columns = 0 };
	int ret = 0;

	for (size_t r = 0; !ret && r < all->rows; r++)
		ret = table_row(&t);
	for (size_t c = 0; !ret && c < all->columns; c++) {
		if (!shown(all, c))
			continue;
		t.left[t.columns] = all->left[c];
		for (size_t r = 0; r < all->rows; r++)
			memcpy(t.field[r][t.columns], all->field[r][c], FIELD_MAX);
		t.columns++;
	}
	if (!ret)
		table_print(out, &t, format);
	table_free(&t);
	return ret;
}

void summary_unused(FILE *out, const struct dataset *data)
{
	if (data->orphans)
		fprintf(out, "%zu samples belong to cells that their boot did not "
			"finish, and are not used\n", data->orphans);
	if (data->stray_observations)
		fprintf(out, "%zu records of counters.jsonl belong to cells that their "
			"boot did not finish, and are not used\n",
			data->stray_observations);
	if (data->cut_off)
		fprintf(out, "the last line of samples.jsonl was cut off, and is "
			"not used\n");
	if (data->observed_cut_off)
		fprintf(out, "the last line of counters.jsonl was cut off, and is "
			"not used\n");
}

/* What the intervals are, and what it takes where there is none. */
static void print_intervals(FILE *out, const struct table *t)
{
	size_t samples = 0, boots = 0, of_samples = 0, of_boots = 0;

	for (size_t r = 1; r < t->rows; r++) {
		const char (*field)[FIELD_MAX] = (const char (*)[FIELD_MAX])
						 t->field[r] + axes_count;
		int one = !strcmp(field[BOOTS], "1") && !strcmp(field[PART], "steady");

		if (!strcmp(field[MEDIAN], "-"))
			continue;
		if (strcmp(field[CI_LO], "-"))
			*(one ? &of_samples : &of_boots) += 1;
		else
			*(one ? &samples : &boots) += 1;
	}
	if (of_boots)
		fprintf(out, "ci_lo, ci_hi: of the median at level 0.95, over boots\n");
	if (of_samples)
		fprintf(out, "ci_lo, ci_hi%s: of the median at level 0.95, over the samples of "
			"one boot: another boot may differ by more\n",
			of_boots ? " where boots is 1" : "");
	if (samples)
		fprintf(out, "rows without a confidence interval: %zu; need >= %d samples "
			"for one at level 0.95, and as many boots for one over boots\n",
			samples, CI_MIN_N);
	if (boots)
		fprintf(out, "rows without a confidence interval: %zu; need >= %d boots "
			"for one at level 0.95\n", boots, BOOTS_MIN);
}

static void print_notes(FILE *out, const struct dataset *data, const struct table *t)
{
	size_t told = 0, untold = 0, missing = dataset_missing(data);
	char key[AXES_KEY_MAX];

	for (size_t i = 0; i < data->count; i++) {
		const struct cell_data *cell = &data->cells[i];

		if (!cell->closed || cell->status == CELL_OK)
			continue;
		if (told++ < REASONS_MAX)
			fprintf(out, "%s: %s: %s\n",
				axes_key(&cell->axes, key, sizeof(key)),
				cell_status_name(cell->status), cell->reason);
		else
			untold++;
	}
	if (untold)
		fprintf(out, "and %zu more cells; summary.tsv has them all\n", untold);
	if (missing)
		fprintf(out, "%zu of %" PRIu64 " cells were never finished; go on "
			"with --resume\n", missing, data->info.cells);
	summary_unused(out, data);
	if (data->info.clock->exact)
		fprintf(out, "times are exact counts of a deterministic machine: the "
			"same build gives them again, so they have no interval\n");
	else
		print_intervals(out, t);
}

int summary_print(FILE *out, const struct dataset *data, const struct table *t,
		  enum table_format format)
{
	int ret;

	print_title(out, data, t);
	if (format == TABLE_MD)
		fputc('\n', out);
	ret = print_shown(out, t, format);
	fputc('\n', out);
	print_notes(out, data, t);
	return ret ? ret : ferror(out) ? -EIO : 0;
}

int summary_bad(const struct dataset *data)
{
	for (size_t i = 0; i < data->count; i++)
		if (data->cells[i].closed &&
		    (data->cells[i].status == CELL_INVALID ||
		     data->cells[i].status == CELL_FAILED))
			return 1;
	return dataset_missing(data) > 0;
}
