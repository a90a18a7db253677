/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which comparison of a run is shown first, and in which words. */
#ifndef HMMBENCH_HEADLINE_H
#define HMMBENCH_HEADLINE_H

#include <stdbool.h>

#include "verdict.h"

/**
 * headline_choose() - the comparison of a run whose ratio is furthest from 1
 *
 * Whichever of the two costs more, and whatever the other axes are: a page that opens with a
 * small difference hides a large one. A difference that is shown comes before one that may be
 * one, and that before samples that overlap; of equal ones the longest range. References (gup,
 * touch, ...), the negative control, the floor of the harness and second names of a
 * strategy (unlocked@b) are no contenders: no driver could call them instead.
 * Return: NULL when there is none.
 */
const struct contrast *headline_choose(const struct contrasts *contrasts);

/** headline_is_contender() - is a strategy a way of retrying that a driver could use? */
bool headline_is_contender(const char *strategy);

/** headline_same_group() - do two cells agree on every axis but strategy and pages? */
bool headline_same_group(const struct axes *a, const struct axes *b);

/**
 * headline_say() - the verdict in one sentence, strategies in `backticks`
 * @clock:	"insn" or "wall"
 * @emulated:	the sentence then refuses to give a verdict
 */
void headline_say(const struct contrast *headline, const char *baseline,
		  const char *clock, enum emulated emulated, char *text, size_t size);

#endif
