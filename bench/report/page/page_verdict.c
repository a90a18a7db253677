// SPDX-License-Identifier: GPL-3.0-or-later
/* The verdict, and how far it goes. */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "report/data/stats.h"
#include "report/write/html.h"
#include "page_parts.h"

/* Text with `names` in backticks. */
static void put_marked(FILE *out, const char *text)
{
	int inside = 0;

	while (*text) {
		size_t n = strcspn(text, "`");

		html_bytes(out, text, n);
		text += n;
		if (*text) {
			fputs(inside ? "</code>" : "<code>", out);
			inside = !inside;
			text++;
		}
	}
	if (inside)
		fputs("</code>", out);
}

static const char *plural(size_t n)
{
	return n == 1 ? "" : "s";
}

/* Rows that a p was made of: no others share Holm's correction. */
static size_t with_p(const struct contrasts *all)
{
	size_t n = 0;

	for (size_t i = 0; i < all->count; i++)
		n += !isnan(all->c[i].p);
	return n;
}

static void put_precision(const struct page *page, const struct contrast *c)
{
	size_t calls = c->n_other < c->n_base ? c->n_other : c->n_base;
	FILE *out = page->out;

	if (c->clock->exact) {
		fputs("<li>The insn clock counts instructions of the whole machine: the same "
		      "build gives the same counts again, so the ratio has no interval and "
		      "no p. It is work, not latency.", out);
		html_put(out, c->verdict == VERDICT_OVERLAP ? " Here %s.</li>\n" : "</li>\n",
			 c->why);
		return;
	}
	fputs("<li>", out);
	if (!isnan(c->lo))
		html_put(out, "Ratio %.3g, 95 %% interval %.3g to %.3g", c->ratio, c->lo, c->hi);
	else
		html_put(out, "Ratio %.3g, without an interval", c->ratio);
	html_put(out, ", from %zu boot%s and %zu timed call%s of each strategy", c->boots,
		 plural(c->boots), calls, plural(calls));
	if (!isnan(c->p))
		html_put(out, "; p %.2g after Holm over %zu comparison%s", c->p,
			 with_p(&page->contrasts), plural(with_p(&page->contrasts)));
	html_put(out, *c->why ? "; %s.</li>\n" : ".</li>\n", c->why);
}

static void put_margin(const struct page *page)
{
	const struct contrasts *all = &page->contrasts;

	if (!isnan(all->margin))
		html_put(page->out, "<li>Noise of this machine: ±%.2g %% (%s).</li>\n",
			 100 * all->margin, all->margin_from);
	else if (*all->margin_from)
		html_put(page->out, "<li>Noise of this machine: not known (%s).</li>\n",
			 all->margin_from);
}

/* How the others did, so that the headline cannot pass for the whole. */
static void put_field(const struct page *page)
{
	const struct contrast *shown = page->headline;
	const struct contrasts *all = &page->contrasts;
	size_t less = 0, more = 0, overlap = 0, none = 0, compared;

	for (size_t i = 0; i < all->count; i++) {
		less += contrast_costs_less(&all->c[i]);
		more += contrast_costs_more(&all->c[i]);
		overlap += all->c[i].verdict == VERDICT_OVERLAP;
		none += all->c[i].verdict == VERDICT_NONE;
	}
	compared = all->count - none;
	html_put(page->out, "<li>%s between strategies that a driver could use. Of %zu "
		 "comparison%s with <code>%s</code> in the run %zu cost less, %zu more, %zu "
		 "neither", contrast_costs_less(shown) || contrast_costs_more(shown) ?
		 "This is the largest difference" : "No difference is shown", compared,
		 plural(compared), page->baseline, less, more,
		 compared - less - more);
	if (overlap)
		html_put(page->out, ", among them %zu whose samples overlap", overlap);
	if (none)
		html_put(page->out, "; %zu cell%s without a counterpart", none, plural(none));
	fputs(".</li>\n", page->out);
}

/* Over all cells that the headline's two strategies share. */
static void put_mean(const struct page *page)
{
	const char *strategy = page->headline->other->axes.strategy;
	const struct contrasts *all = &page->contrasts;
	struct geomean mean = { 0 };

	for (size_t i = 0; i < all->count; i++)
		if (all->c[i].verdict != VERDICT_NONE &&
		    !strcmp(all->c[i].other->axes.strategy, strategy))
			geomean_add(&mean, all->c[i].ratio);
	if (mean.n > 1)
		html_put(page->out, "<li>Over all %zu cells that both have, whatever their axes, "
			 "the geometric mean of the ratio of <code>%s</code> to <code>%s</code> "
			 "is %.3g.</li>\n", mean.n, strategy, page->baseline,
			 geomean_of(&mean));
}

