// SPDX-License-Identifier: GPL-3.0-or-later
/* What a call would cost a machine with caches and distance, over placement or load. */
#include <math.h>
#include <string.h>

#include "report/tables/modelled.h"
#include "picture.h"

static const struct {
	const char *title, *unit;
	enum modelled_value value;
} panels[] = {
	{ "Modelled cycles", "modelled cycles per page", MODELLED_CYCLES },
	{ "Lines from memory of another node", "lines per page", MODELLED_REMOTE },
	{ "Lines taken from another processor", "lines per page", MODELLED_TAKEN },
	{ "Lines of the mmap lock that were taken", "lines per page", MODELLED_MMLOCK },
};

static double value_of(size_t panel, const struct cell_data *cell)
{
	return modelled_of(cell, panels[panel].value);
}

static void put(struct sheet *s, size_t i, const char *along, const char *column, double rank,
		const struct cell_data *cell)
{
	struct panel *panel = sheet_panel(s, panels[i].title, along, panels[i].unit);
	double value = value_of(i, cell);

	sheet_column(s, panel, column, rank);
	if (!isnan(value))
		sheet_put(s, panel, cell->axes.strategy, column, value);
}

/* Is there any? A panel of zeroes shows nothing on a logarithmic axis. */
static bool shows(const struct picture *p, size_t panel)
{
	for (size_t i = 0; i < p->count; i++)
		if (value_of(panel, picture_cell(p, i)) > 0)
			return true;
	return false;
}

static bool shows_any(const struct picture *p)
{
	for (size_t k = 0; k < sizeof(panels) / sizeof(*panels); k++)
		if (shows(p, k))
			return true;
	return false;
}

/* Cycles are of machines alone of which they are published. */
static bool is_known(const struct picture *p, size_t panel)
{
	for (size_t i = 0; i < p->count; i++)
		if (!isnan(value_of(panel, picture_cell(p, i))))
			return true;
	return false;
}

static void note_machine(const struct picture *p, struct sheet *s)
{
	sheet_note(s, "MODELLED: events are facts about the accesses of caller and responder; "
		      "cycles are those of the modelled machine %s, as if each access "
		      "waited for the one before. Neither is time.", p->data->machine);
}

static bool fill(const struct picture *p, struct sheet *s, const char *along)
{
	bool load = !strcmp(along, "load");

	if (!shows_any(p) || picture_values(p, along) < 2)
		return false;
	for (size_t k = 0; k < sizeof(panels) / sizeof(*panels); k++) {
		if (!shows(p, k)) {
			sheet_note(s, "%s: %s.", panels[k].title,
				   is_known(p, k) ? "none" : "not known");
			continue;
		}
		for (size_t i = 0; i < p->count; i++) {
			const struct axes *a = &picture_cell(p, i)->axes;

			put(s, k, along, load ? a->load : a->placement,
			    load ? picture_load_rank(a->load) : 0, picture_cell(p, i));
		}
	}
	sheet_sort_columns(s);
	sheet_lines(s, false);
	note_machine(p, s);
	return true;
}

static bool fill_placement(const struct picture *p, struct sheet *s)
{
	return fill(p, s, "placement");
}

static bool fill_load(const struct picture *p, struct sheet *s)
{
	return fill(p, s, "load");
}

static const char *const placement_axes[] = { "strategy", "placement", NULL };
static const char *const load_axes[] = { "strategy", "load", NULL };

const struct figure figure_modelled = {
	.name = "modelled", .file = "modelled", .template = "lines", .axes = placement_axes,
	.help = "modelled cycles and cache lines per page over placement and load",
	.title = "Modelled cost per page by placement",
	.needs = "two placements or two levels of load, measured with --model",
	.fill = fill_placement, .write = picture_write_sheet,
};

const struct figure figure_modelled_load = {
	.name = "modelled", .file = "modelled-load", .template = "lines", .axes = load_axes,
	.title = "Modelled cost per page under load",
	.fill = fill_load, .write = picture_write_sheet,
};
