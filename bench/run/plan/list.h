/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What `hmmbench list` prints: what would be measured, in which order, how long. */
#ifndef HMMBENCH_LIST_H
#define HMMBENCH_LIST_H

#include <stdio.h>

#include "matrix.h"
#include "plan.h"

/**
 * list_print() - the cells in running order (of boot 0), the sampling plan and its cost
 *
 * A block's cells are listed in the order of its first round.
 *
 * Return: 0, or -errno when @out cannot be written.
 */
int list_print(FILE *out, const struct matrix *matrix, const struct plan *plan);

/**
 * list_duration() - a time in words of at most two units, "2 min 10 s"; exported for tests
 * Return: @buf.
 */
char *list_duration(double seconds, char *buf, size_t size);

#endif
