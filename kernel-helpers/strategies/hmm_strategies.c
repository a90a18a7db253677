// SPDX-License-Identifier: GPL-2.0-only
/*
 * Retry strategies for faults that drop the mmap lock.
 *
 * Behind the kernel's own mm/hmm.c, so that all of them share its static
 * functions: what is compared differs in the retry and in nothing else.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include "unexported.h"
#include <linux/module.h>
#include <linux/utsname.h>
#include <generated/utsversion.h>

#include "hmm_strategies.h"

/* What the kernel exports of it, it exports itself. */
#pragma push_macro("EXPORT_SYMBOL")
#undef EXPORT_SYMBOL
#define EXPORT_SYMBOL(name)
#include "kernel_hmm.c"
#pragma pop_macro("EXPORT_SYMBOL")

#include "unexported.c"

/* What to do when handle_mm_fault() comes back without the mmap lock. */
enum hmm_on_drop {
	HMM_DROP_LEAVE,		/* tell the caller, lock dropped */
	HMM_DROP_RELOCK,	/* retake it, walk on from the fault */
	HMM_DROP_REFAULT,	/* retake it, same fault again with TRIED */
	HMM_DROP_ADVANCE,	/* done: retake it, next fault; else as RELOCK */
};

/**
 * struct hmm_retry - a way to retry
 * @on_drop:	what follows a drop
 * @flags:	of each fault, beside those that the kernel itself gives
 */
struct hmm_retry {
	enum hmm_on_drop on_drop;
	unsigned int flags;
};

static const struct hmm_retry hmm_leave = { HMM_DROP_LEAVE };
static const struct hmm_retry hmm_relock = { HMM_DROP_RELOCK };
static const struct hmm_retry hmm_rfc = { HMM_DROP_RELOCK, FAULT_FLAG_USER };
static const struct hmm_retry hmm_refault = { HMM_DROP_REFAULT };
static const struct hmm_retry hmm_advance = { HMM_DROP_ADVANCE };
static const struct hmm_retry hmm_tried_first = {
	HMM_DROP_LEAVE, FAULT_FLAG_TRIED
};

static u64 hmm_st_now(const struct hmm_strategy_stats *st)
{
	return st && st->phases ? ktime_get_ns() : 0;
}

static void hmm_st_add(const struct hmm_strategy_stats *st, u64 *sum, u64 since)
{
	if (st->phases)
		*sum += ktime_get_ns() - since;
}

static void hmm_st_seq_read(struct hmm_range *range,
			    struct hmm_strategy_stats *st)
{
	range->notifier_seq = mmu_interval_read_begin(range->notifier);
	if (st)
		st->seq_reads++;
}

int hmm_strategy_lock(struct mm_struct *mm, struct hmm_strategy_stats *st)
{
	u64 t = hmm_st_now(st);
	int ret = mmap_read_lock_killable(mm);

	if (st)
		hmm_st_add(st, &st->lock_ns, t);
	return ret;
}
EXPORT_SYMBOL_NS_GPL(hmm_strategy_lock, "HMM_STRATEGIES_3");

/* The walk's private data, with room for the count. */
struct hmm_counted_walk {
	struct hmm_vma_walk walk;
	u64 pte_visits;
};

/*
 * hmm_vma_walk_pmd() visits PTEs in order and stops at the first that it
 * cannot take, which it stores in last. So the visits of a call follow from
 * its result, and the loop over the PTEs is the kernel's own, undisturbed.
 * Whether there was a PTE page is read before the call: only faults and
 * UFFDIO ioctls of other threads can add one in between.
 */
static int hmm_counted_walk_pmd(pmd_t *pmdp, unsigned long start,
				unsigned long end, struct mm_walk *walk)
{
	struct hmm_vma_walk *hmm_vma_walk = walk->private;
	struct hmm_counted_walk *counted =
		container_of(hmm_vma_walk, struct hmm_counted_walk, walk);
	pmd_t pmd = pmdp_get_lockless(pmdp);
	bool table = pmd_present(pmd) && !pmd_leaf(pmd);
	int ret = hmm_vma_walk_pmd(pmdp, start, end, walk);

	if (!table)
		return ret;
	if (!ret)
		counted->pte_visits += (end - start) >> PAGE_SHIFT;
	else if (ret == HMM_FAULT_PENDING || ret == -EBUSY)
		counted->pte_visits +=
			((hmm_vma_walk->last - start) >> PAGE_SHIFT) + 1;
	return ret;
}

