// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence_grid.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "boots.h"
#include "contrasts.h"
#include "evidence_parts.h"
#include "kernels.h"
#include "headline.h"
#include "plain.h"
#include "summary.h"

#define LABEL_WIDTH	32
#define COLUMN_MIN	13	/* "-12.3+-0.4%-" and a space */
#define COLUMN_MAX	14
#define BASE_LABEL	"baseline"

/**
 * struct grid - a table while it is printed
 * @order:	cells of the run that it takes, in the order of the summary: @count
 * @base_index:	of @against, where the baseline is of it
 * @rows:	axes of each row, strategy aside: @n_rows
 * @label:	width of the row labels
 */
struct grid {
	struct evidence *e;
	const struct grid_kind *kind;
	const struct dataset *against;
	struct index base_index;
	struct contrasts contrasts;
	size_t *order, count;
	struct axes *rows;
	size_t n_rows;
	int label;
};

static int same_row(const struct axes *a, const struct axes *b)
{
	struct axes x = *a;

	memcpy(x.strategy, b->strategy, sizeof(x.strategy));
	return !memcmp(&x, b, sizeof(x));
}

static const struct cell_data *cell_at(const struct grid *g, const struct axes *row,
				       const char *strategy, bool of_base)
{
	struct axes axes = *row;

	memset(axes.strategy, 0, sizeof(axes.strategy));
	snprintf(axes.strategy, sizeof(axes.strategy), "%s", strategy);
	return index_find(of_base ? &g->base_index : &g->e->index, &axes);
}

/* The first column is the baseline, of whichever run it is. */
static const struct cell_data *cell_in(const struct grid *g, const struct axes *row,
				       const char *const *strategies, size_t column)
{
	return cell_at(g, row, strategies[column], g->kind->kernels && !column);
}

static const struct contrast *contrast_of(const struct grid *g,
					  const struct cell_data *cell)
{
	for (size_t i = 0; cell && i < g->contrasts.count; i++)
		if (g->contrasts.c[i].other == cell)
			return &g->contrasts.c[i];
	return NULL;
}

/* "-12.3%-", or with an interval "-12.3+-0.4%-"; room for 13 at most. */
static void put_change(char *buf, size_t size, const struct contrast *c)
{
	double change = 100 * (c->ratio - 1);
	double half = 100 * fmax(c->hi - c->ratio, c->ratio - c->lo);
	int digits = fabs(change) < 99.95;

	if (fabs(change) < 0.05)
		change = 0;		/* and not -0.0 */
	if (isnan(c->ratio))
		snprintf(buf, size, "-");
	else if (isnan(half))
		snprintf(buf, size, "%+.*f%%%c", digits, change, verdict_mark(c->verdict));
	else
		snprintf(buf, size, "%+.*f+-%.*f%%%c", digits, change, half < 9.95, half,
			 verdict_mark(c->verdict));
}

static void put_value(const struct grid *g, const struct cell_data *cell, bool first, char *value,
		      char *below, size_t size)
{
	const struct contrast *c;
	double width;
	size_t boots;

	snprintf(value, size, ".");
	snprintf(below, size, ".");
	if (!cell || !cell_measured(cell)) {
		if (cell)
			snprintf(value, size, "%.12s", cell_status_name(cell->status));
		return;
	}
	plain_number(evidence_per_page(g->e->data, cell, &width, &boots), value, size);
	c = contrast_of(g, cell);
	if (c)
		put_change(below, size, c);
	else if (g->against && !g->kind->kernels)
		snprintf(below, size, "-");
	else if (first)
		snprintf(below, size, isnan(width) ? BASE_LABEL : "+-%.1f%%", 100 * width);
}

/* How many samples, in how many boots; the fewest where cells of a row differ. */
static void put_n(const struct grid *g, const struct axes *row,
		  const char *const *strategies, char *buf, size_t size)
{
	size_t least = SIZE_MAX, most = 0, boots = SIZE_MAX;

	for (size_t i = 0; strategies[i]; i++) {
		const struct cell_data *cell = cell_in(g, row, strategies, i);

		if (!cell || !cell_measured(cell))
			continue;
		least = cell->n_times < least ? cell->n_times : least;
		most = cell->n_times > most ? cell->n_times : most;
		boots = cell->closed < boots ? cell->closed : boots;
	}
	if (!most)
		snprintf(buf, size, "n=0");
	else if (boots > 1)
		snprintf(buf, size, "n%s%zu/%zu", least < most ? ">=" : "=", least, boots);
	else
		snprintf(buf, size, "n%s%zu", least < most ? ">=" : "=", least);
}

