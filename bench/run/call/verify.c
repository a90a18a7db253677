// SPDX-License-Identifier: GPL-2.0-or-later
#include "verify.h"

#include <errno.h>
#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>

#include "run/memory/backing.h"
#include "run/memory/prepare.h"

/*
 * Pages that must have come as huge ones. Under userfaultfd it is the responder that
 * brings them, one by one; without, a kernel that has no huge page left gives small ones.
 */
static uint64_t huge_wanted(const struct recipe *recipe)
{
	const struct axes *axes = recipe->axes;
	uint64_t unit = backing_unit(axes);

	if (!backing_huge(axes) || recipe->load.disturbs ||
	    (recipe->uffd && backing_fault_unit(axes) < unit))
		return 0;
	return axes->pages - axes->pages % unit;
}

/*
 * Pages of the size that the memory is of. Under userfaultfd the responder brings them one
 * by one, and what is read and was never written is one zero page for all.
 */
static int folios_small(const struct recipe *recipe, const struct hmm_bench_call *call)
{
	const struct axes *axes = recipe->axes;

	return call->smallest_folio && call->smallest_folio != HMM_BENCH_NOT_KNOWN &&
	       call->smallest_folio < backing_unit(axes) && !recipe->uffd &&
	       !recipe->load.disturbs;
}

/* Do the page tables give every page for reading before anything was called? */
static int reads_as_it_is(const struct axes *axes)
{
	return axes->tables == TABLES_CLEAN ||
	       (uffd_protects(axes->uffd) && !backing_kind_of(axes)->unmaps);
}

/* The module's account against what the cell must give; "" when they agree. */
static void check_counts(const struct recipe *recipe,
			 const struct hmm_bench_call *call, uint64_t messages,
			 char *check, size_t size)
{
	const struct axes *axes = recipe->axes;
	uint64_t populated = axes->pages - range_missing(axes);
	bool fills = recipe->fills;
	uint64_t valid = fills || reads_as_it_is(axes) ? axes->pages : populated;
	/* What a CPU mapped, somebody may have thrown away before the look. */
	int loose = recipe->load.disturbs && (!recipe->strategy->returns || !fills);

	if (call->valid == HMM_BENCH_NOT_KNOWN)
		;	/* without the module: the contents are checked */
	else if (call->valid != valid && !loose)
		snprintf(check, size, "%" PRIu64 " of %" PRIu64 " pages valid",
			 (uint64_t)call->valid, valid);
	else if (fills && axes->access == ACCESS_WRITE &&
		 call->writable != HMM_BENCH_NOT_KNOWN &&
		 call->writable != axes->pages && !loose)
		snprintf(check, size, "%" PRIu64 " of %" PRIu64 " pages writable",
			 (uint64_t)call->writable, axes->pages);
	else if (fills && call->huge_pages < huge_wanted(recipe))
		snprintf(check, size, "%" PRIu64 " of %" PRIu64 " pages in huge ones",
			 (uint64_t)call->huge_pages, huge_wanted(recipe));
	else if (fills && folios_small(recipe, call))
		snprintf(check, size, "a page of %" PRIu64 " base pages, not %" PRIu64,
			 (uint64_t)call->smallest_folio, backing_unit(axes));
	else if (!fills && axes->access == ACCESS_WRITE && uffd_protects(axes->uffd) &&
		 call->writable != populated && !loose)
		snprintf(check, size, "%" PRIu64 " pages writable before the call, not %" PRIu64,
			 (uint64_t)call->writable, populated);
	else if (call->mismatched != HMM_BENCH_NOT_KNOWN && call->mismatched)
		snprintf(check, size, "%" PRIu64 " stale pfns",
			 (uint64_t)call->mismatched);
	/* Others may have served or thrown away pages: then it is no fixed number. */
	if (!check[0] && !recipe->load.disturbs && messages != recipe->messages)
		snprintf(check, size, "%" PRIu64 " messages, not %" PRIu64, messages,
			 recipe->messages);
}

static void check_contents(struct bench *bench, const struct range *range,
			   const struct recipe *recipe, char *check, size_t size)
{
	uint64_t before = recipe->uffd ? responder_messages(bench->responder) : 0;
	uint64_t wrong;

	if (!recipe->fills)
		return;
	wrong = range_check(range, recipe->load.disturbs);
	if (wrong < range->pages)
		snprintf(check, size, "page %" PRIu64 " holds something else",
			 wrong);
	else if (recipe->uffd && !recipe->load.disturbs &&
		 responder_messages(bench->responder) != before)
		snprintf(check, size, "a page went missing after the call");
}

void verify_place(const struct bench *bench, const struct range *range,
		  const struct hmm_bench_call *call, char *check, size_t size)
{
	const struct placement *p = &bench->placement;
	uint64_t there = 0;

	if (sched_getcpu() != p->caller_cpu) {
		snprintf(check, size, "the caller moved to CPU %d from %d",
			 sched_getcpu(), p->caller_cpu);
		return;
	}
	if (range->axes->uffd != UFFD_NONE && responder_moved(bench->responder)) {
		snprintf(check, size, "a thread of the responder moved from its CPU");
		return;
	}
	if (p->memory_node == PLACEMENT_INTERLEAVE || call->valid == HMM_BENCH_NOT_KNOWN ||
	    p->memory_node >= HMM_BENCH_NODES_MAX - 1)
		return;
	/* The huge zero page is on some node, and the module cannot know it. */
	if (range->axes->backing == BACKING_THP && range->axes->access == ACCESS_READ)
		return;
	there = call->node_pages[p->memory_node];
	if (there + call->zero_pages != call->valid)
		snprintf(check, size, "%" PRIu64 " of %" PRIu64 " pages on node %d",
			 there, (uint64_t)call->valid, p->memory_node);
}

void verify_sample(struct bench *bench, const struct range *range,
		   const struct recipe *recipe, const struct hmm_bench_call *call,
		   struct sample *out)
{
	char *check = out->check;
	size_t size = sizeof(out->check);
	int refused = recipe->refused;

	check[0] = 0;
	if (call->error == refused && refused) {
		snprintf(check, size, "ok");
		return;
	}
	if (call->error)
		snprintf(check, size, "the call failed: %s%s", strerror(call->error),
			 caller_advice(recipe->call->caller, call->error));
	else if (refused && !recipe->load.disturbs)
		snprintf(check, size, "served although it must fail with %s",
			 strerrorname_np(refused));
	else if (recipe->uffd && responder_error(bench->responder))
		snprintf(check, size, "responder: %s",
			 strerror(responder_error(bench->responder)));
	else
		check_counts(recipe, call, out->messages, check, size);
	if (!check[0])
		verify_place(bench, range, call, check, size);
	if (!check[0])
		check_contents(bench, range, recipe, check, size);
	if (!check[0])
		snprintf(check, size, "ok");
}