static const struct mm_walk_ops hmm_counted_walk_ops = {
	.pud_entry	= hmm_vma_walk_pud,
	.pmd_entry	= hmm_counted_walk_pmd,
	.pte_hole	= hmm_vma_walk_hole,
	.hugetlb_entry	= hmm_vma_walk_hugetlb_entry,
	.test_walk	= hmm_vma_walk_test,
	.walk_lock	= PGWALK_RDLOCK,
};

static int hmm_st_walk(struct mm_struct *mm, struct hmm_counted_walk *counted,
		       struct hmm_strategy_stats *st)
{
	struct hmm_vma_walk *walk = &counted->walk;
	int ret;
	u64 t;

	if (!st)
		return walk_page_range(mm, walk->last, walk->range->end,
				       &hmm_walk_ops, walk);

	t = hmm_st_now(st);
	counted->pte_visits = 0;
	ret = walk_page_range(mm, walk->last, walk->range->end,
			      &hmm_counted_walk_ops, walk);
	hmm_st_add(st, &st->walk_ns, t);
	st->passes++;
	st->pte_visits += counted->pte_visits;
	return ret;
}

static vm_fault_t hmm_st_handle(struct vm_area_struct *vma, unsigned long addr,
				unsigned int flags,
				struct hmm_strategy_stats *st)
{
	u64 t = hmm_st_now(st);
	vm_fault_t ret = handle_mm_fault(vma, addr, flags, NULL);

	if (st) {
		hmm_st_add(st, &st->fault_ns, t);
		st->faults++;
		st->drops_completed += !!(ret & VM_FAULT_COMPLETED);
		st->drops_retry += !!(ret & VM_FAULT_RETRY);
		if (st->dropped && ret & (VM_FAULT_COMPLETED | VM_FAULT_RETRY))
			st->dropped(addr);
	}
	return ret;
}

/* The lock is held on return whatever the result: that is the contract. */
static int hmm_st_relock(struct mm_struct *mm, struct hmm_strategy_stats *st)
{
	u64 t = hmm_st_now(st);

	mmap_read_lock(mm);
	if (st)
		hmm_st_add(st, &st->lock_ns, t);
	if (fatal_signal_pending(current))
		return -EINTR;
	if (check_stable_address_space(mm))
		return -EFAULT;
	return 0;
}

static int hmm_st_lookup(struct mm_struct *mm, unsigned long addr,
			 unsigned int required_fault, unsigned int *flags,
			 struct vm_area_struct **vma)
{
	*vma = vma_lookup(mm, addr);
	if (!*vma)
		return -EFAULT;
	if (required_fault & HMM_NEED_WRITE_FAULT) {
		if (!((*vma)->vm_flags & VM_WRITE))
			return -EPERM;
		*flags |= FAULT_FLAG_WRITE;
	}
	return 0;
}

/* Does the hole at hand go on after the drop, without a walk? */
static bool hmm_st_goes_on(const struct hmm_retry *retry, vm_fault_t fault)
{
	return retry->on_drop == HMM_DROP_REFAULT ||
	       (retry->on_drop == HMM_DROP_ADVANCE &&
		fault & VM_FAULT_COMPLETED);
}

/*
 * hmm_do_fault() with a choice of what follows a drop. -EBUSY: walk again from
 * walk->last; HMM_FAULT_UNLOCKED: the lock is gone.
 */
static int hmm_st_do_fault(struct mm_struct *mm, struct hmm_vma_walk *walk,
			   const struct hmm_retry *retry,
			   struct hmm_strategy_stats *st)
{
	unsigned int flags = FAULT_FLAG_REMOTE | retry->flags;
	unsigned long addr = walk->last;
	struct vm_area_struct *vma;
	vm_fault_t fault;
	int ret;

	if (walk->locked)
		flags |= FAULT_FLAG_ALLOW_RETRY | FAULT_FLAG_KILLABLE;