static int column_width(const struct grid *g, size_t columns)
{
	int width = (PLAIN_WIDTH - g->label) / (int)columns;

	return width < COLUMN_MAX ? width : COLUMN_MAX;
}

static void print_row(const struct grid *g, const struct axes *row,
		      const char *const *strategies, size_t columns)
{
	char label[2][2 * LABEL_WIDTH], value[GRID_STRATEGIES][32];
	char below[GRID_STRATEGIES][32];
	int width = column_width(g, columns);

	g->kind->label(row, label[0], sizeof(label[0]));
	put_n(g, row, strategies, label[1], sizeof(label[1]));
	for (size_t i = 0; i < columns; i++)
		put_value(g, cell_in(g, row, strategies, i), !i, value[i], below[i],
			  sizeof(value[i]));
	fprintf(g->e->out, "%*s", g->label, label[0]);
	for (size_t i = 0; i < columns; i++)
		fprintf(g->e->out, "%*s", width, value[i]);
	fprintf(g->e->out, "\n%*s", g->label, label[1]);
	for (size_t i = 0; i < columns; i++)
		fprintf(g->e->out, "%*s", width, below[i]);
	fputc('\n', g->e->out);
}

/* Has the row any of the strategies of the block beside the baseline? */
static int row_has(const struct grid *g, const struct axes *row,
		   const char *const *strategies)
{
	for (size_t i = !g->against || g->kind->kernels; strategies[i]; i++)
		if (cell_in(g, row, strategies, i))
			return 1;
	return !strategies[1] && cell_in(g, row, strategies, 0);
}

static int run_has(const struct grid *g, const char *strategy)
{
	for (size_t r = 0; r < g->n_rows; r++)
		if (cell_at(g, &g->rows[r], strategy, false))
			return 1;
	return 0;
}

/*
 * The baseline, then strategies that the run has, from the @next one on: as many as fit.
 * Moves @next on.
 */
static size_t block_columns(const struct grid *g, size_t *next, const char **strategies)
{
	size_t most = (PLAIN_WIDTH - g->label) / COLUMN_MIN, n = 0;

	strategies[n++] = g->kind->baseline;
	for (; g->kind->columns[*next] && n < most; (*next)++)
		if (run_has(g, g->kind->columns[*next]))
			strategies[n++] = g->kind->columns[*next];
	strategies[n] = NULL;
	return n;
}

/* Above the strategies the kernels, by names that fit; else what they are here. */
static void print_kernels(const struct grid *g, size_t columns)
{
	char base[KERNEL_NAME_MAX], this[KERNEL_NAME_MAX];
	int width = column_width(g, columns);

	kernel_name(g->against, g->e->data, 1, base, sizeof(base));
	kernel_name(g->e->data, g->against, 1, this, sizeof(this));
	if ((int)strlen(base) >= width || (int)strlen(this) >= width) {
		snprintf(base, sizeof(base), "base");
		snprintf(this, sizeof(this), "this run");
	}
	fprintf(g->e->out, "\n%*s", g->label, "");
	for (size_t i = 0; i < columns; i++)
		fprintf(g->e->out, "%*s", width, i ? this : base);
}

static void print_block(const struct grid *g, const char *const *strategies, size_t columns)
{
	if (g->kind->kernels)
		print_kernels(g, columns);
	fprintf(g->e->out, "\n%*s", g->label, "");
	for (size_t i = 0; i < columns; i++)
		fprintf(g->e->out, "%*s", column_width(g, columns), strategies[i]);
	fputc('\n', g->e->out);
	for (size_t r = 0; r < g->n_rows; r++)
		if (row_has(g, &g->rows[r], strategies))
			print_row(g, &g->rows[r], strategies, columns);
}

/* The baseline alone when the run has no other. */
static void print_blocks(const struct grid *g)
{
	const char *strategies[GRID_STRATEGIES + 1];
	size_t next = 0, columns, printed = 0;

	while (g->kind->columns[next] || !printed) {
		columns = block_columns(g, &next, strategies);
		if (columns > 1 || !printed)
			print_block(g, strategies, columns);
		printed++;
	}
}

/* Is the cell in one of the table's columns? */
static int shown(const struct grid_kind *kind, const struct cell_data *cell)
{
	if (!strcmp(cell->axes.strategy, kind->baseline))
		return 1;
	for (size_t i = 0; kind->columns[i]; i++)
		if (!strcmp(cell->axes.strategy, kind->columns[i]))
			return 1;
	return 0;
}

