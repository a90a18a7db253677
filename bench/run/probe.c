// SPDX-License-Identifier: GPL-2.0-or-later
#include "probe.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/err.h"
#include "run/actors/responder.h"
#include "run/call/strategy.h"
#include "run/memory/prepare.h"
#include "run/seen/counters.h"
#include "run/seen/kmsg.h"
#include "run/system/device.h"
#include "run/system/placement.h"

static void say(FILE *out, const char *what, int works, const char *detail)
{
	fprintf(out, "  %-28s %-3s %s\n", what, works ? "yes" : "no", detail);
}

/* Those beside the module, which has a line of its own. */
static void probe_callers(FILE *out, struct caller_state *states)
{
	struct reason why;

	fprintf(out, "callers\n");
	for (size_t i = CALLER_MODULE + 1; i < CALLER_COUNT; i++) {
		int works = caller_get(states, i, &why) >= 0;

		say(out, callers[i].name, works, works ? callers[i].help : why.text);
	}
}

static void probe_strategies(FILE *out, int fd, struct caller_state *states)
{
	fprintf(out, "strategies\n");
	for (size_t i = 0; i < strategies_count; i++) {
		const struct strategy *s = &strategies[i];
		const struct strategy_call *c = strategy_call(s);
		uint32_t flags = 0;
		struct reason why;
		int ret = device_strategy_flags(fd, c->id, &flags);
		int works = !ret && flags & HMM_BENCH_PRESENT;

		if (c->caller != CALLER_MODULE) {
			works = caller_get(states, c->caller, &why) >= 0;
			say(out, s->name, works, works ? s->help : why.text);
			continue;
		}
		if (fd < 0 && c->run)
			reason_set(&why, "%s; only with --no-module", s->help);
		else if (fd < 0)
			reason_set(&why, "needs %s", DEVICE_PATH);
		else
			reason_set(&why, "needs %s", s->needs ? s->needs : "another hmm_bench.ko");
		say(out, s->name, works || c->run, works ? s->help : why.text);
	}
}

static int probe_responder(FILE *out)
{
	struct responder_setup setup = { .threads = 1, .uffd = UFFD_MISSING };
	struct responder *responder;
	int ret = responder_start(&responder, &setup);

	if (!ret)
		responder_stop(responder);
	say(out, "userfaultfd", !ret, !ret ? "" : ret == -EPERM ?
	    "run as root, or set vm.unprivileged_userfaultfd=1" :
	    "a kernel with CONFIG_USERFAULTFD");
	return ret;
}

static int probe_kmsg(FILE *out)
{
	int fd = kmsg_open(false);

	say(out, "kernel log", fd >= 0, fd >= 0 ? "" : "run as root");
	if (fd >= 0)
		close(fd);
	return fd < 0;
}

static void probe_placements(FILE *out)
{
	struct topology *topology;
	struct placement p;
	struct reason detail;

	fprintf(out, "placements\n");
	if (topology_open(&topology, &detail)) {
		say(out, "any", 0, detail.text);
		return;
	}
	if (!topology_is_here(topology))
		fputs("  (of the machine that HWLOC_XMLFILE or the like names, not of this one)\n",
		      out);
	for (size_t i = 0; i < placement_kinds_count; i++) {
		const struct placement_kind *kind = &placement_kinds[i];
		int ret = placement_choose(topology, kind->name, 1, 0, &p, &detail);

		if (!ret && p.memory_node == PLACEMENT_INTERLEAVE)
			reason_set(&detail, "caller on CPU %d, "
				   "responder on CPU %d, memory on all nodes",
				   p.caller_cpu, p.responder_cpus[0]);
		else if (!ret)
			reason_set(&detail, "caller on CPU %d, "
				   "responder on CPU %d, memory on node %d, source on "
				   "node %d", p.caller_cpu, p.responder_cpus[0],
				   p.memory_node, p.source_node);
		say(out, kind->name, !ret, detail.text);
	}
	topology_close(topology);
}

/* Whether 512 pages of each kind can be had on any node. */
static void probe_backings(FILE *out, const char *scratch)
{
	struct range_place place = { .node = PLACEMENT_INTERLEAVE,
				     .scratch = scratch };
	const struct axis *axis = axis_find("backing");
	struct axes axes;
	struct reason why;

	fprintf(out, "backings\n");
	axes_defaults(&axes);
	axes.pages = 512;
	for (axes.backing = 0; axis->values[axes.backing]; axes.backing++) {
		int ret;

		*why.text = 0;
		ret = backing_lacking(&axes, &place, &why);
		say(out, axis->values[axes.backing], !ret, why.text);
	}
}

static void probe_counters(FILE *out)
{
	fprintf(out, "counters\n");
	for (size_t i = 0; i < counters_count; i++) {
		int ret = counter_try(&counters[i]);

		say(out, counters[i].name, !ret,
		    ret ? counter_advice(&counters[i], -ret) : "");
	}
}

int probe_print(FILE *out, const char *scratch)
{
	struct caller_state states[CALLER_COUNT] = { 0 };
	int fd = device_open(), missing = fd < 0;
	struct utsname uts;

	uname(&uts);
	fprintf(out, "kernel %s, %s\nmachine\n", uts.release, uts.machine);
	say(out, DEVICE_PATH, fd >= 0, fd >= 0 ? "" : device_advice(-fd));
	missing |= probe_responder(out) != 0;
	missing |= probe_kmsg(out);
	probe_placements(out);
	probe_backings(out, scratch);
	probe_callers(out, states);
	probe_strategies(out, fd, states);
	probe_counters(out);
	callers_close(states);
	if (fd >= 0)
		close(fd);
	fprintf(out, missing ? "a matrix cannot be run here; scripts/bench runs it "
		"in a VM\n" : "a matrix can be run here\n");
	return missing ? EXIT_UNKNOWN : EXIT_FINE;
}
