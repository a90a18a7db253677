/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two cells, measured against each other: everything but the verdict. */
#ifndef HMMBENCH_CONTRAST_H
#define HMMBENCH_CONTRAST_H

#include "verdict.h"

/**
 * contrast_pair() - cells of one run, boot by boot
 * @clock: of the run
 *
 * Fills all but p, margin and verdict, which is VERDICT_NONE with a reason, or
 * VERDICT_INCONCLUSIVE until it is judged. Either cell may be NULL.
 * Return: 0 or -ENOMEM.
 */
int contrast_pair(const struct cell_data *base, const struct cell_data *other,
		  const struct clock *clock, struct contrast *out);

/** contrast_runs() - likewise of cells of two runs, whose boots are no pairs. */
int contrast_runs(const struct cell_data *base, const struct cell_data *other,
		  const struct clock *clock, struct contrast *out);

#endif
