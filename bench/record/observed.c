// SPDX-License-Identifier: GPL-2.0-or-later
#include "observed.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "fields.h"
#include "record.h"

static const char *const role_names[] = { "caller", "responder", "load", NULL };

#define KIND(_name, _does)	{ .name = #_name, .does = (_does) },
const struct bystander_kind bystander_kinds[] = { BYSTANDERS(KIND) };

const char *role_name(enum role role)
{
	return role_names[role];
}

int observed_write_counter(FILE *out, const struct counter_record *r)
{
	return record_write_line(out, json_pack(
		"{ss sI sI ss ss so sI sI sI si}", "schema", SCHEMA_COUNTER,
		"cell", (json_int_t)r->cell, "boot", (json_int_t)r->boot,
		"role", role_names[r->role], "counter", r->name, "value", record_known(r->value),
		"ena", (json_int_t)r->ena, "run", (json_int_t)r->run,
		"samples", (json_int_t)r->samples, "err", r->err));
}

int observed_write_load(FILE *out, const struct load_record *r)
{
	return record_write_line(out, json_pack(
		"{ss sI sI ss sI sI sI sI}", "schema", SCHEMA_LOAD,
		"cell", (json_int_t)r->cell, "boot", (json_int_t)r->boot, "kind", r->kind,
		"threads", (json_int_t)r->threads, "period", (json_int_t)r->period,
		"ops", (json_int_t)r->ops, "time", (json_int_t)r->time));
}

/* Only what is not empty: [[smallest value, count], ...]. */
static json_t *hist_to_json(const struct hist *hist)
{
	json_t *buckets = json_array();

	for (unsigned int i = 0; i < HIST_BUCKETS; i++)
		if (hist->count[i])
			json_array_append_new(buckets,
				json_pack("[II]", (json_int_t)hist_low(i),
					  (json_int_t)hist->count[i]));
	return buckets;
}

int observed_write_bystander(FILE *out, const struct bystander_record *r)
{
	return record_write_line(out, json_pack(
		"{ss sI sI ss sI sI sI so}", "schema", SCHEMA_BYSTANDER,
		"cell", (json_int_t)r->cell, "boot", (json_int_t)r->boot, "kind", r->kind,
		"period", (json_int_t)r->period, "n", (json_int_t)r->hist.n,
		"max", (json_int_t)r->hist.max,
		"buckets", hist_to_json(&r->hist)));
}

static void read_counter(struct fields *f, struct counter_record *r)
{
	r->cell = fields_u32(f, "cell");
	r->boot = fields_u32(f, "boot");
	r->role = fields_name(f, "role", role_names);
	fields_text(f, "counter", r->name, sizeof(r->name));
	r->value = fields_known(f, "value");
	r->ena = fields_u64(f, "ena");
	r->run = fields_u64(f, "run");
	r->samples = fields_u32(f, "samples");
	r->err = fields_errno(f, "err");
}

static void read_load(struct fields *f, struct load_record *r)
{
	r->cell = fields_u32(f, "cell");
	r->boot = fields_u32(f, "boot");
	fields_text(f, "kind", r->kind, sizeof(r->kind));
	r->threads = fields_u32(f, "threads");
	r->period = fields_u64(f, "period");
	r->ops = fields_u64(f, "ops");
	r->time = fields_u64(f, "time");
}

static void read_hist(struct fields *f, struct hist *hist)
{
	uint64_t n = fields_u64(f, "n");
	json_t *buckets = fields_array(f, "buckets"), *pair;
	size_t i;

	hist->max = fields_u64(f, "max");
	json_array_foreach(buckets, i, pair) {
		json_int_t low, count;
		unsigned int bucket;

		if (json_unpack(pair, "[II!]", &low, &count) || low < 0 ||
		    count < 1 || count > UINT32_MAX) {
			fields_blame(f, "buckets", "are not pairs of numbers");
			return;
		}
		bucket = hist_bucket(low);
		if (hist_low(bucket) != (uint64_t)low || hist->count[bucket]) {
			fields_blame(f, "buckets", "do not begin where they do");
			return;
		}
		hist->count[bucket] = count;
		hist->n += count;
	}
	if (hist->n != n)
		fields_blame(f, "n", "is not the sum of the buckets");
}

static void read_bystander(struct fields *f, struct bystander_record *r)
{
	r->cell = fields_u32(f, "cell");
	r->boot = fields_u32(f, "boot");
	fields_text(f, "kind", r->kind, sizeof(r->kind));
	r->period = fields_u64(f, "period");
	read_hist(f, &r->hist);
}

static void read_any(struct fields *f, const char *schema, struct observed *o)
{
	char what[96];

	if (!strcmp(schema, SCHEMA_COUNTER)) {
		o->kind = OBSERVED_COUNTER;
		read_counter(f, &o->counter);
	} else if (!strcmp(schema, SCHEMA_LOAD)) {
		o->kind = OBSERVED_LOAD;
		read_load(f, &o->load);
	} else if (!strcmp(schema, SCHEMA_BYSTANDER)) {
		o->kind = OBSERVED_BYSTANDER;
		read_bystander(f, &o->bystander);
	} else {
		snprintf(what, sizeof(what), "'%s' is not known; it was written "
			 "by another version", schema);
		fields_blame(f, "schema", what);
	}
}

int observed_read(const char *line, struct observed *observed, struct reason *why)
{
	struct fields f = { .why = why };
	char schema[32];

	if (fields_open(&f, line))
		return -EINVAL;
	memset(observed, 0, sizeof(*observed));
	fields_text(&f, "schema", schema, sizeof(schema));
	if (!f.bad)
		read_any(&f, schema, observed);
	fields_end(&f);
	json_decref(f.object);
	return f.bad ? -EINVAL : 0;
}
