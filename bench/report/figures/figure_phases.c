// SPDX-License-Identifier: GPL-3.0-or-later
/* Where the time of the call goes, over the page count. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/write/number.h"
#include "picture.h"

#define SAME_SHARE	5	/* points of per cent: hardly seen on a bar */

/* From below. */
enum phase { FAULT_WAIT, LOCK_WAIT, WALK, REWALK, REST, PHASES };

static const char *const phase_names[PHASES] = {
	[FAULT_WAIT] = "handle_mm_fault()", [LOCK_WAIT] = "waiting for the mmap lock",
	[WALK] = "walk", [REWALK] = "walk again, at least", [REST] = "rest of the call",
};

static bool known(const struct cell_data *cell, size_t i)
{
	const struct counts *c = &cell->counts[i];

	return cell->count_totals[i] != NOT_KNOWN && c->walk != NOT_KNOWN &&
	       c->lock_wait != NOT_KNOWN && c->fault_wait != NOT_KNOWN;
}

static bool takes(const struct cell_data *cell)
{
	for (size_t i = 0; i < cell->n_counts; i++)
		if (known(cell, i))
			return true;
	return false;
}

/*
 * The counting sample of the median total, by nearest rank: phases of one call add up
 * to its total, medians of phases would not.
 */
static size_t middle(const struct cell_data *cell)
{
	size_t n = 0, rank, below;

	for (size_t i = 0; i < cell->n_counts; i++)
		n += known(cell, i);
	rank = (n + 1) / 2;
	for (size_t i = 0; i < cell->n_counts; i++) {
		if (!known(cell, i))
			continue;
		below = 0;
		for (size_t j = 0; j < cell->n_counts; j++)
			below += known(cell, j) &&
				 (cell->count_totals[j] < cell->count_totals[i] ||
				  (cell->count_totals[j] == cell->count_totals[i] && j <= i));
		if (below == rank)
			return i;
	}
	return 0;
}

/*
 * Of the walk, what went into looking at a PTE again. If each look takes as long and
 * each pass some time of its own, a walk of P passes and V looks at N pages takes
 * aP + bV, of which its first looks are worth a + bN. Taken as the share N / V they come
 * to bN + aPN/V, which is no less, since no pass looks at a page twice: V <= PN. So the
 * rest is the least that walking again can have taken.
 */
static double walked_again(const struct counts *c, uint64_t pages)
{
	if (c->pte_visits == NOT_KNOWN)
		return NAN;
	return c->pte_visits > pages ? c->walk * (1 - (double)pages / c->pte_visits) : 0;
}

/* Phases per page, in the order of the enum. Return: false when they exceed the call. */
static bool phases_of(const struct cell_data *cell, double *phase)
{
	size_t i = middle(cell);
	const struct counts *c = &cell->counts[i];
	double again = walked_again(c, cell->axes.pages);
	double rest = (double)cell->count_totals[i] - c->walk - c->lock_wait - c->fault_wait;

	phase[FAULT_WAIT] = c->fault_wait;
	phase[LOCK_WAIT] = c->lock_wait;
	phase[WALK] = isnan(again) ? c->walk : c->walk - again;
	phase[REWALK] = again;
	phase[REST] = rest;
	for (int k = 0; k < PHASES; k++)
		phase[k] /= cell->axes.pages;
	return rest >= 0;
}

/* "256Ki": in full, long ranges are too wide to stand side by side. */
static void name_pages(char *name, size_t size, uint64_t pages)
{
	static const char *const suffix[] = { "", "Ki", "Mi" };
	size_t i = 0;

	for (; i < 2 && pages >= 1024 && pages % 1024 == 0; i++)
		pages /= 1024;
	snprintf(name, size, "%" PRIu64 "%s", pages, suffix[i]);
}

static void put_cell(const struct picture *p, struct sheet *s, const struct cell_data *cell,
		     const double *phase)
{
	struct panel *panel = picture_panel(p, s, cell->axes.strategy, "range length (pages)");
	char pages[32];

	name_pages(pages, sizeof(pages), cell->axes.pages);
	sheet_column(s, panel, pages, cell->axes.pages);
	for (int k = 0; k < PHASES; k++)
		sheet_put(s, panel, phase_names[k], pages, phase[k]);
}

