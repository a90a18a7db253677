// SPDX-License-Identifier: GPL-3.0-or-later
/* What `hmmreport compare` prints. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/judge/center.h"
#include "report/write/number.h"
#include "report/write/table.h"
#include "compare.h"

#define REASONS_MAX	20

static void add_cost(struct table *t, const struct cell_data *cell, const struct clock *clock)
{
	struct center center;
	char text[NUMBER_MAX];

	if (!cell || (cell->status == CELL_OK && !cell->n_times)) {
		table_none(t);
		return;
	}
	if (cell->status != CELL_OK) {
		table_add(t, "%s", cell_status_name(cell->status));
		return;
	}
	center_of(cell->times, cell->n_times, clock, &center);
	number_real(center.median / (double)cell->axes.pages, text);
	if (isnan(center_half(&center)))
		table_add(t, "%s", text);
	else
		table_add(t, "%s +-%.1f %%", text, 100 * center_half(&center));
}

static void add_change(struct table *t, const struct contrast *c)
{
	if (!c || isnan(c->ratio))
		table_none(t);
	else if (c->verdict == VERDICT_EXACT || c->verdict == VERDICT_NONE)
		table_add(t, "%+.2f %%", 100 * (c->ratio - 1));
	else
		table_add(t, "%+.2f %% %c", 100 * (c->ratio - 1), verdict_mark(c->verdict));
}

/* A column for the baseline, two for each other: the cost, and its change. */
static void add_heads(struct table *t, const struct compare *compare)
{
	table_column(t, compare->by == COMPARE_KERNELS ? "place" : "cell", true);
	for (size_t i = 0; i < compare->grid.n_columns; i++) {
		table_column(t, compare->grid.columns[i].name, false);
		if (i != compare->grid.base)
			table_column(t, "change", false);
	}
}

static void add_row(struct table *t, const struct compare *compare, size_t row)
{
	const struct grid *grid = &compare->grid;
	char name[AXES_KEY_MAX];

	table_add(t, "%s", compare_row_name(compare, row, name, sizeof(name)));
	for (size_t i = 0; i < grid->n_columns; i++) {
		const struct cell_data *cell = grid_cell(grid, row, i);

		/* why a kernel cannot do it stands below the table */
		if (compare->by == COMPARE_KERNELS && !compare_tried(cell))
			cell = NULL;
		add_cost(t, cell, grid->columns[grid->base].data->info.clock);
		if (i != grid->base)
			add_change(t, compare_find(compare, row, i));
	}
}

static void add_geomeans(struct table *t, const struct compare *compare)
{
	table_add(t, "geomean of cells");
	for (size_t i = 0; i < compare->grid.n_columns; i++) {
		size_t matched;
		double geomean = compare_geomean(compare, i, &matched);

		if (i == compare->grid.base) {
			table_add(t, "%s", "");
			continue;
		}
		table_add(t, "%zu of %zu", matched, compare->grid.n_rows);
		if (matched)
			table_add(t, "%+.2f %%", 100 * (geomean - 1));
		else
			table_none(t);
	}
}

static const char *marks_meaning[] = {
	[VERDICT_FASTER] = "faster", [VERDICT_SLOWER] = "slower",
	[VERDICT_EQUIVALENT] = ("equivalent: the whole interval of the change is within the "
		"margin"),
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
	const struct grid_column *c = &compare->grid.columns[column];

	return !column || c->data != c[-1].data;
}

/* Stopping as soon as intervals look narrow makes their coverage lower than 95 %. */
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

/* Does the reader need the reason why a contrast has no verdict? */
static bool has_reason(const struct compare *compare, const struct contrast *c)
{
	if (c->verdict == VERDICT_INCONCLUSIVE)
		return c->one_start || strstr(c->why, "need >=");
	if (compare->by == COMPARE_KERNELS && (!c->base || c->base->status != CELL_OK ||
					       !c->other || c->other->status != CELL_OK))
		return false;	/* printed as a gap */
	return c->verdict == VERDICT_NONE;
}

static bool printed_before(const struct compare *compare, size_t i)
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
	size_t printed = 0;

	for (size_t i = 0; i < compare->all.count && printed < REASONS_MAX; i++) {
		const struct contrast *c = &compare->all.c[i];
		size_t same = 0;

		if (!has_reason(compare, c) || printed_before(compare, i))
			continue;
		for (size_t k = i; k < compare->all.count; k++)
			same += has_reason(compare, &compare->all.c[k]) &&
				!strcmp(compare->all.c[k].why, c->why);
		print_cell_name(out, compare, i);
		if (same > 1)
			fprintf(out, " and %zu more", same - 1);
		fprintf(out, ": %s\n", c->why);
		printed++;
	}
}

void compare_print_run(FILE *out, const struct dataset *data)
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
		compare_print_run(out, &compare->runs[i]);
	}
	for (size_t i = 0; !compare->n_runs && i < compare->grid.n_columns; i++)
		if (first_of_run(compare, i))
			compare_print_run(out, compare->grid.columns[i].data);
	if (compare->by == COMPARE_KERNELS)
		compare_print_shared(out, compare);
	fputc('\n', out);
}

/* In columns for a terminal, each with the baseline that its changes are against. */
static void print_table(FILE *out, const struct compare *compare, int markdown)
{
	struct table t = { 0 };

	add_heads(&t, compare);
	for (size_t i = 0; i < compare->grid.n_rows; i++)
		add_row(&t, compare, i);
	add_geomeans(&t, compare);
	if (markdown)
		table_print(out, &t, TABLE_MD);
	else
		table_print_narrow(out, &t, 1 + 2 * compare->grid.base, 2);
	fputc('\n', out);
	table_free(&t);
}

int compare_print(FILE *out, const struct compare *compare, int markdown)
{
	print_title(out, compare);
	print_table(out, compare, markdown);
	print_marks(out, compare);
	print_reasons(out, compare);
	if (compare->by == COMPARE_KERNELS) {
		compare_print_gaps(out, compare);
		compare_print_worst(out, compare);
	}
	return ferror(out) ? -EIO : 0;
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
