// SPDX-License-Identifier: GPL-3.0-or-later
/* What `hmmreport compare` prints. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "center.h"
#include "compare.h"
#include "number.h"
#include "table.h"

#define REASONS_MAX	20
#define PART		((TABLE_COLUMNS - 2) / 2)	/* of the columns that have a change */

static int put_cell(struct table *t, size_t row, size_t column,
		    const struct cell_data *cell, const struct clock *clock)
{
	struct center center;
	char text[NUMBER_MAX];
	int ret;

	if (!cell || (cell->status == CELL_OK && !cell->n_times))
		return 0;
	if (cell->status != CELL_OK) {
		table_put(t, row, column, "%s", cell_status_name(cell->status));
		return 0;
	}
	ret = center_of(cell->times, cell->n_times, clock, &center);
	if (ret)
		return ret;
	number_real(center.median / (double)cell->axes.pages, text);
	if (isnan(center.lo))
		table_put(t, row, column, "%s", text);
	else
		table_put(t, row, column, "%s +-%.1f %%", text, 100 * center_half(&center));
	return 0;
}

static void put_change(struct table *t, size_t row, size_t column,
		       const struct contrast *c)
{
	if (!c || isnan(c->ratio))
		return;
	if (c->verdict == VERDICT_EXACT || c->verdict == VERDICT_NONE)
		table_put(t, row, column, "%+.2f %%", 100 * (c->ratio - 1));
	else
		table_put(t, row, column, "%+.2f %% %c", 100 * (c->ratio - 1),
			  verdict_mark(c->verdict));
}

/* Columns that one struct table has room for: the baseline, and part @part of the others. */
static bool in_part(const struct compare *compare, size_t column, size_t part)
{
	return column == compare->grid.base || (column - (column > compare->grid.base)) / PART == part;
}

/* A column for the baseline, two for each other: the cost, and its change. */
static int put_heads(struct table *t, const struct compare *compare, size_t part)
{
	char change[TABLE_FIELD];

	t->left[0] = 1;
	if (table_column(t, compare->by == COMPARE_KERNELS ? "place" : "cell") < 0)
		return -ENOMEM;
	for (size_t i = 0; i < compare->grid.n_columns; i++) {
		int column;

		if (!in_part(compare, i, part))
			continue;
		column = table_column(t, compare->grid.columns[i].name);

		if (column >= 0 && i != compare->grid.base) {
			snprintf(change, sizeof(change), "change of %zu", i);
			column = table_column(t, change);
			if (column >= 0)
				table_put(t, 0, (size_t)column, "change");
		}
		if (column < 0)
			return column;
	}
	return 0;
}

static int put_row(struct table *t, const struct compare *compare, size_t part, size_t row)
{
	const struct clock *clock = compare->grid.columns[compare->grid.base].data->info.clock;
	size_t column = 1, at = t->rows;
	char name[AXES_KEY_MAX];
	int ret = table_row(t);

	if (!ret)
		table_put(t, at, 0, "%s", compare_row_name(compare, row, name,
							    sizeof(name)));
	for (size_t i = 0; !ret && i < compare->grid.n_columns; i++) {
		const struct cell_data *cell = grid_cell(&compare->grid, row, i);

		if (!in_part(compare, i, part))
			continue;
		/* why a kernel cannot do it stands below the table */
		if (compare->by == COMPARE_KERNELS && !compare_tried(cell))
			cell = NULL;
		ret = put_cell(t, at, column++, cell, clock);
		if (i != compare->grid.base)
			put_change(t, at, column++, compare_find(compare, row, i));
	}
	return ret;
}

static int put_geomeans(struct table *t, const struct compare *compare, size_t part)
{
	size_t column = 1, at = t->rows, matched;
	int ret = table_row(t);

	if (ret)
		return ret;
	table_put(t, at, 0, "geomean of cells");
	for (size_t i = 0; i < compare->grid.n_columns; i++) {
		double geomean;

		if (!in_part(compare, i, part))
			continue;
		geomean = compare_geomean(compare, i, &matched);
		if (i == compare->grid.base) {
			table_put(t, at, column++, "%s", "");
			continue;
		}
		table_put(t, at, column++, "%zu of %zu", matched, compare->grid.n_rows);
		if (matched)
			table_put(t, at, column, "%+.2f %%", 100 * (geomean - 1));
		column++;
	}
	return 0;
}

static const char *marks_meaning[] = {
	[VERDICT_FASTER] = "faster", [VERDICT_SLOWER] = "slower",
	[VERDICT_EQUIVALENT] = "equivalent: the whole interval of the change is within the "
		"margin",
	[VERDICT_INCONCLUSIVE] = "inconclusive",
};

