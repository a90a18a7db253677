// SPDX-License-Identifier: GPL-3.0-or-later
/* A/A: a strategy against itself under a label, boot by boot. */
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "boots.h"
#include "picture.h"

enum aa_row { BOOT, OVERALL };

static const char *const row_names[] = {
	[BOOT] = "a boot", [OVERALL] = "median over boots",
};

/* What comes before "@", which begins a label. */
static size_t bare_length(const char *strategy)
{
	return strcspn(strategy, "@");
}

static bool labelled(const struct axes *a)
{
	return a->strategy[bare_length(a->strategy)] == '@';
}

static bool twins(const struct axes *a, const struct axes *b)
{
	size_t n = bare_length(a->strategy);

	return a->pages == b->pages && n == bare_length(b->strategy) &&
	       !strncmp(a->strategy, b->strategy, n);
}

/* The cell that a labelled one is held against: the one without label, or the first. */
static const struct cell_data *base_of(const struct picture *p, size_t i)
{
	const struct cell_data *cell = picture_cell(p, i), *first = NULL;

	for (size_t j = 0; j < p->count; j++) {
		const struct cell_data *other = picture_cell(p, j);

		if (!twins(&cell->axes, &other->axes))
			continue;
		if (!labelled(&other->axes))
			return other;
		first = first ? first : other;
	}
	return first;
}

/* labelled / base in each boot that has both, into @ratio, which has room for them. */
static int compare(const struct cell_data *base, const struct cell_data *cell,
		   double **ratio, size_t *count)
{
	struct boots a = { 0 }, b = { 0 };
	int ret = boots_of(base->times, base->n_times, &a) ?:
		  boots_of(cell->times, cell->n_times, &b);

	*ratio = ret ? NULL : calloc(a.count + 1, sizeof(**ratio));
	*count = *ratio ? boots_log_ratios(&a, &b, *ratio) : 0;
	for (size_t i = 0; i < *count; i++)
		(*ratio)[i] = exp((*ratio)[i]);
	boots_free(&a);
	boots_free(&b);
	return *ratio ? 0 : -ENOMEM;
}

/* Boots stand side by side, in their order, within half of the pair's room. */
static int put_pair(struct drawing *d, const char *name, double *ratio, size_t n)
{
	struct panel *panel = &d->sheet.panel[0];
	int column = panel_column(panel, name), ret = 0;
	double middle;

	if (column < 0)
		return column;
	for (size_t i = 0; i < n && !ret; i++)
		ret = marks_point(&d->marks, 0, BOOT,
				  column + (n > 1 ? 0.5 * i / (n - 1) - 0.25 : 0), ratio[i], i);
	middle = median_of(ratio, n);	/* which sorts them */
	if (!ret)
		ret = sheet_put(&d->sheet, panel, "lowest boot", name, ratio[0]) ?:
		      sheet_put(&d->sheet, panel, row_names[OVERALL], name, middle) ?:
		      sheet_put(&d->sheet, panel, "highest boot", name, ratio[n - 1]);
	return ret ? ret : marks_add(&d->marks, &(struct mark){
		0, OVERALL, column - 0.35, middle, column + 0.35, middle, n,
	});
}

static int put_cell(const struct picture *p, struct drawing *d, size_t i)
{
	const struct cell_data *cell = picture_cell(p, i), *base = base_of(p, i);
	char name[AXIS_TEXT_MAX + 24];
	double *ratio;
	size_t n;
	int ret;

	if (!labelled(&cell->axes) || base == cell)
		return 0;
	ret = compare(base, cell, &ratio, &n);
	snprintf(name, sizeof(name), "%.60s %" PRIu64, cell->axes.strategy, cell->axes.pages);
	if (!ret && n)
		ret = put_pair(d, name, ratio, n);
	free(ratio);
	return ret;
}

static int fill_aa(const struct picture *p, struct drawing *d)
{
	int ret = 0;

	sheet_panel(&d->sheet, "", "strategy@label and pages", "ratio to the same without label");
	for (size_t r = 0; r <= OVERALL; r++)
		sheet_row(&d->sheet, row_names[r]);
	for (size_t i = 0; i < p->count && !ret; i++)
		ret = put_cell(p, d, i);
	if (ret)
		return ret;
	if (!d->marks.count)
		return -ENODATA;
	drawing_entries(d);
	d->entries = OVERALL + 1;
	drawing_note(d, "Both cells of a pair are the same code under two names: any difference "
		     "from 1 is the noise of the machine and of the method. A point is the "
		     "median of a boot's samples against that of the same boot.");
	drawing_samples(p, d);
	return 0;
}

static void write_aa(FILE *out, const struct picture *p, const struct drawing *d)
{
	(void)p;
	marks_write(out, &d->marks, &d->sheet, "boot from 0 (of a median: boots)");
}

static const char *const axes[] = { "strategy", "pages", NULL };

const struct figure figure_aa = {
	.name = "aa", .file = "aa", .template = "aa", .axes = axes,
	.help = "a strategy against itself under a label, boot by boot",
	.title = "A/A: the same strategy under two names",
	.needs = "a strategy that the matrix also names with a label, as in unlocked@b",
	.fill = fill_aa, .write = write_aa,
};
