// SPDX-License-Identifier: GPL-2.0-or-later
#include "clock.h"

#include <stddef.h>
#include <string.h>

const struct clock clock_insn = {
	.name = "insn", .unit = "insn", .noun = "instructions", .counts = "guest instructions",
	.label = "insn (insn clock)", .exact = true,
	 .help = "guest instructions; only in the deterministic VM",
};

const struct clock clock_wall = {
	.name = "wall", .unit = "ns", .noun = "ns", .counts = "nanoseconds",
	.label = "ns (wall clock)",
	.help = "nanoseconds of the monotonic clock",
};

const struct clock *const clocks[] = { &clock_insn, &clock_wall, NULL };

const struct clock *clock_find(const char *name)
{
	for (size_t i = 0; clocks[i]; i++)
		if (!strcmp(clocks[i]->name, name))
			return clocks[i];
	return NULL;
}
