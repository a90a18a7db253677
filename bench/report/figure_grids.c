// SPDX-License-Identifier: GPL-3.0-or-later
/* The figures that are made of tables: bars, fields, and lines over names. */
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "figure_kind.h"
#include "grid.h"

#define PANELS_MAX	2

/* The panels of a picture; filled by its kind, written the same way by all. */
struct panels {
	struct grid grid[PANELS_MAX];
	int count;
};

static const struct cell_data *cell_at(const struct picture *p, size_t i)
{
	return &p->data->cells[p->cells[i]];
}

static const char *unit_of(const struct picture *p)
{
	return !strcmp(p->data->info.unit, "insn") ? "instructions" : "ns";
}

static void title_grid(struct grid *grid, const struct picture *p, const char *what,
		       const char *rows)
{
	snprintf(grid->title, sizeof(grid->title), "%s (%s)", what, unit_of(p));
	snprintf(grid->row_title, sizeof(grid->row_title), "%s", rows);
}

static int put_cost(struct grid *grid, const struct cell_data *cell, const char *row)
{
	return grid_put(grid, row, cell->axes.strategy, cost_per_page(cell));
}

/* Two values of an axis at least. */
static int differs(const struct picture *p, const char *name)
{
	const struct axis *axis = axis_find(name);
	char first[AXIS_TEXT_MAX], other[AXIS_TEXT_MAX];

	for (size_t i = 1; i < p->count; i++)
		if (strcmp(axis_format(axis, &cell_at(p, 0)->axes, first, sizeof(first)),
			   axis_format(axis, &cell_at(p, i)->axes, other, sizeof(other))))
			return 1;
	return 0;
}

static void label_columns(struct legend *l, const struct grid *grid)
{
	l->count = grid->n_columns;
	for (size_t i = 0; i < grid->n_columns; i++) {
		l->order[i] = i;
		snprintf(l->labels[i], sizeof(l->labels[i]), "%s", grid->columns[i]);
	}
}

static int write_panels(FILE *out, const struct picture *p, struct legend *l,
			int (*fill)(struct panels *panels, const struct picture *p))
{
	struct panels *panels = calloc(1, sizeof(*panels));
	int ret = panels ? fill(panels, p) : -ENOMEM;

	for (int i = 0; !ret && i < panels->count; i++) {
		if (i)
			fputs("\n\n", out);
		grid_write(out, &panels->grid[i]);
	}
	if (!ret) {
		label_columns(l, &panels->grid[0]);
		l->panels = panels->count;
	}
	free(panels);
	return ret;
}

static int print_panels(FILE *out, const struct picture *p,
			int (*fill)(struct panels *panels, const struct picture *p))
{
	struct panels *panels = calloc(1, sizeof(*panels));
	int ret = panels ? fill(panels, p) : -ENOMEM;

	for (int i = 0; !ret && i < panels->count; i++) {
		if (i)
			fputc('\n', out);
		grid_print(out, &panels->grid[i]);
	}
	free(panels);
	return ret;
}

/* Is the strategy there with another value of the axis too? */
static int comparable(const struct picture *p, const struct cell_data *cell,
		      const char *name)
{
	const struct axis *axis = axis_find(name);
	char mine[AXIS_TEXT_MAX], other[AXIS_TEXT_MAX];

	axis_format(axis, &cell->axes, mine, sizeof(mine));
	for (size_t i = 0; i < p->count; i++)
		if (!strcmp(cell_at(p, i)->axes.strategy, cell->axes.strategy) &&
		    strcmp(axis_format(axis, &cell_at(p, i)->axes, other,
				       sizeof(other)), mine))
			return 1;
	return 0;
}

/* --- numa: strategies by placements ---------------------------------------- */

static int fill_numa(struct panels *panels, const struct picture *p)
{
	struct grid *grid = &panels->grid[0];
	int ret = 0;

	panels->count = 1;
	title_grid(grid, p, "cost per page", "strategy");
	for (size_t i = 0; i < p->count && !ret; i++) {
		const struct cell_data *cell = cell_at(p, i);

		if (comparable(p, cell, "placement"))
			ret = grid_put(grid, cell->axes.strategy,
				       cell->axes.placement, cost_per_page(cell));
	}
	return ret;
}

static int write_numa(FILE *out, const struct picture *p, struct legend *l)
{
	int ret = write_panels(out, p, l, fill_numa);

	/* Each field says what it is. */
	l->count = 0;
	if (!strcmp(p->data->info.unit, "insn"))
		snprintf(l->caption, sizeof(l->caption), "A node of the deterministic "
			 "machine is as far as any other: no difference is what is right.");
	return ret;
}

static int print_numa(FILE *out, const struct picture *p, const struct legend *l)
{
	(void)l;
	return print_panels(out, p, fill_numa);
}

static int worth_numa(const struct picture *p)
{
	return differs(p, "placement");
}

