// SPDX-License-Identifier: GPL-2.0-or-later
#include "machines.h"

#include <string.h>

#include "here.h"

/*
 * Intel's Performance Analysis Guide for Core i7 and Xeon 5500 (2009), page 22, has all of
 * these latencies in one table: L1 4 cycles, L2 10, L3 40 where nobody else has the line and
 * 75 where another core has written it, a remote L3 100 to 300, memory 60 ns and of the
 * other socket 100 ns. At the 2.93 GHz of an X5570 those are 176 and 293 cycles, and 60 ns at
 * the 2.66 GHz of an i7-920 are 160. Sizes and clocks are those of ark.intel.com, and sizes of
 * both the same. A line written on the other socket is the longest of its range.
 */
#define NEHALEM \
	.l1 = { 32 << 10, 8 }, .l2 = { 256 << 10, 8 }, .llc = { 8 << 20, 16 }, \
	.sources = "Intel, Performance Analysis Guide for Core i7 and Xeon 5500, page 22; ark.intel.com"

const struct machine machines[] = {
	{
		.name = "server", .what = "two sockets of four cores, Intel Xeon X5570",
		NEHALEM,
		.cycles = {
			[FROM_L1] = 4, [FROM_L2] = 10, [FROM_LLC] = 40, [FROM_LOCAL] = 176,
			[FROM_REMOTE] = 293, [FROM_CORE] = 75, [FROM_SOCKET] = 300,
		},
	},
	{
		.name = "desktop", .what = "one socket of four cores, Intel Core i7-920",
		NEHALEM, .sockets = 1,
		.cycles = {
			[FROM_L1] = 4, [FROM_L2] = 10, [FROM_LLC] = 40, [FROM_LOCAL] = 160,
			[FROM_CORE] = 75,
		},
	},
	{
		.name = "flat", .what = "the same caches, and every access costs one cycle: a control",
		NEHALEM,
		.cycles = {
			[FROM_L1] = 1, [FROM_L2] = 1, [FROM_LLC] = 1, [FROM_LOCAL] = 1,
			[FROM_REMOTE] = 1, [FROM_CORE] = 1, [FROM_SOCKET] = 1,
		},
	},
	{
		.name = "here", .what = "the caches of this machine, and a socket for each node with processors",
		.sources = HERE_CACHES " " HERE_NODES,
	},
	{ .name = NULL },
};

const struct machine *machine_find(const char *name)
{
	const struct machine *m = machines;

	while (m->name && strcmp(m->name, name))
		m++;
	return m->name ? m : NULL;
}

int machine_complete(const struct machine *machine, struct machine *out, struct reason *why)
{
	*out = *machine;
	return out->l1.bytes ? 0 : here_read(HERE_CACHES, HERE_NODES, out, why);
}

bool machine_has_cycles(const struct machine *machine)
{
	return machine->cycles[FROM_L1];
}
