/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which core the caller and the responder run on. */
#ifndef HMMBENCH_PLACEMENT_H
#define HMMBENCH_PLACEMENT_H

/**
 * struct placement - CPUs by the kernel's numbers
 */
struct placement {
	int caller_cpu;
	int responder_cpu;
};

/**
 * placement_choose() - two cores of one package that this process may use
 *
 * The last ones, since core 0 takes most interrupts; one thread of each. The
 * same core for both where there is but one.
 * Return: 0, or -ENODEV when hwloc finds no core.
 */
int placement_choose(struct placement *placement);

/** placement_bind_self() - bind the calling thread to the caller's core. */
int placement_bind_self(const struct placement *placement);

#endif