	ret = hmm_st_lookup(mm, addr, walk->required_fault, &flags, &vma);
	if (ret)
		return ret;

	while (addr < walk->end) {
		fault = hmm_st_handle(vma, addr, flags, st);

		if (fault & (VM_FAULT_COMPLETED | VM_FAULT_RETRY)) {
			if (retry->on_drop == HMM_DROP_LEAVE) {
				if (WARN_ON_ONCE(!walk->locked))
					return -EINVAL;
				*walk->locked = false;
				return HMM_FAULT_UNLOCKED;
			}
			ret = hmm_st_relock(mm, st);
			if (ret)
				return ret;
			/* What was gathered may not hold any more: look again. */
			if (!hmm_st_goes_on(retry, fault) ||
			    mmu_interval_check_retry(walk->range->notifier,
						     walk->range->notifier_seq))
				return -EBUSY;
			/* The VMA may have gone or changed meanwhile. */
			ret = hmm_st_lookup(mm, addr, walk->required_fault,
					    &flags, &vma);
			if (ret)
				return ret;
			walk->end = min(walk->end, vma->vm_end);
			if (fault & VM_FAULT_RETRY)
				flags |= FAULT_FLAG_TRIED;
			else
				addr += PAGE_SIZE;
			continue;
		}
		if (fault & VM_FAULT_ERROR) {
			ret = vm_fault_to_errno(fault, 0);
			if (WARN_ON_ONCE(!ret))
				ret = -EINVAL;
			return ret;
		}
		if (!(retry->flags & FAULT_FLAG_TRIED))
			flags &= ~FAULT_FLAG_TRIED;
		addr += PAGE_SIZE;
	}
	return -EBUSY;
}

/*
 * hmm_range_fault_locked() with a choice of what follows a drop.
 * @locked: NULL when faults may not drop the lock.
 */
static int hmm_st_fault_locked(struct hmm_range *range, bool *locked,
			       const struct hmm_retry *retry,
			       struct hmm_strategy_stats *st)
{
	struct hmm_counted_walk counted = {
		.walk = {
			.range = range,
			.locked = locked,
			.last = range->start,
		},
	};
	struct mm_struct *mm = range->notifier->mm;
	int ret;

	mmap_assert_locked(mm);

	do {
		if (mmu_interval_check_retry(range->notifier,
					     range->notifier_seq))
			return -EBUSY;
		ret = hmm_st_walk(mm, &counted, st);
		if (ret == HMM_FAULT_PENDING) {
			ret = hmm_st_do_fault(mm, &counted.walk, retry, st);
			if (ret == HMM_FAULT_UNLOCKED)
				return fatal_signal_pending(current) ? -EINTR :
								       -EBUSY;
		}
	} while (ret == -EBUSY);
	return ret;
}

int hmm_range_fault_counted(struct hmm_range *range,
			    struct hmm_strategy_stats *st)
{
	return hmm_st_fault_locked(range, NULL, &hmm_leave, st);
}
EXPORT_SYMBOL_NS_GPL(hmm_range_fault_counted, "HMM_STRATEGIES_3");

int hmm_range_fault_optin(struct hmm_range *range, bool user_fault,
			  struct hmm_strategy_stats *st)
{
	bool locked = true;

	return hmm_st_fault_locked(range, user_fault ? &locked : NULL,
				   &hmm_relock, st);
}
EXPORT_SYMBOL_NS_GPL(hmm_range_fault_optin, "HMM_STRATEGIES_3");

int hmm_range_fault_rfc(struct hmm_range *range, struct hmm_strategy_stats *st)
{
	bool locked = true;

	return hmm_st_fault_locked(range, &locked, &hmm_rfc, st);
}
EXPORT_SYMBOL_NS_GPL(hmm_range_fault_rfc, "HMM_STRATEGIES_3");

int hmm_range_fault_tried(struct hmm_range *range,
			  struct hmm_strategy_stats *st)
{
	bool locked = true;

	return hmm_st_fault_locked(range, &locked, &hmm_refault, st);
}
EXPORT_SYMBOL_NS_GPL(hmm_range_fault_tried, "HMM_STRATEGIES_3");

