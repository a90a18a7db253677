// SPDX-License-Identifier: GPL-2.0-or-later
#include "observe.h"

#include <stdlib.h>
#include <string.h>

#include "record/record.h"
#include "run/system/device.h"

struct observation *observation_new(const struct load *load)
{
	struct observation *o = calloc(1, sizeof(*o));

	if (o)
		o->sums = calloc(ROLE_COUNT * counters_count, sizeof(*o->sums));
	if (!o || !o->sums) {
		free(o);
		return NULL;
	}
	if (load)
		load_describe(load, o->accounts);
	for (size_t i = 0; i < LOAD_PARTS_MAX; i++)
		if (o->accounts[i].bystander)
			o->accounts[i].hist = &o->hists[i];
	return o;
}

void observation_free(struct observation *o)
{
	if (o)
		free(o->sums);
	free(o);
}

static void add_known(uint64_t *sum, uint64_t value)
{
	*sum = value == HMM_BENCH_NOT_KNOWN ? NOT_KNOWN : *sum + value;
}

void observation_call(struct observation *o, const struct hmm_bench_call *call)
{
	o->traced++;
	add_known(&o->locks, call->traced_locks);
	add_known(&o->wait_ns, call->traced_wait_ns);
	add_known(&o->hold_ns, call->traced_hold_ns);
}

static int write_loads(FILE *out, uint32_t cell, uint32_t boot,
		       const struct observation *o)
{
	int ret = 0;

	for (size_t i = 0; i < LOAD_PARTS_MAX && o->accounts[i].kind && !ret; i++) {
		const struct load_account *a = &o->accounts[i];
		static struct bystander_record bystander;
		struct load_record load = {
			.cell = cell, .boot = boot, .threads = a->threads,
			.period = a->period, .ops = a->ops, .time = o->time,
		};

		snprintf(load.kind, sizeof(load.kind), "%s", a->kind);
		if (!a->bystander) {
			ret = observed_write_load(out, &load);
			continue;
		}
		bystander = (struct bystander_record){
			.cell = cell, .boot = boot, .period = a->period,
		};
		snprintf(bystander.kind, sizeof(bystander.kind), "%s", a->kind);
		bystander.hist = o->hists[i];
		ret = observed_write_bystander(out, &bystander);
	}
	return ret;
}

static int write_counter(FILE *out, struct counter_record *r, const char *name,
			 const struct watch_sum *sum)
{
	snprintf(r->name, sizeof(r->name), "%s", name);
	/* What never ran was not counted, whatever it says. */
	r->value = sum->err || !sum->run ? NOT_KNOWN : sum->value;
	r->ena = sum->ena;
	r->run = sum->run;
	r->samples = sum->samples;
	r->err = sum->err;
	return observed_write_counter(out, r);
}

static int write_counters(FILE *out, uint32_t cell, uint32_t boot,
			  const struct observation *o)
{
	struct counter_record r = { .cell = cell, .boot = boot };
	int ret = 0;

	for (r.role = 0; r.role < ROLE_COUNT; r.role++)
		for (size_t i = 0; i < counters_count && !ret; i++) {
			const struct watch_sum *sum =
				&o->sums[r.role * counters_count + i];

			if (sum->samples)
				ret = write_counter(out, &r, counters[i].name, sum);
		}
	return ret;
}

static int write_locks(FILE *out, uint32_t cell, uint32_t boot,
		       const struct observation *o)
{
	const struct {
		const char *name;
		uint64_t value;
	} sums[] = {
		{ "mmap_lock_count", o->locks },
		{ "mmap_lock_wait", o->wait_ns },
		{ "mmap_lock_hold", o->hold_ns },
	};
	struct counter_record r = { .cell = cell, .boot = boot,
				    .role = ROLE_CALLER, .samples = o->traced };
	int ret = 0;

	for (size_t i = 0; i < sizeof(sums) / sizeof(*sums) && !ret; i++) {
		snprintf(r.name, sizeof(r.name), "%s", sums[i].name);
		r.value = sums[i].value;
		r.ena = r.run = r.value == NOT_KNOWN ? 0 : 1;
		ret = observed_write_counter(out, &r);
	}
	return ret;
}

int observation_write(FILE *out, uint32_t cell, uint32_t boot,
		      const struct observation *o)
{
	int ret = write_loads(out, cell, boot, o);

	if (ret || !o->watched)
		return ret;
	ret = write_counters(out, cell, boot, o);
	return ret || !o->traced ? ret : write_locks(out, cell, boot, o);
}
