/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A sample in memory: its fields, which is what a record of it names. */
#ifndef HMMBENCH_SAMPLE_H
#define HMMBENCH_SAMPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SCHEMA_SAMPLE	"hmmbench.sample/1"

#define RECORD_TEXT_MAX	256	/* longest check or reason, with its NUL */
#define NOT_KNOWN	UINT64_MAX	/* written as null; never a measured value */

enum sample_mode {
	MODE_TIME,	/* timed, nothing else watched */
	MODE_COUNT,	/* counted: counts and phases; its total is not a result */
	MODE_WARMUP,	/* timed and thrown away, kept for the order check */
	MODE_WATCH,	/* counted with perf counters on: only for counters.jsonl */
};

extern const char *const sample_modes[];	/* their names, to NULL */

/* In the order of a record. @newer: runs from before it was added do not name it. */
#define SAMPLE_COUNTS(FIELD)						\
	FIELD(walk, false) FIELD(lock_wait, false) FIELD(fault_wait, false)	\
	FIELD(passes, false) FIELD(lock_drops, false)			\
	FIELD(drops_retry, true) FIELD(drops_completed, true)		\
	FIELD(seq_reads, false) FIELD(faults, false) FIELD(pte_visits, false)

#define SAMPLE_RESULTS(FIELD)						\
	FIELD(messages, false) FIELD(restarts, false) FIELD(invalidations, false)	\
	FIELD(valid, false) FIELD(writable, false)

#define SAMPLE_MEMBER(name, newer)	uint64_t name;

/**
 * struct counts - what one call did
 *
 * Each is NOT_KNOWN when it was not counted or cannot be.
 * @walk, @lock_wait, @fault_wait: in the run's unit.
 * @lock_drops: the sum of @drops_retry (nothing was done yet) and @drops_completed (the
 *	fault was done, and dropped the lock on its way out)
 */
struct counts {
	SAMPLE_COUNTS(SAMPLE_MEMBER)
};

/**
 * struct sample - one call on a freshly prepared range
 * @cell:	index of its cell in the plan, from 0
 * @boot:	index of the start of the kernel in this run folder, from 0
 * @seq:	order in which it ran within the boot, from 0
 * @round:	round within the boot, from 0
 * @mode:	an enum sample_mode
 * @total:	time of the call in the run's unit
 * @counts:	NOT_KNOWN throughout unless @mode is MODE_COUNT
 * @messages:	userfaultfd messages that the responder resolved
 * @restarts:	driver-level restarts after an invalidation
 * @invalidations: notifier callbacks that arrived during the call
 * @valid:	pages with HMM_PFN_VALID at the end
 * @writable:	pages with HMM_PFN_WRITE at the end
 * @err:	errno of the call itself, 0 when it succeeded
 * @check:	"ok", or what the check found
 */
struct sample {
	uint32_t cell, boot, seq, round;
	enum sample_mode mode;
	uint64_t total;
	struct counts counts;
	SAMPLE_RESULTS(SAMPLE_MEMBER)
	int err;
	char check[RECORD_TEXT_MAX];
};

/**
 * struct count_field - a field, so that readers need not list them again
 * @offset:	in struct counts, or in struct sample
 * @newer:	runs from before it was added do not name it
 */
struct count_field {
	const char *name;
	size_t offset;
	bool newer;
};

extern const struct count_field count_fields[];		/* of struct counts */
extern const size_t count_fields_count;
extern const struct count_field result_fields[];	/* of struct sample, after its counts */
extern const size_t result_fields_count;

const char *sample_mode_name(enum sample_mode mode);

#endif
