/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The range that a sample is measured on: made fresh, checked, taken down. */
#ifndef HMMBENCH_BACKING_H
#define HMMBENCH_BACKING_H

#include <stddef.h>
#include <stdint.h>

#include "../common/axes.h"

/**
 * struct range - a range of a sample
 * @base:	its address; a multiple of 1 GiB, with no other mapping that
 *		could share a page table with it
 * @seed:	of what its pages hold
 * @model:	one page, filled with @seed
 * @axes:	how it was prepared
 */
struct range {
	unsigned char *base;
	uint64_t pages;
	uint64_t seed;
	void *model;
	const struct axes *axes;
};

/** base_page_size() - the base page size in bytes. */
size_t base_page_size(void);

/** range_populated() - is page @index there before the call? */
int range_populated(const struct axes *axes, uint64_t index);

/** range_missing() - pages that are not there before the call. */
uint64_t range_missing(const struct axes *axes);

/**
 * range_messages() - userfaultfd messages that the call must cause
 *
 * One for each aligned group of axes->batch pages with a missing page, since
 * the responder resolves the whole group.
 */
uint64_t range_messages(const struct axes *axes);

/**
 * range_prepare() - map and prepare, not yet registered with userfaultfd
 * Return: 0 or -errno.
 */
int range_prepare(struct range *range, const struct axes *axes, uint64_t seed);

/**
 * range_check() - does every page hold what it must?
 * @resolved: missing pages were filled by the responder, else by the kernel
 *	with zeroes
 * Return: index of the first wrong page, or @range->pages.
 */
uint64_t range_check(const struct range *range, int resolved);

void range_release(struct range *range);

#endif
