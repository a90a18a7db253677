// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a driver does around each call: read the notifier sequence, take the
 * mmap lock when the call wants it held, retry, and look at the sequence again
 * under the driver lock before the pfns are used.
 */
#include <linux/jiffies.h>
#include <linux/sched/signal.h>

#include "hmm_bench.h"
#include "hmm_bench_trace.h"

/* Equal, too: at the deadline what remains is 0, which HMM takes as no limit. */
static bool expired(const struct hmm_bench_op *op)
{
	return op->timeout && time_after_eq(jiffies, op->deadline);
}

/* Some drivers have one deadline, others a timeout for each call of HMM. */
static void renew_deadline(struct hmm_bench_op *op)
{
	if (op->persist)
		op->deadline = jiffies + op->timeout;
}

static void read_begin(struct hmm_bench_op *op)
{
	op->range.notifier_seq = mmu_interval_read_begin(&op->notifier);
	op->seq_reads++;
}

static bool invalidated(struct hmm_bench_op *op)
{
	bool ret;

	spin_lock(&op->lock);
	ret = mmu_interval_read_retry(&op->notifier, op->range.notifier_seq);
	spin_unlock(&op->lock);
	return ret;
}

/*
 * What is wanted of each page of the piece at hand stands where its pfn will be; what an
 * attempt left there would be taken for wishes.
 */
static void ask_per_page(struct hmm_bench_op *op)
{
	unsigned long want = HMM_PFN_REQ_FAULT | (op->write ? HMM_PFN_REQ_WRITE : 0);
	unsigned long i, nr = (op->range.end - op->range.start) >> PAGE_SHIFT;

	for (i = 0; i < nr; i++)
		op->range.hmm_pfns[i] = want;
}

/*
 * The driver's loop. @attempt makes one call and returns 0, -EBUSY to be called
 * again, or an error.
 */
static int drive(struct hmm_bench_op *op,
		 int (*attempt)(struct hmm_bench_op *op))
{
	int ret;

	for (;;) {
		if (op->per_page)
			ask_per_page(op);
		ret = attempt(op);
		if (ret && ret != -EBUSY)
			return ret;
		if (!ret && !invalidated(op))
			return 0;
		if (op->no_retry)
			return -EAGAIN;
		if (!ret) {
			op->restarts++;
			trace_hmm_bench_restart(op->range.start);
			renew_deadline(op);
		}
		if (fatal_signal_pending(current))
			return -EINTR;
		if (expired(op))
			return -ETIME;
		cond_resched();
	}
}

static int take_for_write(struct hmm_bench_op *op)
{
	bool phases = op->st && op->st->phases;
	u64 begin = phases ? ktime_get_ns() : 0;
	int ret = mmap_write_lock_killable(op->notifier.mm);

	if (phases)
		op->st->lock_ns += ktime_get_ns() - begin;
	if (!ret && op->downgrade)
		mmap_write_downgrade(op->notifier.mm);
	return ret;
}

static int take_mmap_lock(struct hmm_bench_op *op)
{
	if (op->downgrade || op->exclusive)
		return take_for_write(op);
#ifdef HMM_BENCH_HAVE_STRATEGIES
	return hmm_strategy_lock(op->notifier.mm, op->st);
#else
	return mmap_read_lock_killable(op->notifier.mm);
#endif
}

/* For calls that want the mmap lock held and may return without it. */
static int attempt_same_seq(struct hmm_bench_op *op)
{
	bool locked = true;
	int ret;

	ret = take_mmap_lock(op);
	if (ret)
		return ret;
	ret = op->ops->call(op, &locked);
	if (op->exclusive)
		mmap_write_unlock(op->notifier.mm);
	else if (locked)
		mmap_read_unlock(op->notifier.mm);
	else /* progress, for which HMM's own loop renews its timeout too */
		renew_deadline(op);
	return ret;
}

static int attempt_locked(struct hmm_bench_op *op)
{
	read_begin(op);
	return attempt_same_seq(op);
}

static int run_locked(struct hmm_bench_op *op)
{
	return drive(op, attempt_locked);
}

