// SPDX-License-Identifier: GPL-2.0-only
/*
 * /dev/hmm_bench: one ioctl makes a call with a chosen strategy, times it
 * inside the kernel, and says what it did. See hmm_bench_uapi.h.
 */
#include <linux/capability.h>
#include <linux/fs.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/overflow.h>
#include <linux/sched/mm.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "hmm_bench.h"

#define CREATE_TRACE_POINTS
#include "hmm_bench_trace.h"

static unsigned int max_pages = HMM_BENCH_PAGES_MAX;
module_param(max_pages, uint, 0644);
MODULE_PARM_DESC(max_pages, "the most pages of a call, each 16 to 24 bytes of memory");

static unsigned int max_calls = 512;
module_param(max_calls, uint, 0644);
MODULE_PARM_DESC(max_calls, "the most calls at a time, of all processes");

static atomic_t calls;	/* under way */

static bool bench_invalidate(struct mmu_interval_notifier *mni,
			     const struct mmu_notifier_range *range,
			     unsigned long cur_seq)
{
	struct hmm_bench_op *op =
		container_of(mni, struct hmm_bench_op, notifier);

	spin_lock(&op->lock);
	mmu_interval_set_seq(mni, cur_seq);
	WRITE_ONCE(op->invalidations, op->invalidations + 1);
	spin_unlock(&op->lock);
	return true;
}

static const struct mmu_interval_notifier_ops bench_notifier_ops = {
	.invalidate = bench_invalidate,
};

static int check_call(const struct hmm_bench_call *call)
{
	unsigned long end;

	if (call->size != sizeof(*call) || call->version != HMM_BENCH_VERSION)
		return -EINVAL;
	if (memchr_inv(call->reserved, 0, sizeof(call->reserved)))
		return -EINVAL;
	if (call->flags & ~HMM_BENCH_FLAGS)
		return -EINVAL;
	if ((call->flags & (HMM_BENCH_PHASES | HMM_BENCH_TRACE)) &&
	    !(call->flags & HMM_BENCH_COUNT))
		return -EINVAL;
	if (call->strategy >= HMM_BENCH_STRATEGY_COUNT)
		return -EINVAL;
	if (!call->pages || !PAGE_ALIGNED(call->addr))
		return -EINVAL;
	if (call->pages > HMM_BENCH_PAGES_MAX ||
	    call->pages > READ_ONCE(max_pages))
		return -E2BIG;
	if (check_add_overflow((unsigned long)call->addr,
			       (unsigned long)call->pages << PAGE_SHIFT, &end))
		return -EINVAL;
	if (end > TASK_SIZE)
		return -EINVAL;
	/* HMM's time and the loop's; what is asked for, and nothing. */
	if ((call->flags & HMM_BENCH_OUTER) &&
	    (call->flags & HMM_BENCH_PERSIST || !call->timeout_ms))
		return -EINVAL;
	if ((call->flags & HMM_BENCH_SNAPSHOT) &&
	    (call->flags & HMM_BENCH_PER_PAGE))
		return -EINVAL;
	if (call->chunk > call->pages ||
	    (call->strategy == HMM_BENCH_STEP && !call->chunk))
		return -EINVAL;
	return 0;
}

static int check_strategy(const struct hmm_bench_call *call)
{
	const struct hmm_bench_strategy_ops *ops =
		&hmm_bench_strategies[call->strategy];

	if (!ops->run)
		return -EOPNOTSUPP;
	/* Locks can be traced under any strategy, whatever else is counted. */
	if ((call->flags & HMM_BENCH_COUNT) &&
	    !(call->flags & HMM_BENCH_TRACE) &&
	    !(ops->flags & HMM_BENCH_COUNTABLE))
		return -EOPNOTSUPP;
	if ((call->flags & (HMM_BENCH_DOWNGRADE | HMM_BENCH_EXCLUSIVE)) &&
	    !(ops->flags & HMM_BENCH_TAKES_LOCK))
		return -EINVAL;
	/* A fault would give back for reading what is held for writing. */
	if ((call->flags & HMM_BENCH_EXCLUSIVE) &&
	    (call->flags & HMM_BENCH_DOWNGRADE || ops->flags & HMM_BENCH_DROPS_LOCK))
		return -EINVAL;
	if ((call->flags & (HMM_BENCH_SNAPSHOT | HMM_BENCH_PER_PAGE)) &&
	    !ops->pfns)
		return -EINVAL;
	return 0;
}