static int collect(struct grid *g)
{
	const struct dataset *data = g->e->data;
	size_t all, *order = summary_order(data, &all);
	char label[LABEL_WIDTH + 1];

	g->order = order;
	g->rows = calloc(all + 1, sizeof(*g->rows));
	if (!order || !g->rows)
		return -ENOMEM;
	g->label = strlen("n=60/12");
	for (size_t i = 0; i < all; i++) {
		const struct cell_data *cell = &data->cells[order[i]];
		size_t r = 0;

		if (!g->kind->takes(cell) || !shown(g->kind, cell))
			continue;
		g->order[g->count++] = order[i];
		while (r < g->n_rows && !same_row(&g->rows[r], &cell->axes))
			r++;
		if (r < g->n_rows)
			continue;
		g->rows[g->n_rows++] = cell->axes;
		g->kind->label(&cell->axes, label, sizeof(label));
		if ((int)strlen(label) > g->label)
			g->label = strlen(label);
	}
	return 0;
}

/* The table's contrasts and no others: they share Holm's correction. */
static bool in_table(const struct cell_data *cell, const void *kind)
{
	return ((const struct grid_kind *)kind)->takes(cell) && shown(kind, cell);
}

/* What the other run has for it. */
static bool in_base(const struct cell_data *cell, const void *arg)
{
	const struct grid_kind *kind = arg;

	return kind->kernels ? kind->takes(cell) && !strcmp(cell->axes.strategy, kind->baseline) :
	       in_table(cell, kind);
}

/* A table with a cell that failed its check is no evidence. */
static int refused(struct grid *g)
{
	const struct selection cells = { in_table, g->kind }, of_base = { in_base, g->kind };
	const char *why = g->kind->unfit ? g->kind->unfit(g->e->data) : NULL;

	if (why) {
		evidence_refuse(g->e, "%s", why);
		return 1;
	}
	return evidence_times_refused(g->e, g->e->data) ||
	       evidence_refused_for(g->e, g->e->data, &cells) ||
	       (g->against && (evidence_times_refused(g->e, g->against) ||
			       evidence_refused_for(g->e, g->against, &of_base)));
}

/* Each row has the margin of its place; of two runs it is that of the pairs of both. */
static void print_margins(const struct grid *g)
{
	const struct contrasts *all = &g->contrasts;
	double least = INFINITY, most = -INFINITY;
	char low[16], high[16];

	for (size_t i = 0; i < all->count; i++) {
		least = fmin(least, all->c[i].margin);
		most = fmax(most, all->c[i].margin);
	}
	snprintf(low, sizeof(low), "%.2g", 100 * least);
	snprintf(high, sizeof(high), "%.2g", 100 * most);
	if (most >= least)
		plain_paragraph(g->e->out, "", 0, "A/A margins of these rows: %s%s%s %%%s%s.", low,
				strcmp(low, high) ? " to " : "", strcmp(low, high) ? high : "",
				g->against ? "; " : "", g->against ? all->margin_from : "");
	else if (g->against && !g->e->data->info.clock->exact)
		plain_paragraph(g->e->out, "", 0, "A/A margins of these rows: not known: %s.",
				all->margin_from);
}

/* On the insn clock only what does not overlap, and is more than a rebuild may change. */
static bool costs_more(const struct contrast *c)
{
	return c->clock->exact ? contrast_dearer(c) : c->ratio > 1;
}

static void print_worst(const struct grid *g)
{
	const struct contrast *worst = NULL;
	char key[AXES_KEY_MAX];

	for (size_t i = 0; i < g->contrasts.count; i++) {
		const struct contrast *c = &g->contrasts.c[i];

		if (costs_more(c) && (!worst || c->ratio > worst->ratio))
			worst = c;
	}
	if (worst)
		plain_paragraph(g->e->out, "", 0, "Worst: %s, %+.1f %% (%s).",
				axes_key(&worst->other->axes, key, sizeof(key)),
				100 * (worst->ratio - 1), verdict_name(worst->verdict));
	else if (g->e->data->info.clock->exact)
		plain_paragraph(g->e->out, "", 0, "Worst: none is shown to cost over %d %% more.",
				EXACT_SLACK);
}

