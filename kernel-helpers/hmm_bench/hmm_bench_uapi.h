/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/* The ioctls of /dev/hmm_bench. Shared by the module and by user space. */
#ifndef HMM_BENCH_UAPI_H
#define HMM_BENCH_UAPI_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define HMM_BENCH_VERSION	4
#define HMM_BENCH_PAGES_MAX	1048576
#define HMM_BENCH_NAME_MAX	16
#define HMM_BENCH_NODES_MAX	64

/* A value that was not counted, or that this strategy cannot count. */
#define HMM_BENCH_NOT_KNOWN	(~0ULL)

/* The strategies and their names; the order is ABI. */
#define HMM_BENCH_STRATEGIES(X) \
	X(NULL, "null") \
	X(PLAIN, "plain") \
	X(RFC, "rfc") \
	X(OPTIN, "optin") \
	X(UNLOCKABLE, "unlockable") \
	X(TRIED, "tried") \
	X(EBUSY, "ebusy") \
	X(UNLOCKED, "unlocked") \
	X(UNLOCKED_1S, "unlocked-1s") \
	X(STEP, "step") \
	X(RESUME, "resume") \
	X(STALE, "stale") \
	X(GUP, "gup") \
	X(FIXUP, "fixup") \
	X(ADVANCE, "advance") \
	X(TRIED_FIRST, "tried-first")

#define HMM_BENCH_STRATEGY_ID(id, name)	HMM_BENCH_##id,
enum hmm_bench_strategy {
	HMM_BENCH_STRATEGIES(HMM_BENCH_STRATEGY_ID)
	HMM_BENCH_STRATEGY_COUNT
};

/* struct hmm_bench_call.flags */
#define HMM_BENCH_WRITE		0x1U	/* ask for writable pages */
#define HMM_BENCH_COUNT		0x2U	/* run the counted twin */
#define HMM_BENCH_PHASES	0x4U	/* with COUNT: also the phase times */
#define HMM_BENCH_TRACE		0x8U	/* with COUNT: trace drops and locks */
#define HMM_BENCH_DOWNGRADE	0x10U	/* take the mmap lock for write, downgrade */
#define HMM_BENCH_NO_RETRY	0x20U	/* -EBUSY, or an invalidated result, ends it: EAGAIN */
#define HMM_BENCH_PERSIST	0x40U	/* timeout_ms begins anew with each call of HMM */
#define HMM_BENCH_OUTER		0x80U	/* HMM has all of timeout_ms each time, the loop one deadline */
#define HMM_BENCH_SNAPSHOT	0x100U	/* ask for nothing: what the page tables hold */
#define HMM_BENCH_PER_PAGE	0x200U	/* ask page by page, not for the range */
#define HMM_BENCH_EXCLUSIVE	0x400U	/* hold the mmap lock for write throughout */
#define HMM_BENCH_FLAGS		(HMM_BENCH_WRITE | HMM_BENCH_COUNT | \
				 HMM_BENCH_PHASES | HMM_BENCH_TRACE | \
				 HMM_BENCH_DOWNGRADE | HMM_BENCH_NO_RETRY | \
				 HMM_BENCH_PERSIST | HMM_BENCH_OUTER | \
				 HMM_BENCH_SNAPSHOT | HMM_BENCH_PER_PAGE | \
				 HMM_BENCH_EXCLUSIVE)

