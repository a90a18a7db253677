/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How far a run folder is, for a run that goes on. */
#ifndef HMMBENCH_DONE_H
#define HMMBENCH_DONE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/reason.h"
#include "run/plan/matrix.h"

/**
 * struct done - what a folder holds
 * @closed:	for each cell of the matrix how many boots closed it
 * @finished:	the fewest of them: so many boots have measured every cell
 * @next:	one more than the last boot in it, 0 when there is none
 * @closures:	which boot closed which cell, for done_closed()
 */
struct done {
	uint32_t *closed;
	uint32_t finished, next;
	uint64_t *closures;
	size_t n_closures;
};

/**
 * done_read() - count the boots of each cell
 * @folder: its samples.jsonl is read; none, or no @folder, is an empty one
 * Return: 0, or -errno with a line in @why; -EINVAL when a cell in it is
 *	another one in @matrix. done_free() what was read.
 */
int done_read(const char *folder, const struct matrix *matrix, struct done *done,
	      struct reason *why);
void done_free(struct done *done);

/**
 * done_cell() - is there nothing to measure of this cell in the boot that comes?
 * @boots: of the plan
 *
 * A boot that was cut off is made up for first: until all cells have had it,
 * those that did are left out.
 */
bool done_cell(const struct done *done, uint32_t cell, uint32_t boots);

/** done_closed() - did this boot close this cell? */
bool done_closed(const struct done *done, uint32_t cell, uint32_t boot);

/** done_begun() - does this folder hold records? */
int done_begun(const char *folder);

/**
 * done_mend() - drop a last line that was cut off while it was written
 *
 * Else the next record would be glued to it. Return: 0, or -1 with errno.
 */
int done_mend(const char *folder);

#endif
