// SPDX-License-Identifier: GPL-3.0-or-later
/* A table for each combination of axes but strategy and pages. */
#include <stdlib.h>
#include <string.h>

#include "report/write/html.h"
#include "report/write/names.h"
#include "page_parts.h"

#define OPEN_GROUPS	2	/* of more, only the headline's is unfolded */

/* What is faulted in: the axes that tables stand apart by. The others are columns. */
static const char *const range_axes[] = { "access", "backing", "uffd", "populated", "tables" };

#define COMPARISON	((size_t)-1)	/* stands for the columns that compare */
#define LAYOUT_MAX	96

/* The columns of a table in the order in which they are shown. */
struct layout {
	size_t column[LAYOUT_MAX], count;
};

static size_t find(const char *name)
{
	size_t c = 0;

	while (strcmp(summary_name(c), name))
		c++;
	return c;
}

/* Each column once. */
static void lay_out(struct layout *layout, size_t column)
{
	size_t i = 0;

	while (i < layout->count && layout->column[i] != column)
		i++;
	if (i == layout->count && i < LAYOUT_MAX)
		layout->column[layout->count++] = column;
}

/* An axis that is a column of its table, or named above it. */
static bool is_circumstance(size_t column)
{
	return column < axes_count && !AMONG(range_axes, summary_name(column));
}

/* What is looked at first, then the others as summary.tsv has them. */
static struct layout make_layout(const struct page *page, size_t from, size_t to)
{
	const struct summary *s = &page->summary;
	struct layout layout = { .count = 0 };

	lay_out(&layout, find("strategy"));
	lay_out(&layout, find("pages"));
	for (size_t c = 0; c < axes_count; c++)
		if (is_circumstance(c) && summary_differs(s, c, from, to))
			lay_out(&layout, c);
	if (summary_differs(s, find("part"), from, to))
		lay_out(&layout, find("part"));
	lay_out(&layout, find("per_page"));
	if (page->contrasts.count)
		lay_out(&layout, COMPARISON);
	for (size_t c = 0; c < summary_columns_count; c++)
		if (summary_columns[c].heading && summary_known(s, axes_count + c, from, to))
			lay_out(&layout, axes_count + c);
	return layout;
}

static size_t group_end(const struct summary *s, size_t from)
{
	for (size_t r = from + 1; r < s->count; r++)
		for (size_t c = 0; c < axes_count; c++)
			if (!is_circumstance(c) && axis_compare(&axes_table[c],
					&s->rows[r].cell->axes, &s->rows[from].cell->axes))
				return r;
	return s->count;
}

/* Both are in the order of the table: the search goes on where the last one ended. */
static const struct contrast *contrast_of(const struct page *page, size_t row, size_t *from)
{
	const struct contrasts *all = &page->contrasts;

	for (size_t i = 0; i < all->count; i++) {
		const struct contrast *c = &all->c[(*from + i) % all->count];

		if (c->other == page->summary.rows[row].cell) {
			*from = (*from + i + 1) % all->count;
			return c;
		}
	}
	return NULL;
}

static void put_heading(const struct page *page, size_t column)
{
	const struct summary_column *c;

	if (summary_is_text(column)) {
		html_put(page->out, "<th scope=\"col\" class=\"text\">%s</th>",
			 summary_name(column));
	} else if (column < axes_count) {
		html_put(page->out, "<th scope=\"col\">%s</th>", summary_name(column));
	} else {
		c = &summary_columns[column - axes_count];
		html_put(page->out, "<th scope=\"col\" title=\"%s\">%s</th>", c->help,
			 c->heading);
	}
}

static void put_headings(const struct page *page, const struct layout *layout)
{
	fputs("<thead><tr>", page->out);
	for (size_t i = 0; i < layout->count; i++)
		if (layout->column[i] != COMPARISON)
			put_heading(page, layout->column[i]);
		else
			html_put(page->out, "<th scope=\"col\" title=\"1 is the cost of %s\">"
				 "ratio</th><th scope=\"col\" class=\"text\" "
				 "title=\"against %s\">verdict</th>", page->baseline,
				 page->baseline);
	fputs("</tr></thead>\n", page->out);
}

static const char *verdict_words(const struct contrast *c)
{
	if (contrast_costs_less(c))
		return "less";
	if (contrast_costs_more(c))
		return "more";
	if (c->verdict == VERDICT_EXACT)
		return "same";
	return verdict_name(c->verdict);
}

static bool is_baseline(const struct page *page, const struct summary_row *row)
{
	return !row->startup && row->cell->status == CELL_OK &&
	       !strcmp(row->cell->axes.strategy, page->baseline);
}

