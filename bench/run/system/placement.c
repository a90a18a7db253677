// SPDX-License-Identifier: GPL-2.0-or-later
#include "placement.h"

#include <errno.h>
#include <hwloc.h>
#include <hwloc/cpukinds.h>
#include <hwloc/distances.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A core, or a hardware thread where those may be used as cores. */
struct core {
	int cpu;
	int node;
	int kind;	/* the higher the faster; 0 where all are alike */
	int first;	/* CPU 0 is on it */
};

#define ANY_KIND	(-1)

struct topology {
	hwloc_topology_t hwloc;
	struct hwloc_distances_s *distances;	/* NULL: not known */
};

struct cores {
	struct core list[PLACEMENT_CPUS_MAX];
	char used[PLACEMENT_CPUS_MAX];
	size_t count;
};

const struct placement_kind placement_kinds[] = {
	{ .name = "local", .help = "all on the caller's node" },
	{ .name = "remote-responder", .responder = 1,
	  .help = "the responder on another node" },
	{ .name = "remote-memory", .memory = 1,
	  .help = "the range on another node" },
	{ .name = "remote-source", .source = 1,
	  .help = "the pages that are copied on another node" },
	{ .name = "remote-all", .responder = 1, .memory = 1, .source = 1,
	  .help = "the caller alone on its node" },
	{ .name = "interleave", .interleave = 1,
	  .help = "as local, the range on all nodes in turn" },
};
const size_t placement_kinds_count =
	sizeof(placement_kinds) / sizeof(*placement_kinds);

static int topology_load(struct topology **topology, const char *xml,
			 const char *synthetic)
{
	struct topology *t = calloc(1, sizeof(*t));
	unsigned int nr = 1;
	int ret = -ENOMEM;

	if (!t || hwloc_topology_init(&t->hwloc))
		goto fail;
	ret = -EINVAL;
	if (xml && hwloc_topology_set_xml(t->hwloc, xml))
		goto fail_loaded;
	if (synthetic && hwloc_topology_set_synthetic(t->hwloc, synthetic))
		goto fail_loaded;
	ret = -ENODEV;
	if (hwloc_topology_load(t->hwloc))
		goto fail_loaded;
	if (hwloc_distances_get_by_type(t->hwloc, HWLOC_OBJ_NUMANODE, &nr,
					&t->distances,
					HWLOC_DISTANCES_KIND_MEANS_LATENCY, 0) ||
	    !nr)
		t->distances = NULL;
	*topology = t;
	return 0;
fail_loaded:
	hwloc_topology_destroy(t->hwloc);
fail:
	free(t);
	return ret;
}

bool topology_is_here(const struct topology *t)
{
	return hwloc_topology_is_thissystem(t->hwloc);
}

/* Processors that taskset or a cgroup keep from this process are not there for it. */
static int restrict_to_own(hwloc_topology_t hwloc)
{
	hwloc_bitmap_t own = hwloc_bitmap_alloc();
	int ret = -ENOMEM;

	if (!own)
		return ret;
	if (hwloc_get_cpubind(hwloc, own, HWLOC_CPUBIND_PROCESS) ||
	    hwloc_topology_restrict(hwloc, own, 0))
		ret = -errno;
	else
		ret = 0;
	hwloc_bitmap_free(own);
	return ret;
}

int topology_open(struct topology **topology, struct reason *why)
{
	int ret = topology_load(topology, NULL, NULL);

	if (!ret && topology_is_here(*topology)) {
		ret = restrict_to_own((*topology)->hwloc);
		if (ret) {
			topology_close(*topology);
			*topology = NULL;
		}
	}
	if (ret)
		reason_set(why, "hwloc cannot tell what this machine is like: %s%s", strerror(-ret),
			   getenv("HWLOC_XMLFILE") ? "; HWLOC_XMLFILE is set: does this hwloc read "
			   "that file?" : "");
	return ret;
}

int topology_open_file(struct topology **topology, const char *path)
{
	return topology_load(topology, path, NULL);
}

int topology_open_synthetic(struct topology **topology, const char *text)
{
	return topology_load(topology, NULL, text);
}

void topology_close(struct topology *t)
{
	if (t->distances)
		hwloc_distances_release(t->hwloc, t->distances);
	hwloc_topology_destroy(t->hwloc);
	free(t);
}

static int topology_nodes(const struct topology *t)
{
	return hwloc_get_nbobjs_by_type(t->hwloc, HWLOC_OBJ_NUMANODE);
}

static hwloc_obj_t node_of(const struct topology *t, int node)
{
	return hwloc_get_numanode_obj_by_os_index(t->hwloc, node);
}

