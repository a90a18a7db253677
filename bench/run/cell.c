// SPDX-License-Identifier: GPL-2.0-or-later
#include "cell.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "clock.h"
#include "device.h"

int cell_count_phases = 1;

/* Strategies are checked when the matrix is read, so this cannot fail later. */
static struct strategy_choice choice_of(const struct axes *axes)
{
	struct strategy_choice choice = { 0 };
	char why[RECORD_TEXT_MAX];

	strategy_parse(axes->strategy, &choice, why, sizeof(why));
	return choice;
}

static uint32_t flags_of(const struct bench *bench, const struct axes *axes)
{
	uint32_t flags = 0;

	if (device_strategy_flags(bench->device, choice_of(axes).strategy->id,
				  &flags))
		return 0;
	return flags;
}

int cell_supported(const struct bench *bench, const struct axes *axes,
		   char *why, size_t why_size)
{
	if (flags_of(bench, axes) & HMM_BENCH_PRESENT)
		return 1;
	snprintf(why, why_size, "this kernel lacks the strategy %s",
		 axes->strategy);
	return 0;
}

int cell_countable(const struct bench *bench, const struct axes *axes)
{
	return !choice_of(axes).strategy->run &&
	       flags_of(bench, axes) & HMM_BENCH_COUNTABLE;
}

int cell_refused(const struct axes *axes)
{
	return axes->uffd == UFFD_NONE || !range_missing(axes) ?
	       0 : choice_of(axes).strategy->refused;
}

static int call_kernel(struct bench *bench, const struct range *range,
		       const struct strategy_choice *choice,
		       enum sample_mode mode, struct hmm_bench_call *call)
{
	memset(call, 0, sizeof(*call));
	call->strategy = choice->strategy->id;
	call->addr = (uintptr_t)range->base;
	call->pages = range->pages;
	/* A piece longer than the range is the range. */
	call->chunk = choice->chunk > range->pages ? range->pages : choice->chunk;
	if (range->axes->access == ACCESS_WRITE)
		call->flags |= HMM_BENCH_WRITE;
	if (mode == MODE_COUNT)
		call->flags |= HMM_BENCH_COUNT |
			       (cell_count_phases ? HMM_BENCH_PHASES : 0);
	return device_call(bench->device, call);
}

/* In user space, then a look at the result through the module. */
static int call_user(struct bench *bench, const struct range *range,
		     const struct strategy_choice *choice,
		     struct hmm_bench_call *call)
{
	uint64_t begin = clock_now(), total;
	int err = -choice->strategy->run(range);
	int ret;

	total = clock_now() - begin;
	ret = call_kernel(bench, range, choice, MODE_TIME, call);
	call->total_ns = total;
	call->error = err;
	return ret;
}

static void fill_sample(const struct hmm_bench_call *call, uint64_t messages,
			struct sample *out)
{
	out->total = call->total_ns;
	out->counts = (struct counts){
		.walk = call->walk_ns,
		.lock_wait = call->lock_ns,
		.fault_wait = call->fault_ns,
		.passes = call->passes,
		.lock_drops = call->lock_drops,
		.seq_reads = call->seq_reads,
		.faults = call->faults,
		.pte_visits = call->pte_visits,
	};
	out->messages = messages;
	out->restarts = call->restarts;
	out->invalidations = call->invalidations;
	out->valid = call->valid;
	out->writable = call->writable;
	out->err = call->error;
}

/* The module's account against what the cell must give; "" when they agree. */
static void check_counts(const struct range *range, const struct strategy *s,
			 const struct hmm_bench_call *call, uint64_t messages,
			 char *check, size_t size)
{
	const struct axes *axes = range->axes;
	uint64_t populated = range->pages - range_missing(axes);
	uint64_t valid = s->fills ? range->pages : populated;
	uint64_t want = s->fills && axes->uffd == UFFD_MISSING ?
			range_messages(axes) : 0;

	if (call->valid != valid)
		snprintf(check, size, "%" PRIu64 " of %" PRIu64 " pages valid",
			 (uint64_t)call->valid, valid);
	else if (s->fills && axes->access == ACCESS_WRITE &&
		 call->writable != range->pages)
		snprintf(check, size, "%" PRIu64 " of %" PRIu64 " pages writable",
			 (uint64_t)call->writable, range->pages);
	else if (call->mismatched != HMM_BENCH_NOT_KNOWN && call->mismatched)
		snprintf(check, size, "%" PRIu64 " stale pfns",
			 (uint64_t)call->mismatched);
	else if (messages != want)
		snprintf(check, size, "%" PRIu64 " messages, not %" PRIu64,
			 messages, want);
}

static void check_contents(struct bench *bench, const struct range *range,
			   const struct strategy *s, char *check, size_t size)
{
	int watched = range->axes->uffd == UFFD_MISSING;
	uint64_t before = responder_messages(bench->responder);
	uint64_t wrong;

	if (!s->fills)
		return;
	wrong = range_check(range, watched);
	if (wrong < range->pages)
		snprintf(check, size, "page %" PRIu64 " holds something else",
			 wrong);
	else if (responder_messages(bench->responder) != before)
		snprintf(check, size, "a page went missing after the call");
}

static void check_sample(struct bench *bench, const struct range *range,
			 const struct strategy *s,
			 const struct hmm_bench_call *call, struct sample *out)
{
	char *check = out->check;
	size_t size = sizeof(out->check);
	int refused = cell_refused(range->axes);

	check[0] = 0;
	if (call->error == refused && refused) {
		snprintf(check, size, "ok");
		return;
	}
	if (call->error)
		snprintf(check, size, "the call failed: %s",
			 strerror(call->error));
	else if (refused)
		snprintf(check, size, "served although it must fail with %s",
			 strerrorname_np(refused));
	else if (responder_error(bench->responder))
		snprintf(check, size, "responder: %s",
			 strerror(responder_error(bench->responder)));
	else
		check_counts(range, s, call, out->messages, check, size);
	if (!check[0])
		check_contents(bench, range, s, check, size);
	if (!check[0])
		snprintf(check, size, "ok");
}

int cell_sample(struct bench *bench, const struct axes *axes,
		enum sample_mode mode, uint64_t seed, struct sample *out,
		char *why, size_t why_size)
{
	struct strategy_choice choice = choice_of(axes);
	int watched = axes->uffd == UFFD_MISSING;
	struct hmm_bench_call call;
	struct range range;
	int ret;

	out->mode = mode;
	ret = range_prepare(&range, axes, seed);
	if (ret) {
		snprintf(why, why_size, "cannot prepare the range: %s",
			 strerror(-ret));
		return ret;
	}
	if (watched)
		ret = responder_watch(bench->responder, &range);
	if (ret) {
		snprintf(why, why_size, "cannot register with userfaultfd: %s",
			 strerror(-ret));
		goto out;
	}
	if (choice.strategy->run)
		ret = call_user(bench, &range, &choice, &call);
	else
		ret = call_kernel(bench, &range, &choice, mode, &call);
	if (ret) {
		snprintf(why, why_size, "the ioctl failed: %s", strerror(-ret));
	} else {
		fill_sample(&call, watched ?
			    responder_messages(bench->responder) : 0, out);
		check_sample(bench, &range, choice.strategy, &call, out);
	}
	if (watched)
		responder_unwatch(bench->responder);
out:
	range_release(&range);
	return ret;
}
