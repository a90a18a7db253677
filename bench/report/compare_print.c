// SPDX-License-Identifier: GPL-3.0-or-later
/* What `hmmreport compare` prints. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "boots.h"
#include "compare.h"

#define FIELD_MAX	AXES_KEY_MAX
#define REASONS_MAX	20

/* Fields of the table for people: a name, then one of each column, then its change. */
struct grid {
	char (*field)[FIELD_MAX];
	size_t rows, columns;	/* row 0 is the head */
};

static char *at(const struct grid *g, size_t row, size_t column)
{
	return g->field[row * g->columns + column];
}

/* As in summary.tsv. */
static const char *real_format(double value)
{
	return value >= 1e6 ? "%.0f" : "%.6g";
}

static int put_cell(char *field, const struct cell_data *cell, const char *unit)
{
	struct center center;
	double cost;
	int ret, n;

	snprintf(field, FIELD_MAX, "-");
	if (!cell)
		return 0;
	if (cell->status != CELL_OK || !cell->n_times) {
		snprintf(field, FIELD_MAX, "%s", cell->status == CELL_OK ? "-" :
			 cell_status_name(cell->status));
		return 0;
	}
	ret = center_of(cell->times, cell->n_times, unit, &center);
	if (ret)
		return ret;
	cost = center.median / (double)cell->axes.pages;
	n = snprintf(field, FIELD_MAX, real_format(cost), cost);
	if (!isnan(center.lo))
		snprintf(field + n, FIELD_MAX - (size_t)n, " +-%.1f %%",
			 100 * center_half(&center));
	return 0;
}

static void put_change(char *field, const struct contrast *c)
{
	if (!c || c->verdict == VERDICT_NONE)
		snprintf(field, FIELD_MAX, "-");
	else if (c->verdict == VERDICT_EXACT)
		snprintf(field, FIELD_MAX, "%+.2f %%", 100 * (c->ratio - 1));
	else
		snprintf(field, FIELD_MAX, "%+.2f %% %c", 100 * (c->ratio - 1),
			 verdict_mark(c->verdict));
}

static int fill_row(const struct compare *compare, const struct grid *g, size_t row)
{
	const char *unit = compare->columns[compare->base].data->info.unit;
	size_t field = 1;
	int ret = 0;

	compare_row_name(compare, row, at(g, row + 1, 0), FIELD_MAX);
	for (size_t i = 0; !ret && i < compare->n_columns; i++) {
		const struct contrast *c = compare_find(compare, row, i);

		if (i == compare->base) {
			ret = put_cell(at(g, row + 1, field++), compare->rows[row], unit);
			continue;
		}
		ret = put_cell(at(g, row + 1, field++), c ? c->other : NULL, unit);
		put_change(at(g, row + 1, field++), c);
	}
	return ret;
}

static void fill_ends(const struct compare *compare, const struct grid *g)
{
	size_t field = 1, last = g->rows - 1, matched;

	snprintf(at(g, 0, 0), FIELD_MAX, "cell");
	snprintf(at(g, last, 0), FIELD_MAX, "geomean");
	for (size_t i = 0; i < compare->n_columns; i++) {
		double geomean;

		snprintf(at(g, 0, field++), FIELD_MAX, "%s", compare->columns[i].name);
		if (i == compare->base)
			continue;
		geomean = compare_geomean(compare, i, &matched);
		snprintf(at(g, 0, field), FIELD_MAX, "change");
		snprintf(at(g, last, field - 1), FIELD_MAX, "%zu of %zu cells", matched,
			 compare->n_rows);
		if (matched)
			snprintf(at(g, last, field), FIELD_MAX, "%+.2f %%",
				 100 * (geomean - 1));
		else
			snprintf(at(g, last, field), FIELD_MAX, "-");
		field++;
	}
}

static size_t width_of(const struct grid *g, size_t column)
{
	size_t width = 0;

	for (size_t r = 0; r < g->rows; r++)
		if (strlen(at(g, r, column)) > width)
			width = strlen(at(g, r, column));
	return width;
}

static void print_grid(FILE *out, const struct grid *g, int markdown)
{
	for (size_t r = 0; r < g->rows; r++) {
		for (size_t c = 0; c < g->columns; c++) {
			int width = (int)width_of(g, c);

			fprintf(out, markdown ? "| %*s " : c ? "  %*s" : "%*s",
				c ? width : -width, at(g, r, c));
		}
		fputs(markdown ? "|\n" : "\n", out);
		for (size_t c = 0; markdown && !r && c < g->columns; c++)
			fprintf(out, "%s%s", c ? "|---:" : "|---",
				c + 1 == g->columns ? "|\n" : "");
	}
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

static void print_marks(FILE *out, const struct compare *compare)
{
	const struct contrasts *all = &compare->all;

	for (size_t v = 0; v < sizeof(marks_meaning) / sizeof(*marks_meaning); v++)
		if (used(compare, v))
			fprintf(out, "%c  %s\n", verdict_mark(v), marks_meaning[v]);
	if (used(compare, VERDICT_EXACT)) {
		fprintf(out, "changes are ratios of exact counts: the same build gives them "
			"again, so there is\nno interval and no p; another build may differ "
			"by more than the change\n");
		return;
	}
	fprintf(out, "+-: interval of the median at level 0.95, over boots; of one boot "
		"over its samples\nfaster, slower: p (%s, exact, Holm over the table) below "
		"%g, and beyond the\nmargin, or beyond %g %% where there is none\n",
		compare->by_strategy ? "signed-rank" : "rank-sum", VERDICT_LEVEL,
		100 * VERDICT_RESOLUTION);
	if (isnan(all->margin))
		fprintf(out, "A/A margin: not known: %s\n", all->margin_from);
	else
		fprintf(out, "A/A margin: %.2f %% at most; %s\n", 100 * all->margin,
			all->margin_from);
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
		    (c->verdict != VERDICT_INCONCLUSIVE || !strstr(c->why, "need >=")))
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
			dataset_emulated(data) ? ", EMULATED: no evidence" : "");
	}
	fputc('\n', out);
}

int compare_print(FILE *out, const struct compare *compare, int markdown)
{
	struct grid g = { NULL, compare->n_rows + 2, 2 * compare->n_columns };
	int ret = 0;

	g.field = calloc(g.rows * g.columns, sizeof(*g.field));
	if (!g.field)
		return -ENOMEM;
	for (size_t i = 0; !ret && i < compare->n_rows; i++)
		ret = fill_row(compare, &g, i);
	if (!ret) {
		fill_ends(compare, &g);
		print_title(out, compare);
		print_grid(out, &g, markdown);
		fputc('\n', out);
		print_marks(out, compare);
		print_reasons(out, compare);
	}
	free(g.field);
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
