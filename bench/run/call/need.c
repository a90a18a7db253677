// SPDX-License-Identifier: GPL-2.0-or-later
#include "need.h"

#include <stdbool.h>

#include "run/actors/load.h"
#include "run/memory/backing.h"

/*
 * For each page: a page table entry, and in the module a pfn of the call's and one of the
 * look at its result.
 */
#define PAGE_KEEPS	(3 * sizeof(uint64_t))

#define PROGRAM		(8 << 20)	/* hmmbench itself */

static uint64_t responder_bytes(const struct recipe *recipe)
{
	if (!recipe->uffd || !recipe->uffd->copies)
		return 0;
	return recipe->axes->threads * recipe->axes->batch * base_page_size();
}

static uint64_t load_bytes(const struct load_parts *load, size_t cores)
{
	uint64_t bytes = 0;

	for (size_t i = 0; i < load->count; i++) {
		const struct load_part *part = &load->part[i];
		uint64_t each = LOAD_THREAD_BYTES;

		if (part->kind->area)
			each += part->pages * (base_page_size() + PAGE_KEEPS);
		bytes += load_part_threads(part, cores) * each;
	}
	return bytes;
}

uint64_t need_bytes(const struct recipe *recipe, size_t cores)
{
	const struct axes *axes = recipe->axes;
	bool pool = axes->backing == BACKING_HUGETLB || axes->backing == BACKING_HUGETLB_PRIVATE;
	uint64_t page = (pool ? 0 : base_page_size()) + PAGE_KEEPS;

	return PROGRAM + axes->pages * page + responder_bytes(recipe) +
	       load_bytes(&recipe->load, cores);
}
