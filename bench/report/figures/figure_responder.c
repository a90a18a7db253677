// SPDX-License-Identifier: GPL-3.0-or-later
/* Cost per page over what the responder does: batch, delay, way of waiting. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "report/write/array.h"
#include "picture.h"

/* Of delays none, then a fixed one, then a random one. */
static double rank_along(const struct axes *axes, const char *along)
{
	if (!strcmp(along, "batch"))
		return axes->batch;
	if (strcmp(along, "delay") || !strcmp(axes->delay, "0"))
		return 0;
	return strncmp(axes->delay, "exp:", 4) ? 1 : 2;
}

/* Do the two differ, of the three axes, on @along at most? */
static bool alike(const struct axes *a, const struct axes *b, const char *along)
{
	return (!strcmp(along, "batch") || a->batch == b->batch) &&
	       (!strcmp(along, "delay") || !strcmp(a->delay, b->delay)) &&
	       (!strcmp(along, "wait") || a->wait == b->wait);
}

/* How many values the cells that are like @axes but along one axis have on that. */
static size_t values_along(const struct picture *p, const struct axes *axes,
			   const char *along, const char *strategy)
{
	size_t *cells = array_new(p->count, sizeof(*cells)), values;
	struct picture part = { .data = p->data, .cells = cells };

	for (size_t i = 0; i < p->count; i++)
		if (alike(&picture_cell(p, i)->axes, axes, along) &&
		    (!strategy || !strcmp(picture_cell(p, i)->axes.strategy, strategy)))
			cells[part.count++] = p->cells[i];
	values = picture_values(&part, along);
	free(cells);
	return values;
}

static struct panel *begin_panel(const struct picture *p, struct sheet *s,
				 const struct axes *axes, const char *along)
{
	char title[128], wait[AXIS_TEXT_MAX];
	size_t n = 0;

	axis_format(axis_find("wait"), axes, wait, sizeof(wait));
	if (strcmp(along, "batch"))
		n += snprintf(title, sizeof(title), "batch %" PRIu64, axes->batch);
	if (strcmp(along, "delay"))
		n += snprintf(title + n, sizeof(title) - n, "%sdelay %.40s",
			      n ? ", " : "", axes->delay);
	if (strcmp(along, "wait"))
		snprintf(title + n, sizeof(title) - n, ", waits by %s", wait);
	return picture_panel(p, s, title,
			     !strcmp(along, "batch") ? "batch (pages for one message)" :
			     !strcmp(along, "delay") ? "delay of the page source" :
			     "way of waiting");
}

static void add_panel(const struct picture *p, struct sheet *s,
		      const struct axes *axes, const char *along)
{
	struct panel *panel = begin_panel(p, s, axes, along);
	const struct axis *axis = axis_find(along);
	char value[AXIS_TEXT_MAX];

	panel->numeric = axis->kind == AXIS_NUMBER;
	for (size_t i = 0; i < p->count; i++) {
		const struct cell_data *cell = picture_cell(p, i);

		/* A strategy with one value has no line. */
		if (!alike(&cell->axes, axes, along) ||
		    values_along(p, &cell->axes, along, cell->axes.strategy) < 2)
			continue;
		axis_format(axis, &cell->axes, value, sizeof(value));
		sheet_column(s, panel, value, rank_along(&cell->axes, along));
		picture_put_cost(s, panel, cell->axes.strategy, value, cell);
	}
	if (!panel->columns)
		s->panels--;
}

/* Is there an earlier cell that gave this panel? */
static bool seen_before(const struct picture *p, size_t i, const char *along)
{
	for (size_t j = 0; j < i; j++)
		if (alike(&picture_cell(p, j)->axes, &picture_cell(p, i)->axes, along))
			return true;
	return false;
}

/* How many batches make a line: three, or two where nothing has three. */
static size_t enough(const struct picture *p)
{
	for (size_t i = 0; i < p->count; i++)
		if (values_along(p, &picture_cell(p, i)->axes, "batch", NULL) >= 3)
			return 3;
	return 2;
}

/* A panel over the batch for each delay and way of waiting. */
static void add_batches(const struct picture *p, struct sheet *s)
{
	size_t least = enough(p);

	for (size_t i = 0; i < p->count; i++) {
		const struct axes *a = &picture_cell(p, i)->axes;

		if (!seen_before(p, i, "batch") && values_along(p, a, "batch", NULL) >= least)
			add_panel(p, s, a, "batch");
	}
}

/* Is a cell like @axes, but along one axis, on no panel over the batch? */
static bool any_left(const struct picture *p, const struct axes *axes, const char *along)
{
	for (size_t i = 0; i < p->count; i++) {
		const struct axes *a = &picture_cell(p, i)->axes;

		if (alike(a, axes, along) && values_along(p, a, "batch", NULL) < enough(p))
			return true;
	}
	return false;
}

/* Along another axis where that shows what no panel over the batch does. */
static void add_others(const struct picture *p, struct sheet *s, const char *along)
{
	for (size_t i = 0; i < p->count; i++) {
		const struct axes *a = &picture_cell(p, i)->axes;

		if (!seen_before(p, i, along) && values_along(p, a, along, NULL) >= 2 &&
		    any_left(p, a, along))
			add_panel(p, s, a, along);
	}
}

static bool fill_responder(const struct picture *p, struct sheet *s)
{
	add_batches(p, s);
	add_others(p, s, "delay");
	add_others(p, s, "wait");
	if (!s->panels)
		return false;
	sheet_sort_columns(s);
	sheet_lines(s, false);
	sheet_note(s, "Strategies with one value only are not drawn.");
	picture_note_intervals(p, s, "Bars");
	return true;
}

static const char *const axes[] = { "strategy", "batch", "delay", "wait", NULL };

const struct figure figure_responder = {
	.name = "responder", .file = "responder", .template = "lines", .axes = axes,
	.help = "cost per page over batch, delay and waiting of the responder",
	.title = "Cost per page by what the responder does",
	.needs = "a strategy with two batches, two delays or two ways of waiting",
	.fill = fill_responder, .write = picture_write_sheet,
};
