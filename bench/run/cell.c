// SPDX-License-Identifier: GPL-2.0-or-later
#include "cell.h"

#include <errno.h>
#include <linux/userfaultfd.h>
#include <stdio.h>
#include <string.h>

#include "backing.h"
#include "check.h"
#include "now.h"
#include "delay.h"
#include "device.h"
#include "machine.h"
#include "profile.h"
#include "uffd.h"

/*
 * Once invalidated, stale would spin for ever. Where that is to be expected it
 * gets long enough for any other strategy; else (the kernel may migrate a page
 * whenever it likes) longer than any call.
 */
#define STALE_TIMEOUT_MS	100
#define STALE_PATIENCE_MS	60000

int cell_count_phases = 1;

/* Strategies are checked when the matrix is read, so this cannot fail later. */
static struct strategy_choice choice_of(const struct axes *axes)
{
	struct strategy_choice choice = { 0 };
	struct reason why;

	strategy_parse(axes->strategy, &choice, &why);
	return choice;
}

static const struct strategy_call *call_of(const struct axes *axes)
{
	return strategy_call(choice_of(axes).strategy);
}

static uint32_t flags_of(const struct bench *bench, const struct axes *axes)
{
	const struct strategy_call *c = call_of(axes);
	uint32_t flags = 0;

	if (bench->device < 0)
		return c->run ? HMM_BENCH_PRESENT : 0;
	if (device_strategy_flags(bench->device, c->id, &flags))
		return 0;
	return flags;
}

/* Can a strategy with these flags of the module's be called as the driver calls? */
static int fits_profile(const struct axes *axes, uint32_t flags, struct reason *why)
{
	const struct profile *p = profile_find(axes->profile);
	uint32_t held = HMM_BENCH_DOWNGRADE | HMM_BENCH_EXCLUSIVE;
	bool locked = p->locked || p->flags & held;

	if (call_of(axes)->run && strcmp(axes->profile, "none")) {
		reason_set(why, "%s is called by user space, not as %s calls; write "
			   "profile: none", axes->strategy, axes->profile);
		return 0;
	}
	if (locked && !(flags & HMM_BENCH_TAKES_LOCK)) {
		reason_set(why, "%s holds the mmap lock; %s wants to take "
			   "it itself", axes->profile, axes->strategy);
		return 0;
	}
	if (p->flags & HMM_BENCH_EXCLUSIVE && flags & HMM_BENCH_DROPS_LOCK) {
		reason_set(why, "%s holds the mmap lock for write; %s drops it for "
			   "reading", axes->profile, axes->strategy);
		return 0;
	}
	if (p->flags & (HMM_BENCH_SNAPSHOT | HMM_BENCH_PER_PAGE) && !(flags & HMM_BENCH_RETURNS)) {
		reason_set(why, "%s asks HMM what is there; %s asks nobody",
			   axes->profile, axes->strategy);
		return 0;
	}
	return 1;
}

int cell_supported(struct bench *bench, const struct axes *axes,
		   struct reason *why)
{
	const struct strategy_call *c = call_of(axes);
	uint32_t flags = flags_of(bench, axes);
	const char *needs = choice_of(axes).strategy->needs;

	if (!(flags & HMM_BENCH_PRESENT)) {
		reason_set(why, "this kernel does not have %s, which needs %s",
			   axes->strategy, bench->device < 0 || !needs ? "hmm_bench.ko" : needs);
		return 0;
	}
	if (bench->device < 0 && (backing_unit(axes) > 1 || strcmp(axes->placement, "local"))) {
		reason_set(why, "whether pages are huge, and on which node, is looked up "
			   "through hmm_bench.ko");
		return 0;
	}
	if (c->caller == CALLER_RXE && axes->uffd != UFFD_NONE &&
	    !machine_kernel_from(7, 3)) {
		reason_set(why, "under userfaultfd rxe takes Linux 7.3 or later");
		return 0;
	}
	if (bench->device < 0 && load_calls(axes->load)) {
		reason_set(why, "load %s calls HMM, which needs hmm_bench.ko", axes->load);
		return 0;
	}
	return fits_profile(axes, flags, why) &&
	       (c->caller == CALLER_MODULE ||
		caller_get(bench->callers, c->caller, why) >= 0);
}

int cell_check_axes(const struct axes *axes, const struct axis **culprit,
		    struct reason *why)
{
	struct delay delay;
	int ret = strategy_check_axes(axes, culprit, why);