static int used(const struct compare *compare, enum verdict verdict)
{
	for (size_t i = 0; i < compare->all.count; i++)
		if (compare->all.c[i].verdict == verdict)
			return 1;
	return 0;
}

static bool first_of_run(const struct compare *compare, size_t column)
{
	return !column || compare->grid.columns[column].data != compare->grid.columns[column - 1].data;
}

/* Whoever stops where it looks narrow gets a level that is less than its name. */
static void print_levels(FILE *out, const struct compare *compare)
{
	for (size_t i = 0; i < compare->grid.n_columns; i++) {
		const struct dataset *data = compare->grid.columns[i].data;

		if (data->info.target && first_of_run(compare, i))
			fprintf(out, "%s: level 0.95 is nominal: the plan adds boots until each "
				"interval is within\n+-%s %%, and ends at the first that are so "
				"narrow\n", data->folder, data->info.target);
	}
}

static void print_marks(FILE *out, const struct compare *compare)
{
	static const char *const tests[] = {
		[COMPARE_RUNS] = "rank-sum", [COMPARE_STRATEGIES] = "signed-rank",
		[COMPARE_KERNELS] = "rank-sum or signed-rank",
	};
	const struct contrasts *all = &compare->all;
	int judged = 0;

	for (size_t v = 0; v < sizeof(marks_meaning) / sizeof(*marks_meaning); v++)
		if (used(compare, v))
			judged += fprintf(out, "%c  %s\n", verdict_mark(v), marks_meaning[v]);
	if (used(compare, VERDICT_OVERLAP))
		fprintf(out, "%c  the samples of the two overlap: no difference shown\n",
			verdict_mark(VERDICT_OVERLAP));
	if (used(compare, VERDICT_EXACT) || used(compare, VERDICT_OVERLAP)) {
		fprintf(out, "changes are ratios of exact counts: the same build gives them "
			"again, so there is\nno interval and no p; another build may differ "
			"by more than the change\n");
		return;
	}
	fprintf(out, "+-: interval of the median at level 0.95, over boots; of one boot "
		"over its samples\n");
	print_levels(out, compare);
	if (!judged)
		return;
	fprintf(out, "faster, slower: p (%s, exact, Holm over the table) below "
		"%g, and beyond the\nmargin, or beyond %g %% where there is none\n",
		tests[compare->by], VERDICT_LEVEL,
		100 * VERDICT_RESOLUTION);
	if (isnan(all->margin))
		fprintf(out, "A/A margin: not known: %s\n", all->margin_from);
	else
		fprintf(out, "A/A margin: %.2f %% at most; %s\n", 100 * all->margin,
			all->margin_from);
	if (all->margin > VERDICT_EQUAL_MAX)
		fprintf(out, "where it is above %g %% the machine is too noisy to call equal what "
			"is not within %g %%\n", 100 * VERDICT_EQUAL_MAX,
			100 * VERDICT_EQUAL_MAX);
}

/* Is it to be told why a contrast has no verdict, or what to do for one? */
static bool has_reason(const struct compare *compare, const struct contrast *c)
{
	if (c->verdict == VERDICT_INCONCLUSIVE)
		return c->one_start || strstr(c->why, "need >=");
	if (compare->by == COMPARE_KERNELS && (!c->base || c->base->status != CELL_OK ||
					       !c->other || c->other->status != CELL_OK))
		return false;	/* told as a gap */
	return c->verdict == VERDICT_NONE;
}

static bool told_before(const struct compare *compare, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (has_reason(compare, &compare->all.c[k]) &&
		    !strcmp(compare->all.c[k].why, compare->all.c[i].why))
			return true;
	return false;
}

static void print_cell_name(FILE *out, const struct compare *compare, size_t i)
{
	const struct contrast *c = &compare->all.c[i];
	const char *kernel = NULL;
	char key[AXES_KEY_MAX];

	for (size_t k = 0; compare->by == COMPARE_KERNELS && k < compare->grid.n_columns; k++)
		if (i - compare->grid.columns[k].from < compare->grid.columns[k].count)
			kernel = compare->kernels[compare->grid.columns[k].data - compare->runs];
	fprintf(out, "%s%s%s", kernel ? kernel : "", kernel ? ": " : "",
		axes_key(&(c->other ? c->other : c->base)->axes, key, sizeof(key)));
}

/* What to do for more, and why a cell has no change: each reason once. */
static void print_reasons(FILE *out, const struct compare *compare)
{
	size_t told = 0;

	for (size_t i = 0; i < compare->all.count && told < REASONS_MAX; i++) {
		const struct contrast *c = &compare->all.c[i];
		size_t same = 0;

		if (!has_reason(compare, c) || told_before(compare, i))
			continue;
		for (size_t k = i; k < compare->all.count; k++)
			same += has_reason(compare, &compare->all.c[k]) &&
				!strcmp(compare->all.c[k].why, c->why);
		print_cell_name(out, compare, i);
		if (same > 1)
			fprintf(out, " and %zu more", same - 1);
		fprintf(out, ": %s\n", c->why);
		told++;
	}
}

