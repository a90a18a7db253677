// SPDX-License-Identifier: GPL-3.0-or-later
/* Cost per page over the page count. */
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "picture.h"

static struct curve *find_curve(struct drawing *d, const char *strategy)
{
	struct curve *c = d->curves;

	for (; c < d->curves + d->entries; c++)
		if (!strcmp(c->strategy, strategy))
			return c;
	if (d->entries == ENTRIES_MAX)
		return NULL;
	memset(c, 0, sizeof(*c));
	snprintf(c->strategy, sizeof(c->strategy), "%s", strategy);
	snprintf(c->label, sizeof(c->label), "%s", strategy);
	d->entries++;
	return c;
}

static int gather(const struct picture *p, struct drawing *d)
{
	for (size_t i = 0; i < p->count; i++) {
		const struct cell_data *cell = picture_cell(p, i);
		struct curve *c = find_curve(d, cell->axes.strategy);

		if (!c || c->count == CURVE_POINTS)
			return -E2BIG;
		if (picture_interval(cell, &c->lo[c->count], &c->hi[c->count]))
			return -ENOMEM;
		d->sheet.intervals |= !isnan(c->lo[c->count]);
		c->pages[c->count] = cell->axes.pages;
		c->cost[c->count++] = picture_cost(cell);
	}
	return 0;
}

/* At least two strategies with two page counts each, else there is nothing to see. */
static bool worth_it(const struct drawing *d)
{
	size_t lines = 0;

	for (size_t i = 0; i < d->entries; i++)
		lines += d->curves[i].count >= 2;
	return lines >= 2;
}

/* By where they end: the legend then lists the lines as they lie. */
static int compare_ends(const void *a, const void *b, void *curves)
{
	const struct curve *x = (struct curve *)curves + *(const size_t *)a;
	const struct curve *y = (struct curve *)curves + *(const size_t *)b;
	double d = y->cost[y->count - 1] - x->cost[x->count - 1];

	return d > 0 ? 1 : d < 0 ? -1 : 0;
}

static void write_caption(struct drawing *d)
{
	const struct curve *worst = NULL;
	uint64_t from = 0;
	int merged = 0;

	for (size_t i = 0; i < d->entries; i++) {
		const struct curve *c = &d->curves[i];

		merged |= strcmp(c->label, c->strategy) != 0;
		from = fmax(from, fmin(CURVES_FROM, c->pages[c->count - 1]));
		if (c->apart > SAME_LINE && (!worst || c->apart > worst->apart))
			worst = c;
	}
	if (merged)
		drawing_note(d, "Strategies within %.0f %% of the first one named, from %"
			     PRIu64 " pages on, share its line; null, the floor of the "
			     "harness, is not drawn.", SAME_LINE * 100, from);
	else
		drawing_note(d, "The floor of the harness (null) is not drawn.");
	if (worst)
		drawing_note(d, "Furthest from its line on shorter ranges: %s, %.0f %% at "
			     "%" PRIu64 " page%s.", worst->apart_strategy,
			     worst->apart * 100, worst->apart_pages,
			     worst->apart_pages == 1 ? "" : "s");
}

static int fill_pages(const struct picture *p, struct drawing *d)
{
	int ret = gather(p, d);

	if (ret)
		return ret;
	if (!worth_it(d))
		return -ENODATA;
	d->entries = curves_merge(d->curves, d->entries, SAME_LINE);
	for (size_t i = 0; i < d->entries; i++) {
		snprintf(d->label[i], LABEL_MAX, "%s", d->curves[i].label);
		d->order[i] = i;
	}
	qsort_r(d->order, d->entries, sizeof(*d->order), compare_ends, d->curves);
	drawing_intervals(p, d, "Bands");
	write_caption(d);
	return 0;
}

static void write_point(FILE *out, const struct curve *c, size_t k)
{
	fprintf(out, "%" PRIu64 " %.6g ", c->pages[k], c->cost[k]);
	if (isnan(c->lo[k]))
		fputs("- -\n", out);
	else
		fprintf(out, "%.6g %.6g\n", c->lo[k], c->hi[k]);
}

static void write_pages(FILE *out, const struct picture *p, const struct drawing *d)
{
	fprintf(out, "# pages, %s per page, its interval at level 0.95; a block for each "
		"group of strategies\n",
		p->data->info.clock->unit);
	for (size_t i = 0; i < d->entries; i++) {
		const struct curve *c = &d->curves[i];

		fprintf(out, "%s\"%s\"\n", i ? "\n\n" : "", c->label);
		for (size_t k = 0; k < c->count; k++)
			write_point(out, c, k);
	}
}

static const char *const axes[] = { "strategy", "pages", NULL };

const struct figure figure_pages = {
	.name = "pages", .file = "pages", .template = "pages", .axes = axes,
	.help = "cost per page over the page count, a line for each strategy",
	.title = "Cost per page of faulting a range in",
	.needs = "two strategies with two page counts each",
	.fill = fill_pages, .write = write_pages,
};