static int has_memory(const struct topology *t, int node)
{
	hwloc_obj_t obj = node_of(t, node);

	return obj && obj->attr->numanode.local_memory;
}

/*
 * The node that fewest others share, of those the first: memory of another kind
 * that stands beside a node or serves a whole package is not its own.
 */
static int own_node(const struct topology *t, hwloc_obj_t core)
{
	int best = -1, best_weight = 0;

	for (hwloc_obj_t obj = NULL;
	     (obj = hwloc_get_next_obj_by_type(t->hwloc, HWLOC_OBJ_NUMANODE, obj));) {
		int weight = hwloc_bitmap_weight(obj->cpuset);

		if (!hwloc_bitmap_isincluded(core->cpuset, obj->cpuset) ||
		    (best >= 0 && (weight > best_weight ||
				   (weight == best_weight &&
				    (int)obj->os_index > best))))
			continue;
		best = obj->os_index;
		best_weight = weight;
	}
	return best;
}

/* hwloc counts kinds from the slowest on. */
static int kind_of(const struct topology *t, hwloc_obj_t core)
{
	int kind = hwloc_cpukinds_get_by_cpuset(t->hwloc, core->cpuset, 0);

	return kind < 0 ? 0 : kind;
}

/* Virtual machines may have hardware threads and tell of no cores. */
static void list_cores(const struct topology *t, int siblings,
		       struct cores *cores)
{
	hwloc_obj_type_t type = siblings || !hwloc_get_nbobjs_by_type(t->hwloc, HWLOC_OBJ_CORE) ?
				HWLOC_OBJ_PU : HWLOC_OBJ_CORE;
	hwloc_obj_t obj = NULL;

	memset(cores, 0, sizeof(*cores));
	while ((obj = hwloc_get_next_obj_by_type(t->hwloc, type, obj)) &&
	       cores->count < PLACEMENT_CPUS_MAX) {
		cores->list[cores->count++] = (struct core){
			.cpu = hwloc_bitmap_first(obj->cpuset),
			.node = own_node(t, obj),
			.kind = kind_of(t, obj),
			.first = hwloc_bitmap_isset(obj->cpuset, 0),
		};
	}
}

static bool of_kind(const struct core *core, int kind)
{
	return kind == ANY_KIND || core->kind == kind;
}

static size_t cores_on(const struct cores *cores, int node, int kind, int but_first)
{
	size_t n = 0;

	for (size_t i = 0; i < cores->count; i++)
		n += cores->list[i].node == node && !cores->used[i] &&
		     of_kind(&cores->list[i], kind) && !(but_first && cores->list[i].first);
	return n;
}

/* A free core of the node, the last; the one of CPU 0 only if it is the last left. */
static int take_core(struct cores *cores, int node, int kind)
{
	for (int first = 0; first < 2; first++) {
		for (size_t i = cores->count; i-- > 0; ) {
			if (cores->used[i] || cores->list[i].node != node ||
			    !of_kind(&cores->list[i], kind) || cores->list[i].first != first)
				continue;
			cores->used[i] = 1;
			return cores->list[i].cpu;
		}
	}
	return -1;
}

static int near_node(const struct topology *t, const struct cores *cores)
{
	int best = -1;

	for (hwloc_obj_t obj = NULL;
	     (obj = hwloc_get_next_obj_by_type(t->hwloc, HWLOC_OBJ_NUMANODE, obj));) {
		int node = obj->os_index;

		if (!has_memory(t, node) || !cores_on(cores, node, ANY_KIND, 0))
			continue;
		if (best < 0 || cores_on(cores, node, ANY_KIND, 1) >=
				cores_on(cores, best, ANY_KIND, 1))
			best = node;
	}
	return best;
}

static uint64_t distance(const struct topology *t, int from, int to)
{
	hwloc_uint64_t there = 0, back = 0;

	if (t->distances)
		hwloc_distances_obj_pair_values(t->distances, node_of(t, from),
						node_of(t, to), &there, &back);
	return there;
}

static int far_node(const struct topology *t, const struct cores *cores, int near)
{
	int best = -1;

	for (hwloc_obj_t obj = NULL;
	     (obj = hwloc_get_next_obj_by_type(t->hwloc, HWLOC_OBJ_NUMANODE, obj));) {
		int node = obj->os_index;

		if (node == near || !has_memory(t, node) ||
		    !cores_on(cores, node, ANY_KIND, 0))
			continue;
		if (best < 0 || distance(t, near, node) >= distance(t, near, best))
			best = node;
	}
	return best;
}

