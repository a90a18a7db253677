// SPDX-License-Identifier: GPL-3.0-or-later
/* A table for each combination of axes but strategy and pages. */
#include <stdlib.h>
#include <string.h>

#include "html.h"
#include "names.h"
#include "page_parts.h"

#define OPEN_GROUPS	2	/* of more, only the headline's is unfolded */

/* How a column of summary.tsv is called; one that is not here keeps its name. */
static const struct column {
	const char *name, *heading, *help;
} columns[] = {
	{ "part", "part", "steady: the timed samples; startup: the first call of each boot" },
	{ "boots", "boots", "starts of the kernel" },
	{ "n", "n", "samples" },
	{ "median", "median", "time of a call, over boots" },
	{ "ci_lo", "CI from", "of the median, at level 0.95" },
	{ "ci_hi", "CI to", "of the median, at level 0.95" },
	{ "per_page", "per page", "median over pages" },
	{ "p99", "p99", "time of a call, by nearest rank" },
	{ "max", "max", "time of a call" },
	{ "mild", "mild", "samples beyond the quartiles by 1.5 interquartile ranges" },
	{ "severe", "severe", "samples beyond the quartiles by 3 interquartile ranges" },
	{ "passes", "passes", "page table walks begun" },
	{ "lock_drops", "lock drops", "faults that dropped the mmap lock" },
	{ "drops_retry", "RETRY", "of them, those with nothing done: VM_FAULT_RETRY" },
	{ "drops_completed", "COMPLETED", "of them, those that were done: VM_FAULT_COMPLETED" },
	{ "seq_reads", "seq reads", "mmu_interval_read_begin() calls" },
	{ "faults", "faults", "handle_mm_fault() calls" },
	{ "pte_visits", "PTE visits", "PTEs that the walks looked at" },
	{ "by_lock_p99", "lock p99", "delay of a bystander that takes the mmap lock" },
	{ "by_lock_max", "lock max", "delay of a bystander that takes the mmap lock" },
	{ "by_fault_p99", "fault p99", "delay of a bystander that faults a page in" },
	{ "by_fault_max", "fault max", "delay of a bystander that faults a page in" },
};

/* Placed by hand; one unit for all; and percentiles that summary.tsv has. */
static const char *const left_out[] = {
	"per_page", "part", "clock", "unit", "emulated", "p50", "by_lock_p50", "by_fault_p50",
};

static const struct column *find_column(const char *name)
{
	for (size_t i = 0; i < sizeof(columns) / sizeof(*columns); i++)
		if (!strcmp(columns[i].name, name))
			return &columns[i];
	return NULL;
}

/* What is faulted in: the axes that tables stand apart by. The others are columns. */
static const char *const range_axes[] = { "access", "backing", "uffd", "populated", "tables" };

/* Whatever their value. */
static const char *const always_told[] = { "access", "uffd" };

#define COMPARISON	((size_t)-1)	/* stands for the columns that compare */
#define LAYOUT_MAX	96

/* The columns of a table in the order in which they are shown. */
struct layout {
	size_t column[LAYOUT_MAX], count;
};

/* Do rows @from to @to - 1 not all have the same in a column? */
static bool differs(const struct table *t, size_t column, size_t from, size_t to)
{
	for (size_t r = from + 1; r < to; r++)
		if (strcmp(t->field[r][column], t->field[from][column]))
			return true;
	return false;
}

/* Is the row that of a cell, by its axes? */
static bool is_row_of(const struct table *t, size_t row, const struct axes *axes)
{
	char value[AXIS_TEXT_MAX];

	for (size_t c = 0; c < t->columns; c++) {
		const struct axis *axis = axis_find(t->field[0][c]);

		if (axis && strcmp(axis_format(axis, axes, value, sizeof(value)),
				   t->field[row][c]))
			return false;
	}
	return true;
}

static bool known_in(const struct table *t, size_t column, size_t from, size_t to)
{
	for (size_t r = from; r < to; r++)
		if (strcmp(t->field[r][column], "-"))
			return true;
	return false;
}

static void lay_out(struct layout *layout, const char *name, const struct table *t)
{
	size_t column = table_find(t, name);

	if (column < t->columns && layout->count < LAYOUT_MAX)
		layout->column[layout->count++] = column;
}

