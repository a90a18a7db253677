// SPDX-License-Identifier: GPL-2.0-or-later
#include "placement.h"

#include <errno.h>
#include <hwloc.h>
#include <sched.h>

/* The first thread of the @back-th core from the end. */
static int core_from_end(hwloc_topology_t topology, int back)
{
	int cores = hwloc_get_nbobjs_by_type(topology, HWLOC_OBJ_CORE);
	hwloc_obj_t core;

	if (cores <= 0)
		return -ENODEV;
	if (back >= cores)
		back = cores - 1;
	core = hwloc_get_obj_by_type(topology, HWLOC_OBJ_CORE,
				     cores - 1 - back);
	return hwloc_bitmap_first(core->cpuset);
}

int placement_choose(struct placement *placement)
{
	hwloc_topology_t topology;
	int ret = -ENODEV;

	if (hwloc_topology_init(&topology))
		return -ENOMEM;
	if (!hwloc_topology_load(topology)) {
		placement->caller_cpu = core_from_end(topology, 0);
		placement->responder_cpu = core_from_end(topology, 1);
		if (placement->caller_cpu >= 0 && placement->responder_cpu >= 0)
			ret = 0;
	}
	hwloc_topology_destroy(topology);
	return ret;
}

int placement_bind_self(const struct placement *placement)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(placement->caller_cpu, &set);
	return sched_setaffinity(0, sizeof(set), &set) ? -errno : 0;
}