static const struct placement_kind *kind_find(const char *text)
{
	for (size_t i = 0; i < placement_kinds_count; i++)
		if (!strcmp(placement_kinds[i].name, text))
			return &placement_kinds[i];
	return NULL;
}

static int parse_nodes(const char *text, int nodes[4])
{
	char end;

	return strspn(text, "0123456789-") == strlen(text) &&
	       sscanf(text, "%4d-%4d-%4d-%4d%c", &nodes[0], &nodes[1], &nodes[2],
		      &nodes[3], &end) == 4 && nodes[0] >= 0 && nodes[1] >= 0 &&
	       nodes[2] >= 0 && nodes[3] >= 0 ? 0 : -EINVAL;
}

int placement_check(const char *text, struct reason *why)
{
	int nodes[4];

	if (kind_find(text) || !parse_nodes(text, nodes))
		return 0;
	reason_set(why, "no placement '%.40s'; there are", text);
	for (size_t i = 0; i < placement_kinds_count; i++)
		reason_add(why, " %s", placement_kinds[i].name);
	reason_add(why, ", or four nodes CALLER-RESPONDER-MEMORY-SOURCE such as 0-1-0-1");
	return -EINVAL;
}

/*
 * Of nodes with the same processors, one stands for them: as own_node() has it. Which cores
 * are near is then the same for all.
 */
static int node_of_cores(const struct topology *t, const struct cores *cores, int node)
{
	hwloc_obj_t named = node_of(t, node);

	for (size_t i = 0; named && i < cores->count; i++) {
		hwloc_obj_t own = node_of(t, cores->list[i].node);

		if (own && hwloc_bitmap_isequal(own->cpuset, named->cpuset))
			return cores->list[i].node;
	}
	return node;
}

static int choose_nodes(const struct topology *t, const char *text,
			const struct cores *cores, struct placement *p,
			struct reason *why)
{
	const struct placement_kind *kind = kind_find(text);
	int nodes[4], near, far;

	if (!kind) {
		if (parse_nodes(text, nodes))
			return placement_check(text, why);
		p->caller_node = node_of_cores(t, cores, nodes[0]);
		p->responder_node = node_of_cores(t, cores, nodes[1]);
		p->memory_node = nodes[2];
		p->source_node = nodes[3];
		return 0;
	}
	near = near_node(t, cores);
	far = far_node(t, cores, near);
	if (near < 0)
		return reason_err(why, -ENODEV, "this machine has no node with cores and memory "
				  "that may be used");
	if (far < 0 && (kind->responder || kind->memory || kind->source ||
			kind->interleave))
		return reason_err(why, -ENODEV, "placement %s wants a second node with cores and "
				  "memory; this machine has 1", text);
	p->caller_node = near;
	p->responder_node = kind->responder ? far : near;
	p->memory_node = kind->interleave ? PLACEMENT_INTERLEAVE :
			 kind->memory ? far : near;
	p->source_node = kind->source ? far : near;
	return 0;
}

/* hwloc shows no node that has neither cores nor memory for who asks, but knows of it. */
static const char *not_there(const struct topology *t, int node)
{
	return hwloc_bitmap_isset(hwloc_topology_get_complete_nodeset(t->hwloc), node) ?
	       "has nothing to use: no memory, or a cpuset keeps it" : "does not exist";
}

static int lack(int node, const char *text, const char *what, struct reason *why)
{
	return reason_err(why, -ENODEV, "placement %s: node %d %s", text, node, what);
}

static int check_nodes(const struct topology *t, const char *text,
		       const struct cores *cores, const struct placement *p,
		       struct reason *why)
{
	const int threads[] = { p->caller_node, p->responder_node };
	const int memory[] = { p->memory_node, p->source_node };

	for (size_t i = 0; i < 2; i++) {
		if (!node_of(t, threads[i]))
			return lack(threads[i], text, not_there(t, threads[i]), why);
		if (!cores_on(cores, threads[i], ANY_KIND, 0))
			return lack(threads[i], text, "has no cores to run on",
				    why);
	}
	for (size_t i = 0; i < 2; i++) {
		if (memory[i] == PLACEMENT_INTERLEAVE)
			continue;
		if (!node_of(t, memory[i]))
			return lack(memory[i], text, not_there(t, memory[i]), why);
		if (!has_memory(t, memory[i]))
			return lack(memory[i], text, "has no memory", why);
	}
	return 0;
}

