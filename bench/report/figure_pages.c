// SPDX-License-Identifier: GPL-3.0-or-later
/* The figure pages: cost per page over the page count. */
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "curves.h"
#include "figure_kind.h"

#define SAME_LINE	0.1	/* hardly more than the width of a line in print */

struct pages {
	struct curve curves[CURVES_MAX];	/* as the blocks of the data */
	size_t count;
};

static struct curve *find_curve(struct pages *l, const char *strategy)
{
	struct curve *c = l->curves;

	for (; c < l->curves + l->count; c++)
		if (!strcmp(c->strategy, strategy))
			return c;
	if (l->count == CURVES_MAX)
		return NULL;
	memset(c, 0, sizeof(*c));
	snprintf(c->strategy, sizeof(c->strategy), "%s", strategy);
	snprintf(c->label, sizeof(c->label), "%s", strategy);
	l->count++;
	return c;
}

static int gather(const struct picture *p, struct pages *l)
{
	for (size_t i = 0; i < p->count; i++) {
		const struct cell_data *cell = &p->data->cells[p->cells[i]];
		struct curve *c = find_curve(l, cell->axes.strategy);

		if (!c || c->count == sizeof(c->pages) / sizeof(*c->pages))
			return -E2BIG;
		c->pages[c->count] = cell->axes.pages;
		c->cost[c->count++] = cost_per_page(cell);
	}
	return 0;
}

/* By where they end: the legend then lists the lines as they lie. */
static int compare_ends(const void *a, const void *b, void *curves)
{
	const struct curve *x = (struct curve *)curves + *(const size_t *)a;
	const struct curve *y = (struct curve *)curves + *(const size_t *)b;
	double d = y->cost[y->count - 1] - x->cost[x->count - 1];

	return d > 0 ? 1 : d < 0 ? -1 : 0;
}

static void write_caption(const struct pages *l, char *caption, size_t size)
{
	const struct curve *worst = NULL;
	uint64_t from = 0;
	int merged = 0;
	size_t n;

	for (size_t i = 0; i < l->count; i++) {
		const struct curve *c = &l->curves[i];

		merged |= strcmp(c->label, c->strategy) != 0;
		from = fmax(from, fmin(CURVES_FROM, c->pages[c->count - 1]));
		if (c->apart > SAME_LINE && (!worst || c->apart > worst->apart))
			worst = c;
	}
	n = snprintf(caption, size, merged ?
		     "Strategies within %.0f %% of the first one named, from %" PRIu64
		     " pages on, share its line; null, the floor of the harness, is not drawn." :
		     "The floor of the harness (null) is not drawn.",
		     SAME_LINE * 100, from);
	if (worst)
		snprintf(caption + n, size - n,
			 " Furthest from its line on shorter ranges: %s, %.0f %% at %" PRIu64
			 " page%s.", worst->apart_strategy, worst->apart * 100,
			 worst->apart_pages, worst->apart_pages == 1 ? "" : "s");
}

static void write_blocks(FILE *out, const struct picture *p, const struct pages *l)
{
	fprintf(out, "# pages, %s per page; a block for each group of strategies\n",
		p->data->info.unit);
	for (size_t i = 0; i < l->count; i++) {
		const struct curve *c = &l->curves[i];

		fprintf(out, "%s\"%s\"\n", i ? "\n\n" : "", c->label);
		for (size_t k = 0; k < c->count; k++)
			fprintf(out, "%" PRIu64 " %.6g\n", c->pages[k], c->cost[k]);
	}
}

static int write_pages(FILE *out, const struct picture *p, struct legend *legend)
{
	struct pages *l = calloc(1, sizeof(*l));
	int ret = l ? gather(p, l) : -ENOMEM;

	if (ret) {
		free(l);
		return ret;
	}
	l->count = curves_merge(l->curves, l->count, SAME_LINE);
	write_blocks(out, p, l);
	legend->count = l->count;
	for (size_t i = 0; i < l->count; i++)
		legend->order[i] = i;
	qsort_r(legend->order, l->count, sizeof(*legend->order), compare_ends,
		l->curves);
	for (size_t i = 0; i < l->count; i++)
		memcpy(legend->labels[i], l->curves[legend->order[i]].label,
		       sizeof(legend->labels[i]));
	write_caption(l, legend->caption, sizeof(legend->caption));
	free(l);
	return 0;
}

/* null has nothing to do with pages. */
static int takes(const struct cell_data *cell)
{
	return strcmp(cell->axes.strategy, "null") != 0;
}

/* At least two strategies with two page counts each, else there is nothing to see. */
static int worth(const struct picture *p)
{
	int lines = 0;

	/* Cells are ordered, so those of a strategy lie together. */
	for (size_t i = 1; i < p->count; i++) {
		const struct axes *a = &p->data->cells[p->cells[i - 1]].axes;
		const struct axes *b = &p->data->cells[p->cells[i]].axes;

		if (strcmp(a->strategy, b->strategy))
			continue;
		lines++;
		while (i + 1 < p->count &&
		       !strcmp(p->data->cells[p->cells[i + 1]].axes.strategy,
			       b->strategy))
			i++;
	}
	return lines >= 2;
}

static const char *const shows[] = { "strategy", "pages", NULL };

const struct figure_kind figure_pages = {
	.name = "pages",
	.help = "cost per page over the page count, a line for each strategy",
	.title = "Cost per page of faulting a range in",
	.needs = "two strategies with two page counts each",
	.shows = shows,
	.takes = takes,
	.worth = worth,
	.write = write_pages,
};
