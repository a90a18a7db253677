/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Every way that was proposed for HMM to retry a fault that dropped the mmap
 * lock, side by side in one kernel, so that only the strategy differs.
 *
 * For hmm_bench.ko only. The symbols live in the namespace "HMM_STRATEGIES_3";
 * its number goes up with each change of struct hmm_strategy_stats, so that a
 * module for another kernel does not load.
 */
#ifndef HMM_STRATEGIES_H
#define HMM_STRATEGIES_H

#include <linux/types.h>

struct hmm_range;
struct mm_struct;

/**
 * struct hmm_strategy_stats - what a counted call did
 * @passes:	starts of a page table walk
 * @drops_retry: faults that came back with the mmap lock dropped and nothing
 *		done: VM_FAULT_RETRY
 * @drops_completed: faults that are done and dropped the mmap lock on the way
 *		out: VM_FAULT_COMPLETED
 * @seq_reads:	mmu_interval_read_begin() calls made inside HMM
 * @faults:	handle_mm_fault() calls
 * @pte_visits:	PTEs looked at by the walk; entries of a PTE page only, not
 *		PMDs, PUDs or holes. A walk that ends in an error which
 *		records no address adds nothing.
 * @phases:	in: also take the times below
 * @walk_ns:	time inside walk_page_range()
 * @lock_ns:	time from asking for the mmap lock to having it
 * @fault_ns:	time inside handle_mm_fault()
 * @dropped:	in: called after each fault that dropped the mmap lock, or NULL
 *
 * Every function below takes a pointer to this, NULL for a call that is timed
 * and not counted. The uncounted call walks with HMM's own callbacks; the
 * counted one adds a few instructions per PMD, never per PTE.
 */
struct hmm_strategy_stats {
	u64 passes;
	u64 drops_retry;
	u64 drops_completed;
	u64 seq_reads;
	u64 faults;
	u64 pte_visits;
	bool phases;
	u64 walk_ns;
	u64 lock_ns;
	u64 fault_ns;
	void (*dropped)(unsigned long addr);
};

/* Counted twins of what the kernel exports, to count what it does. */
int hmm_range_fault_counted(struct hmm_range *range,
			    struct hmm_strategy_stats *st);
int hmm_range_fault_unlocked_counted(struct hmm_range *range,
				     unsigned long timeout,
				     struct hmm_strategy_stats *st);

/* The proposals. mmap lock: held on entry and on return, except as noted. */
int hmm_range_fault_rfc(struct hmm_range *range,
			struct hmm_strategy_stats *st);
int hmm_range_fault_optin(struct hmm_range *range, bool user_fault,
			  struct hmm_strategy_stats *st);
int hmm_range_fault_tried(struct hmm_range *range,
			  struct hmm_strategy_stats *st);
/* Returns 0 with *@locked == 0 after a drop: nothing was gathered. */
int hmm_range_fault_unlockable(struct hmm_range *range, int *locked,
			       struct hmm_strategy_stats *st);
/* Returns -EBUSY with *@locked == false after a drop. */
int hmm_range_fault_ebusy(struct hmm_range *range, bool *locked,
			  struct hmm_strategy_stats *st);
/* Lock not held on entry nor on return; loops without a time limit. */
int hmm_range_fault_resume(struct hmm_range *range,
			   struct hmm_strategy_stats *st);

/* The same; a fault that is done is followed by the next one, with no walk. */
int hmm_range_fault_advance(struct hmm_range *range,
			    struct hmm_strategy_stats *st);
/* As the kernel's, but its faults only drop the lock for userfaultfd. */
int hmm_range_fault_tried_first(struct hmm_range *range,
				struct hmm_strategy_stats *st);

/* mmap_read_lock_killable() that adds its wait to @st. */
int hmm_strategy_lock(struct mm_struct *mm, struct hmm_strategy_stats *st);

#endif
