// SPDX-License-Identifier: GPL-3.0-or-later
#include "observations.h"

#include <math.h>
#include <string.h>

#include "record/record.h"
#include "report/write/array.h"

static void add_counter(struct observations *o, const struct counter_record *r)
{
	struct counted *c;
	size_t i = 0;

	while (i < o->n_counters &&
	       (o->counters[i].role != r->role || strcmp(o->counters[i].name, r->name)))
		i++;
	if (i == o->n_counters) {
		array_grow(&o->counters, o->n_counters++, sizeof(*c));
		o->counters[i] = (struct counted){ .role = r->role };
		memcpy(o->counters[i].name, r->name, sizeof(r->name));
	}
	c = &o->counters[i];
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
	size_t i = 0;

	while (i < o->n_loads && strcmp(o->loads[i].kind, r->kind))
		i++;
	if (i == o->n_loads) {
		array_grow(&o->loads, o->n_loads++, sizeof(*o->loads));
		o->loads[i] = (struct load_done){};
		memcpy(o->loads[i].kind, r->kind, sizeof(r->kind));
	}
	o->loads[i].ops += r->ops;
	o->loads[i].time += r->time;
}

static void add_delays(struct observations *o, const struct bystander_record *r)
{
	size_t i = 0;

	while (i < o->n_delays && strcmp(o->delays[i].kind, r->kind))
		i++;
	if (i == o->n_delays) {
		array_grow(&o->delays, o->n_delays++, sizeof(*o->delays));
		memset(&o->delays[i], 0, sizeof(*o->delays));
		memcpy(o->delays[i].kind, r->kind, sizeof(r->kind));
	}
	hist_merge(&o->delays[i].hist, &r->hist);
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

const char *observations_model(const char *counter, const char **machine, int *length)
{
	const char *colon = strchr(counter, ':');

	if (strncmp(counter, MODELLED, strlen(MODELLED)) || !colon)
		return NULL;
	*machine = counter + strlen(MODELLED);
	*length = colon - *machine;
	return colon + 1;
}

const char *observations_machine(const struct observations *o, int *length)
{
	const char *machine;

	for (size_t i = 0; i < o->n_counters; i++)
		if (observations_model(o->counters[i].name, &machine, length))
			return machine;
	return NULL;
}

double observations_per_call(const struct observations *o, const char *event, bool modelled,
			     bool *scaled)
{
	const char *machine, *first = NULL, *of_model;
	double sum = NAN;
	int length, first_length = 0;

	for (size_t i = 0; i < o->n_counters; i++) {
		const struct counted *c = &o->counters[i];

		of_model = observations_model(c->name, &machine, &length);
		if (c->role == ROLE_LOAD || modelled != !!of_model ||
		    strcmp(of_model ? of_model : c->name, event))
			continue;
		if (of_model && first && (length != first_length || strncmp(machine, first, length)))
			return NAN;	/* of which of two machines? */
		if (of_model) {
			first = machine;
			first_length = length;
		}
		if (!c->samples)
			return NAN;
		sum = (isnan(sum) ? 0 : sum) + c->value / c->samples;
		if (scaled)
			*scaled |= c->scaled;
	}
	return sum;
}

const struct hist *observations_delays(const struct observations *o,
				       const char *kind)
{
	for (size_t i = 0; i < o->n_delays; i++)
		if (!strcmp(o->delays[i].kind, kind) && o->delays[i].hist.n)
			return &o->delays[i].hist;
	return NULL;
}
