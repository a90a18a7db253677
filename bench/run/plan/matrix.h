/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Matrix files: axis values, filters and the sampling plan, in YAML. */
#ifndef HMMBENCH_MATRIX_H
#define HMMBENCH_MATRIX_H

#include <stddef.h>
#include <stdint.h>

#include "base/reason.h"
#include "record/record.h"

#define BOOTS_MAX	10000

/**
 * struct sampling - how often each cell is measured
 * @boots:	starts of the kernel, or of the process on metal; the insn clock
 *		has one, since another would be the same bytes
 * @max_boots:	with a @target: the most of them; at least BOOTS_MIN
 * @target:	wanted half-width of each cell's interval, in percent of its
 *		median: boots go on until all are within it; 0 for @boots boots
 * @rounds:	per boot; a round runs each strategy of a block
 * @samples:	timed samples per cell and round, in a row
 * @budget:	million instructions by cost_insn() that the timed samples of a
 *		cell may take: a block with a costlier cell has fewer rounds, and
 *		one timed sample of each cell and nothing else if 1 is too much;
 *		0 for no limit
 * @warmup:	samples per cell and boot thrown away before the first round
 * @counting:	counting samples per cell and boot, in rounds of their own
 * @watching:	samples per cell and boot with perf counters on, likewise
 * @hang_seconds: seconds that the guest may compute without a new line before it is
 *		given up; ten times that may pass while it does nothing
 * @turn_us:	microseconds after which a processor of the emulated machine has to let the
 *		next have its turn; 0 for up to a timer tick
 */
struct sampling {
	uint32_t boots, max_boots, rounds, samples, budget, warmup, counting, watching;
	uint32_t hang_seconds, turn_us;
	double target;
};

/**
 * struct matrix - a matrix file, expanded
 * @name:	from the file; names the run
 * @sha256:	of the file, as it was read: one that is a pipe can be read once
 * @seed:	orders blocks and rounds, and fills the pages
 * @cells:	the distinct axis combinations, in the order of the file
 */
struct matrix {
	char name[64];
	char sha256[65];
	uint64_t seed;
	struct sampling sampling;
	struct axes *cells;
	size_t count;
};

/**
 * axes_check_fn - whether a cell can be measured at all, as far as its axes tell
 * @wrong: the axis to blame on error
 * @why: what is wrong with its value and what is allowed
 * Return: 0 or -EINVAL.
 */
typedef int (*axes_check_fn)(const struct axes *axes, const struct axis **wrong,
			     struct reason *why);

/**
 * matrix_load() - read and expand a matrix file
 * @check: called for every cell that `exclude` leaves; NULL for none
 * @why: one line on failure: "FILE:LINE: FIELD: what is wrong; what is allowed"
 * Return: 0, -errno when the file cannot be read, -EINVAL when it is wrong.
 */
int matrix_load(const char *path, axes_check_fn check, struct matrix *matrix,
		struct reason *why);
void matrix_free(struct matrix *matrix);

/** sampling_boots() - the most boots that the plan allows. */
uint32_t sampling_boots(const struct sampling *sampling);

#endif