/* Losses stand where gains do: how many of each, and the worst by name. */
static void print_balance(const struct grid *g)
{
	size_t n[VERDICT_NONE + 1] = { 0 }, less = 0, more = 0;
	const struct contrasts *all = &g->contrasts;
	const char *one_start = NULL;
	char geomean[512] = "";

	for (size_t i = 0; i < all->count; i++) {
		const struct contrast *c = &all->c[i];

		n[c->verdict]++;
		less += c->verdict == VERDICT_EXACT && contrast_cheaper(c);
		more += c->verdict == VERDICT_EXACT && contrast_dearer(c);
		if (c->one_start && !isnan(c->ratio))
			one_start = c->why;
	}
	fputc('\n', g->e->out);
	if (!all->matched)
		return;
	if (all->matched > 1)
		snprintf(geomean, sizeof(geomean), "; geometric mean of the %zu ratios %.3f",
			 all->matched, all->geomean);
	if (g->e->data->info.clock->exact)
		plain_paragraph(g->e->out, "", 0, "Compared: %zu; %zu cost less, %zu cost more, "
				"%zu are within %d %%, %zu overlap%s.", all->matched, less, more,
				n[VERDICT_EXACT] - less - more, EXACT_SLACK,
				n[VERDICT_OVERLAP], geomean);
	else
		plain_paragraph(g->e->out, "", 0, "Compared: %zu; %zu faster, %zu slower, %zu "
				"equivalent, %zu inconclusive%s.", all->matched,
				n[VERDICT_FASTER], n[VERDICT_SLOWER], n[VERDICT_EQUIVALENT],
				n[VERDICT_INCONCLUSIVE], geomean);
	if (one_start)
		plain_paragraph(g->e->out, "", 0, "Inconclusive: %s.", one_start);
	print_worst(g);
}

/* The column of a strategy against the baseline of the other run. */
static int contrast_kernels(struct grid *g, const char *strategy)
{
	const struct cell_data **base = calloc(2 * g->n_rows + 1, sizeof(*base));
	const struct cell_data **cells = base + g->n_rows;
	struct contrasts more;
	int ret;

	if (!base)
		return -ENOMEM;
	for (size_t r = 0; r < g->n_rows; r++) {
		base[r] = cell_at(g, &g->rows[r], g->kind->baseline, true);
		cells[r] = cell_at(g, &g->rows[r], strategy, false);
	}
	ret = contrasts_of_cells(g->against, base, g->e->data, cells, g->n_rows, &more);
	free(base);
	if (ret)
		return ret;
	ret = contrasts_append(&g->contrasts, &more);
	contrasts_free(&more);
	return ret;
}

static int contrast_all(struct grid *g)
{
	const struct selection cells = { in_table, g->kind };
	int ret = 0;

	if (g->kind->kernels) {
		g->contrasts.margin = NAN;
		for (size_t i = 0; g->kind->columns[i] && !ret; i++)
			ret = contrast_kernels(g, g->kind->columns[i]);
		return ret ?: verdict_judge(&g->contrasts);
	}
	if (!g->against)
		return contrasts_of_strategies(g->e->data, g->kind->baseline, &cells,
					       &g->contrasts);
	return contrasts_of_runs(g->against, g->e->data, &cells, &g->contrasts);
}

/* In place of a table without a row that both have: what the other run lacks, and why. */
static void print_unmatched(const struct grid *g)
{
	const struct dataset *base = g->against;

	for (size_t i = 0; i < base->count; i++) {
		const struct cell_data *cell = &base->cells[i];

		if (!cell->closed || cell->status == CELL_OK || !in_base(cell, g->kind))
			continue;
		plain_paragraph(g->e->out, "", 0, "Nothing to compare with: in %s %s is %s: %s.",
				base->folder, cell->axes.strategy, cell_status_name(cell->status),
				cell->reason);
		return;
	}
	if (g->kind->kernels)
		plain_paragraph(g->e->out, "", 0, "Nothing to compare with: %s has no cell of %s "
				"that this run has one for.", base->folder, g->kind->baseline);
	else
		evidence_refuse(g->e, "no cell of this table was measured in both runs.");
}

static int print(struct grid *g)
{
	const struct selection cells = { in_table, g->kind };
	char intro[512];
	int ret = collect(g);

	if (ret || !g->count)
		return ret;
	plain_heading(g->e->out, g->kind->title);
	g->e->tables++;
	if (g->against)
		evidence_base(g->e, g->against, &cells);
	if (refused(g))
		return 0;
	ret = contrast_all(g);
	if (ret)
		return ret;
	if (g->against && !g->contrasts.matched) {
		print_unmatched(g);
		return 0;
	}
	snprintf(intro, sizeof(intro), g->kind->intro, g->e->data->info.clock->label);
	plain_paragraph(g->e->out, "", 0, "%s Cells: %s.", intro, g->kind->key);
	print_blocks(g);
	print_balance(g);
	print_margins(g);
	return 0;
}

int grid_print(struct evidence *e, const struct grid_kind *kind,
	       const struct dataset *against)
{
	struct grid g = { .e = e, .kind = kind, .against = against };
	int ret = kind->kernels ? index_make(&g.base_index, against, NULL) : 0;

	ret = ret ?: print(&g);
	index_free(&g.base_index);
	contrasts_free(&g.contrasts);
	free(g.order);
	free(g.rows);
	return ret;
}
