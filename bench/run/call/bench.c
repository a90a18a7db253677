// SPDX-License-Identifier: GPL-2.0-or-later
#include "bench.h"

#include <errno.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "run/memory/prepare.h"
#include "run/system/uffd.h"
#include "need.h"

int bench_open(struct bench *bench, const char *scratch, int no_module, struct reason *why)
{
	int ret;

	*bench = (struct bench){ .device = -1, .scratch = scratch, .turns = watch_turns() };
	if (!no_module)
		bench->device = caller_get(bench->callers, CALLER_MODULE, why);
	if (!no_module && bench->device < 0)
		return bench->device;
	/* Threads inherit it: a period or a delay is not to be 50 us longer. */
	prctl(PR_SET_TIMERSLACK, 1);
	ret = topology_open(&bench->topology, why);
	if (ret || topology_is_here(bench->topology))
		return ret;
	/* Binding would do nothing, and say that it did. */
	return reason_err(why, -ENODEV, "hwloc is told of another machine than this one: unset "
			  "HWLOC_XMLFILE, HWLOC_SYNTHETIC and the like");
}

void bench_close(struct bench *bench)
{
	bench_end(bench);
	if (bench->responder)
		responder_stop(bench->responder);
	if (bench->topology)
		topology_close(bench->topology);
	callers_close(bench->callers);
}

struct range_place bench_place(const struct bench *bench)
{
	return (struct range_place){
		.topology = bench->topology,
		.node = bench->placement.memory_node,
		.scratch = bench->scratch,
	};
}

static int choose(const struct bench *bench, const struct axes *axes,
		  struct placement *placement, struct reason *why)
{
	return placement_choose(bench->topology, axes->placement, axes->threads,
				bench->siblings, placement, why);
}

bool bench_has_caller(struct bench *bench, const struct recipe *recipe, struct reason *why)
{
	enum caller_id caller = recipe->call->caller;

	return recipe_callable(recipe, why) &&
	       (caller == CALLER_MODULE || caller_get(bench->callers, caller, why) >= 0);
}

bool bench_supports(struct bench *bench, const struct recipe *recipe, struct reason *why)
{
	const struct axes *axes = recipe->axes;
	struct bench as_if = *bench;
	char mode[AXIS_TEXT_MAX];
	struct range_place place;
	unsigned int threads;

	if (!bench_has_caller(bench, recipe, why) ||
	    choose(bench, axes, &as_if.placement, why))
		return false;
	threads = load_threads(&recipe->load, as_if.placement.loads);
	if (!as_if.placement.loads && recipe->load.count) {
		reason_set(why, "load and bystanders want a core besides "
			   "those of the caller and the responder");
		return false;
	}
	if (threads > LOAD_THREADS_MAX) {
		reason_set(why, "the load has %u threads on %zu cores; at most "
			   "%d can be run", threads, as_if.placement.loads, LOAD_THREADS_MAX);
		return false;
	}
	if (!uffd_has(axes->uffd)) {
		reason_set(why, "this kernel's userfaultfd has no %s",
			   axis_format(axis_find("uffd"), axes, mode, sizeof(mode)));
		return false;
	}
	place = bench_place(&as_if);
	return !backing_lacking(axes, &place, why);
}

uint64_t bench_need(const struct bench *bench, const struct recipe *recipe)
{
	struct placement placement = { 0 };
	struct reason why;

	/* Where there is no such placement the cell is skipped for it. */
	if (recipe->load.count && choose(bench, recipe->axes, &placement, &why))
		return 0;
	return need_bytes(recipe, placement.loads);
}

static int same_responder(const struct responder_setup *a,
			  const struct responder_setup *b)
{
	return a->threads == b->threads && a->wait == b->wait && uffd_same(a->uffd, b->uffd) &&
	       a->source_node == b->source_node &&
	       !memcmp(a->cpus, b->cpus, a->threads * sizeof(*a->cpus));
}

/* The one that is there, if it is like that. */
static int get_responder(struct bench *bench, const struct axes *axes)
{
	struct responder_setup setup = {
		.threads = axes->threads,
		.cpus = bench->placement.responder_cpus,
		.wait = axes->wait,
		.uffd = axes->uffd,
		.topology = bench->topology,
		.source_node = bench->placement.source_node,
	};
	int ret;

	if (bench->responder && same_responder(&bench->setup, &setup))
		return 0;
	if (bench->responder)
		responder_stop(bench->responder);
	bench->responder = NULL;
	memcpy(bench->responder_cpus, setup.cpus,
	       setup.threads * sizeof(*setup.cpus));
	setup.cpus = bench->responder_cpus;
	ret = responder_start(&bench->responder, &setup);
	bench->setup = setup;
	return ret;
}

static int open_watch(struct bench *bench)
{
	pid_t tids[LOAD_THREADS_MAX], self = syscall(SYS_gettid);
	size_t n;
	int ret = watch_open(&bench->watch);

	if (!ret)
		ret = watch_role(bench->watch, ROLE_CALLER, &self, 1);
	if (!ret && bench->responder)
		ret = watch_role(bench->watch, ROLE_RESPONDER,
				 responder_tids(bench->responder),
				 bench->setup.threads);
	if (ret || !bench->load)
		return ret;
	n = load_tids(bench->load, tids, LOAD_THREADS_MAX);
	return n ? watch_role(bench->watch, ROLE_LOAD, tids, n) : 0;
}

int bench_watch(struct bench *bench, struct reason *why)
{
	int ret;

	if (bench->watch)
		return 0;
	/* A tracepoint is switched on when all CPUs have passed by: seconds of load. */
	if (bench->load)
		load_pause(bench->load);
	ret = open_watch(bench);
	if (bench->load)
		load_resume(bench->load);
	if (ret)
		reason_set(why, "cannot open counters: %s", strerror(-ret));
	return ret;
}

int bench_begin(struct bench *bench, const struct recipe *recipe, struct reason *why)
{
	const struct axes *axes = recipe->axes;
	const struct placement *p = &bench->placement;
	const char *what = "bind the caller to its core";
	int ret = choose(bench, axes, &bench->placement, why);

	if (ret)
		return ret;
	ret = placement_bind_thread(p->caller_cpu);
	if (!ret)
		ret = placement_bind_own_memory(bench->topology, p->caller_node);
	/* Even idle it may spin, on a core that somebody else is to have now. */
	if (axes->uffd == UFFD_NONE && bench->responder) {
		responder_stop(bench->responder);
		bench->responder = NULL;
	}
	if (!ret && axes->uffd != UFFD_NONE) {
		what = "start a responder (userfaultfd; run as root)";
		ret = get_responder(bench, axes);
	}
	if (!ret) {
		what = "start the load";
		ret = load_start(&bench->load, &recipe->load, p->load_cpus, p->loads,
				 bench->device);
	}
	if (ret)
		reason_set(why, "cannot %s: %s", what, strerror(-ret));
	return ret;
}

void bench_end(struct bench *bench)
{
	if (bench->load)
		load_stop(bench->load);
	bench->load = NULL;
	if (bench->watch)
		watch_close(bench->watch);
	bench->watch = NULL;
}