	if (!ret)
		ret = profile_check_axes(axes, culprit, why);
	if (!ret)
		ret = backing_check_axes(axes, culprit, why);
	if (!ret && (axes->uffd == UFFD_POISON || axes->uffd == UFFD_USER_ONLY) &&
	    load_disturbs(axes->load)) {
		*culprit = axis_find("load");
		reason_set(why, "who is refused a page may find it there, or gone, when load "
			   "%s touches the range too; write another load with poison and user-only",
			   axes->load);
		ret = -EINVAL;
	}
	if (!ret && axes->uffd == UFFD_POISON && choice_of(axes).strategy->dies) {
		*culprit = axis_find("uffd");
		reason_set(why, "a poisoned page kills who touches it: poison is for "
			   "calls, not %s", axes->strategy);
		ret = -EINVAL;
	}
	if (!ret) {
		*culprit = axis_find("delay");
		ret = delay_parse(axes->delay, &delay, why);
	}
	if (!ret) {
		*culprit = axis_find("placement");
		ret = placement_check(axes->placement, why);
	}
	if (!ret) {
		*culprit = axis_find("load");
		ret = load_check(axes->load, why);
	}
	return ret;
}

int cell_countable(const struct bench *bench, const struct axes *axes)
{
	return !call_of(axes)->run &&
	       flags_of(bench, axes) & HMM_BENCH_COUNTABLE;
}

bool cell_fills(const struct axes *axes)
{
	return choice_of(axes).strategy->fills &&
	       !(profile_find(axes->profile)->flags & HMM_BENCH_SNAPSHOT);
}

int cell_refused(const struct axes *axes)
{
	const struct uffd_kind *kind = uffd_kind_of(axes->uffd);
	const struct strategy *s = choice_of(axes).strategy;

	if (!range_messages(axes) || !cell_fills(axes))
		return 0;
	if (s->refused)
		return s->refused;
	if (kind->flags & UFFD_USER_MODE_ONLY)
		return s->user ? 0 : EFAULT;
	return kind->ends && s->poisoned ? s->poisoned : kind->ends;
}

static uint32_t call_flags(const struct axes *axes, enum sample_mode mode)
{
	uint32_t flags = profile_find(axes->profile)->flags;

	if (axes->access == ACCESS_WRITE)
		flags |= HMM_BENCH_WRITE;
	if (mode == MODE_COUNT)
		flags |= HMM_BENCH_COUNT | (cell_count_phases ? HMM_BENCH_PHASES : 0);
	if (mode == MODE_WATCH)
		flags |= HMM_BENCH_COUNT | HMM_BENCH_TRACE;
	return flags;
}

static int call_kernel(struct bench *bench, const struct range *range,
		       const struct strategy_choice *choice,
		       enum sample_mode mode, struct hmm_bench_call *call)
{
	const struct axes *axes = range->axes;
	const struct profile *profile = profile_find(axes->profile);
	const struct strategy_call *c = strategy_call(choice->strategy);
	uint32_t piece = choice->chunk ? choice->chunk : profile->piece;

	memset(call, 0, sizeof(*call));
	call->strategy = c->id;
	call->addr = (uintptr_t)range->base;
	call->pages = range->pages;
	/* A piece longer than the range is the range. */
	call->chunk = piece > range->pages ? range->pages : piece;
	call->timeout_ms = profile->timeout_ms;
	if (c->id == HMM_BENCH_STALE)
		call->timeout_ms = load_disturbs(axes->load) || uffd_arms(axes->uffd) ?
				   STALE_TIMEOUT_MS : STALE_PATIENCE_MS;
	call->flags = call_flags(axes, mode);
	return device_call(bench->device, call);
}

/* Without the module, what the page tables hold is not known. */
static int look_at_nothing(struct hmm_bench_call *call)
{
	memset(call, 0, sizeof(*call));
	call->walk_ns = call->lock_ns = call->fault_ns = HMM_BENCH_NOT_KNOWN;
	call->passes = call->drops_retry = call->drops_completed = HMM_BENCH_NOT_KNOWN;
	call->seq_reads = call->faults = call->pte_visits = HMM_BENCH_NOT_KNOWN;
	call->valid = call->writable = call->mismatched = HMM_BENCH_NOT_KNOWN;
	call->huge_pages = call->smallest_folio = call->zero_pages = HMM_BENCH_NOT_KNOWN;
	return 0;
}

/* In user space, then a look at the result through the module. */
static int call_user(struct bench *bench, const struct range *range,
		     const struct strategy_choice *choice,
		     struct hmm_bench_call *call)
{
	int (*run)(const struct range *range) = strategy_call(choice->strategy)->run;
	uint64_t begin = now_ns(), total;
	int err = -run(range);
	int ret;

	total = now_ns() - begin;
	ret = bench->device < 0 ? look_at_nothing(call) :
	      call_kernel(bench, range, choice, MODE_TIME, call);
	call->begin_ns = begin;
	call->total_ns = total;
	call->error = err;
	return ret;
}

/* The call with everything around it that is there to be disturbed or counted. */
static int make_call(struct bench *bench, const struct range *range,
		     const struct strategy_choice *choice, enum sample_mode mode,
		     struct observation *seen, struct hmm_bench_call *call)
{
	int watching = mode == MODE_WATCH && bench->watch;
	int ret;

