// SPDX-License-Identifier: GPL-2.0-or-later
#include "clock.h"

#include <stddef.h>
#include <string.h>

const struct clock_kind clock_kinds[] = {
	{ "insn", "insn", "guest instructions; only in the deterministic VM" },
	{ "wall", "ns", "nanoseconds of the monotonic clock" },
	{ NULL, NULL, NULL },
};

const struct clock_kind *clock_find(const char *name)
{
	for (const struct clock_kind *c = clock_kinds; c->name; c++)
		if (!strcmp(c->name, name))
			return c;
	return NULL;
}