static unsigned long op_nr_pages(const struct hmm_bench_op *op)
{
	return (op->end - op->start) >> PAGE_SHIFT;
}

/* What the page tables hold, without faulting. */
static int snapshot(struct hmm_bench_op *op, unsigned long *pfns)
{
	struct hmm_range range = {
		.notifier = &op->notifier,
		.start = op->start,
		.end = op->end,
		.hmm_pfns = pfns,
	};
	struct mm_struct *mm = op->notifier.mm;
	int ret;

	do {
		range.notifier_seq = mmu_interval_read_begin(&op->notifier);
		ret = mmap_read_lock_killable(mm);
		if (ret)
			return ret;
		ret = hmm_range_fault(&range);
		mmap_read_unlock(mm);
		/* Signals are looked for only where the lock has to be waited for. */
		if (ret == -EBUSY && fatal_signal_pending(current))
			ret = -EINTR;
		cond_resched();
	} while (ret == -EBUSY);
	return ret;
}

static void gup_to_pfns(struct hmm_bench_op *op)
{
	unsigned long i, nr = op_nr_pages(op);

	for (i = 0; i < nr && op->pages[i]; i++)
		op->pfns[i] = page_to_pfn(op->pages[i]) | HMM_PFN_VALID;
	unpin_user_pages(op->pages, i);
}

static u64 count_mismatched(const struct hmm_bench_op *op,
			    const unsigned long *seen)
{
	unsigned long i, nr = op_nr_pages(op);
	unsigned long mask = ~HMM_PFN_FLAGS | HMM_PFN_VALID;
	u64 n = 0;

	/* GUP returns pages, and does not say how they are mapped. */
	if (op->write && !op->ops->pages)
		mask |= HMM_PFN_WRITE;

	for (i = 0; i < nr; i++)
		n += ((op->pfns[i] ^ seen[i]) & mask) != 0;
	return n;
}

/* Does the range still hold what the call found? Asked after the snapshot. */
static bool undisturbed(const struct hmm_bench_op *op)
{
	/* GUP's pages are pinned; a piece's seq speaks for that piece alone. */
	if (op->ops->pages || op->chunk)
		return !READ_ONCE(op->invalidations);
	return !mmu_interval_check_retry(op->range.notifier,
					 op->range.notifier_seq);
}

/* Check what the strategy returned against the page tables; not timed. */
static int inspect(struct hmm_bench_op *op, struct hmm_bench_call *call)
{
	bool fills = (op->ops->pfns || op->ops->pages) && !call->error;
	unsigned long i, nr = op_nr_pages(op);
	const unsigned long *result;
	unsigned long *seen;
	struct page *page;
	u64 folio;
	int ret, node;

	seen = kvcalloc(nr, sizeof(*seen), GFP_KERNEL_ACCOUNT);
	if (!seen)
		return -ENOMEM;
	ret = snapshot(op, seen);
	if (ret)
		goto out;

	result = fills ? op->pfns : seen;
	for (i = 0; i < nr; i++) {
		if (!(result[i] & HMM_PFN_VALID))
			continue;
		call->valid++;
		call->writable += !!((op->pages ? seen : result)[i] &
				     HMM_PFN_WRITE);
		call->huge_pages += hmm_pfn_to_map_order(seen[i]) >=
				    PMD_SHIFT - PAGE_SHIFT;
		page = hmm_pfn_to_page(result[i]);
		if (is_zero_pfn(page_to_pfn(page))) {
			call->zero_pages++;
			continue;
		}
		folio = folio_nr_pages(page_folio(page));
		if (!call->smallest_folio || folio < call->smallest_folio)
			call->smallest_folio = folio;
		node = page_to_nid(page);
		call->node_pages[min(node, HMM_BENCH_NODES_MAX - 1)]++;
	}
	if (fills && undisturbed(op)) {
		call->mismatched = count_mismatched(op, seen);
	} else {
		call->mismatched = HMM_BENCH_NOT_KNOWN;
		/* What GUP's pages were mapped as, nobody can tell any more. */
		if (fills && op->pages)
			call->writable = HMM_BENCH_NOT_KNOWN;
	}
out:
	kvfree(seen);
	return ret;
}