/* --- contention: cost, and who waits ---------------------------------------- */

static int takes_contention(const struct cell_data *cell)
{
	return cell->axes.bystanders == BYSTANDERS_ON;
}

/* The levels first, each heavier than the one before. */
static int load_place(const char *load)
{
	static const char *const levels[] = { "none", "light", "medium", "heavy" };

	for (int i = 0; i < 4; i++)
		if (!strcmp(levels[i], load))
			return i;
	return 4;
}

/* A custom load is too long for an axis: the kind is enough there. */
static void load_label(const char *load, char *label, size_t size)
{
	snprintf(label, size, "%.*s", (int)strcspn(load, ":"), load);
	if (strchr(load, '+'))
		snprintf(label, size, "%s", load);
}

static int fill_contention(struct panels *panels, const struct picture *p)
{
	char label[AXIS_TEXT_MAX];
	int ret = 0;

	panels->count = 2;
	title_grid(&panels->grid[0], p, "cost per page", "load");
	title_grid(&panels->grid[1], p, "p99 of the delay of who wants the mmap lock",
		   "load");
	for (int place = 0; place <= 4; place++) {
		for (size_t i = 0; i < p->count && !ret; i++) {
			const struct cell_data *cell = cell_at(p, i);
			const struct hist *lock =
				beside_bystander(&cell->beside, "lock");

			if (load_place(cell->axes.load) != place)
				continue;
			load_label(cell->axes.load, label, sizeof(label));
			ret = put_cost(&panels->grid[0], cell, label);
			if (!ret)
				ret = grid_put(&panels->grid[1], label,
					       cell->axes.strategy, lock && lock->n ?
					       (double)hist_percentile(lock, 99) : NAN);
		}
	}
	return ret;
}

static int write_contention(FILE *out, const struct picture *p, struct legend *l)
{
	return write_panels(out, p, l, fill_contention);
}

static int print_contention(FILE *out, const struct picture *p, const struct legend *l)
{
	(void)l;
	return print_panels(out, p, fill_contention);
}

static int worth_contention(const struct picture *p)
{
	return differs(p, "load");
}

/* --- drivers: each profile, bars -------------------------------------------- */

static int takes_drivers(const struct cell_data *cell)
{
	return strcmp(cell->axes.profile, "none") != 0;
}

static int fill_drivers(struct panels *panels, const struct picture *p)
{
	int ret = 0;

	panels->count = 1;
	title_grid(&panels->grid[0], p, "cost per page", "profile");
	for (size_t i = 0; i < p->count && !ret; i++)
		ret = put_cost(&panels->grid[0], cell_at(p, i),
			       cell_at(p, i)->axes.profile);
	return ret;
}

static int write_drivers(FILE *out, const struct picture *p, struct legend *l)
{
	return write_panels(out, p, l, fill_drivers);
}

static int print_drivers(FILE *out, const struct picture *p, const struct legend *l)
{
	(void)l;
	return print_panels(out, p, fill_drivers);
}

static int worth_drivers(const struct picture *p)
{
	return differs(p, "profile");
}

/* --- responder: batch, and delay --------------------------------------------- */

static int takes_responder(const struct cell_data *cell)
{
	return cell->axes.uffd != UFFD_NONE && strcmp(cell->axes.strategy, "null");
}

static int fill_responder(struct panels *panels, const struct picture *p)
{
	char label[AXIS_TEXT_MAX];
	int ret = 0;

	panels->count = differs(p, "delay") ? 2 : 1;
	title_grid(&panels->grid[0], p, "cost per page, no delay", "batch");
	title_grid(&panels->grid[1], p, "cost per page, one page at a time", "delay");
	for (size_t i = 0; i < p->count && !ret; i++) {
		const struct cell_data *cell = cell_at(p, i);

		if (!comparable(p, cell, "batch"))
			continue;
		snprintf(label, sizeof(label), "%" PRIu64, cell->axes.batch);
		if (!strcmp(cell->axes.delay, "0"))
			ret = put_cost(&panels->grid[0], cell, label);
		if (!ret && cell->axes.batch == 1 && panels->count == 2)
			ret = put_cost(&panels->grid[1], cell, cell->axes.delay);
	}
	return ret;
}

static int write_responder(FILE *out, const struct picture *p, struct legend *l)
{
	return write_panels(out, p, l, fill_responder);
}

static int print_responder(FILE *out, const struct picture *p, const struct legend *l)
{
	(void)l;
	return print_panels(out, p, fill_responder);
}

static int worth_responder(const struct picture *p)
{
	return differs(p, "batch");
}

/* --- counters: events per page, stacked --------------------------------------- */

static int takes_counters(const struct cell_data *cell)
{
	return cell->beside.n_counters > 0;
}