/**
 * struct hmm_bench_call - one timed call
 * @size:	in: sizeof(struct hmm_bench_call)
 * @version:	in: HMM_BENCH_VERSION
 * @strategy:	in: enum hmm_bench_strategy
 * @flags:	in: HMM_BENCH_WRITE, ...; DOWNGRADE is for strategies that want
 *		the mmap lock held on entry (HMM_BENCH_TAKES_LOCK), EXCLUSIVE for those
 *		of them that never drop it, SNAPSHOT and PER_PAGE for those that return
 *		pfns (HMM_BENCH_RETURNS)
 * @addr:	in: start of the range, page aligned
 * @pages:	in: its length in base pages, 1 .. HMM_BENCH_PAGES_MAX
 * @chunk:	in: pages per piece: the range is faulted in piece by piece, each
 *		as a call of its own; 0 for all at once. HMM_BENCH_STEP wants it.
 * @timeout_ms:	in: patience with a piece, 0 for none. HMM is given what is left of
 *		it, with OUTER all of it, where it takes a limit; its end ends the call
 *		with ETIME.
 * @reserved:	in: 0
 * @error:	out: errno of the call, 0 when it succeeded
 * @restarts:	out: times that the driver found the range invalidated after a
 *		successful call and began again
 * @begin_ns:	out: when the call began, by the kernel's monotonic clock
 * @total_ns:	out: time of the call, by the same
 * @walk_ns:	out: of that, inside page table walks
 * @lock_ns:	out: of that, waiting for the mmap lock
 * @fault_ns:	out: of that, inside handle_mm_fault()
 * @passes:	out: page table walks begun
 * @drops_retry: out: faults that dropped the mmap lock with nothing done
 * @drops_completed: out: faults that were done and dropped it on the way out
 * @seq_reads:	out: mmu_interval_read_begin() calls
 * @faults:	out: handle_mm_fault() calls
 * @pte_visits:	out: PTEs that the walks looked at
 * @invalidations: out: notifier callbacks during the call
 * @valid:	out: pages that are valid at the end
 * @writable:	out: pages that are writable at the end, HMM_BENCH_NOT_KNOWN for
 *		GUP when the range was invalidated meanwhile
 * @mismatched:	out: pages for which the strategy returned another pfn than the
 *		page tables hold, or one writable that is not; HMM_BENCH_NOT_KNOWN
 *		when it returns none or when the range was invalidated meanwhile
 *
 * @traced_locks: out: times that the caller took the mmap lock
 * @traced_wait_ns: out: from its asking for the lock to its having it, summed
 * @traced_hold_ns: out: from its having the lock to its giving it back, summed
 * @huge_pages:	out: pages that a page table maps as part of a PMD's 2 MiB, or of
 *		more
 * @smallest_folio: pages of the smallest folio that a valid page is of, but the zero page;
 *		0 when there is none
 * @zero_pages:	out: of the valid pages, those that are the kernel's zero page
 * @node_pages:	out: the other valid pages, by the node that they are on; the
 *		last stands for all nodes from there on
 *
 * walk_ns to pte_visits are HMM_BENCH_NOT_KNOWN unless counted, traced_locks
 * to traced_hold_ns unless traced, on a kernel with the tracepoints. The ioctl
 * itself fails with EINVAL (a field is wrong), E2BIG (more pages than the
 * module's max_pages), EOPNOTSUPP (this kernel lacks the strategy, or its counted
 * twin), EPERM (not the mm that opened the device, or no CAP_SYS_ADMIN), EUSERS
 * (as many calls as the module's max_calls are under way), EINTR, ENOMEM or
 * EFAULT. The layout is that of 32-bit callers too.
 */
struct hmm_bench_call {
	__u32 size;
	__u32 version;
	__u32 strategy;
	__u32 flags;
	__u64 addr;
	__u64 pages;
	__u32 chunk;
	__u32 timeout_ms;
	__u64 reserved[4];
	__s32 error;
	__u32 restarts;
	__u64 begin_ns;
	__u64 total_ns;
	__u64 walk_ns;
	__u64 lock_ns;
	__u64 fault_ns;
	__u64 passes;
	__u64 drops_retry;
	__u64 drops_completed;
	__u64 seq_reads;
	__u64 faults;
	__u64 pte_visits;
	__u64 invalidations;
	__u64 valid;
	__u64 writable;
	__u64 mismatched;
	__u64 traced_locks;
	__u64 traced_wait_ns;
	__u64 traced_hold_ns;
	__u64 huge_pages;
	__u64 smallest_folio;
	__u64 zero_pages;
	__u32 node_pages[HMM_BENCH_NODES_MAX];
};

/* struct hmm_bench_strategy_info.flags */
#define HMM_BENCH_PRESENT	0x1U	/* this kernel has it */
#define HMM_BENCH_COUNTABLE	0x2U	/* HMM_BENCH_COUNT works */
#define HMM_BENCH_DROPS_LOCK	0x4U	/* its faults may drop the mmap lock */
#define HMM_BENCH_TAKES_LOCK	0x8U	/* it wants the mmap lock held on entry */
#define HMM_BENCH_RETURNS	0x10U	/* it returns pfns, of pages that it asks HMM for */

/**
 * struct hmm_bench_strategy_info - what the module knows of a strategy
 * @size:	in: sizeof(struct hmm_bench_strategy_info)
 * @version:	in: HMM_BENCH_VERSION
 * @strategy:	in: 0, 1, ...; EINVAL past the last
 * @flags:	out: HMM_BENCH_PRESENT, ...
 * @name:	out: NUL-terminated
 */
struct hmm_bench_strategy_info {
	__u32 size;
	__u32 version;
	__u32 strategy;
	__u32 flags;
	char name[HMM_BENCH_NAME_MAX];
};

#define HMM_BENCH_IOC_CALL	_IOWR('H', 0xb0, struct hmm_bench_call)
#define HMM_BENCH_IOC_STRATEGY	_IOWR('H', 0xb1, struct hmm_bench_strategy_info)

#endif