static int by_number(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static int kinds_of(const struct cores *cores)
{
	int kinds = 0;

	for (size_t i = 0; i < cores->count; i++)
		if (cores->list[i].kind >= kinds)
			kinds = cores->list[i].kind + 1;
	return kinds;
}

/* The fastest kind that is enough: who is measured and who answers are of one. */
static int choose_kind(const struct cores *cores, const struct placement *p, size_t want)
{
	int kind = kinds_of(cores);

	while (kind-- > 0)
		if (cores_on(cores, p->responder_node, kind, 0) >= want &&
		    cores_on(cores, p->caller_node, kind, 0))
			break;
	return kind;
}

static int choose_cores(const char *text, unsigned int responders,
			struct cores *cores, struct placement *p, struct reason *why)
{
	int node = p->responder_node, kind;
	size_t want = responders + (node == p->caller_node);
	size_t have = cores_on(cores, node, ANY_KIND, 0);

	kind = choose_kind(cores, p, want);
	if (kind < 0) {
		reason_set(why, "placement %s with %u responder thread%s "
			   "wants %zu cores%s on node %d, which has %zu", text,
			   responders, responders == 1 ? "" : "s", want,
			   have < want ? "" : " of one kind", node, have);
		if (have >= want && node == p->caller_node)
			reason_add(why, " of several");
		else if (have >= want)
			reason_add(why, ", none like those of the caller's node %d",
				   p->caller_node);
		return -ENODEV;
	}
	p->caller_cpu = take_core(cores, p->caller_node, kind);
	for (p->responders = 0; p->responders < responders; p->responders++)
		p->responder_cpus[p->responders] = take_core(cores, node, kind);
	p->loads = 0;
	for (size_t i = 0; i < cores->count; i++)
		if (!cores->used[i])
			p->load_cpus[p->loads++] = cores->list[i].cpu;
	qsort(p->load_cpus, p->loads, sizeof(*p->load_cpus), by_number);
	return 0;
}

int placement_choose(const struct topology *t, const char *text,
		     unsigned int responders, int siblings,
		     struct placement *p, struct reason *why)
{
	struct cores cores;

	list_cores(t, siblings, &cores);
	return choose_nodes(t, text, &cores, p, why) ?: check_nodes(t, text, &cores, p, why) ?:
	       choose_cores(text, responders, &cores, p, why);
}

int placement_bind_thread(int cpu)
{
	size_t size = CPU_ALLOC_SIZE(cpu + 1);
	cpu_set_t *set = CPU_ALLOC(cpu + 1);
	int ret;

	if (!set)
		return -ENOMEM;
	CPU_ZERO_S(size, set);
	CPU_SET_S(cpu, size, set);
	ret = sched_setaffinity(0, size, set) ? -errno : 0;
	CPU_FREE(set);
	return ret;
}

/* NULL: no memory. */
static hwloc_nodeset_t nodes_with_memory(const struct topology *t)
{
	hwloc_nodeset_t set = hwloc_bitmap_alloc();

	for (hwloc_obj_t obj = NULL;
	     set && (obj = hwloc_get_next_obj_by_type(t->hwloc, HWLOC_OBJ_NUMANODE,
						      obj));)
		if (obj->attr->numanode.local_memory)
			hwloc_bitmap_set(set, obj->os_index);
	return set;
}

int placement_bind_memory(const struct topology *t, void *addr, size_t len,
			  int node)
{
	hwloc_membind_policy_t policy = HWLOC_MEMBIND_BIND;
	hwloc_nodeset_t set;
	int ret = 0;

	if (topology_nodes(t) < 2)
		return 0;
	if (node == PLACEMENT_INTERLEAVE) {
		policy = HWLOC_MEMBIND_INTERLEAVE;
		set = nodes_with_memory(t);
	} else {
		set = hwloc_bitmap_alloc();
		if (set)
			hwloc_bitmap_only(set, node);
	}
	if (!set)
		return -ENOMEM;
	if (hwloc_set_area_membind(t->hwloc, addr, len, set, policy,
				   HWLOC_MEMBIND_BYNODESET | HWLOC_MEMBIND_STRICT))
		ret = -errno;
	hwloc_bitmap_free(set);
	return ret;
}

int placement_bind_own_memory(const struct topology *t, int node)
{
	hwloc_nodeset_t set;
	int ret = 0;

	if (topology_nodes(t) < 2)
		return 0;
	set = hwloc_bitmap_alloc();
	if (!set)
		return -ENOMEM;
	hwloc_bitmap_only(set, node);
	if (hwloc_set_membind(t->hwloc, set, HWLOC_MEMBIND_BIND,
			      HWLOC_MEMBIND_THREAD | HWLOC_MEMBIND_BYNODESET))
		ret = -errno;
	hwloc_bitmap_free(set);
	return ret;
}
