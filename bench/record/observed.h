/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The record schema of counters.jsonl: what was observed beside the samples of
 * a cell. A record counts only if its boot closed its cell in samples.jsonl.
 */
#ifndef HMMBENCH_OBSERVED_H
#define HMMBENCH_OBSERVED_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/reason.h"
#include "model/hist.h"

#define SCHEMA_COUNTER		"hmmbench.counter/1"
#define SCHEMA_LOAD		"hmmbench.load/1"
#define SCHEMA_BYSTANDER	"hmmbench.bystander/1"

#define OBSERVED_NAME_MAX	48
#define MODELLED		"modelled-"	/* begins what was counted in no machine that is there */

enum role { ROLE_CALLER, ROLE_RESPONDER, ROLE_LOAD, ROLE_COUNT };

/**
 * struct counter_record - one counter of one role, summed over a cell's watch
 *	samples in a boot
 * @name:	of the event; "mmap_lock:*" tracepoints by their full names
 * @value:	as counted; NOT_KNOWN when it could not be or never ran
 * @ena:	time that it was enabled, ns
 * @run:	of that, time that it really counted; below @ena it was multiplexed
 *		and value * ena / run is the estimate
 * @samples:	watch samples it was summed over
 * @err:	errno when the event could not be opened, else 0
 */
struct counter_record {
	uint32_t cell, boot;
	enum role role;
	char name[OBSERVED_NAME_MAX];
	uint64_t value, ena, run;
	uint32_t samples;
	int err;
};

/**
 * struct load_record - what one kind of load did during a cell's timed calls
 * @kind:	"writers", "readers", ...
 * @threads:	that it ran on
 * @period:	between the starts of two operations of a thread, ns
 * @ops:	operations completed
 * @time:	sum of the timed calls, in the run's unit
 */
struct load_record {
	uint32_t cell, boot;
	char kind[OBSERVED_NAME_MAX];
	uint32_t threads;
	uint64_t period, ops, time;
};

/* The bystanders: name, what it does in words */
#define BYSTANDERS(KIND)						\
	KIND(lock, "takes the mmap lock")				\
	KIND(fault, "faults a page in")

struct bystander_kind {
	const char *name, *does;
};
extern const struct bystander_kind bystander_kinds[];
#define BYSTANDER_COUNTED(name, does)	+ 1
enum { BYSTANDER_KINDS = 0 BYSTANDERS(BYSTANDER_COUNTED) };

/**
 * struct bystander_record - delays of one bystander during a cell's timed calls
 * @kind:	the name of a struct bystander_kind
 * @period:	between two intended starts, ns
 * @hist:	of completion less intended start, in the run's unit
 */
struct bystander_record {
	uint32_t cell, boot;
	char kind[OBSERVED_NAME_MAX];
	uint64_t period;
	struct hist hist;
};

const char *role_name(enum role role);

/** observed_write_*() - append one line and flush it. Return: 0 or -errno. */
int observed_write_counter(FILE *out, const struct counter_record *record);
int observed_write_load(FILE *out, const struct load_record *record);
int observed_write_bystander(FILE *out, const struct bystander_record *record);

enum observed_kind { OBSERVED_COUNTER, OBSERVED_LOAD, OBSERVED_BYSTANDER };

/**
 * struct observed - any line of counters.jsonl
 * @cell, @boot: with which each of the records begins
 */
struct observed {
	enum observed_kind kind;
	union {
		struct {
			uint32_t cell, boot;
		};
		struct counter_record counter;
		struct load_record load;
		struct bystander_record bystander;
	};
};

/**
 * observed_read() - parse one line of counters.jsonl
 * @why: filled with field and reason on error
 * Return: 0, or -EINVAL with a sentence in @why.
 */
int observed_read(const char *line, struct observed *observed, struct reason *why);

#endif