int hmm_range_fault_ebusy(struct hmm_range *range, bool *locked,
			  struct hmm_strategy_stats *st)
{
	return hmm_st_fault_locked(range, locked, &hmm_leave, st);
}
EXPORT_SYMBOL_NS_GPL(hmm_range_fault_ebusy, "HMM_STRATEGIES_3");

int hmm_range_fault_unlockable(struct hmm_range *range, int *locked,
			       struct hmm_strategy_stats *st)
{
	bool still_locked = true;
	int ret;

	ret = hmm_st_fault_locked(range, &still_locked, &hmm_leave, st);
	*locked = still_locked;
	return ret == -EBUSY && !still_locked ? 0 : ret;
}
EXPORT_SYMBOL_NS_GPL(hmm_range_fault_unlockable, "HMM_STRATEGIES_3");

/*
 * The loop of hmm_range_fault_unlocked_timeout(). @retry is what the inside
 * does about a drop; whatever it leaves as -EBUSY restarts with a new seq.
 */
static int hmm_st_fault_unlocked(struct hmm_range *range, unsigned long timeout,
				 const struct hmm_retry *retry,
				 struct hmm_strategy_stats *st)
{
	struct mm_struct *mm = range->notifier->mm;
	unsigned long deadline = 0;
	bool locked = false;
	int ret;

	do {
		if (timeout && !locked)
			deadline = jiffies + timeout;

		hmm_st_seq_read(range, st);

		ret = hmm_strategy_lock(mm, st);
		if (ret)
			return ret;

		if (check_stable_address_space(mm)) {
			mmap_read_unlock(mm);
			return -EFAULT;
		}
		if (timeout && time_after(jiffies, deadline)) {
			mmap_read_unlock(mm);
			return -EBUSY;
		}

		locked = true;
		ret = hmm_st_fault_locked(range, &locked, retry, st);
		if (locked)
			mmap_read_unlock(mm);
	} while (ret == -EBUSY);

	return ret;
}

int hmm_range_fault_unlocked_counted(struct hmm_range *range,
				     unsigned long timeout,
				     struct hmm_strategy_stats *st)
{
	return hmm_st_fault_unlocked(range, timeout, &hmm_leave, st);
}
EXPORT_SYMBOL_NS_GPL(hmm_range_fault_unlocked_counted, "HMM_STRATEGIES_3");

int hmm_range_fault_resume(struct hmm_range *range,
			   struct hmm_strategy_stats *st)
{
	return hmm_st_fault_unlocked(range, 0, &hmm_relock, st);
}
EXPORT_SYMBOL_NS_GPL(hmm_range_fault_resume, "HMM_STRATEGIES_3");

int hmm_range_fault_advance(struct hmm_range *range,
			    struct hmm_strategy_stats *st)
{
	return hmm_st_fault_unlocked(range, 0, &hmm_advance, st);
}
EXPORT_SYMBOL_NS_GPL(hmm_range_fault_advance, "HMM_STRATEGIES_3");

int hmm_range_fault_tried_first(struct hmm_range *range,
				struct hmm_strategy_stats *st)
{
	return hmm_st_fault_unlocked(range, 0, &hmm_tried_first, st);
}
EXPORT_SYMBOL_NS_GPL(hmm_range_fault_tried_first, "HMM_STRATEGIES_3");

/*
 * The walk has to be the one of the kernel that runs. Its release is checked by
 * whoever loads the module; this tells two builds of one release apart, by what
 * uname -v prints. That mm/hmm.c and the headers are of one source is for whoever
 * builds it to see to.
 */
static int __init hmm_strategies_init(void)
{
	if (strcmp(init_utsname()->version, UTS_VERSION)) {
		pr_err("made for the kernel %s, and this one is %s; build it for this one\n",
		       UTS_VERSION, init_utsname()->version);
		return -ENOEXEC;
	}
	return find_unexported();
}

/* Without it the module could not be removed. */
static void __exit hmm_strategies_exit(void)
{
}

module_init(hmm_strategies_init);
module_exit(hmm_strategies_exit);

MODULE_DESCRIPTION("Every way that was proposed for HMM to retry a dropped lock");
MODULE_AUTHOR("The hmmbench developers");
MODULE_LICENSE("GPL");
