/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How far a run is: for a person at a terminal, or for the host of a guest. */
#ifndef HMMBENCH_PROGRESS_H
#define HMMBENCH_PROGRESS_H

#include <stdint.h>
#include <stdio.h>

#include "run/plan/plan.h"

struct progress;

/**
 * progress_open() - begin
 * @path:	a file that gets lines, or NULL for a line on the terminal that
 *		is written over (nothing when stderr is none)
 *
 * The first line is "plan STEPS COST HANG_SECONDS BOOT", each other one
 * "step NUMBER COST_DONE CELL KEY", written before the sample is taken. COST is
 * by cost_ns().
 * Return: NULL after a message when @path cannot be written.
 */
struct progress *progress_open(const char *path, const struct matrix *matrix,
			       const struct plan *plan, uint32_t boot);
void progress_step(struct progress *progress, const struct plan_step *step,
		   const struct axes *axes);
void progress_close(struct progress *progress);

/**
 * progress_tell() - how far guests are that run side by side, on one line
 * @files:	what progress_open() was given in each; a file that does not say yet where
 *		its guest is does not count
 * @spent:	seconds since they began
 * @after:	boots like this one that follow it
 *
 * What is left is what the slowest has left, by the price of what it has done. Prints
 * nothing when no guest has begun.
 */
void progress_tell(FILE *out, const char *const *files, size_t count, uint64_t spent,
		   uint64_t after);

#endif
