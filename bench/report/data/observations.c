// SPDX-License-Identifier: GPL-3.0-or-later
#include "observations.h"

#include <string.h>

#include "record/record.h"
#include "report/write/array.h"

static void add_counter(struct observations *o, const struct counter_record *r)
{
	struct counted *c = o->counters, *end = c + o->n_counters;

	while (c < end && (c->role != r->role || strcmp(c->name, r->name)))
		c++;
	if (c == end) {
		array_grow(&o->counters, o->n_counters, sizeof(*c));
		c = &o->counters[o->n_counters++];
		memset(c, 0, sizeof(*c));
		c->role = r->role;
		memcpy(c->name, r->name, sizeof(c->name));
	}
	if (r->err)
		c->err = r->err;
	if (r->value == NOT_KNOWN || !r->run || !r->samples)
		return;
	c->value += (double)r->value * r->ena / r->run;
	c->samples += r->samples;
	c->scaled |= r->run < r->ena;
}

static void add_load(struct observations *o, const struct load_record *r)
{
	struct load_done *l = o->loads, *end = l + o->n_loads;

	while (l < end && strcmp(l->kind, r->kind))
		l++;
	if (l == end) {
		array_grow(&o->loads, o->n_loads, sizeof(*l));
		l = &o->loads[o->n_loads++];
		memset(l, 0, sizeof(*l));
		memcpy(l->kind, r->kind, sizeof(l->kind));
	}
	l->ops += r->ops;
	l->time += r->time;
}

static void add_delays(struct observations *o, const struct bystander_record *r)
{
	struct delays *d = o->delays, *end = d + o->n_delays;

	while (d < end && strcmp(d->kind, r->kind))
		d++;
	if (d == end) {
		array_grow(&o->delays, o->n_delays, sizeof(*d));
		d = &o->delays[o->n_delays++];
		memset(d, 0, sizeof(*d));
		memcpy(d->kind, r->kind, sizeof(d->kind));
	}
	hist_merge(&d->hist, &r->hist);
}

void observations_add(struct observations *o, const struct observed *record)
{
	if (record->kind == OBSERVED_COUNTER)
		add_counter(o, &record->counter);
	else if (record->kind == OBSERVED_LOAD)
		add_load(o, &record->load);
	else
		add_delays(o, &record->bystander);
}

void observations_free(struct observations *o)
{
	free(o->counters);
	free(o->loads);
	free(o->delays);
}

const struct hist *observations_delays(const struct observations *o,
				       const char *kind)
{
	for (size_t i = 0; i < o->n_delays; i++)
		if (!strcmp(o->delays[i].kind, kind) && o->delays[i].hist.n)
			return &o->delays[i].hist;
	return NULL;
}
