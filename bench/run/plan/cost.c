// SPDX-License-Identifier: GPL-2.0-or-later
#include "cost.h"

#include <stdbool.h>

#include "model/strategies.h"
#include "profile.h"

/* What a sample is made of. @prepare is per page: map, fill, check, unmap. */
struct price {
	uint64_t prepare;
	uint64_t drop;		/* a fault that drops the lock: wake, resolve, return */
	uint64_t fault;		/* one that does not: a zeroed page */
	uint64_t visit;		/* a page table entry walked over */
};

/* Calibrated from `null` and from slopes over pages. */
static const struct price insn = {
	.prepare = 3500, .drop = 23000, .fault = 3600, .visit = 141,
};

/*
 * Likewise, nanoseconds of QEMU's processor time on a core of 2026; some hosts
 * take twice as long. A dropped lock wakes processors, which is dear to emulate.
 */
static const struct price emulated = {
	.prepare = 3000, .drop = 52000, .fault = 6500, .visit = 120,
};

/*
 * The pages that a walk goes over again after a dropped lock: the range, a
 * piece of it, or none for what resumes where it was.
 */
static uint64_t walk_again(const struct axes *axes, const struct strategy_choice *choice)
{
	const struct profile *profile = profile_find(axes->profile);
	uint64_t piece = axes->pages;

	if (!choice->strategy->restarts)
		return 0;
	if (profile && profile->piece && profile->piece < piece)
		piece = profile->piece;
	return choice->chunk && choice->chunk < piece ? choice->chunk : piece;
}

#define READAHEAD	32	/* pages of a file that are waited for at once */
#define SWAP_AHEAD	8	/* likewise, of swap */
#define FOLIO		8	/* pages that a file system keeps together, on average */

/*
 * Faults that drop the lock with no userfaultfd: the first write to each page of a
 * shared mapping, and each wait for a file's readahead.
 */
static uint64_t own_drops(const struct axes *axes, uint64_t missing)
{
	uint64_t writes = axes->access == ACCESS_WRITE ? missing : 0;
	uint64_t reads = axes->tables == TABLES_CLEAN ? 0 : missing / READAHEAD;

	switch (axes->backing) {
	case BACKING_SHARED_ANON:
	case BACKING_SHMEM:
	case BACKING_TMPFS:
		return axes->tables == TABLES_CLEAN ? 0 : writes;
	case BACKING_FILE_PRIVATE:
		return reads;
	case BACKING_FILE_SHARED:
		return reads + (axes->tables == TABLES_CLEAN ? writes : writes / FOLIO);
	case BACKING_SWAP:
		return missing / SWAP_AHEAD;
	default:
		return 0;
	}
}

/*
 * N pages by pieces of K: each of F faults is followed by a walk that has to
 * go over (K + 1) / 2 entries on average, and N are walked over in the passes
 * that end well. F = N gives N (K + 3) / 2; a batch of B pages gives F = N / B.
 */
static uint64_t cost(const struct axes *axes, const struct price *price)
{
	uint64_t pages = axes->pages, prepared = pages * price->prepare;
	uint64_t missing = pages - pages * axes->populated / 100;
	struct strategy_choice choice;
	uint64_t drops, visits, again;
	struct reason why;
	bool known = !strategy_parse(axes->strategy, &choice, &why);

	if (known && !choice.strategy->fills)
		return prepared;
	again = known ? walk_again(axes, &choice) : 0;
	if (axes->uffd == UFFD_NONE && known && choice.strategy->waits)
		again = 0;
	if (axes->uffd == UFFD_NONE)
		return prepared + missing * price->fault + 2 * pages * price->visit +
		       own_drops(axes, missing) * (again + 1) / 2 * price->visit;
	drops = axes->batch > 1 ? (missing + axes->batch - 1) / axes->batch : missing;
	visits = again ? drops * (again + 1) / 2 + pages : 2 * pages;
	return prepared + drops * price->drop + visits * price->visit;
}

uint64_t cost_insn(const struct axes *axes)
{
	return cost(axes, &insn);
}

uint64_t cost_ns(const struct axes *axes)
{
	return cost(axes, &emulated);
}