static void report(const struct hmm_bench_op *op, struct hmm_bench_call *call)
{
	const struct hmm_strategy_stats *st = op->st;

	call->restarts = op->restarts;
	call->invalidations = READ_ONCE(op->invalidations);
	call->passes = st ? st->passes : HMM_BENCH_NOT_KNOWN;
	call->drops_retry = st ? st->drops_retry : HMM_BENCH_NOT_KNOWN;
	call->drops_completed = st ? st->drops_completed : HMM_BENCH_NOT_KNOWN;
	call->seq_reads = st ? st->seq_reads + op->seq_reads :
			       HMM_BENCH_NOT_KNOWN;
	call->faults = st ? st->faults : HMM_BENCH_NOT_KNOWN;
	call->pte_visits = st ? st->pte_visits : HMM_BENCH_NOT_KNOWN;

	st = st && st->phases ? st : NULL;
	call->walk_ns = st ? st->walk_ns : HMM_BENCH_NOT_KNOWN;
	call->lock_ns = st ? st->lock_ns : HMM_BENCH_NOT_KNOWN;
	call->fault_ns = st ? st->fault_ns : HMM_BENCH_NOT_KNOWN;
}

/* Each piece as a call of its own, with patience of its own. */
static int run_pieces(struct hmm_bench_op *op)
{
	unsigned long addr;
	int ret = 0;

	for (addr = op->start; addr < op->end && !ret; addr = op->range.end) {
		op->range.start = addr;
		op->range.end = op->chunk ? min(addr + op->chunk, op->end) :
					    op->end;
		op->range.hmm_pfns =
			op->pfns + ((addr - op->start) >> PAGE_SHIFT);
		if (op->timeout)
			op->deadline = jiffies + op->timeout;
		ret = op->ops->run(op);
		if (op->chunk && fatal_signal_pending(current))
			ret = ret ?: -EINTR;
	}
	return ret;
}

static void timed_run(struct hmm_bench_op *op, struct hmm_bench_call *call)
{
	if (op->locks)
		WRITE_ONCE(op->locks->task, current);
	trace_hmm_bench_call_begin(call->strategy, op->start, call->pages);
	hmm_bench_mark_at(HMM_BENCH_MARK_LOCK, &current->mm->mmap_lock);
	hmm_bench_mark(HMM_BENCH_MARK_BEGIN);
	call->begin_ns = ktime_get_ns();
	call->error = -run_pieces(op);
	call->total_ns = ktime_get_ns() - call->begin_ns;
	hmm_bench_mark(HMM_BENCH_MARK_END);
	trace_hmm_bench_call_end(call->error);
	if (op->locks)
		WRITE_ONCE(op->locks->task, NULL);
}

static void traced_drop(unsigned long addr)
{
	trace_hmm_bench_drop(addr);
}

