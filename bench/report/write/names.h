/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is a name among those of an array? */
#ifndef HMMBENCH_NAMES_H
#define HMMBENCH_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

static inline bool name_among(const char *const *names, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (!strcmp(names[i], name))
			return true;
	return false;
}

/** AMONG() - of an array of constants, whose size is known. */
#define AMONG(names, name)	name_among(names, sizeof(names) / sizeof(*(names)), name)

#endif
