// SPDX-License-Identifier: GPL-3.0-or-later
#include "contrasts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/data/index.h"
#include "report/data/order.h"
#include "report/write/array.h"
#include "contrast.h"
#include "margin.h"

/*
 * On metal a boot is a process. Processes on one kernel share its layout, so they can
 * separate two runs only if the machine was rebooted between them.
 */
static bool one_start(const struct dataset *data)
{
	if (!data->info.boot_kind || strcmp(data->info.boot_kind, "process"))
		return false;
	for (size_t i = 0; i < data->n_boots; i++)
		for (size_t k = 0; k <= i; k++)
			if (!data->boots[i].start[0] ||
			    (k < i && !strcmp(data->boots[i].start, data->boots[k].start)))
				return true;
	return !data->n_boots;
}

/* An interval or a p over such boots would leave out what differs from start to start. */
static void without_inference(struct contrasts *out)
{
	for (size_t i = 0; i < out->count; i++) {
		struct contrast *c = &out->c[i];

		c->one_start = true;
		c->lo = NAN;
		c->hi = NAN;
		c->p_rank = NAN;
	}
	snprintf(out->margin_from, sizeof(out->margin_from), VERDICT_ONE_START);
}

/* Times that may be an emulator's can stand side by side, and show nothing. */
static void withhold(struct contrasts *out, enum emulated emulated)
{
	for (size_t i = 0; emulated && i < out->count; i++) {
		struct contrast *c = &out->c[i];

		if (c->verdict == VERDICT_NONE)
			continue;
		c->verdict = VERDICT_NONE;
		c->p_sign = NAN;
		c->p_rank = NAN;
		snprintf(c->why, sizeof(c->why), "no verdict: %s",
			 emulated == EMULATED_YES ? "wall times of an emulator are no evidence" :
			 "not known whether emulated, and so no evidence");
	}
}

/* Or why there are none. */
static void find_margins(struct contrasts *out, const struct dataset *base,
			 const struct dataset *other, bool runs)
{
	struct margins margins = { 0 };

	out->margin = NAN;
	if (base->info.clock->exact) {
		snprintf(out->margin_from, sizeof(out->margin_from),
			 "deterministic clock: nothing to measure it by");
		return;
	}
	withhold(out, dataset_emulated(base) ?: dataset_emulated(other));
	if (runs && (one_start(base) || one_start(other))) {
		without_inference(out);
		return;
	}
	margins_add(&margins, base, runs);
	if (runs)
		margins_add(&margins, other, true);
	for (size_t i = 0; i < out->count; i++) {
		struct contrast *c = &out->c[i];

		if (c->base && c->other)
			c->margin = margin_of(&margins, c->base, c->other);
	}
	out->margin = margin_largest(&margins, out->margin_from, sizeof(out->margin_from));
	margins_free(&margins);
}

void contrasts_of_cells(const struct dataset *base, const struct cell_data *const *base_cells,
			const struct dataset *other, const struct cell_data *const *cells,
			size_t count, struct contrasts *out)
{
	bool runs = base != other;

	*out = (struct contrasts){ .c = array_new(count, sizeof(*out->c)), .count = count };
	for (size_t i = 0; i < count; i++)
		contrast_make(base_cells[i], cells[i], base->info.clock, runs, &out->c[i]);
	find_margins(out, base, other, runs);
	verdict_judge(out);
}

/**
 * struct pairs - the cells of a table while it is made
 * @base, @other: @count of each
 */
struct pairs {
	const struct cell_data **base, **other;
	size_t count;
};

static void pairs_make(struct pairs *p, size_t room)
{
	p->count = 0;
	p->base = array_new(2 * room, sizeof(*p->base));
	p->other = p->base + room;
}

void contrasts_of_strategies(const struct dataset *data, const char *baseline,
			     const struct selection *cells, struct contrasts *out)
{
	size_t count, *order = order_of(data, &count);
	struct index index;
	struct pairs p;

	pairs_make(&p, count);
	index_make(&index, data, NULL);
	for (size_t i = 0; i < count; i++) {
		const struct cell_data *cell = &data->cells[order[i]];
		struct axes axes = cell->axes;

		if (!strcmp(axes.strategy, baseline) || !selection_takes(cells, cell))
			continue;
		snprintf(axes.strategy, sizeof(axes.strategy), "%s", baseline);
		p.base[p.count] = index_find(&index, &axes);
		p.other[p.count++] = cell;
	}
	contrasts_of_cells(data, p.base, data, p.other, p.count, out);
	index_free(&index);
	free(p.base);
	free(order);
}

/* Each cell of a run beside that of the other; with @second only those that have none. */
static void pair_up(struct pairs *p, const struct dataset *data, const struct dataset *with,
		    const struct selection *cells, bool second)
{
	size_t count, *order = order_of(data, &count);
	struct index index;

	index_make(&index, with, NULL);
	for (size_t i = 0; i < count; i++) {
		const struct cell_data *cell = &data->cells[order[i]];
		const struct cell_data *there = index_find(&index, &cell->axes);

		if (!selection_takes(cells, cell) || (second && there))
			continue;
		p->base[p->count] = second ? NULL : cell;
		p->other[p->count++] = second ? cell : there;
	}
	index_free(&index);
	free(order);
}

void contrasts_of_runs(const struct dataset *base, const struct dataset *other,
		       const struct selection *cells, struct contrasts *out)
{
	struct pairs p;

	pairs_make(&p, base->count + other->count);
	pair_up(&p, base, other, cells, false);
	pair_up(&p, other, base, cells, true);
	contrasts_of_cells(base, p.base, other, p.other, p.count, out);
	free(p.base);
}

void contrasts_append(struct contrasts *all, const struct contrasts *more)
{
	size_t count = all->count + more->count;

	all->c = array_held(realloc(all->c, (count + 1) * sizeof(*all->c)));
	memcpy(all->c + all->count, more->c, more->count * sizeof(*all->c));
	all->count = count;
	if (isnan(all->margin) || more->margin > all->margin) {
		all->margin = more->margin;
		memcpy(all->margin_from, more->margin_from, sizeof(all->margin_from));
	}
}

void contrasts_free(struct contrasts *contrasts)
{
	free(contrasts->c);
	memset(contrasts, 0, sizeof(*contrasts));
}
