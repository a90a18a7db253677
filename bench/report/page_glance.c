// SPDX-License-Identifier: GPL-3.0-or-later
/* Strategies against page counts: how much each costs against the baseline. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "html.h"
#include "page_parts.h"
#include "sheet.h"

/* The comparisons of the headline's group, by strategy and page count. */
struct grid {
	const char **strategy;
	uint64_t *pages;
	size_t strategies, rows;
};

static bool of_group(const struct page *page, const struct contrast *c)
{
	return c->verdict != VERDICT_NONE &&
	       headline_same_group(&c->other->axes, &page->headline.told->other->axes);
}

static void add_strategy(struct grid *g, const char *strategy)
{
	for (size_t i = 0; i < g->strategies; i++)
		if (!strcmp(g->strategy[i], strategy))
			return;
	g->strategy[g->strategies++] = strategy;
}

static void add_pages(struct grid *g, uint64_t pages)
{
	size_t i = g->rows;

	for (size_t k = 0; k < g->rows; k++)
		if (g->pages[k] == pages)
			return;
	for (; i && g->pages[i - 1] > pages; i--)
		g->pages[i] = g->pages[i - 1];
	g->pages[i] = pages;
	g->rows++;
}

/* First those that a driver could use, then the references. */
static void fill(struct grid *g, const struct page *page)
{
	for (int contenders = 1; contenders >= 0; contenders--) {
		for (size_t i = 0; i < page->contrasts.count; i++) {
			const struct contrast *c = &page->contrasts.c[i];

			if (!of_group(page, c) || contenders !=
			    headline_is_contender(c->other->axes.strategy))
				continue;
			add_strategy(g, c->other->axes.strategy);
			add_pages(g, c->other->axes.pages);
		}
	}
}

static const struct contrast *find(const struct page *page, const char *strategy,
				   uint64_t pages)
{
	for (size_t i = 0; i < page->contrasts.count; i++) {
		const struct contrast *c = &page->contrasts.c[i];

		if (of_group(page, c) && c->other->axes.pages == pages &&
		    (!strategy || !strcmp(c->other->axes.strategy, strategy)))
			return c;
	}
	return NULL;
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

	if (!c) {
		fputs("<td class=\"none\">-</td>", out);
		return;
	}
	snprintf(text, sizeof(text), c->ratio < 0.0995 ? "%.2g" : c->ratio < 9.95 ? "%.2f" :
		 "%.0f", c->ratio);
	if (contrast_cheaper(c) || contrast_dearer(c))
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
	for (size_t s = 0; s < g->strategies; s++)
		html_put(out, headline_is_contender(g->strategy[s]) ?
			 "<th scope=\"col\">%s</th>" :
			 "<th scope=\"col\" class=\"reference\">%s</th>", g->strategy[s]);
	fputs("</tr></thead>\n<tbody>\n", out);
}

static void put_grid(const struct page *page, const struct grid *g)
{
	FILE *out = page->out;
	char text[SHORT_MAX];

	fputs("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Ratios\">\n"
	      "<table class=\"glance\">\n", out);
	put_head(page, g);
	for (size_t r = 0; r < g->rows; r++) {
		const struct contrast *any = find(page, NULL, g->pages[r]);

		fputs("<tr><th scope=\"row\">", out);
		html_number(out, g->pages[r], 0);
		html_put(out, "</th><td class=\"base\">%s</td>",
			 short_number(any->base_median / g->pages[r], text));
		for (size_t s = 0; s < g->strategies; s++)
			put_cell(out, find(page, g->strategy[s], g->pages[r]));
		fputs("</tr>\n", out);
	}
	fputs("</tbody>\n</table>\n</div>\n", out);
}

void page_glance(struct page *page)
{
	size_t room = page->contrasts.count + 1;
	struct grid g = { calloc(room, sizeof(*g.strategy)), calloc(room, sizeof(*g.pages)),
			  0, 0 };

	page_section(page->out, "glance", "At a glance");
	page_tag(page);
	if (page->headline.told && g.strategy && g.pages) {
		html_put(page->out, "<p>What a strategy costs against <code>%s</code>, by the "
			 "length of the range in pages. Below 1 it costs less (blue), above it "
			 "more (orange)%s; references, which no driver could call instead, "
			 "stand on the right.</p>\n", page->baseline,
			 page->headline.told->clock->exact ?
			 "; ~ means that the samples of the two overlap: no difference shown" :
			 "; ? means that the difference could not be told");
		fill(&g, page);
		put_grid(page, &g);
	} else {
		fputs(page->emulated ? "<p>Such times are not compared.</p>\n" :
		      "<p>The run has nothing to compare.</p>\n", page->out);
	}
	fputs("</section>\n", page->out);
	free(g.strategy);
	free(g.pages);
}
