/* SPDX-License-Identifier: GPL-2.0-or-later */
/* perf counters around a call, per role. */
#ifndef HMMBENCH_WATCH_H
#define HMMBENCH_WATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "record/observed.h"
#include "counters.h"

struct watch;

/**
 * struct watch_sum - what one counter of one role counted
 * @value, @ena, @run: as struct counter_record has them
 * @err:	errno when it could not be opened
 * @samples:	watched calls that were its turn; all, when it could not be opened
 */
struct watch_sum {
	uint64_t value, ena, run;
	int err;
	unsigned int samples;
};

/** watch_turns() - how many turns this machine has events for; at least 1. */
unsigned int watch_turns(void);

/** watch_open() - no counters yet. Return: 0 or -errno. */
int watch_open(struct watch **watch);
void watch_close(struct watch *watch);

/**
 * watch_role() - open every counter on the threads of a role, each on its own
 *
 * One that cannot be opened is remembered, and no error.
 * Return: 0 or -ENOMEM.
 */
int watch_role(struct watch *watch, enum role role, const pid_t *tids, size_t n);

/** watch_enable() - count the events of a turn from here, or up to here. */
void watch_enable(struct watch *watch, unsigned int turn, bool on);

/**
 * watch_add() - add what was counted since the last time
 * @turn: whose turn it was
 * @sums: [ROLE_COUNT * counters_count], the counters of a role together
 */
void watch_add(struct watch *watch, unsigned int turn, struct watch_sum *sums);

#endif
