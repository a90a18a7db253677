/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The record files of a run folder, line by line. */
#ifndef HMMBENCH_LINES_H
#define HMMBENCH_LINES_H

#include <stddef.h>

#include "base/reason.h"

/**
 * lines_fn - takes a line of a record file, with its newline
 * @number: from 1
 * Return: 0 to go on, or -errno with a sentence in @why.
 */
typedef int (*lines_fn)(void *arg, const char *line, unsigned long number, struct reason *why);

/**
 * lines_read() - give each whole line of FOLDER/NAME to @take, in order
 * @cut_off: set to 1 when the last line was not finished, which is then not given
 * Return: 0, or -errno with a line in @why that names file and line; -ENOENT when
 * there is no such file.
 */
int lines_read(const char *folder, const char *name, lines_fn take, void *arg,
	       int *cut_off, struct reason *why);

#endif