static int run_op(struct hmm_bench_op *op, struct hmm_bench_call *call)
{
	int ret;

	ret = mmu_interval_notifier_insert(&op->notifier, current->mm,
					   op->start, op->end - op->start,
					   &bench_notifier_ops);
	if (ret)
		return ret;

	op->range.notifier = &op->notifier;
	if (op->per_page)
		op->range.pfn_flags_mask = HMM_PFN_REQ_FAULT | HMM_PFN_REQ_WRITE;
	else if (!(call->flags & HMM_BENCH_SNAPSHOT))
		op->range.default_flags = HMM_PFN_REQ_FAULT |
					  (op->write ? HMM_PFN_REQ_WRITE : 0);

	timed_run(op, call);
	report(op, call);

	if (op->pages)
		gup_to_pfns(op);
	call->valid = 0;
	call->writable = 0;
	call->huge_pages = 0;
	call->smallest_folio = 0;
	call->zero_pages = 0;
	memset(call->node_pages, 0, sizeof(call->node_pages));
	ret = inspect(op, call);
	mmu_interval_notifier_remove(&op->notifier);
	return ret;
}

/*
 * The call with its use of the mmap lock watched. Getting ready takes long: it
 * is done before the notifier is there to be told of invalidations.
 */
static int run_traced(struct hmm_bench_op *op, struct hmm_bench_call *call)
{
	struct hmm_bench_locks locks;
	int ret = hmm_bench_locks_watch(&locks);

	if (ret && ret != -EOPNOTSUPP)
		return ret;
	op->locks = ret ? NULL : &locks;
	if (op->st)
		op->st->dropped = traced_drop;
	ret = run_op(op, call);
	if (!op->locks)
		return ret;
	hmm_bench_locks_unwatch(&locks);
	call->traced_locks = locks.locks;
	call->traced_wait_ns = locks.wait_ns;
	call->traced_hold_ns = locks.hold_ns;
	return ret;
}

static void free_op(struct hmm_bench_op *op)
{
	kvfree(op->pages);
	kvfree(op->pfns);
	kfree(op);
}

static struct hmm_bench_op *alloc_op(const struct hmm_bench_call *call)
{
	struct hmm_bench_op *op = kzalloc(sizeof(*op), GFP_KERNEL_ACCOUNT);

	if (!op)
		return NULL;
	spin_lock_init(&op->lock);
	op->ops = &hmm_bench_strategies[call->strategy];
	op->start = call->addr;
	op->end = call->addr + (call->pages << PAGE_SHIFT);
	op->chunk = (unsigned long)call->chunk << PAGE_SHIFT;
	op->write = call->flags & HMM_BENCH_WRITE;
	op->downgrade = call->flags & HMM_BENCH_DOWNGRADE;
	op->no_retry = call->flags & HMM_BENCH_NO_RETRY;
	op->persist = call->flags & HMM_BENCH_PERSIST;
	op->outer = call->flags & HMM_BENCH_OUTER;
	op->per_page = call->flags & HMM_BENCH_PER_PAGE;
	op->exclusive = call->flags & HMM_BENCH_EXCLUSIVE;
	op->timeout = msecs_to_jiffies(call->timeout_ms);
	op->pfns = kvcalloc(call->pages, sizeof(*op->pfns), GFP_KERNEL_ACCOUNT);
	if (op->ops->pages)
		op->pages = kvcalloc(call->pages, sizeof(*op->pages),
				     GFP_KERNEL_ACCOUNT);
	if (!op->pfns || (op->ops->pages && !op->pages)) {
		free_op(op);
		return NULL;
	}
	return op;
}

static int make_call(struct hmm_bench_call *call)
{
	struct hmm_strategy_stats stats = {};
	struct hmm_bench_op *op = alloc_op(call);
	int ret;

	if (!op)
		return -ENOMEM;
	call->traced_locks = HMM_BENCH_NOT_KNOWN;
	call->traced_wait_ns = HMM_BENCH_NOT_KNOWN;
	call->traced_hold_ns = HMM_BENCH_NOT_KNOWN;
	if (call->flags & HMM_BENCH_COUNT &&
	    op->ops->flags & HMM_BENCH_COUNTABLE) {
		stats.phases = call->flags & HMM_BENCH_PHASES;
		op->st = &stats;
	}
	ret = call->flags & HMM_BENCH_TRACE ? run_traced(op, call) :
					      run_op(op, call);
	free_op(op);
	return ret;
}