static void print_run(FILE *out, const struct dataset *data)
{
	fprintf(out, "%s: %s, Linux %s, accelerator %s%s\n", data->folder,
		data->info.matrix ? data->info.matrix : "-",
		data->info.kernel ? data->info.kernel : "-",
		data->info.accelerator ? data->info.accelerator : "-", dataset_doubt(data));
}

static void print_title(FILE *out, const struct compare *compare)
{
	const struct run_info *info = &compare->grid.columns[compare->grid.base].data->info;

	fprintf(out, "median %s (%s clock) per page, change against %s\n",
		info->clock->counts, info->clock->name,
		compare->grid.columns[compare->grid.base].name);
	for (size_t i = 0; i < compare->n_runs; i++) {
		fprintf(out, "%s: ", compare->kernels[i]);
		print_run(out, &compare->runs[i]);
	}
	for (size_t i = 0; !compare->n_runs && i < compare->grid.n_columns; i++)
		if (first_of_run(compare, i))
			print_run(out, compare->grid.columns[i].data);
	if (compare->by == COMPARE_KERNELS)
		compare_print_shared(out, compare);
	fputc('\n', out);
}

/* In columns for a terminal, each with the baseline that its changes are against. */
static void print_text(FILE *out, const struct compare *compare, size_t part,
		       const struct table *t)
{
	bool keep[TABLE_COLUMNS] = { true };
	size_t at = 1;

	for (size_t i = 0; i < compare->grid.base; i++)
		at += in_part(compare, i, part) ? 2 : 0;
	keep[at] = true;
	table_print_narrow(out, t, keep, 2);
}

static int print_part(FILE *out, const struct compare *compare, size_t part, int markdown)
{
	struct table t = { 0 };
	int ret = put_heads(&t, compare, part);

	for (size_t i = 0; !ret && i < compare->grid.n_rows; i++)
		ret = put_row(&t, compare, part, i);
	ret = ret ?: put_geomeans(&t, compare, part);
	if (!ret && markdown)
		table_print(out, &t, TABLE_MD);
	else if (!ret)
		print_text(out, compare, part, &t);
	if (!ret)
		fputc('\n', out);
	table_free(&t);
	return ret;
}

int compare_print(FILE *out, const struct compare *compare, int markdown)
{
	int ret = 0;

	print_title(out, compare);
	for (size_t part = 0; !ret && (!part || part * PART < compare->grid.n_columns - 1); part++)
		ret = print_part(out, compare, part, markdown);
	if (ret)
		return ret;
	print_marks(out, compare);
	print_reasons(out, compare);
	if (compare->by == COMPARE_KERNELS) {
		ret = compare_print_gaps(out, compare);
		compare_print_worst(out, compare);
	}
	return ret ?: ferror(out) ? -EIO : 0;
}

static void put_real(FILE *out, double value)
{
	char text[NUMBER_MAX];

	fprintf(out, "\t%s", number_real(value, text));
}

int compare_write_tsv(FILE *out, const struct compare *compare)
{
	char key[AXES_KEY_MAX];

	fputs("column\tcell\tagainst\tunit\tboots\tn_base\tn\tbase_median\tmedian\tratio\tlo\thi"
	      "\tp_sign\tp_rank\tp\tmargin\tverdict\twhy\n", out);
	for (size_t k = 0; k < compare->grid.n_columns; k++) {
		const struct grid_column *column = &compare->grid.columns[k];

		for (size_t row = 0; k != compare->grid.base && row < compare->grid.n_rows; row++) {
			const struct contrast *c = compare_find(compare, row, k);

			if (!c || (!c->other && compare->by == COMPARE_KERNELS))
				continue;
			axes_key(&(c->other ? c->other : c->base)->axes, key, sizeof(key));
			fprintf(out, "%s\t%s\t%s\t%s\t%zu\t%zu\t%zu",
				column->name, key, compare->grid.columns[compare->grid.base].name,
				column->data->info.clock->unit, c->boots, c->n_base, c->n_other);
			put_real(out, c->base_median);
			put_real(out, c->other_median);
			put_real(out, c->ratio);
			put_real(out, c->lo);
			put_real(out, c->hi);
			put_real(out, c->p_sign);
			put_real(out, c->p_rank);
			put_real(out, c->p);
			put_real(out, c->margin);
			fprintf(out, "\t%s\t%s\n", verdict_name(c->verdict),
				*c->why ? c->why : "-");
		}
	}
	return ferror(out) ? -EIO : 0;
}
