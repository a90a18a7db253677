// SPDX-License-Identifier: GPL-2.0-or-later
/* Where things go, on machines that are not here: hwloc's XML and synthetic forms. */
#include <errno.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "run/system/placement.h"

/* What a placement must give: nodes of caller, responder, memory and source, and CPUs. */
struct want {
	const char *text;
	int caller_node, responder_node, memory_node, source_node;
	int caller_cpu, responder_cpu;
};

static struct topology *machine(const char *text)
{
	struct topology *t = NULL;
	char path[512];

	snprintf(path, sizeof(path), "%s/%s", TOPOLOGIES, text);
	if (strstr(text, ".xml"))
		assert_int_equal(topology_open_file(&t, path), 0);
	else
		assert_int_equal(topology_open_synthetic(&t, text), 0);
	return t;
}

static void chooses(struct topology *t, const struct want *w)
{
	struct placement p;
	struct reason why = { "" };

	if (placement_choose(t, w->text, 1, 0, &p, &why))
		fail_msg("%s: %s", w->text, why.text);
	assert_int_equal(p.caller_node, w->caller_node);
	assert_int_equal(p.responder_node, w->responder_node);
	assert_int_equal(p.memory_node, w->memory_node);
	assert_int_equal(p.source_node, w->source_node);
	assert_int_equal(p.caller_cpu, w->caller_cpu);
	assert_int_equal(p.responder_cpus[0], w->responder_cpu);
	for (size_t i = 0; i < p.loads; i++) {
		assert_int_not_equal(p.load_cpus[i], p.caller_cpu);
		assert_int_not_equal(p.load_cpus[i], p.responder_cpus[0]);
		if (i)
			assert_true(p.load_cpus[i] > p.load_cpus[i - 1]);
	}
}

static void lacks(struct topology *t, const char *text, unsigned int responders,
		  const char *want)
{
	struct placement p;
	struct reason why = { "" };

	assert_int_equal(placement_choose(t, text, responders, 0, &p, &why),
			 -ENODEV);
	assert_string_equal(why.text, want);
}

static void check(const char *name, const struct want *wants, size_t n)
{
	struct topology *t = machine(name);

	for (size_t i = 0; i < n; i++)
		chooses(t, &wants[i]);
	topology_close(t);
}

#define CHECK(name, ...) do {						\
	static const struct want wants[] = { __VA_ARGS__ };		\
	check(name, wants, sizeof(wants) / sizeof(*wants));		\
} while (0)

/* Two packages of two nodes each: far is in the other package, not next door. */
static void sub_numa_clusters(void **state)
{
	(void)state;
	CHECK("snc.xml",
	      { "local", 3, 3, 3, 3, 30, 28 },
	      { "remote-responder", 3, 1, 3, 3, 30, 14 },
	      { "remote-memory", 3, 3, 1, 3, 30, 28 },
	      { "remote-source", 3, 3, 3, 1, 30, 28 },
	      { "remote-all", 3, 1, 1, 1, 30, 14 },
	      { "interleave", 3, 3, PLACEMENT_INTERLEAVE, 3, 30, 28 },
	      { "0-0-0-0", 0, 0, 0, 0, 6, 4 },
	      { "2-3-2-3", 2, 3, 2, 3, 22, 30 });
}

static void four_sockets(void **state)
{
	(void)state;
	CHECK("four-sockets.xml",
	      { "local", 3, 3, 3, 3, 30, 28 },
	      { "remote-all", 3, 2, 2, 2, 30, 22 });
}

/* Two cores a node: node 0 has but one beside that of CPU 0. */
static void four_nodes_a_socket(void **state)
{
	(void)state;
	CHECK("nps4.xml",
	      { "local", 7, 7, 7, 7, 30, 28 },
	      { "remote-responder", 7, 3, 7, 7, 30, 14 },
	      { "0-0-0-0", 0, 0, 0, 0, 2, 0 });
}