static void put_axes(FILE *out, const struct axes *axes)
{
	char value[AXIS_TEXT_MAX];
	size_t n = 0;

	for (size_t i = 2; i < axes_count; i++)
		if (!axis_is_omitted(&axes_table[i], axes))
			html_put(out, "%s%s <b>%s</b>", n++ ? ", " : "", axes_table[i].name,
				 axis_format(&axes_table[i], axes, value, sizeof(value)));
}

static size_t bad_cells(const struct dataset *data)
{
	size_t n = dataset_missing(data);

	for_each_cell(cell, data)
		n += cell->closed && cell->status != CELL_OK;
	return n;
}

static const char *machine(const char *accelerator)
{
	if (accelerator && !strcmp(accelerator, "none"))
		return "metal";
	return accelerator && !strcmp(accelerator, "tcg") ? "tcg, an emulator" : accelerator;
}

static void put_facts(const struct page *page)
{
	const struct run_info *info = &page->data->info;
	size_t bad = bad_cells(page->data);
	FILE *out = page->out;

	fputs("<dl class=\"facts\">\n", out);
	html_put(out, "<div><dt>Kernel</dt><dd>Linux %s</dd></div>\n", info->kernel);
	html_put(out, "<div><dt>Clock</dt><dd>%s, in %s</dd></div>\n", page->clock, page->unit);
	html_put(out, "<div><dt>Ran on</dt><dd>%s</dd></div>\n", machine(info->accelerator));
	html_put(out, "<div><dt>Matrix</dt><dd>%s</dd></div>\n", info->matrix);
	html_put(out, "<div><dt>Cells</dt><dd>%zu measured</dd></div>\n",
		 (size_t)info->cells - bad);
	html_put(out, bad ? "<div class=\"warn\"><dt>No result</dt><dd>"
		 "<a href=\"#problems\">%zu</a></dd></div>\n" :
		 "<div><dt>No result</dt><dd>%zu</dd></div>\n", bad);
	fputs("</dl>\n", out);
}

void page_verdict(struct page *page)
{
	const struct contrast *h = page->headline;
	char sentence[1024];
	FILE *out = page->out;

	headline_say(h, page->baseline ? page->baseline : "-", page->data->info.clock->name,
		     page->emulated, sentence, sizeof(sentence));
	fputs("<header id=\"verdict\">\n", out);
	if (page->emulated == EMULATED_YES)
		fputs("<p class=\"alarm\"><b>Emulated: no evidence.</b> Every time on this page "
		      "was taken on the wall clock of an emulated machine (TCG), which has "
		      "neither caches nor parallel processors. Counts hold.</p>\n", out);
	if (page->emulated == EMULATED_UNKNOWN)
		fputs("<p class=\"alarm\"><b>Not known whether emulated: no evidence.</b> Every "
		      "time on this page is of a machine that run.json calls neither none (metal) "
		      "nor kvm. Counts hold.</p>\n", out);
	if (run_info_broken(&page->data->info))
		html_put(out, "<p class=\"alarm\"><b>The kernel was broken before it was "
			 "measured:</b> tainted by %s.</p>\n",
			 run_info_broken(&page->data->info));
	fputs("<p class=\"kicker\">Verdict</p>\n<h1>", out);
	put_marked(out, sentence);
	fputs("</h1>\n", out);
	if (h) {
		fputs("<p class=\"axes\">Measured with ", out);
		put_axes(out, &h->other->axes);
		fputs("; other axes at their default.</p>\n", out);
	}
	put_facts(page);
	fputs("<ul class=\"fine\">\n", out);
	if (h) {
		put_precision(page, h);
		put_mean(page);
		put_field(page);
		if (!h->clock->exact)
			put_margin(page);
	} else {
		html_put(out, "<li>%s</li>\n", page->contrasts.count ?
			 page->contrasts.c[0].why : "There is nothing to compare.");
	}
	fputs("</ul>\n</header>\n", out);
}
