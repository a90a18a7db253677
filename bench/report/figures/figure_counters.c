// SPDX-License-Identifier: GPL-3.0-or-later
/* Counted events per page, stacked where they are of one kind. */
#include <string.h>

#include "picture.h"

#define GAP	0.8	/* between the bars of two strategies */

#define LOCK_TIME	"time of the mmap lock"

/*
 * Tracepoints are of the kind of their group; what has none is its own kind. The
 * first that fits: what is measured of the lock is named as its tracepoints are.
 */
static const char *kind_of(const char *event, char *kind, size_t size)
{
	static const struct { const char *begins, *kind; } groups[] = {
		{ "mmap_lock_wait", LOCK_TIME },
		{ "mmap_lock_hold", LOCK_TIME },
		{ "mmap_lock_count", "mmap_lock_count" },
		{ "mmap_lock", "mmap lock tracepoints" },
		{ "exceptions:", "page fault tracepoints" },
		{ "page_fault_", "page fault tracepoints" },
		{ "hmm_bench", "tracepoints of the helper module" },
		{ "context-switches", "scheduling" },
		{ "cpu-migrations", "scheduling" },
	};
	size_t n = strcspn(event, ":");

	for (size_t i = 0; i < sizeof(groups) / sizeof(*groups); i++)
		if (!strncmp(event, groups[i].begins, strlen(groups[i].begins))) {
			snprintf(kind, size, "%s", groups[i].kind);
			return kind;
		}
	snprintf(kind, size, event[n] ? "%.*s tracepoints" : "%.*s", (int)n, event);
	return kind;
}

static const char *event_name(const char *event)
{
	const char *colon = strchr(event, ':');

	return colon ? colon + 1 : event;
}

static double per_page(const struct cell_data *cell, const struct counted *c)
{
	return c->value / c->samples / cell->axes.pages;
}

/* All bars there are, in every panel at the same place. */
static void gather_bars(const struct picture *p, struct sheet *s, struct panel *bars)
{
	char name[AXIS_TEXT_MAX + 16];
	double x = 0;

	for (size_t i = 0; i < p->count; i++) {
		const struct observations *o = &picture_cell(p, i)->seen;
		size_t before = bars->columns;

		for (int role = 0; role < ROLE_COUNT; role++)
			for (size_t k = 0; k < o->n_counters; k++) {
				size_t c;

				if ((int)o->counters[k].role != role)
					continue;
				snprintf(name, sizeof(name), "%.80s %s",
					 picture_cell(p, i)->axes.strategy, role_name(role));
				c = sheet_column(s, bars, name, 0);
				if (c == bars->columns - 1)
					bars->x[c] = x + c - before;
			}
		x += bars->columns - before + GAP;
	}
}

/* The lock is timed by the clock of the run, a task by the kernel's. */
static const char *what_of(const char *kind, const struct picture *picture)
{
	if (!strcmp(kind, LOCK_TIME))
		return picture_unit(picture);
	return strcmp(kind, "task-clock") ? "events" : "ns";
}

static struct panel *panel_of(struct sheet *s, const struct picture *picture,
			      const struct panel *bars, const char *event)
{
	char kind[AXIS_TEXT_MAX], label[64];
	struct panel *p;

	kind_of(event, kind, sizeof(kind));
	snprintf(label, sizeof(label), "%s per page", what_of(kind, picture));
	p = sheet_panel(s, kind, "strategy and role", label);
	if (!p->columns) {
		memcpy(p->column, bars->column, sizeof(p->column));
		memcpy(p->x, bars->x, sizeof(p->x));
		p->columns = bars->columns;
	}
	return p;
}

static void put_counter(struct sheet *s, const struct picture *p, const struct panel *bars,
			const struct cell_data *cell, const struct counted *c)
{
	struct panel *panel = panel_of(s, p, bars, c->name);
	char bar[AXIS_TEXT_MAX + 16];

	snprintf(bar, sizeof(bar), "%.80s %s", cell->axes.strategy, role_name(c->role));
	sheet_put(s, panel, event_name(c->name), bar, per_page(cell, c));
}

/* Is it so in some cell, and in all that have the event? */
static void ask_cells(const struct picture *p, const char *event,
		      bool (*so)(const struct counted *), bool *some, bool *all, int *err)
{
	*some = false;
	*all = true;
	*err = 0;
	for (size_t i = 0; i < p->count; i++) {
		const struct observations *o = &picture_cell(p, i)->seen;

		for (size_t k = 0; k < o->n_counters; k++) {
			if (strcmp(o->counters[k].name, event))
				continue;
			*some |= so(&o->counters[k]);
			*all &= so(&o->counters[k]);
			if (so(&o->counters[k]) && o->counters[k].err)
				*err = o->counters[k].err;
		}
	}
}

static bool not_counted(const struct counted *c)
{
	return !c->samples;
}

static bool is_scaled(const struct counted *c)
{
	return c->samples && c->scaled;
}

/* "cycles (ENOENT), instructions (in some bars)": each event that is so, once. */
static void note_events(const struct picture *p, struct sheet *s, const char *what,
			bool (*so)(const struct counted *))
{
	char text[1024] = "", shown[64][OBSERVED_NAME_MAX];
	size_t n = 0, count = 0, j;

	for (size_t i = 0; i < p->count; i++) {
		const struct observations *o = &picture_cell(p, i)->seen;

		for (size_t k = 0; k < o->n_counters && n < sizeof(text); k++) {
			const char *event = o->counters[k].name;
			bool some, all;
			int err;

			for (j = 0; j < count && strcmp(shown[j], event); j++)
				;
			if (j < count || count == sizeof(shown) / sizeof(*shown))
				continue;
			memcpy(shown[count++], event, sizeof(*shown));
			ask_cells(p, event, so, &some, &all, &err);
			if (!some)
				continue;
			n += snprintf(text + n, sizeof(text) - n, "%s%s%s%s%s%s",
				      n ? ", " : "", event, all ? "" : " in some bars",
				      err ? " (" : "", err ? strerrorname_np(err) ?: "?" : "",
				      err ? ")" : "");
		}
	}
	if (n)
		sheet_note(s, "%s: %s.", what, text);
}

static bool fill_counters(const struct picture *p, struct sheet *s)
{
	struct panel bars = { 0 };

	gather_bars(p, s, &bars);
	s->stacked = true;
	for (size_t i = 0; i < p->count; i++) {
		const struct cell_data *cell = picture_cell(p, i);

		for (size_t k = 0; k < cell->seen.n_counters; k++) {
			const struct counted *c = &cell->seen.counters[k];

			/* What was modelled has a figure of its own. */
			if (c->samples && strncmp(c->name, MODELLED, strlen(MODELLED)))
				put_counter(s, p, &bars, cell, c);
		}
	}
	if (!s->panels)
		return false;
	s->entries = s->rows;
	sheet_note(s, "The number above a bar is its sum; - where nothing was counted.");
	note_events(p, s, "Not counted, which is not 0", not_counted);
	note_events(p, s, "Estimated from a part of the time", is_scaled);
	return true;
}

static const char *const axes[] = { "strategy", NULL };

const struct figure figure_counters = {
	.name = "counters", .file = "counters", .template = "counters", .axes = axes,
	.help = "counted events per page of caller, responder and load",
	.title = "Counted events per page",
	.needs = "a cell with an event that was counted, in counters.jsonl",
	.fill = fill_counters, .write = picture_write_sheet,
};
