// SPDX-License-Identifier: GPL-2.0-or-later
#include "cell.h"

#include <errno.h>
#include <linux/userfaultfd.h>
#include <stdio.h>
#include <string.h>

#include "run/memory/prepare.h"
#include "run/system/device.h"
#include "run/system/marks.h"
#include "run/system/now.h"
#include "verify.h"

/*
 * Once invalidated, stale would spin for ever. Where that is to be expected it
 * gets long enough for any other strategy; else (the kernel may migrate a page
 * whenever it likes) longer than any call.
 */
#define STALE_TIMEOUT_MS	100
#define STALE_PATIENCE_MS	60000

int cell_count_phases = 1;

static uint32_t call_flags(const struct recipe *recipe, enum sample_mode mode)
{
	uint32_t flags = recipe->profile->flags;

	if (recipe->axes->access == ACCESS_WRITE)
		flags |= HMM_BENCH_WRITE;
	if (mode == MODE_COUNT)
		flags |= HMM_BENCH_COUNT | (cell_count_phases ? HMM_BENCH_PHASES : 0);
	if (mode == MODE_WATCH)
		flags |= HMM_BENCH_COUNT | HMM_BENCH_TRACE;
	return flags;
}

static int call_kernel(struct bench *bench, const struct range *range,
		       const struct recipe *recipe, enum sample_mode mode,
		       struct hmm_bench_call *call)
{
	*call = (struct hmm_bench_call){
		.strategy = recipe->call->id,
		.addr = (uintptr_t)range->base,
		.pages = range->pages,
		/* A piece longer than the range is the range. */
		.chunk = recipe->piece > range->pages ? range->pages : recipe->piece,
		.timeout_ms = recipe->profile->timeout_ms,
		.flags = call_flags(recipe, mode),
	};
	if (recipe->call->id == HMM_BENCH_STALE)
		call->timeout_ms = recipe->load.disturbs || uffd_arms(recipe->axes->uffd) ?
				   STALE_TIMEOUT_MS : STALE_PATIENCE_MS;
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
	call->traced_locks = call->traced_wait_ns = call->traced_hold_ns = HMM_BENCH_NOT_KNOWN;
	return 0;
}

/* In user space, then a look at the result through the module. */
static int call_user(struct bench *bench, const struct range *range,
		     const struct recipe *recipe, struct hmm_bench_call *call)
{
	uint64_t begin, total;
	int err, ret;

	marks_begin();
	begin = now_ns();
	err = -recipe->call->run(range);
	total = now_ns() - begin;
	/* What looks at it is not the call. */
	marks_cold();
	ret = bench->device < 0 ? look_at_nothing(call) :
	      call_kernel(bench, range, recipe, MODE_TIME, call);
	call->begin_ns = begin;
	call->total_ns = total;
	call->error = err;
	return ret;
}

/* The call with everything around it that is there to be disturbed or counted. */
static int make_call(struct bench *bench, const struct range *range,
		     const struct recipe *recipe, enum sample_mode mode,
		     struct observation *seen, struct hmm_bench_call *call)
{
	bool watching = mode == MODE_WATCH && bench->watch;
	unsigned int turn = watching && seen ? seen->watched % bench->turns : 0;
	int ret;

	if (bench->load)
		load_open(bench->load, range, seen && mode == MODE_TIME ?
			  seen->accounts : NULL);
	if (watching)
		watch_enable(bench->watch, turn, true);
	if (recipe->call->run)
		ret = call_user(bench, range, recipe, call);
	else
		ret = call_kernel(bench, range, recipe, turn ? MODE_TIME : mode, call);
	if (watching)
		watch_enable(bench->watch, turn, false);
	/* The call failed: discard what the load did. */
	if (bench->load && ret)
		load_close(bench->load, 0, 0);
	else if (bench->load)
		ret = load_close(bench->load, call->begin_ns,
				 call->begin_ns + call->total_ns);
	if (ret || !seen)
		return ret;
	if (mode == MODE_TIME)
		seen->time += call->total_ns;
	if (!watching)
		return 0;
	watch_add(bench->watch, turn, seen->sums);
	seen->watched++;
	if (!turn)
		observation_call(seen, call);
	return 0;
}

/* The call, between what its caller has to do before and after it for each range. */
static int make_prepared(struct bench *bench, const struct range *range,
			 const struct recipe *recipe, enum sample_mode mode,
			 struct observation *seen, struct hmm_bench_call *call, struct reason *why)
{
	const struct strategy_call *c = recipe->call;
	int ret = c->prepare ? c->prepare(range, why) : 0;

	if (ret)
		return ret;
	ret = make_call(bench, range, recipe, mode, seen, call);
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
	/* In user space there was no notifier. */
	out->restarts = c->run ? NOT_KNOWN : call->restarts;
	out->invalidations = c->run ? NOT_KNOWN : call->invalidations;
	out->valid = call->valid;
	out->writable = call->writable;
	out->err = call->error;
}

/* The kernel's word on such a range, as the result of the sample. */
static void set_refused(struct sample *out, int err)
{
	out->total = out->messages = out->restarts = out->invalidations = NOT_KNOWN;
	out->valid = out->writable = NOT_KNOWN;
	/* NOT_KNOWN, each of them */
	memset(&out->counts, 0xff, sizeof(out->counts));
	out->err = err;
	snprintf(out->check, sizeof(out->check), "ok");
}

/* Does this errno say of such a range what all kernels say of it? */
static int is_refusal(const struct axes *axes, int err)
{
	return backing_refuses(axes) &&
	       (err == EINVAL || err == EOPNOTSUPP);
}

int cell_sample(struct bench *bench, const struct recipe *recipe,
		enum sample_mode mode, uint64_t seed, struct observation *seen,
		struct sample *out, struct reason *why)
{
	const struct axes *axes = recipe->axes;
	struct range_place place = bench_place(bench);
	struct hmm_bench_call call;
	struct range range;
	int ret;

	out->mode = mode;
	ret = range_prepare(&range, axes, seed, &place, why);
	if (ret)
		return ret;
	if (recipe->uffd)
		ret = responder_register(bench->responder, &range, &recipe->delay,
					 recipe->load.disturbs);
	if (ret) {
		range_release(&range);
		if (is_refusal(axes, -ret)) {
			set_refused(out, -ret);
			return 0;
		}
		reason_set(why, "%s failed on a range that kernels take: %s",
			   responder_asked(bench->responder), strerrorname_np(-ret));
		return ret;
	}
	ret = make_prepared(bench, &range, recipe, mode, seen, &call, why);
	if (!ret && recipe->uffd && is_refusal(axes, responder_error(bench->responder))) {
		set_refused(out, responder_error(bench->responder));
	} else if (!ret) {
		fill_sample(&call, recipe->call, recipe->uffd ?
			    responder_messages(bench->responder) : 0, out);
		verify_sample(bench, &range, recipe, &call, out);
	}
	if (recipe->uffd)
		responder_unregister(bench->responder);
	range_release(&range);
	return ret;
}
