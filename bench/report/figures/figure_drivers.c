// SPDX-License-Identifier: GPL-3.0-or-later
/* Cost per page for each driver's way of calling. */
#include <string.h>

#include "picture.h"

#define PLACES_MAX	48	/* of a panel: more are too close for their numbers */

/* Is the strategy called as some driver does? */
static bool with_profile(const struct picture *p, const char *strategy)
{
	for (size_t i = 0; i < p->count; i++) {
		const struct axes *a = &picture_cell(p, i)->axes;

		if (strcmp(a->profile, "none") && !strcmp(a->strategy, strategy))
			return true;
	}
	return false;
}

/* Spreads what is in the first panel over as many as it takes. */
static void spread(struct sheet *s)
{
	struct panel *all = &s->panel[0];
	size_t each = PLACES_MAX / s->rows ? PLACES_MAX / s->rows : 1, columns = all->columns;
	size_t panels = (columns + each - 1) / each;

	each = (columns + panels - 1) / panels;
	for (size_t c = each; c < columns; c++) {
		if (c % each == 0)
			sheet_panel(s, "", all->x_label, all->y_label);
		for (size_t r = 0; r < s->rows; r++)
			sheet_put_interval(s, &s->panel[s->panels - 1], s->row[r],
					   all->column[c], all->value[r][c],
					   all->lo[r][c], all->hi[r][c]);
	}
	all->columns = each;
}

static bool fill_drivers(const struct picture *p, struct sheet *s)
{
	struct panel *panel;
	size_t left_out = 0;

	panel = picture_panel(p, s, "", "profile");
	for (size_t i = 0; i < p->count; i++) {
		const struct axes *a = &picture_cell(p, i)->axes;

		if (!with_profile(p, a->strategy)) {
			left_out++;
			continue;
		}
		sheet_column(s, panel, a->profile, strcmp(a->profile, "none") != 0);
		picture_put_cost(s, panel, a->strategy, a->profile, picture_cell(p, i));
	}
	if (!panel->columns)
		return false;
	sheet_sort_columns(s);
	spread(s);
	s->entries = s->rows;
	sheet_note(s, "In each group the strategies stand as in the legend.");
	picture_note_intervals(p, s, "Bars");
	if (left_out)
		sheet_note(s, "Strategies that no profile was measured with are not drawn.");
	return true;
}

static const char *const axes[] = { "strategy", "profile", NULL };

const struct figure figure_drivers = {
	.name = "drivers", .file = "drivers", .template = "drivers", .axes = axes,
	.help = "cost per page for each driver's way of calling",
	.title = "Cost per page, called as drivers do",
	.needs = "a profile that is not none",
	.fill = fill_drivers, .write = picture_write_sheet,
};