/* An axis that is a column of its table, or told above it. */
static bool is_circumstance(const struct table *t, size_t column)
{
	return axis_find(t->field[0][column]) && !AMONG(range_axes, t->field[0][column]) &&
	       strcmp(t->field[0][column], "strategy") && strcmp(t->field[0][column], "pages");
}

/* What is looked at first, then the others as summary.tsv has them. */
static struct layout make_layout(const struct page *page, size_t from, size_t to)
{
	const struct table *t = &page->table;
	struct layout layout = { .count = 0 };

	lay_out(&layout, "strategy", t);
	lay_out(&layout, "pages", t);
	for (size_t c = 0; c < t->columns; c++)
		if (is_circumstance(t, c) && differs(t, c, from, to))
			lay_out(&layout, t->field[0][c], t);
	if (table_find(t, "part") < t->columns &&
	    differs(t, table_find(t, "part"), from, to))
		lay_out(&layout, "part", t);
	lay_out(&layout, "per_page", t);
	if (page->contrasts.count)
		layout.column[layout.count++] = COMPARISON;
	for (size_t c = 0; c < t->columns; c++)
		if (!axis_find(t->field[0][c]) && !AMONG(left_out, t->field[0][c]) &&
		    known_in(t, c, from, to))
			lay_out(&layout, t->field[0][c], t);
	return layout;
}

static size_t group_end(const struct table *t, size_t from)
{
	for (size_t r = from + 1; r < t->rows; r++)
		for (size_t c = 0; c < t->columns; c++)
			if (AMONG(range_axes, t->field[0][c]) &&
			    strcmp(t->field[r][c], t->field[from][c]))
				return r;
	return t->rows;
}

/* Both are in the order of the table: the search goes on where the last one ended. */
static const struct contrast *contrast_of(const struct page *page, size_t row, size_t *from)
{
	const struct contrasts *all = &page->contrasts;

	for (size_t i = 0; i < all->count; i++) {
		const struct contrast *c = &all->c[(*from + i) % all->count];

		if (c->other && is_row_of(&page->table, row, &c->other->axes)) {
			*from = (*from + i + 1) % all->count;
			return c;
		}
	}
	return NULL;
}

static bool is_text(const char *column)
{
	const struct axis *axis = axis_find(column);

	return axis ? axis->kind != AXIS_NUMBER :
	       !strcmp(column, "part") || !strcmp(column, "status");
}

static void put_heading(const struct page *page, const char *name)
{
	const struct column *column = find_column(name);

	if (is_text(name))
		html_put(page->out, "<th scope=\"col\" class=\"text\">%s</th>", name);
	else if (!column)
		html_put(page->out, "<th scope=\"col\">%s</th>", name);
	else
		html_put(page->out, "<th scope=\"col\" title=\"%s\">%s</th>", column->help,
			 column->heading);
}

static void put_headings(const struct page *page, const struct layout *layout)
{
	fputs("<thead><tr>", page->out);
	for (size_t i = 0; i < layout->count; i++)
		if (layout->column[i] != COMPARISON)
			put_heading(page, page->table.field[0][layout->column[i]]);
		else
			html_put(page->out, "<th scope=\"col\" title=\"1 is the cost of %s\">"
				 "ratio</th><th scope=\"col\" class=\"text\" "
				 "title=\"against %s\">verdict</th>", page->baseline,
				 page->baseline);
	fputs("</tr></thead>\n", page->out);
}

static const char *verdict_words(const struct contrast *c)
{
	if (contrast_cheaper(c))
		return "less";
	if (contrast_dearer(c))
		return "more";
	if (c->verdict == VERDICT_EXACT)
		return "same";
	return verdict_name(c->verdict);
}

/* First calls of a boot are no part of what is compared. */
static bool is_steady(const struct table *t, size_t row)
{
	size_t part = table_find(t, "part");

	return part == t->columns || !strcmp(t->field[row][part], "steady");
}

static bool is_baseline(const struct page *page, size_t row)
{
	const struct table *t = &page->table;

	return is_steady(t, row) &&
	       !strcmp(t->field[row][table_find(t, "strategy")], page->baseline) &&
	       !strcmp(t->field[row][table_find(t, "status")], "ok");
}

