// SPDX-License-Identifier: GPL-3.0-or-later
/* What `hmmreport compare` prints. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "boots.h"
#include "compare.h"
#include "table.h"

#define REASONS_MAX	20

/* As in summary.tsv. */
static const char *real_format(double value)
{
	return value >= 1e6 ? "%.0f" : "%.6g";
}

static int put_cell(struct table *t, size_t row, size_t column,
		    const struct cell_data *cell, const char *unit)
{
	struct center center;
	char text[64];
	double cost;
	int ret;

	if (!cell || (cell->status == CELL_OK && !cell->n_times))
		return 0;
	if (cell->status != CELL_OK) {
		table_put(t, row, column, "%s", cell_status_name(cell->status));
		return 0;
	}
	ret = center_of(cell->times, cell->n_times, unit, &center);
	if (ret)
		return ret;
	cost = center.median / (double)cell->axes.pages;
	snprintf(text, sizeof(text), real_format(cost), cost);
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

/* A column for the baseline, two for each other: the cost, and its change. */
static int put_heads(struct table *t, const struct compare *compare)
{
	char change[TABLE_FIELD];

	t->left[0] = 1;
	if (table_column(t, "cell") < 0)
		return -ENOMEM;
	for (size_t i = 0; i < compare->n_columns; i++) {
		int column = table_column(t, compare->columns[i].name);

		if (column >= 0 && i != compare->base) {
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

static int put_row(struct table *t, const struct compare *compare, size_t row)
{
	const char *unit = compare->columns[compare->base].data->info.unit;
	size_t column = 1, at = t->rows;
	char name[AXES_KEY_MAX];
	int ret = table_row(t);

	if (!ret)
		table_put(t, at, 0, "%s", compare_row_name(compare, row, name,
							    sizeof(name)));
	for (size_t i = 0; !ret && i < compare->n_columns; i++) {
		const struct contrast *c = compare_find(compare, row, i);

		if (i == compare->base) {
			ret = put_cell(t, at, column++, compare->rows[row], unit);
			continue;
		}
		ret = put_cell(t, at, column++, c ? c->other : NULL, unit);
		put_change(t, at, column++, c);
	}
	return ret;
}

static int put_geomeans(struct table *t, const struct compare *compare)
{
	size_t column = 1, at = t->rows, matched;
	int ret = table_row(t);

	if (ret)
		return ret;
	table_put(t, at, 0, "geomean of cells");
	for (size_t i = 0; i < compare->n_columns; i++) {
		double geomean = compare_geomean(compare, i, &matched);

		if (i == compare->base) {
			table_put(t, at, column++, "%s", "");
			continue;
		}
		table_put(t, at, column++, "%zu of %zu", matched, compare->n_rows);
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

/* Whoever stops where it looks narrow gets a level that is less than its name. */
static void print_levels(FILE *out, const struct compare *compare)
{
	for (size_t i = 0; i < (compare->by_strategy ? 1 : compare->n_columns); i++) {
		const struct dataset *data = compare->columns[i].data;

		if (data->info.target)
			fprintf(out, "%s: level 0.95 is nominal: the plan adds boots until each "
				"interval is within\n+-%s %%, and ends at the first that are so "
				"narrow\n", data->folder, data->info.target);
	}
}

static void print_marks(FILE *out, const struct compare *compare)
{
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
		compare->by_strategy ? "signed-rank" : "rank-sum", VERDICT_LEVEL,
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

static int told_before(const struct compare *compare, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (!strcmp(compare->all.c[k].why, compare->all.c[i].why))
			return 1;
	return 0;
}

/* What to do for more, and why a cell has no change: each reason once. */
static void print_reasons(FILE *out, const struct compare *compare)
{
	char key[AXES_KEY_MAX];
	size_t told = 0;

	for (size_t i = 0; i < compare->all.count && told < REASONS_MAX; i++) {
		const struct contrast *c = &compare->all.c[i];
		size_t same = 0;

		if (c->verdict != VERDICT_NONE &&
		    (c->verdict != VERDICT_INCONCLUSIVE ||
		     (!c->one_start && !strstr(c->why, "need >="))))
			continue;
		if (told_before(compare, i))
			continue;
		for (size_t k = i; k < compare->all.count; k++)
			same += !strcmp(compare->all.c[k].why, c->why);
		axes_key(&(c->other ? c->other : c->base)->axes, key, sizeof(key));
		fprintf(out, "%s", key);
		if (same > 1)
			fprintf(out, " and %zu more", same - 1);
		fprintf(out, ": %s\n", c->why);
		told++;
	}
}

static void print_title(FILE *out, const struct compare *compare)
{
	const struct run_info *info = &compare->columns[compare->base].data->info;

	fprintf(out, "median %s per page, change against %s\n",
		strcmp(info->unit, "insn") ? "nanoseconds (wall clock)" :
		"guest instructions (insn clock)",
		compare->columns[compare->base].name);
	for (size_t i = 0; i < compare->n_columns; i++) {
		const struct dataset *data = compare->columns[i].data;

		if (i && compare->by_strategy)
			break;
		fprintf(out, "%s: %s, Linux %s, accelerator %s%s\n", data->folder,
			data->info.matrix ? data->info.matrix : "-",
			data->info.kernel ? data->info.kernel : "-",
			data->info.accelerator ? data->info.accelerator : "-",
			dataset_doubt(data));
	}
	fputc('\n', out);
}

/* In columns for a terminal, each with the baseline that its changes are against. */
static void print_text(FILE *out, const struct compare *compare, const struct table *t)
{
	bool keep[TABLE_COLUMNS] = { true };

	keep[1 + 2 * compare->base] = true;
	table_print_narrow(out, t, keep, 2);
}

int compare_print(FILE *out, const struct compare *compare, int markdown)
{
	struct table t = { 0 };
	int ret = put_heads(&t, compare);

	for (size_t i = 0; !ret && i < compare->n_rows; i++)
		ret = put_row(&t, compare, i);
	ret = ret ?: put_geomeans(&t, compare);
	if (!ret) {
		print_title(out, compare);
		if (markdown)
			table_print(out, &t, TABLE_MD);
		else
			print_text(out, compare, &t);
		fputc('\n', out);
		print_marks(out, compare);
		print_reasons(out, compare);
	}
	table_free(&t);
	return ret ?: ferror(out) ? -EIO : 0;
}

static void put_real(FILE *out, double value)
{
	fputc('\t', out);
	if (isnan(value))
		fputc('-', out);
	else
		fprintf(out, real_format(value), value);
}

int compare_write_tsv(FILE *out, const struct compare *compare)
{
	char key[AXES_KEY_MAX];

	fputs("column\tcell\tagainst\tunit\tboots\tn_base\tn\tbase_median\tmedian\tratio\tlo\thi"
	      "\tp_sign\tp_rank\tp\tmargin\tverdict\twhy\n", out);
	for (size_t k = 0; k < compare->n_columns; k++) {
		const struct compare_column *column = &compare->columns[k];

		for (size_t row = 0; k != compare->base && row < compare->n_rows; row++) {
			const struct contrast *c = compare_find(compare, row, k);

			if (!c)
				continue;
			axes_key(&(c->other ? c->other : c->base)->axes, key, sizeof(key));
			fprintf(out, "%s\t%s\t%s\t%s\t%zu\t%zu\t%zu",
				column->name, key, compare->columns[compare->base].name,
				column->data->info.unit, c->boots, c->n_base, c->n_other);
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
