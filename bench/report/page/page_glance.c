// SPDX-License-Identifier: GPL-3.0-or-later
/* Strategies against page counts: how much each costs against the baseline. */
#include <stdlib.h>

#include "report/judge/center.h"
#include "report/judge/grid.h"
#include "report/write/html.h"
#include "report/write/number.h"
#include "page_parts.h"

static bool of_group(const struct page *page, const struct contrast *c)
{
	return c->verdict != VERDICT_NONE &&
	       headline_same_group(&c->other->axes, &page->headline->other->axes);
}

static int by_pages(const void *a, const void *b)
{
	uint64_t x = (*(const struct cell_data *const *)a)->axes.pages;
	uint64_t y = (*(const struct cell_data *const *)b)->axes.pages;

	return x < y ? -1 : x > y;
}

/* The baseline, then what a driver could use, then the references; by page count. */
static void fill(struct grid *g, const struct page *page)
{
	grid_add_column(g, page->data, page->baseline, page->baseline);
	for (int contenders = 1; contenders >= 0; contenders--) {
		for (size_t i = 0; i < page->contrasts.count; i++) {
			const struct contrast *c = &page->contrasts.c[i];

			if (!of_group(page, c) || contenders !=
			    headline_is_contender(c->other->axes.strategy))
				continue;
			grid_add_column(g, page->data, c->other->axes.strategy,
					c->other->axes.strategy);
			grid_add_row(g, c->other);
		}
	}
	if (g->n_rows)
		qsort(g->rows, g->n_rows, sizeof(*g->rows), by_pages);
	grid_fill(g);
	grid_share(g, &page->contrasts);
}

const char *page_ratio_class(double ratio)
{
	static const char *const names[] = {
		"r-5", "r-4", "r-3", "r-2", "r-1", "r0", "r1", "r2", "r3", "r4", "r5",
	};
	static const double steps[] = { 1.01, 1.1, 1.5, 3, 10 };
	double far = ratio < 1 ? 1 / ratio : ratio;
	int step = 0;

	while (step < 5 && far > steps[step])
		step++;
	return names[ratio < 1 ? 5 - step : 5 + step];
}

static void put_cell(FILE *out, const struct contrast *c)
{
	char text[32];

	if (!c || c->verdict == VERDICT_NONE) {
		fputs("<td class=\"none\">-</td>", out);
		return;
	}
	snprintf(text, sizeof(text), c->ratio < 0.0995 ? "%.2g" : c->ratio < 9.95 ? "%.2f" :
		 "%.0f", c->ratio);
	if (contrast_costs_less(c) || contrast_costs_more(c))
		html_put(out, "<td class=\"%s\">%s</td>", page_ratio_class(c->ratio), text);
	else if (c->verdict == VERDICT_INCONCLUSIVE || c->verdict == VERDICT_OVERLAP)
		html_put(out, "<td class=\"open\">%s<span title=\"%s\"> %s</span></td>", text,
			 c->why, c->verdict == VERDICT_OVERLAP ? "~" : "?");
	else
		html_put(out, "<td class=\"r0\">%s</td>", text);
}

static void put_head(const struct page *page, const struct grid *g)
{
	FILE *out = page->out;

	html_put(out, "<thead><tr><th scope=\"col\">pages</th><th scope=\"col\" class=\"base\">"
		 "%s<small>%s per page</small></th>", page->baseline, page->unit);
	for (size_t s = 1; s < g->n_columns; s++)
		html_put(out, headline_is_contender(g->columns[s].name) ?
			 "<th scope=\"col\">%s</th>" :
			 "<th scope=\"col\" class=\"reference\">%s</th>", g->columns[s].name);
	fputs("</tr></thead>\n<tbody>\n", out);
}

static void put_grid(const struct page *page, const struct grid *g)
{
	FILE *out = page->out;
	char text[NUMBER_MAX];

	fputs("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Ratios\">\n"
	      "<table class=\"glance\">\n", out);
	put_head(page, g);
	for (size_t r = 0; r < g->n_rows; r++) {
		fputs("<tr><th scope=\"row\">", out);
		html_number(out, g->rows[r]->axes.pages, 0);
		html_put(out, "</th><td class=\"base\">%s</td>",
			 number_short(center_per_page(grid_cell(g, r, 0)), text));
		for (size_t s = 1; s < g->n_columns; s++)
			put_cell(out, grid_find(g, &page->contrasts, r, s));
		fputs("</tr>\n", out);
	}
	fputs("</tbody>\n</table>\n</div>\n", out);
}

void page_glance(struct page *page)
{
	struct grid g = { 0 };

	page_section(page->out, "glance", "At a glance");
	page_tag(page);
	if (page->headline) {
		fill(&g, page);
		html_put(page->out, "<p>What a strategy costs against <code>%s</code>, by the "
			 "length of the range in pages. Below 1 it costs less (blue), above it "
			 "more (orange)%s; references, which no driver could call instead, "
			 "stand on the right.</p>\n", page->baseline,
			 page->headline->clock->exact ?
			 "; ~ means that the samples of the two overlap: no difference shown" :
			 "; ? means that the difference could not be told");
		put_grid(page, &g);
	} else {
		fputs(page->emulated ? "<p>Such times are not compared.</p>\n" :
		      "<p>The run has nothing to compare.</p>\n", page->out);
	}
	fputs("</section>\n", page->out);
	grid_free(&g);
}