static void put_contrast(const struct page *page, size_t row, size_t *from)
{
	const struct contrast *c = is_steady(&page->table, row) ?
				   contrast_of(page, row, from) : NULL;
	char ratio[32];

	if (!c || c->verdict == VERDICT_NONE) {
		html_put(page->out, "<td>-</td><td class=\"text\">%s</td>",
			 is_baseline(page, row) ? "baseline" : "-");
		return;
	}
	snprintf(ratio, sizeof(ratio), c->ratio < 1000 ? "%.3g" : "%.0f", c->ratio);
	if (contrast_cheaper(c) || contrast_dearer(c))
		html_put(page->out, "<td class=\"%s\">%s</td>", page_ratio_class(c->ratio),
			 ratio);
	else
		html_put(page->out, "<td>%s</td>", ratio);
	html_put(page->out, "<td class=\"text\">%s</td>", verdict_words(c));
}

static void put_field(FILE *out, const char *column, const char *field)
{
	if (!strcmp(column, "strategy")) {
		html_put(out, "<th scope=\"row\">%s</th>", field);
	} else if (!strcmp(column, "status")) {
		html_put(out, "<td class=\"text status-%s\">%s</td>", field, field);
	} else if (is_text(column)) {
		html_put(out, "<td class=\"text\">%s</td>", field);
	} else {
		fputs("<td>", out);
		html_number(out, field, 1);
		fputs("</td>", out);
	}
}

static void put_rows(const struct page *page, const struct layout *layout, size_t from,
		     size_t to, size_t *contrast)
{
	const struct table *t = &page->table;

	fputs("<tbody>\n", page->out);
	for (size_t r = from; r < to; r++) {
		fputs("<tr>", page->out);
		for (size_t i = 0; i < layout->count; i++)
			if (layout->column[i] == COMPARISON)
				put_contrast(page, r, contrast);
			else
				put_field(page->out, t->field[0][layout->column[i]],
					  t->field[r][layout->column[i]]);
		fputs("</tr>\n", page->out);
	}
	fputs("</tbody>\n", page->out);
}

/* What all its cells have and is not as always, or always told. */
static void name_group(const struct table *t, size_t from, size_t to, char *name, size_t size)
{
	size_t n = 0;

	for (size_t c = 0; c < t->columns && n < size; c++) {
		const struct axis *axis = axis_find(t->field[0][c]);
		const char *value = t->field[from][c];

		if (!axis || !axis->fallback || differs(t, c, from, to) ||
		    (!AMONG(always_told, axis->name) && !strcmp(value, axis->fallback)))
			continue;
		n += snprintf(name + n, size - n, "%s%s %s", n ? ", " : "", axis->name, value);
	}
}

static bool is_headline(const struct page *page, size_t from, size_t to)
{
	const struct contrast *told = page->headline.told;

	for (size_t r = from; told && r < to; r++)
		if (is_row_of(&page->table, r, &told->other->axes))
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
		cells += is_steady(&page->table, r);
	name_group(&page->table, from, to, name, sizeof(name));
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

static size_t groups(const struct table *t)
{
	size_t n = 0;

	for (size_t r = 1; r < t->rows; r = group_end(t, r))
		n++;
	return n;
}

void page_cells(struct page *page)
{
	const struct table *t = &page->table;
	bool many = groups(t) > OPEN_GROUPS;
	size_t contrast = 0;

	page_section(page->out, "cells", "All cells");
	page_tag(page);
	html_put(page->out, "<p>Times are in %s on the %s clock; counts are medians over the "
		 "counting samples; - is not known. Axes that are not named are at their "
		 "default. summary.tsv has every digit.</p>\n", page->unit, page->clock);
	fputs("<div id=\"tools\"></div>\n", page->out);
	for (size_t from = 1, to; from < t->rows; from = to) {
		to = group_end(t, from);
		put_group(page, from, to, !many || is_headline(page, from, to), &contrast);
	}
	if (t->rows == 1)
		fputs("<p>No cell was finished.</p>\n", page->out);
	fputs("</section>\n", page->out);
}
