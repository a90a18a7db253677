/* SPDX-License-Identifier: GPL-2.0-only */
/* Tracepoints: where a call begins and ends, and what happens inside. */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM hmm_bench

#if !defined(HMM_BENCH_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define HMM_BENCH_TRACE_H

#include <linux/tracepoint.h>

TRACE_EVENT(hmm_bench_call_begin,
	TP_PROTO(u32 strategy, unsigned long addr, u64 pages),
	TP_ARGS(strategy, addr, pages),
	TP_STRUCT__entry(
		__field(u32, strategy)
		__field(unsigned long, addr)
		__field(u64, pages)
	),
	TP_fast_assign(
		__entry->strategy = strategy;
		__entry->addr = addr;
		__entry->pages = pages;
	),
	TP_printk("strategy=%u addr=%#lx pages=%llu", __entry->strategy,
		  __entry->addr, __entry->pages)
);

TRACE_EVENT(hmm_bench_call_end,
	TP_PROTO(int error),
	TP_ARGS(error),
	TP_STRUCT__entry(
		__field(int, error)
	),
	TP_fast_assign(
		__entry->error = error;
	),
	TP_printk("error=%d", __entry->error)
);

DECLARE_EVENT_CLASS(hmm_bench_at,
	TP_PROTO(unsigned long addr),
	TP_ARGS(addr),
	TP_STRUCT__entry(
		__field(unsigned long, addr)
	),
	TP_fast_assign(
		__entry->addr = addr;
	),
	TP_printk("addr=%#lx", __entry->addr)
);

/* A fault of a counted call that dropped the mmap lock. */
DEFINE_EVENT(hmm_bench_at, hmm_bench_drop,
	TP_PROTO(unsigned long addr),
	TP_ARGS(addr)
);

/* The driver begins a piece again since its result was invalidated. */
DEFINE_EVENT(hmm_bench_at, hmm_bench_restart,
	TP_PROTO(unsigned long addr),
	TP_ARGS(addr)
);

#endif

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE hmm_bench_trace
#include <trace/define_trace.h>