/*
 * A descriptor is of no use to another process that inherits it or is sent it, nor to
 * its own after that gave its privileges up.
 */
static long ioctl_call(struct mm_struct *mm, void __user *arg)
{
	struct hmm_bench_call call;
	int ret;

	if (!capable(CAP_SYS_ADMIN) || current->mm != mm)
		return -EPERM;
	if (copy_from_user(&call, arg, sizeof(call)))
		return -EFAULT;
	ret = check_call(&call) ?: check_strategy(&call);
	if (ret)
		return ret;
	if (atomic_inc_return(&calls) > READ_ONCE(max_calls))
		ret = -EUSERS;
	else
		ret = make_call(&call);
	atomic_dec(&calls);
	if (!ret && copy_to_user(arg, &call, sizeof(call)))
		ret = -EFAULT;
	return ret;
}

#define STRATEGY_NAME(id, name)	[HMM_BENCH_##id] = name,
static const char *const strategy_names[HMM_BENCH_STRATEGY_COUNT] = {
	HMM_BENCH_STRATEGIES(STRATEGY_NAME)
};

static long ioctl_strategy(void __user *arg)
{
	struct hmm_bench_strategy_info info;
	const struct hmm_bench_strategy_ops *ops;

	if (copy_from_user(&info, arg, sizeof(info)))
		return -EFAULT;
	if (info.size != sizeof(info) || info.version != HMM_BENCH_VERSION ||
	    info.strategy >= HMM_BENCH_STRATEGY_COUNT)
		return -EINVAL;

	ops = &hmm_bench_strategies[info.strategy];
	info.flags = ops->run ? HMM_BENCH_PRESENT | ops->flags |
				(ops->pfns ? HMM_BENCH_RETURNS : 0) : 0;
	strscpy_pad(info.name, strategy_names[info.strategy]);
	if (copy_to_user(arg, &info, sizeof(info)))
		return -EFAULT;
	return 0;
}

static long bench_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	switch (cmd) {
	case HMM_BENCH_IOC_CALL:
		return ioctl_call(file->private_data, (void __user *)arg);
	case HMM_BENCH_IOC_STRATEGY:
		return ioctl_strategy((void __user *)arg);
	default:
		return -ENOTTY;
	}
}

static int bench_open(struct inode *inode, struct file *file)
{
	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	mmgrab(current->mm);
	file->private_data = current->mm;
	return 0;
}

static int bench_release(struct inode *inode, struct file *file)
{
	mmdrop(file->private_data);
	return 0;
}

static const struct file_operations bench_fops = {
	.owner = THIS_MODULE,
	.open = bench_open,
	.release = bench_release,
	.unlocked_ioctl = bench_ioctl,
	.compat_ioctl = compat_ptr_ioctl,
	.llseek = noop_llseek,
};

static struct miscdevice bench_device = {
	.minor = MISC_DYNAMIC_MINOR,
	.name = "hmm_bench",
	.fops = &bench_fops,
	.mode = 0600,
};

static int __init bench_init(void)
{
	int ret = misc_register(&bench_device);

	if (!ret)
		hmm_bench_tell_phases();
	return ret;
}
module_init(bench_init);

static void __exit bench_exit(void)
{
	misc_deregister(&bench_device);
}
module_exit(bench_exit);

MODULE_DESCRIPTION("Times how HMM faults a range in, per retry strategy");
MODULE_AUTHOR("The hmmbench developers");
MODULE_LICENSE("GPL");
#ifdef HMM_BENCH_HAVE_STRATEGIES
MODULE_IMPORT_NS("HMM_STRATEGIES_3");
#endif
