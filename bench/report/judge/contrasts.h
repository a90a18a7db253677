/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which cells are compared with which. */
#ifndef HMMBENCH_CONTRASTS_H
#define HMMBENCH_CONTRASTS_H

#include "report/data/selection.h"
#include "verdict.h"

/**
 * contrasts_of_strategies() - every cell of a run against the cell that differs from
 *	it in strategy alone and has the strategy @baseline
 * @cells:	leave out all others
 *
 * In the order of order_of(). The cells of the baseline itself are none of them.
 * contrasts_free() what was made.
 */
void contrasts_of_strategies(const struct dataset *data, const char *baseline,
			     const struct selection *cells, struct contrasts *out);

/**
 * contrasts_of_runs() - each cell of @base against the one with its axes in @other
 * @cells:	leave out all others
 *
 * In the order of order_of() of @base, then those that @other alone has, whose base is
 * NULL. The runs must have one unit.
 * contrasts_free() what was made.
 */
void contrasts_of_runs(const struct dataset *base, const struct dataset *other,
		       const struct selection *cells, struct contrasts *out);

/**
 * contrasts_of_cells() - each cell of @cells against that of @base_cells at its index
 * @base, @other: whose they are: one run, or two of one unit
 *
 * There are @count of each; either may be NULL, as may both, which is VERDICT_NONE.
 * contrasts_free() what was made.
 */
void contrasts_of_cells(const struct dataset *base, const struct cell_data *const *base_cells,
			const struct dataset *other, const struct cell_data *const *cells,
			size_t count, struct contrasts *out);

/**
 * contrasts_append() - add the contrasts of another part of a table, not yet judged with it
 *
 * The part with the widest margin speaks for all.
 */
void contrasts_append(struct contrasts *all, const struct contrasts *more);
void contrasts_free(struct contrasts *contrasts);

#endif
