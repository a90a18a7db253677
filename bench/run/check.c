// SPDX-License-Identifier: GPL-2.0-or-later
#include "check.h"

#include <errno.h>
#include <inttypes.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>

#include "backing.h"
#include "cell.h"
#include "uffd.h"

static uint64_t messages_wanted(const struct range *range)
{
	return cell_fills(range->axes) ? range_messages(range->axes) : 0;
}

/* Others may have served or thrown away pages: then it is no fixed number. */
static int messages_wrong(const struct range *range, uint64_t messages)
{
	return load_disturbs(range->axes->load) ? 0 : messages != messages_wanted(range);
}

/*
 * Pages that must have come as huge ones. Under userfaultfd it is the responder who
 * brings them, one by one; without, a kernel that has no huge page left gives small ones.
 */
static uint64_t huge_wanted(const struct range *range)
{
	const struct axes *axes = range->axes;
	uint64_t unit = backing_unit(axes);

	if (!backing_huge(axes) || load_disturbs(axes->load) ||
	    (axes->uffd != UFFD_NONE && backing_fault_unit(axes) < unit))
		return 0;
	return range->pages - range->pages % unit;
}

/*
 * Pages of the size that the memory is of. Under userfaultfd the responder brings them one
 * by one, and what is read and was never written is one zero page for all.
 */
static int folios_small(const struct range *range, const struct hmm_bench_call *call)
{
	const struct axes *axes = range->axes;

	return call->smallest_folio && call->smallest_folio != HMM_BENCH_NOT_KNOWN &&
	       call->smallest_folio < backing_unit(axes) && axes->uffd == UFFD_NONE &&
	       !load_disturbs(axes->load);
}

/* Do the page tables give every page for reading before anything was called? */
static int reads_as_it_is(const struct axes *axes)
{
	return axes->tables == TABLES_CLEAN || uffd_protects(axes->uffd);
}

/* The module's account against what the cell must give; "" when they agree. */
static void check_counts(const struct range *range, const struct strategy *s,
			 const struct hmm_bench_call *call, uint64_t messages,
			 char *check, size_t size)
{
	const struct axes *axes = range->axes;
	uint64_t populated = range->pages - range_missing(axes);
	bool fills = cell_fills(axes);
	uint64_t valid = fills || reads_as_it_is(axes) ? range->pages : populated;
	/* What a CPU mapped, somebody may have thrown away before the look. */
	int loose = load_disturbs(axes->load) && (!s->returns || !fills);

	if (call->valid == HMM_BENCH_NOT_KNOWN)
		;	/* nobody looked: the contents speak for themselves */
	else if (call->valid != valid && !loose)
		snprintf(check, size, "%" PRIu64 " of %" PRIu64 " pages valid",
			 (uint64_t)call->valid, valid);
	else if (fills && axes->access == ACCESS_WRITE &&
		 call->writable != HMM_BENCH_NOT_KNOWN &&
		 call->writable != range->pages && !loose)
		snprintf(check, size, "%" PRIu64 " of %" PRIu64 " pages writable",
			 (uint64_t)call->writable, range->pages);
	else if (fills && call->huge_pages < huge_wanted(range))
		snprintf(check, size, "%" PRIu64 " of %" PRIu64 " pages in huge ones",
			 (uint64_t)call->huge_pages, huge_wanted(range));
	else if (fills && folios_small(range, call))
		snprintf(check, size, "a page of %" PRIu64 " base pages, not %" PRIu64,
			 (uint64_t)call->smallest_folio, backing_unit(axes));
	else if (!fills && axes->access == ACCESS_WRITE && uffd_protects(axes->uffd) &&
		 call->writable != populated && !loose)
		snprintf(check, size, "%" PRIu64 " pages writable before the call, not %" PRIu64,
			 (uint64_t)call->writable, populated);
	else if (call->mismatched != HMM_BENCH_NOT_KNOWN && call->mismatched)
		snprintf(check, size, "%" PRIu64 " stale pfns",
			 (uint64_t)call->mismatched);
	if (!check[0] && messages_wrong(range, messages))
		snprintf(check, size, "%" PRIu64 " messages, not %" PRIu64,
			 messages, messages_wanted(range));
}

static void check_contents(struct bench *bench, const struct range *range, char *check,
			   size_t size)
{
	int watched = range->axes->uffd != UFFD_NONE;
	uint64_t before = watched ? responder_messages(bench->responder) : 0;
	uint64_t wrong;

	if (!cell_fills(range->axes))
		return;
	wrong = range_check(range, load_disturbs(range->axes->load));
	if (wrong < range->pages)
		snprintf(check, size, "page %" PRIu64 " holds something else",
			 wrong);
	else if (watched && !load_disturbs(range->axes->load) &&
		 responder_messages(bench->responder) != before)
		snprintf(check, size, "a page went missing after the call");
}

void check_place(const struct bench *bench, const struct range *range,
		 const struct hmm_bench_call *call, char *check, size_t size)
{
	const struct placement *p = &bench->placement;
	int watched = range->axes->uffd != UFFD_NONE;
	uint64_t there = 0;

	if (sched_getcpu() != p->caller_cpu) {
		snprintf(check, size, "the caller moved to CPU %d from %d",
			 sched_getcpu(), p->caller_cpu);
		return;
	}
	if (watched && responder_moved(bench->responder)) {
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

void check_sample(struct bench *bench, const struct range *range, const struct strategy *s,
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
		snprintf(check, size, "the call failed: %s%s", strerror(call->error),
			 caller_advice(strategy_call(s)->caller, call->error));
	else if (refused && !load_disturbs(range->axes->load))
		snprintf(check, size, "served although it must fail with %s",
			 strerrorname_np(refused));
	else if (range->axes->uffd != UFFD_NONE &&
		 responder_error(bench->responder))
		snprintf(check, size, "responder: %s",
			 strerror(responder_error(bench->responder)));
	else
		check_counts(range, s, call, out->messages, check, size);
	if (!check[0])
		check_place(bench, range, call, check, size);
	if (!check[0])
		check_contents(bench, range, check, size);
	if (!check[0])
		snprintf(check, size, "ok");
}
