// SPDX-License-Identifier: GPL-3.0-or-later
#include "margin.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/data/index.h"
#include "report/write/array.h"
#include "boots.h"
#include "contrast.h"

bool strategy_same(const struct axes *a, const struct axes *b)
{
	size_t n = strcspn(a->strategy, "@");

	return n == strcspn(b->strategy, "@") && !strncmp(a->strategy, b->strategy, n);
}

static const char *const but_strategy[] = { "strategy", NULL };

static void add_pair(struct margins *m, const struct dataset *data, bool apart,
		     const struct cell_data *base, const struct cell_data *other)
{
	struct contrast c;

	contrast_make(base, other, data->info.clock, apart, &c);
	m->labelled++;
	if (isnan(c.lo))
		return;
	array_grow(&m->pairs, m->count, sizeof(*m->pairs));
	m->pairs[m->count++] = (struct aa_pair){ base, other, fmax(c.hi, 1 / c.lo) - 1 };
}

/* The cell of the place that has the strategy of the one at @at, by whichever label. */
static size_t first_of(const struct index *index, size_t place, size_t at)
{
	const struct cell_data *cells = index->data->cells;

	while (!strategy_same(&cells[index->cells[place]].axes, &cells[index->cells[at]].axes))
		place++;
	return place;
}

void margins_add(struct margins *m, const struct dataset *data, bool apart)
{
	struct index index;

	index_make(&index, data, but_strategy);
	for (size_t i = 1, place = 0; i < index.count; i++) {
		const struct cell_data *cell = &data->cells[index.cells[i]];
		size_t first;

		if (!axes_same_but(&data->cells[index.cells[place]].axes, &cell->axes,
				   but_strategy))
			place = i;
		first = first_of(&index, place, i);
		if (first < i)
			add_pair(m, data, apart, &data->cells[index.cells[first]], cell);
	}
	index_free(&index);
}

void margins_free(struct margins *m)
{
	free(m->pairs);
	memset(m, 0, sizeof(*m));
}

double margin_of(const struct margins *m, const struct cell_data *base,
		 const struct cell_data *other)
{
	double here = NAN, anywhere = NAN;

	for (size_t i = 0; i < m->count; i++) {
		const struct aa_pair *pair = &m->pairs[i];

		if ((pair->base == base && pair->other == other) ||
		    (pair->base == other && pair->other == base))
			continue;
		anywhere = fmax(anywhere, pair->bound);
		if (axes_same_but(&pair->base->axes, &other->axes, but_strategy))
			here = fmax(here, pair->bound);
	}
	if (isnan(anywhere))
		return NAN;
	return fmax(isnan(here) ? anywhere : here, VERDICT_RESOLUTION);
}

double margin_largest(const struct margins *m, char *from, size_t size)
{
	const struct aa_pair *worst = NULL;

	for (size_t i = 0; i < m->count; i++)
		if (!worst || m->pairs[i].bound > worst->bound)
			worst = &m->pairs[i];
	if (!worst && m->labelled)
		snprintf(from, size, "no A/A pair with %d boots or more", BOOTS_MIN);
	else if (!worst)
		snprintf(from, size, "no A/A pair: name a strategy twice in the matrix, as "
			 "unlocked and unlocked@b");
	else if (worst->bound < VERDICT_RESOLUTION)
		snprintf(from, size, "the resolution: the intervals of all %zu A/A pairs "
			 "are within it", m->count);
	else
		snprintf(from, size, "the widest interval of %zu A/A pairs: %.32s "
			 "against %.32s at %" PRIu64 " pages", m->count,
			 worst->other->axes.strategy, worst->base->axes.strategy,
			 worst->base->axes.pages);
	return worst ? fmax(worst->bound, VERDICT_RESOLUTION) : NAN;
}
