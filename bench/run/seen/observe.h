/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is observed beside the samples of a cell, until the cell is closed. */
#ifndef HMMBENCH_OBSERVE_H
#define HMMBENCH_OBSERVE_H

#include <stdio.h>

#include "run/actors/load.h"
#include "watch.h"

/**
 * struct observation - of one cell in this boot
 * @accounts:	of the load and the bystanders, over the timed calls
 * @time:	of those calls
 * @hists:	of the bystanders
 * @watched:	watch samples
 * @traced:	of them those of turn 0, whose use of the mmap lock is traced
 * @sums:	counters over the watch samples
 * @locks, @wait_ns, @hold_ns: the caller's use of its mmap lock over those traced
 */
struct observation {
	struct load_account accounts[LOAD_PARTS_MAX];
	uint64_t time;
	struct hist hists[LOAD_PARTS_MAX];
	unsigned int watched, traced;
	struct watch_sum *sums;
	uint64_t locks, wait_ns, hold_ns;
};

/** observation_new() - nothing seen yet; @load may be NULL. NULL: no memory. */
struct observation *observation_new(const struct load *load);
void observation_free(struct observation *o);

struct hmm_bench_call;

/** observation_call() - add what a watched call of turn 0 says of the mmap lock. */
void observation_call(struct observation *o, const struct hmm_bench_call *call);

/** observation_write() - as lines of counters.jsonl. Return: 0 or -errno. */
int observation_write(FILE *out, uint32_t cell, uint32_t boot,
		      const struct observation *o);

#endif
