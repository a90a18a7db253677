/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The range of a sample: where it lies and what its pages hold. */
#ifndef HMMBENCH_RANGE_H
#define HMMBENCH_RANGE_H

#include <stddef.h>
#include <stdint.h>

#include "model/axes.h"
#include "run/system/kernel.h"
#include "run/system/placement.h"

/**
 * struct range - a range of a sample
 * @base:	its address; a multiple of 1 GiB, with no other mapping that
 *		could share a page table with it
 * @seed:	of what its pages hold
 * @model:	one page, filled with @seed
 * @axes:	how it was prepared
 * @fd:		what it maps, or -1
 */
struct range {
	unsigned char *base;
	uint64_t pages;
	uint64_t seed;
	void *model;
	const struct axes *axes;
	int fd;
};

/**
 * struct range_place - where a range is made
 * @topology:	of this machine
 * @node:	that its memory is on, or PLACEMENT_INTERLEAVE
 * @scratch:	folder on a block device for files, or NULL
 */
struct range_place {
	const struct topology *topology;
	int node;
	const char *scratch;
};

/** range_size() - bytes. */
static inline size_t range_size(const struct range *range)
{
	return range->pages * base_page_size();
}

/** range_write() - make @page the page @index of the range. */
void range_write(const struct range *range, void *page, uint64_t index);

#endif
