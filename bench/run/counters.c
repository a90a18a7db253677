// SPDX-License-Identifier: GPL-2.0-or-later
#include "counters.h"

#include <errno.h>
#include <limits.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef HAVE_LIBPERF
#include <perf/core.h>
#include <perf/evsel.h>
#include <perf/threadmap.h>
#endif

#include "machine.h"

#define SW(event)	.type = PERF_TYPE_SOFTWARE, .config = PERF_COUNT_SW_##event
#define HW(event)	.type = PERF_TYPE_HARDWARE, .config = PERF_COUNT_HW_##event
#define TP(path)	.type = PERF_TYPE_TRACEPOINT, .tracepoint = path

const struct counter counters[] = {
	{ .name = "task-clock", SW(TASK_CLOCK) },
	{ .name = "page-faults", SW(PAGE_FAULTS) },
	{ .name = "context-switches", SW(CONTEXT_SWITCHES) },
	{ .name = "cpu-migrations", SW(CPU_MIGRATIONS) },
	{ .name = "mmap_lock_start_locking", TP("mmap_lock/mmap_lock_start_locking") },
	{ .name = "mmap_lock_acquire_returned",
	  TP("mmap_lock/mmap_lock_acquire_returned") },
	{ .name = "mmap_lock_released", TP("mmap_lock/mmap_lock_released") },
	{ .name = "page_fault_user", TP("exceptions/page_fault_user") },
	{ .name = "page_fault_kernel", TP("exceptions/page_fault_kernel") },
	{ .name = "cycles", HW(CPU_CYCLES) },
	{ .name = "instructions", HW(INSTRUCTIONS) },
	{ .name = "cache-misses", HW(CACHE_MISSES) },
	{ .name = "branch-misses", HW(BRANCH_MISSES) },
	{ .name = "dTLB-load-misses", .type = PERF_TYPE_HW_CACHE,
	  .config = PERF_COUNT_HW_CACHE_DTLB |
		    PERF_COUNT_HW_CACHE_OP_READ << 8 |
		    PERF_COUNT_HW_CACHE_RESULT_MISS << 16 },
};
const size_t counters_count = sizeof(counters) / sizeof(*counters);

#ifdef HAVE_LIBPERF
static int tracepoint_id(const char *tracepoint, uint64_t *id)
{
	static const char *const roots[] = { "/sys/kernel/tracing",
					     "/sys/kernel/debug/tracing" };
	char path[PATH_MAX];

	for (size_t i = 0; i < sizeof(roots) / sizeof(*roots); i++) {
		char *line;

		snprintf(path, sizeof(path), "%s/events/%s/id", roots[i],
			 tracepoint);
		line = machine_read_line(path);
		if (!line)
			continue;
		*id = strtoull(line, NULL, 10);
		free(line);
		return 0;
	}
	return -ENOENT;
}

int counter_open(const struct counter *counter)
{
	struct perf_event_attr attr = {
		.size = sizeof(attr),
		.type = counter->type,
		.config = counter->config,
		.disabled = 1,
	};
	struct perf_thread_map *threads;
	struct perf_evsel *evsel;
	int ret = -ENOMEM;

	if (counter->tracepoint) {
		uint64_t id;

		ret = tracepoint_id(counter->tracepoint, &id);
		if (ret)
			return ret;
		attr.config = id;
	}
	threads = perf_thread_map__new_dummy();
	evsel = perf_evsel__new(&attr);
	if (threads && evsel) {
		perf_thread_map__set_pid(threads, 0, 0);
		ret = perf_evsel__open(evsel, NULL, threads);
		if (!ret)
			perf_evsel__close(evsel);
	}
	perf_evsel__delete(evsel);
	perf_thread_map__put(threads);
	return ret;
}
#else
int counter_open(const struct counter *counter)
{
	(void)counter;
	return -ENOSYS;
}
#endif

const char *counter_advice(const struct counter *counter, int err)
{
	switch (err) {
	case ENOSYS:
		return "build with libperf: scripts/kernel installs it in build/";
	case EACCES:
	case EPERM:
		return "run as root, or lower kernel.perf_event_paranoid";
	case ENOENT:
	case EOPNOTSUPP:
	case ENODEV:
		if (counter->tracepoint)
			return "mount tracefs on /sys/kernel/tracing, or a kernel "
			       "with this tracepoint";
		return "a machine with a PMU; in a guest, pass it through "
		       "(-cpu host)";
	default:
		return strerror(err);
	}
}