static int run_null(struct hmm_bench_op *op)
{
	return 0;
}

static int call_plain(struct hmm_bench_op *op, bool *locked)
{
#ifdef HMM_BENCH_HAVE_STRATEGIES
	if (op->st)
		return hmm_range_fault_counted(&op->range, op->st);
#endif
	return hmm_range_fault(&op->range);
}

#ifdef HMM_BENCH_HAVE_UNLOCKED
static int attempt_timeout(struct hmm_bench_op *op, unsigned long timeout)
{
#ifdef HMM_BENCH_HAVE_STRATEGIES
	if (op->st)
		return hmm_range_fault_unlocked_counted(&op->range, timeout,
							op->st);
#endif
	return hmm_range_fault_unlocked_timeout(&op->range, timeout);
}

/* HMM's patience is at its end, and with it the driver's. */
static int give_up(int ret)
{
	return ret == -EBUSY ? -ETIME : ret;
}

static int attempt_unlocked(struct hmm_bench_op *op)
{
	unsigned long left = op->timeout ? op->deadline - jiffies : 0;

	/* After computing what remains, which is then never 0 (no limit). */
	if (expired(op))
		return -ETIME;
	return give_up(attempt_timeout(op, op->outer ? op->timeout : left));
}

static int run_unlocked(struct hmm_bench_op *op)
{
	return drive(op, attempt_unlocked);
}

static int attempt_unlocked_1s(struct hmm_bench_op *op)
{
	return give_up(attempt_timeout(op,
			msecs_to_jiffies(HMM_RANGE_DEFAULT_TIMEOUT)));
}

static int run_unlocked_1s(struct hmm_bench_op *op)
{
	return drive(op, attempt_unlocked_1s);
}
#endif

#ifdef HMM_BENCH_HAVE_STRATEGIES
static int call_rfc(struct hmm_bench_op *op, bool *locked)
{
	return hmm_range_fault_rfc(&op->range, op->st);
}

static int call_optin(struct hmm_bench_op *op, bool *locked)
{
	return hmm_range_fault_optin(&op->range, true, op->st);
}

static int call_tried(struct hmm_bench_op *op, bool *locked)
{
	return hmm_range_fault_tried(&op->range, op->st);
}

static int call_unlockable(struct hmm_bench_op *op, bool *locked)
{
	int still_locked = 1;
	int ret;

	ret = hmm_range_fault_unlockable(&op->range, &still_locked, op->st);
	*locked = still_locked;
	return !ret && !still_locked ? -EBUSY : ret;
}

static int call_ebusy(struct hmm_bench_op *op, bool *locked)
{
	return hmm_range_fault_ebusy(&op->range, locked, op->st);
}

/* The bug, on purpose: the sequence is never read again. */
static int run_stale(struct hmm_bench_op *op)
{
	read_begin(op);
	return drive(op, attempt_same_seq);
}

static int attempt_resume(struct hmm_bench_op *op)
{
	return hmm_range_fault_resume(&op->range, op->st);
}

static int run_resume(struct hmm_bench_op *op)
{
	return drive(op, attempt_resume);
}

static int attempt_advance(struct hmm_bench_op *op)
{
	return hmm_range_fault_advance(&op->range, op->st);
}

static int run_advance(struct hmm_bench_op *op)
{
	return drive(op, attempt_advance);
}

static int attempt_tried_first(struct hmm_bench_op *op)
{
	return hmm_range_fault_tried_first(&op->range, op->st);
}

static int run_tried_first(struct hmm_bench_op *op)
{
	return drive(op, attempt_tried_first);
}
#endif

static int run_gup(struct hmm_bench_op *op)
{
	unsigned long first = (op->range.start - op->start) >> PAGE_SHIFT;
	unsigned long nr = (op->range.end - op->range.start) >> PAGE_SHIFT;
	long done;

	done = pin_user_pages_unlocked(op->range.start, nr, op->pages + first,
				       op->write ? FOLL_WRITE : 0);
	if (done < 0)
		return done;
	if (done < nr)
		return fatal_signal_pending(current) ? -EINTR : -EFAULT;
	return 0;
}