/* First calls of a boot are no part of what is compared. */
static void put_contrast(const struct page *page, size_t row, size_t *from)
{
	const struct summary_row *r = &page->summary.rows[row];
	const struct contrast *c = r->startup ? NULL : contrast_of(page, row, from);
	char ratio[32];

	if (!c || c->verdict == VERDICT_NONE) {
		html_put(page->out, "<td>-</td><td class=\"text\">%s</td>",
			 is_baseline(page, r) ? "baseline" : "-");
		return;
	}
	snprintf(ratio, sizeof(ratio), c->ratio < 1000 ? "%.3g" : "%.0f", c->ratio);
	if (contrast_costs_less(c) || contrast_costs_more(c))
		html_put(page->out, "<td class=\"%s\">%s</td>", page_ratio_class(c->ratio),
			 ratio);
	else
		html_put(page->out, "<td>%s</td>", ratio);
	html_put(page->out, "<td class=\"text\">%s</td>", verdict_words(c));
}

static void put_field(FILE *out, const struct summary *s, size_t row, size_t column)
{
	char field[SUMMARY_FIELD_MAX];

	if (!summary_is_text(column)) {
		fputs("<td>", out);
		html_number(out, summary_number(s, row, column), 1);
		fputs("</td>", out);
		return;
	}
	summary_field(s, row, column, field);
	if (column == find("strategy")) {
		html_put(out, "<th scope=\"row\">%s</th>", field);
	} else if (column == find("status")) {
		html_put(out, "<td class=\"text status-%s\">%s</td>", field, field);
	} else {
		html_put(out, "<td class=\"text\">%s</td>", field);
	}
}

static void put_rows(const struct page *page, const struct layout *layout, size_t from,
		     size_t to, size_t *contrast)
{
	fputs("<tbody>\n", page->out);
	for (size_t r = from; r < to; r++) {
		fputs("<tr>", page->out);
		for (size_t i = 0; i < layout->count; i++)
			if (layout->column[i] == COMPARISON)
				put_contrast(page, r, contrast);
			else
				put_field(page->out, &page->summary, r, layout->column[i]);
		fputs("</tr>\n", page->out);
	}
	fputs("</tbody>\n", page->out);
}

/* What all its cells have, unless that is as usual. */
static void name_group(const struct summary *s, size_t from, size_t to, char *name, size_t size)
{
	char value[SUMMARY_FIELD_MAX];
	size_t n = 0;

	for (size_t c = 0; c < axes_count && n < size; c++) {
		const struct axis *axis = &axes_table[c];

		if (!axis->fallback || summary_differs(s, c, from, to) ||
		    axis_is_omitted(axis, &s->rows[from].cell->axes))
			continue;
		n += snprintf(name + n, size - n, "%s%s %s", n ? ", " : "", axis->name,
			      summary_field(s, from, c, value));
	}
}

static bool is_headline(const struct page *page, size_t from, size_t to)
{
	const struct contrast *headline = page->headline;

	for (size_t r = from; headline && r < to; r++)
		if (page->summary.rows[r].cell == headline->other)
			return true;
	return false;
}

static void put_group(const struct page *page, size_t from, size_t to, bool open,
		      size_t *contrast)
{
	FILE *out = page->out;
	struct layout layout = make_layout(page, from, to);
	char name[AXES_KEY_MAX];
	size_t cells = 0;

	for (size_t r = from; r < to; r++)
		cells += !page->summary.rows[r].startup;
	name_group(&page->summary, from, to, name, sizeof(name));
	html_put(out, open ? "<details class=\"group\" open=\"open\">" :
		 "<details class=\"group\">");
	html_put(out, "<summary><h3>%s</h3> <span class=\"count\">%zu cell%s</span></summary>\n",
		 name, cells, cells == 1 ? "" : "s");
	html_put(out, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"%s\">\n"
		 "<table class=\"sortable\">\n<caption>Times in %s, %s clock",
		 name, page->unit, page->clock);
	if (page->contrasts.count)
		html_put(out, "; ratio and verdict against %s", page->baseline);
	fputs("</caption>\n", out);
	put_headings(page, &layout);
	put_rows(page, &layout, from, to, contrast);
	fputs("</table>\n</div>\n</details>\n", out);
}

static size_t groups(const struct summary *s)
{
	size_t n = 0;

	for (size_t r = 0; r < s->count; r = group_end(s, r))
		n++;
	return n;
}

void page_cells(struct page *page)
{
	const struct summary *s = &page->summary;
	bool many = groups(s) > OPEN_GROUPS;
	size_t contrast = 0;

	page_section(page->out, "cells", "All cells");
	page_tag(page);
	html_put(page->out, "<p>Times are in %s on the %s clock; counts are medians over the "
		 "counting samples; - is not known. Axes that are not named are at their "
		 "default. summary.tsv has every digit.</p>\n", page->unit, page->clock);
	fputs("<div id=\"tools\"></div>\n", page->out);
	for (size_t from = 0, to; from < s->count; from = to) {
		to = group_end(s, from);
		put_group(page, from, to, !many || is_headline(page, from, to), &contrast);
	}
	if (!s->count)
		fputs("<p>No cell was finished.</p>\n", page->out);
	fputs("</section>\n", page->out);
}
