/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which comparison of a run is told first. */
#ifndef HMMBENCH_HEADLINE_H
#define HMMBENCH_HEADLINE_H

#include <stdbool.h>

#include "verdict.h"

#define EXACT_SLACK	1	/* %: below that a build of the kernel differs from another */

/**
 * struct headline - the comparison, and among which it was chosen
 * @told:	of the cheapest contender; NULL when there is nothing to tell
 * @contenders:	how many strategies stood against the baseline at its page count
 * @cheaper, @dearer: how many of them are; the others are the same or undecided
 * @overlap:	of how many samples overlap with the baseline's
 */
struct headline {
	const struct contrast *told;
	size_t contenders, cheaper, dearer, overlap;
};

/**
 * headline_choose() - the longest range of the commonest combination of axes
 *
 * Of the cells that agree on every axis but strategy and pages, those with most
 * comparisons; of these the largest page count; of its strategies the one that is
 * known to be cheaper by most, or has the smallest ratio when none is; one whose samples
 * overlap with the baseline's only when those of all do. References (gup,
 * touch, ...), the negative control, the floor of the harness and second names of a
 * strategy (unlocked@b) are no contenders: no driver could call them instead.
 */
struct headline headline_choose(const struct contrasts *contrasts);

/** headline_is_contender() - is a strategy a way of retrying that a driver could use? */
bool headline_is_contender(const char *strategy);

/** headline_same_group() - do two cells agree on every axis but strategy and pages? */
bool headline_same_group(const struct axes *a, const struct axes *b);

/** contrast_cheaper(), contrast_dearer() - by its verdict; exact ratios from 1 % on */
bool contrast_cheaper(const struct contrast *contrast);
bool contrast_dearer(const struct contrast *contrast);

/**
 * headline_say() - the verdict in one sentence, strategies in `backticks`
 * @clock:	"insn" or "wall"
 * @emulated:	the sentence then refuses to give a verdict
 */
void headline_say(const struct headline *headline, const char *baseline,
		  const char *clock, enum emulated emulated, char *text, size_t size);

#endif
