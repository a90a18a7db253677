/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two cells, measured against each other: everything but the verdict. */
#ifndef HMMBENCH_CONTRAST_H
#define HMMBENCH_CONTRAST_H

#include "verdict.h"

/**
 * contrast_make() - two cells
 * @clock: of the run, or of both
 * @apart: they are of two runs, whose boots are no pairs; else they go boot by boot
 *
 * Fills all but p, margin and verdict, which is VERDICT_NONE with a reason, or
 * VERDICT_INCONCLUSIVE until it is judged. Either cell may be NULL.
 */
void contrast_make(const struct cell_data *base, const struct cell_data *other,
		   const struct clock *clock, bool apart, struct contrast *c);

#endif
