// SPDX-License-Identifier: GPL-2.0-only
/* How the caller uses the mmap lock, from the kernel's own tracepoints. */
#include <linux/ktime.h>
#include <linux/sched.h>

#include "hmm_bench.h"

#if defined(CONFIG_TRACING) && defined(HMM_BENCH_HAVE_LOCK_EVENTS)
#include <trace/events/mmap_lock.h>

static void start_locking(void *data, struct mm_struct *mm, bool write)
{
	struct hmm_bench_locks *locks = data;

	if (current == READ_ONCE(locks->task) && mm == current->mm)
		locks->waiting = ktime_get_ns();
}

static void acquire_returned(void *data, struct mm_struct *mm, bool write,
			     bool success)
{
	struct hmm_bench_locks *locks = data;

	if (current != READ_ONCE(locks->task) || mm != current->mm || !success)
		return;
	/* A downgrade says so again. */
	if (locks->held)
		return;
	locks->held = ktime_get_ns();
	locks->locks++;
	/* A trylock has no beginning. */
	if (locks->waiting)
		locks->wait_ns += locks->held - locks->waiting;
	locks->waiting = 0;
}

static void released(void *data, struct mm_struct *mm, bool write)
{
	struct hmm_bench_locks *locks = data;

	if (current != READ_ONCE(locks->task) || mm != current->mm || !locks->held)
		return;
	locks->hold_ns += ktime_get_ns() - locks->held;
	locks->held = 0;
}

void hmm_bench_locks_unwatch(struct hmm_bench_locks *locks)
{
	unregister_trace_mmap_lock_released(released, locks);
	unregister_trace_mmap_lock_acquire_returned(acquire_returned, locks);
	unregister_trace_mmap_lock_start_locking(start_locking, locks);
	tracepoint_synchronize_unregister();
}

int hmm_bench_locks_watch(struct hmm_bench_locks *locks)
{
	int ret;

	*locks = (struct hmm_bench_locks){};
	ret = register_trace_mmap_lock_start_locking(start_locking, locks);
	if (ret)
		return ret;
	ret = register_trace_mmap_lock_acquire_returned(acquire_returned, locks);
	if (ret)
		goto no_acquire;
	ret = register_trace_mmap_lock_released(released, locks);
	if (ret)
		goto no_release;
	return 0;

no_release:
	unregister_trace_mmap_lock_acquire_returned(acquire_returned, locks);
no_acquire:
	unregister_trace_mmap_lock_start_locking(start_locking, locks);
	tracepoint_synchronize_unregister();
	return ret;
}
#else
int hmm_bench_locks_watch(struct hmm_bench_locks *locks)
{
	return -EOPNOTSUPP;
}

void hmm_bench_locks_unwatch(struct hmm_bench_locks *locks)
{
}
#endif
