/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kinds of memory that a range can be. */
#ifndef HMMBENCH_BACKING_H
#define HMMBENCH_BACKING_H

#include "base/reason.h"
#include "range.h"

#define HUGE_UNIT	512	/* base pages of a huge page; x86-64 and arm64/4K */

/**
 * struct backing_kind - a kind of memory
 * @help:	a line for people
 * @unit:	base pages that touching one brings in
 * @fault_unit:	base pages that one UFFDIO ioctl resolves at least
 * @map:	flags of mmap(2), beside those that all have
 * @advice:	of madvise(2) for it, or 0
 * @open:	what it maps: a descriptor, or -1 with errno; NULL if it maps nothing
 * @fill:	gives the pages their contents before any is mapped, NULL when
 *		they have none: they are written through the range
 * @settle:	makes the pages that need a fault need it; NULL when they do.
 *		Called when every page of the range was written through it.
 * @holds:	its pages hold the pattern without a resolution
 * @warm:	page tables can exist without pages
 * @clean:	what is mapped for reading needs a fault for the first write
 * @any_populated: any percentage, not just 0 and 100
 * @cached:	its pages are the page cache's, on the node of the first access
 * @unmaps:	to protect its huge pages the kernel unmaps them
 * @ignores:	modes that kernels take and that no fault of it then meets, as bits
 * @refuses:	modes of userfaultfd that kernels refuse for it, as bits of 1 << enum
 *		uffd_mode
 * @lacking:	as backing_lacking(); NULL when every machine has it
 */
struct backing_kind {
	const char *help;
	uint64_t unit, fault_unit;
	int map, advice;
	int (*open)(const struct range_place *place);
	int (*fill)(const struct range *range);
	int (*settle)(const struct range *range);
	int holds, warm, clean, any_populated, cached, unmaps;
	unsigned int refuses, ignores;
	int (*lacking)(const struct axes *axes, const struct range_place *place,
		       struct reason *why);
};

/** backing_kind_of() - the kind that the axes name. */
const struct backing_kind *backing_kind_of(const struct axes *axes);

/** backing_map() - map the range at a fixed address. Return: 0 or -errno. */
int backing_map(struct range *range, const struct range_place *place);

#endif