/* Events that are counted one by one; times and hardware are other figures' matter. */
static int is_event(const struct counter_data *c)
{
	static const char *const others[] = {
		"task-clock", "mmap_lock_count", "mmap_lock_wait", "mmap_lock_hold",
		"cycles", "instructions", "cache-misses", "branch-misses",
		"dTLB-load-misses", "hmm_bench_call_begin", "hmm_bench_call_end",
		"mmap_lock_start_locking", "mmap_lock_released",
	};

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (!strcmp(c->name, others[i]))
			return 0;
	return c->counted && c->samples;
}

static double per_page(const struct counter_data *c, const struct cell_data *cell)
{
	return c->value / c->samples / cell->axes.pages;
}

static int fill_counters(struct panels *panels, const struct picture *p)
{
	struct grid *grid = &panels->grid[0];
	char column[GRID_TEXT];
	int ret = 0;

	panels->count = 1;
	snprintf(grid->title, sizeof(grid->title), "events per page");
	snprintf(grid->row_title, sizeof(grid->row_title), "strategy");
	for (size_t i = 0; i < p->count; i++) {
		const struct cell_data *cell = cell_at(p, i);

		for (size_t k = 0; k < cell->beside.n_counters && !ret; k++) {
			const struct counter_data *c = &cell->beside.counters[k];

			/* What hardly ever happens is no bar that could be seen. */
			if (!is_event(c) || per_page(c, cell) < 0.005)
				continue;
			snprintf(column, sizeof(column), "%s: %s", role_name(c->role),
				 c->name);
			ret = grid_put(grid, cell->axes.strategy, column,
				       per_page(c, cell));
		}
	}
	return ret;
}

static void name_uncounted(const struct picture *p, struct legend *l)
{
	const struct beside *beside = &cell_at(p, 0)->beside;
	size_t n = 0;

	for (size_t i = 0; i < beside->n_counters; i++) {
		const struct counter_data *c = &beside->counters[i];

		if (c->role != ROLE_CALLER || c->counted)
			continue;
		n += snprintf(l->caption + n, sizeof(l->caption) - n, "%s%s",
			      n ? ", " : "Not counted on this machine: ", c->name);
	}
	snprintf(l->caption + n, sizeof(l->caption) - n, "%sWhat happens less than "
		 "once in 200 pages is not drawn.", n ? ". " : "");
}

static int write_counters(FILE *out, const struct picture *p, struct legend *l)
{
	int ret = write_panels(out, p, l, fill_counters);

	name_uncounted(p, l);
	return ret;
}

static int print_counters(FILE *out, const struct picture *p, const struct legend *l)
{
	(void)l;
	return print_panels(out, p, fill_counters);
}

static int worth_counters(const struct picture *p)
{
	return differs(p, "strategy");
}

static int takes_any(const struct cell_data *cell)
{
	return strcmp(cell->axes.strategy, "null") != 0;
}

static const char *const by_placement[] = { "strategy", "placement", NULL };
static const char *const by_load[] = { "strategy", "load", NULL };
static const char *const by_profile[] = { "strategy", "profile", "access", NULL };
static const char *const by_responder[] = { "strategy", "batch", "delay", NULL };
static const char *const by_strategy[] = { "strategy", NULL };

const struct figure_kind figure_numa = {
	.name = "numa", .title = "Cost per page by placement",
	.help = "cost per page, strategies by placements, a field each",
	.needs = "two placements", .shows = by_placement, .takes = takes_any,
	.worth = worth_numa, .write = write_numa, .print = print_numa,
};

const struct figure_kind figure_contention = {
	.name = "contention", .title = "Cost per page, and who waits for the mmap lock",
	.help = "cost per page and p99 of a bystander's delay against load",
	.needs = "two loads with bystanders: [\"on\"]", .shows = by_load,
	.takes = takes_contention, .worth = worth_contention,
	.write = write_contention, .print = print_contention,
};

const struct figure_kind figure_drivers = {
	.name = "drivers", .title = "Cost per page as drivers call",
	.help = "cost per page of each driver's way of calling, a bar a strategy",
	.needs = "two profiles", .shows = by_profile, .takes = takes_drivers,
	.worth = worth_drivers, .write = write_drivers, .print = print_drivers,
};

const struct figure_kind figure_responder = {
	.name = "responder", .title = "Cost per page by how the responder answers",
	.help = "cost per page against the responder's batch and delay",
	.needs = "two batches", .shows = by_responder, .takes = takes_responder,
	.worth = worth_responder, .write = write_responder, .print = print_responder,
};

const struct figure_kind figure_counters = {
	.name = "counters", .title = "Events per page",
	.help = "counted events per page and role, stacked, a bar a strategy",
	.needs = "watching: 1 or more in the plan, and two strategies",
	.shows = by_strategy, .takes = takes_counters, .worth = worth_counters,
	.write = write_counters, .print = print_counters,
};
