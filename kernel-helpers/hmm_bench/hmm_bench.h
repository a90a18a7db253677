/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef HMM_BENCH_H
#define HMM_BENCH_H

#include <linux/hmm.h>
#include <linux/mm.h>
#include <linux/mmu_notifier.h>
#include <linux/spinlock.h>

#include "hmm_bench_marks.h"
#include "hmm_bench_uapi.h"
#include "hmm_strategies.h"

struct hmm_bench_strategy_ops;

/**
 * struct hmm_bench_op - one call in progress, as a driver would keep it
 * @ops:	the strategy
 * @notifier:	covers the whole range
 * @lock:	the driver lock
 * @invalidations: written under @lock, read without
 * @range:	what is asked of HMM; the piece at hand when in pieces
 * @pfns:	results for the whole range
 * @pages:	results of GUP for the whole range, else NULL
 * @start:	first address of the whole range
 * @end:	end of the whole range
 * @chunk:	bytes per piece
 * @write:	ask for writable pages
 * @downgrade:	take the mmap lock for write and downgrade it
 * @no_retry:	-EBUSY and an invalidated result go to whoever asked, as -EAGAIN
 * @exclusive:	hold the mmap lock for write
 * @per_page:	HMM is told in @pfns what is wanted
 * @persist:	the timeout begins anew with each call of HMM
 * @outer:	HMM is given all of the timeout, and the deadline ends the loop
 * @timeout:	in jiffies, patience with a piece; 0 for no end
 * @deadline:	in jiffies, of the piece at hand; HMM is given what is left
 * @restarts:	calls begun again since their result was invalidated
 * @seq_reads:	mmu_interval_read_begin() calls made by the driver
 * @st:		counts, NULL when this call is not counted
 * @locks:	its use of the mmap lock, NULL when that is not watched
 */
struct hmm_bench_op {
	const struct hmm_bench_strategy_ops *ops;
	struct mmu_interval_notifier notifier;
	spinlock_t lock; /* orders invalidations and the use of pfns */
	u64 invalidations;
	struct hmm_range range;
	unsigned long *pfns;
	struct page **pages;
	unsigned long start;
	unsigned long end;
	unsigned long chunk;
	bool write;
	bool downgrade;
	bool no_retry;
	bool exclusive;
	bool per_page;
	bool persist;
	bool outer;
	unsigned long timeout;
	unsigned long deadline;
	u32 restarts;
	u64 seq_reads;
	struct hmm_strategy_stats *st;
	struct hmm_bench_locks *locks;
};

/**
 * struct hmm_bench_strategy_ops - a strategy
 * @run:	the timed part, for op->range; NULL when this kernel lacks the strategy
 * @call:	for those that want the mmap lock held: one call; clears *@locked
 *		when it returns without it
 * @flags:	HMM_BENCH_COUNTABLE, HMM_BENCH_DROPS_LOCK, HMM_BENCH_TAKES_LOCK
 * @pfns:	it fills op->pfns
 * @pages:	it fills op->pages with pinned pages
 */
struct hmm_bench_strategy_ops {
	int (*run)(struct hmm_bench_op *op);
	int (*call)(struct hmm_bench_op *op, bool *locked);
	u32 flags;
	bool pfns;
	bool pages;
};

/**
 * struct hmm_bench_locks - how one task used the mmap lock of its mm
 * @task:	the task; NULL while nobody is watched
 * @waiting:	when it asked
 * @held:	when it got it; 0 when it does not hold it
 * @locks:	times it got it
 * @wait_ns:	sum
 * @hold_ns:	sum
 */
struct hmm_bench_locks {
	struct task_struct *task;
	u64 waiting;
	u64 held;
	u64 locks;
	u64 wait_ns;
	u64 hold_ns;
};

/**
 * hmm_bench_locks_watch() - get ready to account for a task's use of its mmap lock
 *
 * From the mmap_lock tracepoints, so that HMM's, GUP's and the fault handler's
 * uses are all seen. Begins when the task is set. May sleep.
 * Return: 0, -EOPNOTSUPP without the tracepoints, or -errno.
 */
int hmm_bench_locks_watch(struct hmm_bench_locks *locks);
void hmm_bench_locks_unwatch(struct hmm_bench_locks *locks);

/**
 * hmm_bench_tell_phases() - tell an emulator by which functions it takes a call apart
 *
 * On any other machine it does nothing.
 */
void hmm_bench_tell_phases(void);

extern const struct hmm_bench_strategy_ops
	hmm_bench_strategies[HMM_BENCH_STRATEGY_COUNT];

#endif
