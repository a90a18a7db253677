/* SPDX-License-Identifier: GPL-2.0-or-later */
/* On which line of a YAML text a value stands, so that errors can say so. */
#ifndef HMMBENCH_YAML_WHERE_H
#define HMMBENCH_YAML_WHERE_H

#include <stdbool.h>
#include <stddef.h>

#include "../common/reason.h"

struct yaml_where;

/**
 * yaml_where_open() - parse a text of exactly one document, a mapping
 * @text: need not outlive the call
 * @line: on -EINVAL, the line that is wrong
 * @why: on -EINVAL, what is wrong with it
 * Return: 0, -ENOMEM or -EINVAL.
 */
int yaml_where_open(const char *text, size_t size, struct yaml_where **where,
		    size_t *line, struct reason *why);
void yaml_where_close(struct yaml_where *where);

/**
 * yaml_where_line() - the line, from 1, of the value at @path
 * @path: keys joined by dots and indices from 0, as in "include[1].pages[0]"
 *
 * Where the path leads nowhere, the line of the last part of it that exists:
 * that is where something is missing. A key given twice is found where it is
 * repeated.
 */
size_t yaml_where_line(const struct yaml_where *where, const char *path);

/** yaml_where_has() - whether the path leads all the way to a value. */
bool yaml_where_has(const struct yaml_where *where, const char *path);

#endif