/* Memory that has no cores is there for who names it, and for nobody else. */
static void memory_without_cores(void **state)
{
	struct topology *t;

	(void)state;
	CHECK("[numa(memory=4GB)] package:2 [numa(memory=8GB)] core:4 pu:2",
	      { "local", 1, 1, 1, 1, 14, 12 },
	      { "remote-memory", 1, 1, 0, 1, 14, 12 },
	      { "1-1-2-1", 1, 1, 2, 1, 14, 12 });
	t = machine("[numa(memory=4GB)] package:2 [numa(memory=8GB)] core:4 pu:2");
	lacks(t, "2-1-1-1", 1, "placement 2-1-1-1: node 2 has no cores to run on");
	topology_close(t);
}

static void cores_without_memory(void **state)
{
	struct topology *t = machine("package:1 [numa(memory=8GB)] core:4 pu:1");

	(void)state;
	topology_close(t);
	t = machine("package:2 [numa(memory=0)] core:4 pu:1");
	lacks(t, "local", 1, "this machine has no node with cores and memory that may be used");
	lacks(t, "0-0-1-0", 1, "placement 0-0-1-0: node 1 has no memory");
	topology_close(t);
}

/* A machine of three nodes, of which one is not to be used. */
static void node_that_is_kept(void **state)
{
	struct topology *t = machine("hidden-node.xml");

	(void)state;
	lacks(t, "0-2-0-0", 1, "placement 0-2-0-0: node 2 has nothing to use: no memory, or a "
	      "cpuset keeps it");
	lacks(t, "0-0-2-0", 1, "placement 0-0-2-0: node 2 has nothing to use: no memory, or a "
	      "cpuset keeps it");
	lacks(t, "0-0-3-0", 1, "placement 0-0-3-0: node 3 does not exist");
	topology_close(t);
}

/* Cores are CPUs. */
static void arm_server(void **state)
{
	(void)state;
	CHECK("package:2 [numa(memory=64GB)] core:64 pu:1",
	      { "local", 1, 1, 1, 1, 127, 126 },
	      { "remote-all", 1, 0, 0, 0, 127, 63 });
}

static void laptop(void **state)
{
	struct topology *t;

	(void)state;
	CHECK("[numa(memory=16GB)] core:4 pu:2",
	      { "local", 0, 0, 0, 0, 6, 4 },
	      { "0-0-0-0", 0, 0, 0, 0, 6, 4 });
	t = machine("[numa(memory=16GB)] core:4 pu:2");
	lacks(t, "remote-memory", 1, "placement remote-memory wants a second node with cores and "
	      "memory; this machine has 1");
	lacks(t, "interleave", 1, "placement interleave wants a second node with cores and "
	      "memory; this machine has 1");
	lacks(t, "0-1-0-0", 1, "placement 0-1-0-0: node 1 does not exist");
	lacks(t, "local", 4, "placement local with 4 responder threads wants 5 cores on node 0, "
	      "which has 4");
	topology_close(t);
}

static void one_core(void **state)
{
	struct topology *t = machine("[numa(memory=1GB)] core:1 pu:1");

	(void)state;
	lacks(t, "local", 1, "placement local with 1 responder thread wants 2 cores on node 0, "
	      "which has 1");
	topology_close(t);
}

/* Caller and responder on cores of one kind, the fast one while there are enough. */
static void two_kinds(void **state)
{
	struct topology *t = machine("3fast3slow.xml");
	struct placement p;
	struct reason why;

	(void)state;
	assert_int_equal(placement_choose(t, "local", 1, 0, &p, &why), 0);
	assert_int_equal(p.caller_cpu, 2);
	assert_int_equal(p.responder_cpus[0], 1);
	assert_int_equal(placement_choose(t, "local", 2, 0, &p, &why), 0);
	assert_int_equal(p.responder_cpus[1], 0);
	lacks(t, "local", 3, "placement local with 3 responder threads wants 4 cores of one kind "
	      "on node 0, which has 6 of several");
	topology_close(t);
}

/* A virtual machine may tell of hardware threads alone. */
static void no_cores(void **state)
{
	(void)state;
	CHECK("numa:2 pu:4", { "local", 1, 1, 1, 1, 7, 6 });
}

