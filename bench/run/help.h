/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the tables know, for people: "hmmbench help backings". */
#ifndef HMMBENCH_HELP_H
#define HMMBENCH_HELP_H

#include <stdio.h>

/**
 * help_print() - the names of a topic, each with a line about it
 * @topic: one of them, or NULL for what topics there are
 * Return: 0, or -EINVAL when there is no such topic.
 */
int help_print(FILE *out, const char *topic);

#endif