static double share(const struct panel *p, size_t row, size_t column)
{
	double sum = 0;

	for (size_t r = 0; r < PHASES; r++)
		sum += isnan(p->value[r][column]) ? 0 : p->value[r][column];
	return isnan(p->value[row][column]) ? 0 : 100 * p->value[row][column] / sum;
}

static bool alike(const struct panel *a, const struct panel *b)
{
	if (a->columns != b->columns)
		return false;
	for (size_t c = 0; c < a->columns; c++) {
		if (strcmp(a->column[c], b->column[c]))
			return false;
		for (size_t r = 0; r < PHASES; r++)
			if (!(fabs(share(a, r, c) - share(b, r, c)) <= SAME_SHARE))
				return false;
	}
	return true;
}

/* Panels that show the same become one; it keeps the numbers of the first. */
static bool merge_panels(struct sheet *s)
{
	size_t kept = 0, count = s->panels, j;

	for (size_t i = 0; i < count; i++) {
		for (j = 0; j < kept && !alike(&s->panel[j], &s->panel[i]); j++)
			;
		if (j == kept) {
			if (kept != i)
				s->panel[kept] = s->panel[i];
			kept++;
		} else {
			size_t n = strlen(s->panel[j].title);

			snprintf(s->panel[j].title + n, sizeof(s->panel[j].title) - n,
				 ", %.90s", s->panel[i].title);
		}
	}
	s->panels = kept;
	return kept < count;
}

static bool fill_phases(const struct picture *p, struct sheet *s)
{
	double phase[PHASES];
	size_t odd = 0;

	s->stacked = true;
	for (size_t i = 0; i < p->count; i++) {
		if (phases_of(picture_cell(p, i), phase))
			put_cell(p, s, picture_cell(p, i), phase);
		else
			odd++;
	}
	if (!s->panels)
		return false;
	sheet_sort_columns(s);
	s->entries = s->rows;
	if (merge_panels(s))
		sheet_note(s, "Strategies whose shares are within %d points of the first one "
			     "named share its panel.", SAME_SHARE);
	sheet_note(s, "Each bar is one counting sample, that of the median total, in the "
		     "legend's order from below; above it its %s per page, which counting "
		     "raises by up to 3 %% (one sample differs from the next by more). Walking "
		     "again is the walk's share of PTE visits beyond one a page: no more than it is, since each pass also costs "
		     "something of its own.", picture_unit(p));
	if (picture_cell(p, 0)->axes.uffd != UFFD_NONE)
		sheet_note(s, "In handle_mm_fault() the call also waits for the responder.");
	if (odd)
		sheet_note(s, "Left out: %zu cells whose phases are longer than the call.",
			     odd);
	return true;
}

/* As a share of the bar, which is what is drawn: bars are of very different height. */
static void write_column(FILE *out, const struct sheet *s, const struct panel *p, size_t c)
{
	double sum = 0, base = 0;
	char text[NUMBER_MAX];

	for (size_t r = 0; r < s->rows; r++)
		sum += isnan(p->value[r][c]) ? 0 : p->value[r][c];
	for (size_t r = 0; r < s->rows; r++) {
		if (isnan(p->value[r][c]) || !(sum > 0))
			continue;
		fprintf(out, "%g %zu %.6g %.6g \"%s\" \"%s\" %.6g\n", p->x[c], r,
			100 * p->value[r][c] / sum, base, p->column[c], s->row[r],
			p->value[r][c]);
		base += 100 * p->value[r][c] / sum;
	}
	fprintf(out, "%g %zu 100 0 \"%s\" \"sum\" %s\n", p->x[c], s->rows, p->column[c],
		number_short(sum, text));
}

static void write_phases(FILE *out, const struct picture *p, const struct sheet *s)
{
	fprintf(out, "# x, row, %% of the call, where it begins, pages, name of the row, "
		"%s per page\n", picture_unit(p));
	for (size_t i = 0; i < s->panels; i++) {
		fprintf(out, "%s# %s\n", i ? "\n\n" : "", s->panel[i].title);
		for (size_t c = 0; c < s->panel[i].columns; c++)
			write_column(out, s, &s->panel[i], c);
	}
}

static const char *const axes[] = { "strategy", "pages", NULL };

const struct figure figure_phases = {
	.name = "phases", .file = "phases", .template = "phases", .axes = axes,
	.help = "where the time of the call goes, over the page count",
	.title = "Where the time of the call goes",
	.needs = "a cell with a counting sample whose phases are known",
	.takes = takes, .fill = fill_phases, .write = write_phases,
};
