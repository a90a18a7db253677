// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence_grid.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/judge/grid.h"
#include "report/write/number.h"
#include "report/write/plain.h"
#include "evidence_parts.h"
#include "kernels.h"

#define LABEL_WIDTH	32
#define COLUMN_MIN	13	/* "-12.3+-0.4%-" and a space */
#define COLUMN_MAX	14
#define BASE_LABEL	"baseline"

/**
 * struct table - a table while it is printed
 * @grid:	its cells; the first column is the baseline, of whichever run it is
 * @label:	width of the row labels
 */
struct table {
	struct evidence *e;
	const struct evidence_kind *kind;
	const struct dataset *against;
	struct grid grid;
	struct contrasts contrasts;
	int label;
};

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

static void put_value(const struct table *t, size_t row, size_t column, char value[NUMBER_MAX],
		      char below[NUMBER_MAX])
{
	const struct cell_data *cell = grid_cell(&t->grid, row, column);
	const struct contrast *c;
	double width;
	size_t boots;

	snprintf(value, NUMBER_MAX, ".");
	snprintf(below, NUMBER_MAX, ".");
	if (!cell || !cell_measured(cell)) {
		if (cell)
			snprintf(value, NUMBER_MAX, "%.12s", cell_status_name(cell->status));
		return;
	}
	number_plain(evidence_per_page(t->e->data, cell, &width, &boots), value);
	c = grid_find(&t->grid, &t->contrasts, row, column);
	if (c)
		put_change(below, NUMBER_MAX, c);
	else if (t->against && !t->kind->kernels)
		snprintf(below, NUMBER_MAX, "-");
	else if (!column)
		snprintf(below, NUMBER_MAX, isnan(width) ? BASE_LABEL : "+-%.1f%%", 100 * width);
}

/* A block of the table, of @columns: the baseline, and those from @from on. */
struct block {
	size_t from, columns;
};

/* The @i-th column of a block. */
static size_t column_of(const struct block *b, size_t i)
{
	return i ? b->from + i - 1 : 0;
}

