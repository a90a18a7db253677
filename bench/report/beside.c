// SPDX-License-Identifier: GPL-3.0-or-later
#include "beside.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../common/record.h"

static void *append(void *array, size_t *n, size_t size)
{
	void **at = array;
	void *bigger = realloc(*at, (*n + 1) * size);

	if (!bigger)
		return NULL;
	*at = bigger;
	return memset((char *)bigger + (*n)++ * size, 0, size);
}

const struct counter_data *beside_counter(const struct beside *b, enum role role,
					  const char *name)
{
	for (size_t i = 0; i < b->n_counters; i++)
		if (b->counters[i].role == role &&
		    !strcmp(b->counters[i].name, name))
			return &b->counters[i];
	return NULL;
}

const struct hist *beside_bystander(const struct beside *b, const char *kind)
{
	for (size_t i = 0; i < b->n_bystanders; i++)
		if (!strcmp(b->bystanders[i].kind, kind))
			return &b->bystanders[i].hist;
	return NULL;
}

static int add_counter(struct beside *b, const struct counter_record *r)
{
	struct counter_data *c =
		(struct counter_data *)beside_counter(b, r->role, r->name);

	if (!c) {
		c = append(&b->counters, &b->n_counters, sizeof(*c));
		if (!c)
			return -ENOMEM;
		c->role = r->role;
		memcpy(c->name, r->name, sizeof(c->name));
	}
	if (r->err)
		c->err = r->err;
	if (r->value == NOT_KNOWN || !r->run)
		return 0;
	c->counted = true;
	c->samples += r->samples;
	c->scaled |= r->run < r->ena;
	c->value += r->run < r->ena ? (double)r->value * r->ena / r->run : r->value;
	return 0;
}

static int add_load(struct beside *b, const struct load_record *r)
{
	struct load_record *l;

	for (size_t i = 0; i < b->n_loads; i++) {
		l = &b->loads[i];
		if (strcmp(l->kind, r->kind))
			continue;
		l->ops += r->ops;
		l->time += r->time;
		return 0;
	}
	l = append(&b->loads, &b->n_loads, sizeof(*l));
	if (!l)
		return -ENOMEM;
	*l = *r;
	return 0;
}

static int add_bystander(struct beside *b, const struct bystander_record *r)
{
	struct hist *hist = (struct hist *)beside_bystander(b, r->kind);
	struct bystander_data *d;

	if (!hist) {
		d = append(&b->bystanders, &b->n_bystanders, sizeof(*d));
		if (!d)
			return -ENOMEM;
		memcpy(d->kind, r->kind, sizeof(d->kind));
		hist = &d->hist;
	}
	hist_merge(hist, &r->hist);
	return 0;
}

int beside_add(struct beside *b, const struct observed *o)
{
	switch (o->kind) {
	case OBSERVED_COUNTER:
		return add_counter(b, &o->counter);
	case OBSERVED_LOAD:
		return add_load(b, &o->load);
	default:
		return add_bystander(b, &o->bystander);
	}
}

void beside_free(struct beside *b)
{
	free(b->counters);
	free(b->loads);
	free(b->bystanders);
}
