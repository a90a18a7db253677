/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the axes of a cell mean, read once: how it is called and what must come of it. */
#ifndef HMMBENCH_RECIPE_H
#define HMMBENCH_RECIPE_H

#include "base/reason.h"
#include "run/actors/delay.h"
#include "run/actors/load_parts.h"
#include "run/plan/profile.h"
#include "run/system/uffd.h"
#include "strategy.h"

/**
 * struct recipe - a cell
 * @axes:	of which it was read
 * @uffd:	NULL without userfaultfd
 * @module:	hmm_bench.ko is there
 * @flags:	HMM_BENCH_PRESENT, ...: what the module says of the strategy
 * @piece:	pages that are asked for at once, 0 for the whole range
 * @fills:	the range is all there after the call; a snapshot asks for nothing
 * @messages:	of userfaultfd, that the call must cause
 * @refused:	the errno with which the kernel must refuse the call, or 0: a sample with
 *		just this errno is right, and its cell `unsupported`
 */
struct recipe {
	const struct axes *axes;
	const struct strategy *strategy;
	const struct strategy_call *call;
	const struct profile *profile;
	const struct uffd_kind *uffd;
	struct delay delay;
	struct load_parts load;
	bool module;
	uint32_t flags, piece;
	bool fills;
	uint64_t messages;
	int refused;
};

/**
 * recipe_check_axes() - whether a cell makes sense, as far as its axes tell
 *
 * An axes_check_fn.
 */
int recipe_check_axes(const struct axes *axes, const struct axis **wrong, struct reason *why);

/**
 * recipe_read() - of axes that recipe_check_axes() has nothing against
 * @device: /dev/hmm_bench, or -1
 */
void recipe_read(struct recipe *recipe, const struct axes *axes, int device);

/**
 * recipe_callable() - does this kernel have what the cell calls, but for a caller beside
 *	the module?
 * @why: the reason when not
 */
bool recipe_callable(const struct recipe *recipe, struct reason *why);

/** recipe_countable() - can its calls be counted? */
static inline bool recipe_countable(const struct recipe *recipe)
{
	return !recipe->call->run && recipe->flags & HMM_BENCH_COUNTABLE;
}

#endif
