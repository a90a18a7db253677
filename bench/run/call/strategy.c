// SPDX-License-Identifier: GPL-2.0-or-later
#include "strategy.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>

#include "run/memory/pattern.h"
#include "rxe.h"

static int run_touch(const struct range *range)
{
	size_t step = base_page_size();
	volatile uint64_t *word =
		(volatile uint64_t *)range->base + PATTERN_FREE_WORD;

	for (uint64_t i = 0; i < range->pages; i++) {
		if (range->axes->access == ACCESS_WRITE)
			*word = i;
		else
			(void)*word;
		word += step / sizeof(*word);
	}
	return 0;
}

static int run_populate(const struct range *range)
{
	int advice = range->axes->access == ACCESS_WRITE ?
		     MADV_POPULATE_WRITE : MADV_POPULATE_READ;

	return madvise(range->base, range->pages * base_page_size(), advice) ?
	       -errno : 0;
}

_Static_assert(AXIS_PAGES_MAX == HMM_BENCH_PAGES_MAX, "the module takes other ranges");

#define BY_MODULE(_id, _name)	{ .name = (_name), .id = HMM_BENCH_##_id },

static const struct strategy_call calls[] = {
	HMM_BENCH_STRATEGIES(BY_MODULE)
	{ .name = "touch", .run = run_touch },
	{ .name = "populate", .run = run_populate },
	{ .name = "rxe-prefetch", .caller = CALLER_RXE, .prepare = rxe_prepare,
	  .run = rxe_prefetch, .finish = rxe_finish },
	{ .name = "rxe-register", .caller = CALLER_RXE, .run = rxe_register,
	  .finish = rxe_finish },
	{ .name = "rxe-read", .caller = CALLER_RXE, .prepare = rxe_prepare_read,
	  .run = rxe_read, .finish = rxe_finish },
};

const struct strategy_call *strategy_call(const struct strategy *strategy)
{
	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		if (!strcmp(calls[i].name, strategy->name))
			return &calls[i];
	return NULL;
}
