/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The strategies by name, and how to call each. */
#ifndef HMMBENCH_STRATEGY_H
#define HMMBENCH_STRATEGY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../common/reason.h"
#include "../../kernel-helpers/hmm_bench/hmm_bench_uapi.h"
#include "backing.h"
#include "caller.h"

/**
 * struct strategy - a strategy, in the module or in user space
 * @name:	as in matrix files, without ":K"
 * @help:	one line: where it comes from
 * @id:		enum hmm_bench_strategy; for those in user space HMM_BENCH_NULL,
 *		which looks at the range when @run is done
 * @run:	user space: the timed part; 0 or -errno
 * @caller:	who makes the call; for @run CALLER_MODULE, too, which looks at the range
 * @prepare:	before @run, not timed: 0, or -errno with a line in @why; may be NULL
 * @finish:	after it, not timed; may be NULL
 * @reads_only:	there is no such call for writing
 * @takes_chunk: written "name:K"
 * @restarts:	after a dropped lock it walks what was asked of it from the start
 * @waits:	its faults drop the lock for userfaultfd alone, and wait for all else
 * @fills:	the range is all there afterwards
 * @returns:	it returns pfns, which are what it is judged by
 * @needs:	what a kernel without it lacks
 * @refused:	errno with which a range under userfaultfd is refused, or 0
 * @user:	its faults are those of user space
 * @dies:	it is killed by what it cannot have
 * @poisoned:	errno with which it ends at a poisoned page, if not that of the mode
 */
struct strategy {
	const char *name;
	const char *help;
	uint32_t id;
	int (*run)(const struct range *range);
	enum caller_id caller;
	int (*prepare)(const struct range *range, struct reason *why);
	void (*finish)(void);
	bool reads_only;
	bool takes_chunk;
	bool restarts;
	bool waits;
	bool fills;
	bool returns;
	const char *needs;
	int refused;
	bool user;
	bool dies;
	int poisoned;
};

extern const struct strategy strategies[];
extern const size_t strategies_count;

struct strategy_choice {
	const struct strategy *strategy;
	uint32_t chunk;
};

/**
 * strategy_parse() - "unlocked", "step:64", "unlocked@b"
 *
 * What follows '@' is a label: a second name for the same strategy, so that a
 * matrix can hold it twice and show what no difference looks like (A/A).
 *
 * Return: 0, or -EINVAL with a sentence in @why: what is wrong, what is allowed.
 */
int strategy_parse(const char *whole, struct strategy_choice *out, struct reason *why);

/**
 * strategy_check_axes() - does the strategy value of @axes make sense?
 *
 * An axes_check_fn for matrix_load(): also K of "step:K" against the pages.
 */
int strategy_check_axes(const struct axes *axes, const struct axis **culprit,
			struct reason *why);

#endif