	if (bench->load)
		load_open(bench->load, range, seen && mode == MODE_TIME ?
			  seen->accounts : NULL);
	if (watching)
		watch_enable(bench->watch);
	if (strategy_call(choice->strategy)->run)
		ret = call_user(bench, range, choice, call);
	else
		ret = call_kernel(bench, range, choice, mode, call);
	if (watching)
		watch_disable(bench->watch);
	/* Without a result nobody asks for what was done meanwhile. */
	if (bench->load && ret)
		load_close(bench->load, 0, 0);
	else if (bench->load)
		ret = load_close(bench->load, call->begin_ns,
				 call->begin_ns + call->total_ns);
	if (ret || !seen)
		return ret;
	if (mode == MODE_TIME)
		seen->time += call->total_ns;
	if (watching) {
		watch_add(bench->watch, seen->sums);
		observation_call(seen, call);
	}
	return 0;
}

/* The call, between what its caller has to do before and after it for each range. */
static int make_prepared(struct bench *bench, const struct range *range,
			 const struct strategy_choice *choice, enum sample_mode mode,
			 struct observation *seen, struct hmm_bench_call *call, struct reason *why)
{
	const struct strategy_call *c = strategy_call(choice->strategy);
	int ret = c->prepare ? c->prepare(range, why) : 0;

	if (ret)
		return ret;
	ret = make_call(bench, range, choice, mode, seen, call);
	if (c->finish)
		c->finish();
	if (ret == -EOVERFLOW)
		reason_set(why, "a thread of load %s had too many operations in one "
			   "call to account for; give it a longer period", range->axes->load);
	else if (ret)
		reason_set(why, "the ioctl failed: %s", strerror(-ret));
	return ret;
}

static void fill_sample(const struct hmm_bench_call *call, const struct strategy_call *c,
			uint64_t messages, struct sample *out)
{
	out->total = call->total_ns;
	out->counts = (struct counts){
		.walk = call->walk_ns,
		.lock_wait = call->lock_ns,
		.fault_wait = call->fault_ns,
		.passes = call->passes,
		.lock_drops = call->drops_retry == HMM_BENCH_NOT_KNOWN ? NOT_KNOWN :
			      call->drops_retry + call->drops_completed,
		.drops_retry = call->drops_retry,
		.drops_completed = call->drops_completed,
		.seq_reads = call->seq_reads,
		.faults = call->faults,
		.pte_visits = call->pte_visits,
	};
	out->messages = messages;
	/* In user space there was no notifier to be told. */
	out->restarts = c->run ? NOT_KNOWN : call->restarts;
	out->invalidations = c->run ? NOT_KNOWN : call->invalidations;
	out->valid = call->valid;
	out->writable = call->writable;
	out->err = call->error;
}

static const struct counts counts_not_known = {
	NOT_KNOWN, NOT_KNOWN, NOT_KNOWN, NOT_KNOWN, NOT_KNOWN, NOT_KNOWN, NOT_KNOWN,
	NOT_KNOWN, NOT_KNOWN, NOT_KNOWN,
};

/* The kernel's word on such a range, as the result of the sample. */
static void refuse(struct sample *out, int err)
{
	*out = (struct sample){
		.cell = out->cell, .boot = out->boot, .seq = out->seq,
		.round = out->round, .mode = out->mode, .total = NOT_KNOWN,
		.counts = counts_not_known,
		.messages = NOT_KNOWN, .restarts = NOT_KNOWN,
		.invalidations = NOT_KNOWN, .valid = NOT_KNOWN,
		.writable = NOT_KNOWN, .err = err,
	};
	snprintf(out->check, sizeof(out->check), "ok");
}

/* Does this errno say of such a range what all kernels say of it? */
static int is_refusal(const struct axes *axes, int err)
{
	return backing_refuses(axes) &&
	       (err == EINVAL || err == EOPNOTSUPP);
}

int cell_sample(struct bench *bench, const struct axes *axes,
		enum sample_mode mode, uint64_t seed, struct observation *seen,
		struct sample *out, struct reason *why)
{
	struct strategy_choice choice = choice_of(axes);
	struct range_place place = bench_place(bench);
	int watched = axes->uffd != UFFD_NONE;
	struct hmm_bench_call call;
	struct range range;
	int ret;

	out->mode = mode;
	ret = range_prepare(&range, axes, seed, &place, why);
	if (ret)
		return ret;
	if (watched)
		ret = responder_watch(bench->responder, &range, load_disturbs(axes->load));
	if (ret) {
		range_release(&range);
		if (is_refusal(axes, -ret)) {
			refuse(out, -ret);
			return 0;
		}
		reason_set(why, "%s failed on a range that kernels take: %s",
			   responder_asked(bench->responder), strerrorname_np(-ret));
		return ret;
	}
	ret = make_prepared(bench, &range, &choice, mode, seen, &call, why);
	if (!ret && watched && is_refusal(axes, responder_error(bench->responder))) {
		refuse(out, responder_error(bench->responder));
	} else if (!ret) {
		fill_sample(&call, strategy_call(choice.strategy), watched ?
			    responder_messages(bench->responder) : 0, out);
		check_sample(bench, &range, choice.strategy, &call, out);
	}
	if (watched)
		responder_unwatch(bench->responder);
	range_release(&range);
	return ret;
}
