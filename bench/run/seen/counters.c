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

#include "run/system/kernel.h"

#define SW(event)	.type = PERF_TYPE_SOFTWARE, .config = PERF_COUNT_SW_##event
#define HW(event)	.type = PERF_TYPE_HARDWARE, .config = PERF_COUNT_HW_##event
#define TP(path)	.type = PERF_TYPE_TRACEPOINT, .tracepoint = path
#define LOADS(cache, result)						\
	.type = PERF_TYPE_HW_CACHE,					\
	.config = PERF_COUNT_HW_CACHE_##cache |				\
		  PERF_COUNT_HW_CACHE_OP_READ << 8 |			\
		  PERF_COUNT_HW_CACHE_RESULT_##result << 16

const struct counter counters[] = {
	{ .name = "task-clock", SW(TASK_CLOCK) },
	{ .name = "page-faults", SW(PAGE_FAULTS) },
	{ .name = "context-switches", SW(CONTEXT_SWITCHES) },
	{ .name = "cpu-migrations", SW(CPU_MIGRATIONS) },
	{ .name = "mmap_lock_start_locking", TP("mmap_lock/mmap_lock_start_locking") },
	{ .name = "mmap_lock_acquire_returned",
	  TP("mmap_lock/mmap_lock_acquire_returned") },
	{ .name = "mmap_lock_released", TP("mmap_lock/mmap_lock_released") },
	{ .name = "hmm_bench_call_begin", TP("hmm_bench/hmm_bench_call_begin") },
	{ .name = "hmm_bench_call_end", TP("hmm_bench/hmm_bench_call_end") },
	{ .name = "hmm_bench_drop", TP("hmm_bench/hmm_bench_drop") },
	{ .name = "hmm_bench_restart", TP("hmm_bench/hmm_bench_restart") },
	{ .name = "page_fault_user", TP("exceptions/page_fault_user") },
	{ .name = "page_fault_kernel", TP("exceptions/page_fault_kernel") },
	{ .name = "cycles", HW(CPU_CYCLES) },
	{ .name = "instructions", HW(INSTRUCTIONS) },
	{ .name = "cache-misses", HW(CACHE_MISSES) },
	{ .name = "branch-misses", HW(BRANCH_MISSES) },
	{ .name = "dTLB-load-misses", LOADS(DTLB, MISS) },
	{ .name = "L1-dcache-loads", LOADS(L1D, ACCESS), .turn = 1 },
	{ .name = "L1-dcache-load-misses", LOADS(L1D, MISS), .turn = 1 },
	{ .name = "LLC-loads", LOADS(LL, ACCESS), .turn = 1 },
	{ .name = "LLC-load-misses", LOADS(LL, MISS), .turn = 1 },
	{ .name = "node-loads", LOADS(NODE, ACCESS), .turn = 2 },
	{ .name = "node-load-misses", LOADS(NODE, MISS), .turn = 2 },
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
		line = kernel_read_line(path);
		if (!line)
			continue;
		*id = strtoull(line, NULL, 10);
		free(line);
		return 0;
	}
	return -ENOENT;
}

static int make_attr(const struct counter *counter,
		     struct perf_event_attr *attr)
{
	*attr = (struct perf_event_attr){
		.size = sizeof(*attr),
		.type = counter->type,
		.config = counter->config,
		.read_format = PERF_FORMAT_TOTAL_TIME_ENABLED |
			       PERF_FORMAT_TOTAL_TIME_RUNNING,
		.disabled = 1,
	};
	if (counter->tracepoint) {
		uint64_t id;
		int ret = tracepoint_id(counter->tracepoint, &id);

		if (ret)
			return ret;
		attr->config = id;
	}
	return 0;
}

int counter_open(const struct counter *counter, const pid_t *tids, size_t n,
		 struct perf_evsel **evsel)
{
	struct perf_thread_map *threads;
	struct perf_event_attr attr;
	pid_t self = 0;
	int ret = make_attr(counter, &attr);

	if (ret)
		return ret;
	threads = perf_thread_map__new_array(tids ? n : 1,
					     tids ? (pid_t *)tids : &self);
	*evsel = perf_evsel__new(&attr);
	ret = -ENOMEM;
	if (threads && *evsel)
		ret = perf_evsel__open(*evsel, NULL, threads);
	if (ret)
		perf_evsel__delete(*evsel);
	perf_thread_map__put(threads);
	return ret;
}

void counter_close(struct perf_evsel *evsel)
{
	perf_evsel__close(evsel);
	perf_evsel__delete(evsel);
}

void counter_enable(struct perf_evsel *evsel, int enable)
{
	if (enable)
		perf_evsel__enable(evsel);
	else
		perf_evsel__disable(evsel);
}

int counter_read(struct perf_evsel *evsel, size_t n,
		 struct counter_values *values)
{
	*values = (struct counter_values){ 0 };
	for (size_t i = 0; i < n; i++) {
		struct perf_counts_values counts;
		int ret = perf_evsel__read(evsel, 0, i, &counts);

		if (ret)
			return ret;
		values->value += counts.val;
		values->ena += counts.ena;
		values->run += counts.run;
	}
	return 0;
}
#else
int counter_open(const struct counter *counter, const pid_t *tids, size_t n,
		 struct perf_evsel **evsel)
{
	(void)counter;
	(void)tids;
	(void)n;
	(void)evsel;
	return -ENOSYS;
}

void counter_close(struct perf_evsel *evsel)
{
	(void)evsel;
}

void counter_enable(struct perf_evsel *evsel, int enable)
{
	(void)evsel;
	(void)enable;
}

int counter_read(struct perf_evsel *evsel, size_t n,
		 struct counter_values *values)
{
	(void)evsel;
	(void)n;
	(void)values;
	return -ENOSYS;
}
#endif

int counter_try(const struct counter *counter)
{
	struct perf_evsel *evsel;
	int ret = counter_open(counter, NULL, 1, &evsel);

	if (!ret)
		counter_close(evsel);
	return ret;
}

const char *counter_advice(const struct counter *counter, int err)
{
	switch (err) {
	case ENOSYS:
		return "build with libperf: scripts/kernel installs it in build/";
	case EACCES:
	case EPERM:
		return "run as root, or lower kernel.perf_event_paranoid";
	case ENOENT:
	case EINVAL:
	case EOPNOTSUPP:
	case ENODEV:
		if (counter->tracepoint)
			return "mount tracefs on /sys/kernel/tracing, or a kernel "
			       "with this tracepoint";
		return "a machine with a PMU that has it; in a guest, pass it "
		       "through (-cpu host)";
	default:
		return strerror(err);
	}
}