static int run_fixup(struct hmm_bench_op *op)
{
	unsigned int flags = FAULT_FLAG_REMOTE;
	struct mm_struct *mm = op->notifier.mm;
	unsigned long addr;
	bool unlocked;
	int ret;

	if (op->write)
		flags |= FAULT_FLAG_WRITE;

	ret = take_mmap_lock(op);
	if (ret)
		return ret;
	for (addr = op->range.start; addr < op->range.end && !ret;
	     addr += PAGE_SIZE) {
		ret = fatal_signal_pending(current) ? -EINTR :
		      fixup_user_fault(mm, addr, flags, &unlocked);
		cond_resched();
	}
	mmap_read_unlock(mm);
	return ret;
}

#ifdef HMM_BENCH_HAVE_STRATEGIES
#define COUNTS	HMM_BENCH_COUNTABLE
#else
#define COUNTS	0
#endif
/* The kernel's own calls, which are counted in a twin. */
#ifdef HMM_BENCH_HAVE_TWINS
#define TWIN	HMM_BENCH_COUNTABLE
#else
#define TWIN	0
#endif
#define DROPS	HMM_BENCH_DROPS_LOCK
#define LOCKED	HMM_BENCH_TAKES_LOCK

const struct hmm_bench_strategy_ops
hmm_bench_strategies[HMM_BENCH_STRATEGY_COUNT] = {
	[HMM_BENCH_NULL] = {
		.run = run_null,
		.flags = COUNTS,
	},
	[HMM_BENCH_PLAIN] = {
		.run = run_locked,
		.call = call_plain,
		.flags = TWIN | LOCKED,
		.pfns = true,
	},
	[HMM_BENCH_GUP] = {
		.run = run_gup,
		.flags = DROPS,
		.pages = true,
	},
	[HMM_BENCH_FIXUP] = {
		.run = run_fixup,
		.flags = DROPS | LOCKED,
	},
#ifdef HMM_BENCH_HAVE_UNLOCKED
	[HMM_BENCH_UNLOCKED] = {
		.run = run_unlocked,
		.flags = TWIN | DROPS,
		.pfns = true,
	},
	[HMM_BENCH_UNLOCKED_1S] = {
		.run = run_unlocked_1s,
		.flags = TWIN | DROPS,
		.pfns = true,
	},
	[HMM_BENCH_STEP] = {
		.run = run_unlocked,
		.flags = TWIN | DROPS,
		.pfns = true,
	},
#endif
#ifdef HMM_BENCH_HAVE_STRATEGIES
	[HMM_BENCH_RFC] = {
		.run = run_locked,
		.call = call_rfc,
		.flags = COUNTS | DROPS | LOCKED,
		.pfns = true,
	},
	[HMM_BENCH_OPTIN] = {
		.run = run_locked,
		.call = call_optin,
		.flags = COUNTS | DROPS | LOCKED,
		.pfns = true,
	},
	[HMM_BENCH_UNLOCKABLE] = {
		.run = run_locked,
		.call = call_unlockable,
		.flags = COUNTS | DROPS | LOCKED,
		.pfns = true,
	},
	[HMM_BENCH_TRIED] = {
		.run = run_locked,
		.call = call_tried,
		.flags = COUNTS | DROPS | LOCKED,
		.pfns = true,
	},
	[HMM_BENCH_EBUSY] = {
		.run = run_locked,
		.call = call_ebusy,
		.flags = COUNTS | DROPS | LOCKED,
		.pfns = true,
	},
	[HMM_BENCH_RESUME] = {
		.run = run_resume,
		.flags = COUNTS | DROPS,
		.pfns = true,
	},
	[HMM_BENCH_ADVANCE] = {
		.run = run_advance,
		.flags = COUNTS | DROPS,
		.pfns = true,
	},
	[HMM_BENCH_TRIED_FIRST] = {
		.run = run_tried_first,
		.flags = COUNTS | DROPS,
		.pfns = true,
	},
	[HMM_BENCH_STALE] = {
		.run = run_stale,
		.call = call_ebusy,
		.flags = COUNTS | DROPS | LOCKED,
		.pfns = true,
	},
#endif
};
