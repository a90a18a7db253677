// SPDX-License-Identifier: GPL-3.0-or-later
#include "observations.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
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

/* Letters of the machine's name in @counter; 0 when it is of none that was modelled. */
static size_t machine_length(const char *counter)
{
	size_t length;

	if (strncmp(counter, MODELLED, strlen(MODELLED)))
		return 0;
	counter += strlen(MODELLED);
	length = strspn(counter, "abcdefghijklmnopqrstuvwxyz0123456789-");
	return counter[length] == ':' ? length : 0;
}

const char *observations_event(const char *counter)
{
	size_t length = machine_length(counter);

	return length ? counter + strlen(MODELLED) + length + 1 : NULL;
}

int observations_one_machine(char machine[OBSERVED_NAME_MAX], const struct observed *record,
			     struct reason *why)
{
	const char *name = record->counter.name + strlen(MODELLED);
	int length = record->kind == OBSERVED_COUNTER ? machine_length(record->counter.name) : 0;

	if (!length)
		return 0;
	if (!*machine)
		snprintf(machine, OBSERVED_NAME_MAX, "%.*s", length, name);
	if (strlen(machine) == (size_t)length && !strncmp(machine, name, length))
		return 0;
	return reason_err(why, -EINVAL, "counter: machine %.*s, and %s in a line before; a run has one",
			  length, name, machine);
}

double observations_per_call(const struct observations *o, const char *event, bool modelled,
			     bool *scaled)
{
	const char *of_model;
	double sum = NAN;

	for (size_t i = 0; i < o->n_counters; i++) {
		const struct counted *c = &o->counters[i];

		of_model = observations_event(c->name);
		if (c->role == ROLE_LOAD || modelled != !!of_model ||
		    strcmp(of_model ? of_model : c->name, event))
			continue;
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
