/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How far a run folder is, for a run that goes on. */
#ifndef HMMBENCH_RESUME_H
#define HMMBENCH_RESUME_H

#include <stdbool.h>
#include <stdint.h>

#include "base/reason.h"
#include "run/plan/matrix.h"

#define SHARDS_MAX	1000	/* guests of one boot */

/**
 * struct resume - what a folder holds
 * @closed:	for each cell of the matrix how many boots closed it
 * @finished:	the fewest of them: so many boots have measured every cell
 * @next:	one more than the last boot in it, 0 when there is none
 * @closures:	which boot closed which cell, for resume_closed()
 */
struct resume {
	uint32_t *closed;
	uint32_t finished, next;
	uint64_t *closures;
	size_t n_closures;
};

/**
 * resume_read() - count the boots of each cell
 * @folder: its samples.jsonl is read; none, or no @folder, is an empty one
 * Return: 0, or -errno with a line in @why; -EINVAL when a cell in it is another one in @matrix,
 *	or a boot has so high a number that none is left. resume_free() what was read.
 */
int resume_read(const char *folder, const struct matrix *matrix, struct resume *found,
	      struct reason *why);
void resume_free(struct resume *found);

/**
 * resume_skips() - is there nothing to measure of this cell in the boot that comes?
 * @boots: of the plan
 *
 * A boot that was cut off is made up for first: until all cells have had it,
 * those that did are left out.
 */
bool resume_skips(const struct resume *found, uint32_t cell, uint32_t boots);

/** resume_closed() - did this boot close this cell? */
bool resume_closed(const struct resume *found, uint32_t cell, uint32_t boot);

/**
 * resume_drop_open() - drop from counters.jsonl what was observed of cells that are not closed
 *
 * It comes before the line that closes a cell, and may be all that is left of a boot, whose
 * number the next one then has. Return: 0, or -errno with a line in @why.
 */
int resume_drop_open(const char *folder, const struct resume *found, struct reason *why);

/** resume_begun() - does this folder hold records? */
int resume_begun(const char *folder);

/**
 * resume_mend() - drop what a run that was cut off, or a loss of power, left at the end of its
 *	files: part of a line, or NULs
 *
 * Else the next record would be glued to it. Return: 0, or -errno with a line in @why.
 */
int resume_mend(const char *folder, struct reason *why);

#endif
