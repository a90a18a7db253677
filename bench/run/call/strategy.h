/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How each strategy is called: by the module under a number, or here. */
#ifndef HMMBENCH_STRATEGY_H
#define HMMBENCH_STRATEGY_H

#include "../../../kernel-helpers/hmm_bench/hmm_bench_uapi.h"
#include "model/strategies.h"
#include "run/memory/range.h"
#include "caller.h"

/**
 * struct strategy_call - how a strategy is called
 * @name:	of the strategy
 * @id:		enum hmm_bench_strategy; for those in user space HMM_BENCH_NULL,
 *		which looks at the range when @run is done
 * @run:	user space: the timed part; 0 or -errno
 * @caller:	what makes the call; for @run CALLER_MODULE, too, which looks at the range
 * @prepare:	before @run, not timed: 0, or -errno with a line in @why; may be NULL
 * @finish:	after it, not timed; may be NULL
 */
struct strategy_call {
	const char *name;
	uint32_t id;
	int (*run)(const struct range *range);
	enum caller_id caller;
	int (*prepare)(const struct range *range, struct reason *why);
	void (*finish)(void);
};

/** strategy_call() - how to call it; NULL when there is no way. */
const struct strategy_call *strategy_call(const struct strategy *strategy);

#endif