/* Two nodes beside the same processors: who names the second means those. */
static void shared_processors(void **state)
{
	(void)state;
	CHECK("[numa(memory=1GB)] [numa(memory=1GB)] core:4 pu:1",
	      { "0-1-0-1", 0, 0, 0, 1, 3, 2 },
	      { "local", 0, 0, 0, 0, 3, 2 });
}

/* Another machine may be looked at; this one is told from it. */
static void another_machine(void **state)
{
	struct topology *t = machine("numa:2 core:4 pu:1");
	struct reason why;

	(void)state;
	assert_false(topology_is_here(t));
	topology_close(t);
	assert_int_equal(topology_open(&t, &why), 0);
	assert_true(topology_is_here(t));
	topology_close(t);
	setenv("HWLOC_SYNTHETIC", "numa:4 core:2 pu:1", 1);
	assert_int_equal(topology_open(&t, &why), 0);
	assert_false(topology_is_here(t));
	topology_close(t);
	unsetenv("HWLOC_SYNTHETIC");
}

/* What taskset leaves is what there is. */
static void affinity(void **state)
{
	struct topology *t;
	struct reason why;
	cpu_set_t all, one;

	(void)state;
	assert_int_equal(sched_getaffinity(0, sizeof(all), &all), 0);
	CPU_ZERO(&one);
	for (int cpu = 0; cpu < CPU_SETSIZE && !CPU_COUNT(&one); cpu++)
		if (CPU_ISSET(cpu, &all))
			CPU_SET(cpu, &one);
	assert_int_equal(sched_setaffinity(0, sizeof(one), &one), 0);
	assert_int_equal(topology_open(&t, &why), 0);
	assert_int_equal(sched_setaffinity(0, sizeof(all), &all), 0);
	lacks(t, "local", 1, "placement local with 1 responder thread wants 2 cores on node 0, "
	      "which has 1");
	topology_close(t);
}

/* Siblings only for who allows them; the core of CPU 0 when nothing else is left. */
static void siblings(void **state)
{
	struct topology *t = machine("[numa(memory=1GB)] core:2 pu:2");
	struct placement p;
	struct reason why;

	(void)state;
	assert_int_equal(placement_choose(t, "local", 1, 0, &p, &why), 0);
	assert_int_equal(p.caller_cpu, 2);
	assert_int_equal(p.responder_cpus[0], 0);
	assert_int_equal(p.loads, 0);
	assert_int_equal(placement_choose(t, "local", 3, 1, &p, &why), 0);
	assert_int_equal(p.responders, 3);
	assert_int_equal(p.loads, 0);
	topology_close(t);
}

static void texts(void **state)
{
	static const char *const good[] = { "local", "interleave", "0-0-0-0", "12-3-0-63" };
	static const char *const bad[] = { "", "lokal", "0-0-0", "0-0-0-0-0", "0--1-0-0",
					   "a-b-c-d", "0-0-0-", "+1-0-0-0" };
	struct reason why;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		assert_int_equal(placement_check(good[i], &why), 0);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_int_equal(placement_check(bad[i], &why), -EINVAL);
	placement_check("lokal", &why);
	assert_string_equal(why.text, "no placement 'lokal'; there are local remote-responder "
			    "remote-memory remote-source remote-all interleave, or four nodes "
			    "CALLER-RESPONDER-MEMORY-SOURCE such as 0-1-0-1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sub_numa_clusters),
		cmocka_unit_test(four_sockets),
		cmocka_unit_test(four_nodes_a_socket),
		cmocka_unit_test(memory_without_cores),
		cmocka_unit_test(cores_without_memory),
		cmocka_unit_test(node_that_is_kept),
		cmocka_unit_test(arm_server),
		cmocka_unit_test(laptop),
		cmocka_unit_test(one_core),
		cmocka_unit_test(siblings), cmocka_unit_test(two_kinds),
		cmocka_unit_test(no_cores), cmocka_unit_test(shared_processors),
		cmocka_unit_test(another_machine), cmocka_unit_test(affinity),
		cmocka_unit_test(texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
