/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which cells of a run folder are finished, for a run that goes on. */
#ifndef HMMBENCH_DONE_H
#define HMMBENCH_DONE_H

#include <stdint.h>

#include "matrix.h"

/**
 * done_read() - what a folder holds already
 * @folder: its samples.jsonl is read; none is an empty one
 * @done: one flag per cell of @matrix, set for each that was closed
 * @boot: one more than the last boot in it, 0 when there is none
 * Return: 0, or -errno with a line in @why; -EINVAL when a cell in it is
 *	another one in @matrix.
 */
int done_read(const char *folder, const struct matrix *matrix, char *done,
	      uint32_t *boot, char *why, size_t why_size);

/** done_begun() - does this folder hold records? */
int done_begun(const char *folder);

/**
 * done_mend() - drop a last line that was cut off while it was written
 *
 * Else the next record would be glued to it. Return: 0, or -1 with errno.
 */
int done_mend(const char *folder);

#endif