/* How many samples, in how many boots; the fewest where cells of a row differ. */
static void put_n(const struct table *t, size_t row, const struct block *b, char *buf, size_t size)
{
	size_t least = SIZE_MAX, most = 0, boots = SIZE_MAX;

	for (size_t i = 0; i < b->columns; i++) {
		const struct cell_data *cell = grid_cell(&t->grid, row, column_of(b, i));

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

static int column_width(const struct table *t, const struct block *b)
{
	size_t width = (PLAIN_WIDTH - t->label) / b->columns;

	return width < COLUMN_MAX ? (int)width : COLUMN_MAX;
}

static void print_row(const struct table *t, size_t row, const struct block *b)
{
	char label[2][2 * LABEL_WIDTH], text[EVIDENCE_STRATEGIES][2][NUMBER_MAX];
	int width = column_width(t, b);

	t->kind->label(&t->grid.rows[row]->axes, label[0], sizeof(label[0]));
	put_n(t, row, b, label[1], sizeof(label[1]));
	for (size_t i = 0; i < b->columns; i++)
		put_value(t, row, column_of(b, i), text[i][0], text[i][1]);
	for (size_t line = 0; line < 2; line++) {
		fprintf(t->e->out, "%*s", t->label, label[line]);
		for (size_t i = 0; i < b->columns; i++)
			fprintf(t->e->out, "%*s", width, text[i][line]);
		fputc('\n', t->e->out);
	}
}

/* Has the row any of the strategies of the block beside the baseline? */
static bool row_has(const struct table *t, size_t row, const struct block *b)
{
	for (size_t i = 1; i < b->columns; i++)
		if (grid_cell(&t->grid, row, column_of(b, i)))
			return true;
	return (b->columns == 1 || (t->against && !t->kind->kernels)) &&
	       grid_cell(&t->grid, row, 0);
}

/* Above the strategies the kernels, by names that fit; else what they are here. */
static void print_kernels(const struct table *t, const struct block *b)
{
	char base[KERNEL_NAME_MAX], this[KERNEL_NAME_MAX];
	int width = column_width(t, b);

	kernel_name(t->against, t->e->data, 1, base, sizeof(base));
	kernel_name(t->e->data, t->against, 1, this, sizeof(this));
	if ((int)strlen(base) >= width || (int)strlen(this) >= width) {
		snprintf(base, sizeof(base), "base");
		snprintf(this, sizeof(this), "this run");
	}
	fprintf(t->e->out, "\n%*s", t->label, "");
	for (size_t i = 0; i < b->columns; i++)
		fprintf(t->e->out, "%*s", width, i ? this : base);
}

static void print_block(const struct table *t, const struct block *b)
{
	if (t->kind->kernels)
		print_kernels(t, b);
	fprintf(t->e->out, "\n%*s", t->label, "");
	for (size_t i = 0; i < b->columns; i++)
		fprintf(t->e->out, "%*s", column_width(t, b),
			t->grid.columns[column_of(b, i)].name);
	fputc('\n', t->e->out);
	for (size_t row = 0; row < t->grid.n_rows; row++)
		if (row_has(t, row, b))
			print_row(t, row, b);
}

/* As many columns as fit beside the baseline; it alone when the run has no other. */
static void print_blocks(const struct table *t)
{
	size_t most = (PLAIN_WIDTH - t->label) / COLUMN_MIN - 1, n = t->grid.n_columns;
	struct block b = { 1, 1 };

	do {
		b.columns = 1 + (n - b.from < most ? n - b.from : most);
		print_block(t, &b);
		b.from += b.columns - 1;
	} while (b.from < n);
}

/* Is the cell in one of the table's columns? */
static int shown(const struct evidence_kind *kind, const struct cell_data *cell)
{
	if (!strcmp(cell->axes.strategy, kind->baseline))
		return 1;
	for (size_t i = 0; kind->columns[i]; i++)
		if (!strcmp(cell->axes.strategy, kind->columns[i]))
			return 1;
	return 0;
}

/* The table's contrasts and no others: they share Holm's correction. */
static bool in_table(const struct cell_data *cell, const void *kind)
{
	return ((const struct evidence_kind *)kind)->takes(cell) && shown(kind, cell);
}

/* What the other run has for it. */
static bool in_base(const struct cell_data *cell, const void *arg)
{
	const struct evidence_kind *kind = arg;

	return kind->kernels ? kind->takes(cell) && !strcmp(cell->axes.strategy, kind->baseline) :
	       in_table(cell, kind);
}

/* Columns are what the run has; the baseline is one always. */
static void collect(struct table *t)
{
	const struct selection cells = { in_table, t->kind };
	const struct dataset *data = t->e->data;
	const char *const *strategies = t->kind->columns;
	char label[LABEL_WIDTH + 1];

	grid_add_column(&t->grid, t->kind->kernels ? t->against : data, t->kind->baseline,
			t->kind->baseline);
	for (size_t i = 0; strategies[i]; i++)
		for_each_cell(cell, data)
			if (cell->closed && t->kind->takes(cell) &&
			    !strcmp(cell->axes.strategy, strategies[i]))
				grid_add_column(&t->grid, data, strategies[i], strategies[i]);
	grid_add_rows(&t->grid, data, &cells);
	grid_fill(&t->grid);
	t->label = strlen("n=60/12");
	for (size_t row = 0; row < t->grid.n_rows; row++) {
		t->kind->label(&t->grid.rows[row]->axes, label, sizeof(label));
		if ((int)strlen(label) > t->label)
			t->label = strlen(label);
	}
}

/* A table with a cell that failed its check is no evidence. */
static int is_refused(struct table *t)
{
	const struct selection cells = { in_table, t->kind }, of_base = { in_base, t->kind };
	const char *why = t->kind->unfit ? t->kind->unfit(t->e->data) : NULL;

	if (why) {
		evidence_refuse(t->e, "%s", why);
		return 1;
	}
	return evidence_times_refused(t->e, t->e->data) ||
	       evidence_refused_for(t->e, t->e->data, &cells) ||
	       (t->against && (evidence_times_refused(t->e, t->against) ||
			       evidence_refused_for(t->e, t->against, &of_base)));
}

/* Each row has the margin of its place; of two runs it is that of the pairs of both. */
static void print_margins(const struct table *t)
{
	const struct contrasts *all = &t->contrasts;
	double least = INFINITY, most = -INFINITY;
	char low[16], high[16];

	for (size_t i = 0; i < all->count; i++) {
		least = fmin(least, all->c[i].margin);
		most = fmax(most, all->c[i].margin);
	}
	snprintf(low, sizeof(low), "%.2g", 100 * least);
	snprintf(high, sizeof(high), "%.2g", 100 * most);
	if (most >= least)
		plain_paragraph(t->e->out, "", 0, "A/A margins of these rows: %s%s%s %%%s%s.", low,
				strcmp(low, high) ? " to " : "", strcmp(low, high) ? high : "",
				t->against ? "; " : "", t->against ? all->margin_from : "");
	else if (t->against && !t->e->data->info.clock->exact)
		plain_paragraph(t->e->out, "", 0, "A/A margins of these rows: not known: %s.",
				all->margin_from);
}

/* On the insn clock only what does not overlap, and is more than a rebuild may change. */
static bool costs_more(const struct contrast *c)
{
	return c->clock->exact ? contrast_costs_more(c) : c->ratio > 1;
}

static void print_worst(const struct table *t)
{
	const struct contrast *worst = NULL;
	char key[AXES_KEY_MAX];

	for (size_t i = 0; i < t->contrasts.count; i++) {
		const struct contrast *c = &t->contrasts.c[i];

		if (costs_more(c) && (!worst || c->ratio > worst->ratio))
			worst = c;
	}
	if (worst)
		plain_paragraph(t->e->out, "", 0, "Worst: %s, %+.1f %% (%s).",
				axes_key(&worst->other->axes, key, sizeof(key)),
				100 * (worst->ratio - 1), verdict_name(worst->verdict));
	else if (t->e->data->info.clock->exact)
		plain_paragraph(t->e->out, "", 0, "Worst: no cell is shown to cost over %d %% "
				"more.", EXACT_SLACK);
}

/* Losses stand where gains do: how many of each, and the worst by name. */
static void print_balance(const struct table *t)
{
	size_t n[VERDICT_NONE + 1] = { 0 }, less = 0, more = 0;
	const struct contrasts *all = &t->contrasts;
	const char *one_start = NULL;
	char geomean[512] = "";

	for (size_t i = 0; i < all->count; i++) {
		const struct contrast *c = &all->c[i];

		n[c->verdict]++;
		less += c->verdict == VERDICT_EXACT && contrast_costs_less(c);
		more += c->verdict == VERDICT_EXACT && contrast_costs_more(c);
		if (c->one_start && !isnan(c->ratio))
			one_start = c->why;
	}
	fputc('\n', t->e->out);
	if (!all->matched)
		return;
	if (all->matched > 1)
		snprintf(geomean, sizeof(geomean), "; geometric mean of the %zu ratios %.3f",
			 all->matched, all->geomean);
	if (t->e->data->info.clock->exact)
		plain_paragraph(t->e->out, "", 0, "Compared: %zu; %zu cost less, %zu cost more, "
				"%zu are within %d %%, %zu overlap%s.", all->matched, less, more,
				n[VERDICT_EXACT] - less - more, EXACT_SLACK,
				n[VERDICT_OVERLAP], geomean);
	else
		plain_paragraph(t->e->out, "", 0, "Compared: %zu; %zu faster, %zu slower, %zu "
				"equivalent, %zu inconclusive%s.", all->matched,
				n[VERDICT_FASTER], n[VERDICT_SLOWER], n[VERDICT_EQUIVALENT],
				n[VERDICT_INCONCLUSIVE], geomean);
	if (one_start)
		plain_paragraph(t->e->out, "", 0, "Inconclusive: %s.", one_start);
	print_worst(t);
}

static void contrast_all(struct table *t)
{
	const struct selection cells = { in_table, t->kind };

	if (t->kind->kernels) {
		grid_contrast(&t->grid, &t->contrasts);
		return;
	}
	if (t->against)
		contrasts_of_runs(t->against, t->e->data, &cells, &t->contrasts);
	else
		contrasts_of_strategies(t->e->data, t->kind->baseline, &cells, &t->contrasts);
	grid_share(&t->grid, &t->contrasts);
}

/* In place of a table without a row that both have: what the other run lacks, and why. */
static void print_unmatched(const struct table *t)
{
	const struct dataset *base = t->against;

	for_each_cell(cell, base) {
		if (!cell->closed || cell->status == CELL_OK || !in_base(cell, t->kind))
			continue;
		plain_paragraph(t->e->out, "", 0, "Nothing to compare with: in %s %s is %s: %s.",
				base->folder, cell->axes.strategy, cell_status_name(cell->status),
				cell->reason);
		return;
	}
	if (t->kind->kernels)
		plain_paragraph(t->e->out, "", 0, "Nothing to compare with: %s has no cell of %s "
				"that this run has one for.", base->folder, t->kind->baseline);
	else
		evidence_refuse(t->e, "no cell of this table was measured in both runs.");
}

static void print(struct table *t)
{
	const struct selection cells = { in_table, t->kind };
	FILE *out = t->e->out;
	char intro[512];

	collect(t);
	if (!t->grid.n_rows)
		return;
	plain_heading(out, t->kind->title);
	t->e->tables++;
	if (t->against)
		evidence_base(t->e, t->against, &cells);
	if (is_refused(t))
		return;
	contrast_all(t);
	if (t->against && !t->contrasts.matched) {
		print_unmatched(t);
		return;
	}
	snprintf(intro, sizeof(intro), t->kind->intro, t->e->data->info.clock->label);
	plain_paragraph(out, "", 0, "%s Cells: %s.", intro, t->kind->key);
	print_blocks(t);
	print_balance(t);
	print_margins(t);
}

void evidence_table(struct evidence *e, const struct evidence_kind *kind,
		    const struct dataset *against)
{
	struct table t = { .e = e, .kind = kind, .against = against };

	print(&t);
	contrasts_free(&t.contrasts);
	grid_free(&t.grid);
}
