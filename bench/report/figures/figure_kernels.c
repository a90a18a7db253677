// SPDX-License-Identifier: GPL-3.0-or-later
/* Cost per page over the page count, of several kernels: see kernels_join(). */
#include <string.h>

#include "picture.h"

/* What is half there is for the figures of one run. */
static bool takes_kernels(const struct cell_data *cell)
{
	return !cell->axes.populated || cell->axes.populated == 100;
}

/* "write, absent"; a range that is all there has its page tables. */
static void panel_title(const struct axes *axes, char *buf, size_t size)
{
	bool there = axes->populated == 100, warm = axes->tables == TABLES_WARM;
	char access[AXIS_TEXT_MAX];

	snprintf(buf, size, "%s, %s%s",
		 axis_format(axis_find("access"), axes, access, sizeof(access)),
		 there ? "all pages there" : "no page there",
		 there == warm ? "" : warm ? ", page tables there" : ", page tables cold");
}

static struct panel *find_panel(const struct picture *p, struct sheet *s,
				const struct axes *axes)
{
	char title[128];

	panel_title(axes, title, sizeof(title));
	return picture_panel(p, s, title, "range length (pages)");
}

/* A panel of one page count has no lines. Return: how many there were. */
static size_t drop_points(struct sheet *s)
{
	size_t kept = 0, panels = s->panels;

	for (size_t i = 0; i < panels; i++)
		if (s->panel[i].columns > 1)
			memmove(&s->panel[kept++], &s->panel[i], sizeof(s->panel[i]));
	s->panels = kept;
	return panels - kept;
}

static bool fill_kernels(const struct picture *p, struct sheet *s)
{
	size_t dropped;

	for (size_t i = 0; i < p->count; i++) {
		const struct cell_data *cell = picture_cell(p, i);

		picture_put_length(s, find_panel(p, s, &cell->axes), cell);
	}
	dropped = drop_points(s);
	if (!s->panels || s->rows < 2)
		return false;
	sheet_sort_columns(s);
	sheet_lines(s, false);
	if (dropped)
		sheet_note(s, "What was measured with one page count only is not drawn.");
	picture_note_intervals(p, s, "Bars");
	return true;
}

static const char *const axes[] = {
	"strategy", "pages", "access", "populated", "tables", NULL
};

const struct figure figure_kernels = {
	.name = "kernels", .file = "kernels", .template = "lines", .axes = axes, .joined = true,
	.help = "cost per page of several runs, a line for each kernel and strategy",
	.title = "Cost per page by kernel",
	.needs = "two strategies or kernels with two page counts each",
	.takes = takes_kernels, .fill = fill_kernels, .write = picture_write_sheet,
};
