// SPDX-License-Identifier: GPL-3.0-or-later
/* Cost per page over the page count. */
#include <math.h>

#include "picture.h"

/* At least two strategies with two page counts each, else there is nothing to see. */
static bool worth_it(const struct sheet *s)
{
	size_t lines = 0;

	for (size_t r = 0; r < s->rows; r++) {
		size_t points = 0;

		for (size_t c = 0; c < s->panel[0].columns; c++)
			points += !isnan(s->panel[0].value[r][c]);
		lines += points >= 2;
	}
	return lines >= 2;
}

static bool fill_pages(const struct picture *p, struct sheet *s)
{
	struct panel *panel = picture_panel(p, s, "", "range length (pages)");

	for (size_t i = 0; i < p->count; i++)
		picture_put_length(s, panel, picture_cell(p, i));
	if (!worth_it(s))
		return false;
	sheet_sort_columns(s);
	sheet_lines(s, true);
	sheet_note(s, "The floor of the harness (null) is not drawn.");
	picture_note_intervals(p, s, "Bars");
	return true;
}

static const char *const axes[] = { "strategy", "pages", NULL };

const struct figure figure_pages = {
	.name = "pages", .file = "pages", .template = "lines", .axes = axes,
	.help = "cost per page over the page count, a line for each strategy",
	.title = "Cost per page of faulting a range in",
	.needs = "two strategies with two page counts each",
	.fill = fill_pages, .write = picture_write_sheet,
};
