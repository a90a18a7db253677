/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which core each thread runs on, and which node each piece of memory is on. */
#ifndef HMMBENCH_PLACEMENT_H
#define HMMBENCH_PLACEMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/reason.h"

#define PLACEMENT_CPUS_MAX	1024
#define PLACEMENT_INTERLEAVE	(-1)	/* in place of a node: over all of them */

struct topology;

/**
 * topology_open() - this machine, as far as this process may use it
 * topology_open_file() - one that was written to an XML file
 * topology_open_synthetic() - one in hwloc's synthetic form, "numa:2 core:4 pu:2"
 * The last two are for tests. What taskset or a cgroup keeps from this process is not there.
 * Return: 0 or -errno; topology_open() with a line in @why.
 */
int topology_open(struct topology **topology, struct reason *why);
int topology_open_file(struct topology **topology, const char *path);
int topology_open_synthetic(struct topology **topology, const char *text);
void topology_close(struct topology *topology);

/** topology_is_here() - false when HWLOC_XMLFILE and its like tell hwloc of another machine. */
bool topology_is_here(const struct topology *topology);

/**
 * struct placement - where things are; CPUs and nodes by the kernel's numbers
 * @responder_cpus: of each of its threads
 * @load_cpus:	one of each core that is left, @loads of them
 * @memory_node: of the range, or PLACEMENT_INTERLEAVE
 * @source_node: of the buffer that pages are copied from
 */
struct placement {
	int caller_cpu;
	int responder_cpus[PLACEMENT_CPUS_MAX];
	size_t responders;
	int load_cpus[PLACEMENT_CPUS_MAX];
	size_t loads;
	int caller_node, responder_node, memory_node, source_node;
};

/**
 * struct placement_kind - a placement by name
 * @responder, @memory, @source: far from the caller?
 * @interleave:	the memory is on all nodes in turn
 */
struct placement_kind {
	const char *name;
	const char *help;
	int responder, memory, source, interleave;
};

extern const struct placement_kind placement_kinds[];
extern const size_t placement_kinds_count;

/**
 * placement_check() - is the text a placement: a name, or four nodes
 *	"CALLER-RESPONDER-MEMORY-SOURCE"?
 * Return: 0, or -EINVAL with a sentence in @why.
 */
int placement_check(const char *text, struct reason *why);

/**
 * placement_choose() - pick cores and nodes
 * @responders:	threads of the responder
 * @siblings:	hardware threads of one core may be used as if they were cores
 *
 * The caller and each responder thread get a core of their own, not the one
 * that CPU 0 is on if there is a choice: it serves interrupts. All of them are of one
 * kind, the fastest that has enough. By name, near is
 * the node with most cores beside that one (of several, the last), far the one
 * with cores and memory that is farthest from it (likewise). Memory without
 * cores is used when its node is named, never by itself.
 *
 * Return: 0, or -ENODEV with a sentence in @why when the machine lacks what is
 * asked; there is no second best.
 */
int placement_choose(const struct topology *topology, const char *text,
		     unsigned int responders, int siblings,
		     struct placement *placement, struct reason *why);

/** placement_bind_thread() - the calling thread to a CPU. Return: 0 or -errno. */
int placement_bind_thread(int cpu);

/**
 * placement_bind_memory() - pages of an area that are allocated from now on
 * @node: or PLACEMENT_INTERLEAVE
 * Return: 0 or -errno. A machine of one node needs no binding.
 */
int placement_bind_memory(const struct topology *topology, void *addr,
			  size_t len, int node);

/** placement_bind_own_memory() - what else the calling thread allocates. */
int placement_bind_own_memory(const struct topology *topology, int node);

#endif
