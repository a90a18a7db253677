// SPDX-License-Identifier: GPL-2.0-or-later
#include "backing.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "pattern.h"

/*
 * Far from where the kernel puts anything, and low enough for a 39-bit address
 * space. Nothing near it, so that unmapping the range frees its page tables.
 */
#define RANGE_BASE	(256ULL << 30)

/* Pages compared whole: all of a small range, one in so many of a large one. */
#define WHOLE_BELOW	1024
#define WHOLE_EVERY	61

/*
 * Newer kernels free a page table when MADV_DONTNEED empties all of it at
 * once; half a table at a time leaves it in place.
 */
#define HALF_TABLE	(base_page_size() / sizeof(uint64_t) / 2)

size_t base_page_size(void)
{
	static size_t size;

	if (!size)
		size = sysconf(_SC_PAGESIZE);
	return size;
}

int range_populated(const struct axes *axes, uint64_t index)
{
	/* Bresenham's line: the populated pages are spread evenly. */
	return (index + 1) * axes->populated / 100 >
	       index * axes->populated / 100;
}

uint64_t range_missing(const struct axes *axes)
{
	return axes->pages - axes->pages * axes->populated / 100;
}

uint64_t range_messages(const struct axes *axes)
{
	uint64_t messages = 0, end;

	for (uint64_t i = 0; i < axes->pages; i = end) {
		end = i + axes->batch;
		if (end > axes->pages)
			end = axes->pages;
		while (i < end && range_populated(axes, i))
			i++;
		messages += i < end;
	}
	return messages;
}

static int make_tables(struct range *range)
{
	size_t size = range->pages * base_page_size();

	if (madvise(range->base, size, MADV_POPULATE_WRITE))
		return -errno;
	for (uint64_t i = 0; i < range->pages; i += HALF_TABLE) {
		uint64_t n = range->pages - i;

		if (n > HALF_TABLE)
			n = HALF_TABLE;
		if (madvise(range->base + i * base_page_size(), n * base_page_size(),
			    MADV_DONTNEED))
			return -errno;
	}
	return 0;
}

static void populate(struct range *range)
{
	size_t words = base_page_size() / sizeof(uint64_t);

	for (uint64_t i = 0; i < range->pages; i++) {
		uint64_t *page = (uint64_t *)(range->base + i * base_page_size());

		if (!range_populated(range->axes, i))
			continue;
		for (size_t w = 0; w < words; w++)
			page[w] = ((uint64_t *)range->model)[w];
		pattern_stamp(page, words - 1, range->seed, i);
	}
}

int range_prepare(struct range *range, const struct axes *axes, uint64_t seed)
{
	size_t size = axes->pages * base_page_size();
	void *base;
	int ret;

	range->axes = axes;
	range->pages = axes->pages;
	range->seed = seed;
	range->model = aligned_alloc(base_page_size(), base_page_size());
	if (!range->model)
		return -ENOMEM;
	pattern_fill(range->model, seed);

	base = mmap((void *)RANGE_BASE, size, PROT_READ | PROT_WRITE,
		    MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE |
		    MAP_FIXED_NOREPLACE, -1, 0);
	if (base == MAP_FAILED) {
		ret = -errno;
		free(range->model);
		return ret;
	}
	range->base = base;
	/* EINVAL: a kernel without transparent huge pages has none to avoid. */
	if (madvise(base, size, MADV_NOHUGEPAGE) && errno != EINVAL)
		goto fail;
	if (axes->tables == TABLES_WARM) {
		ret = make_tables(range);
		if (ret) {
			range_release(range);
			return ret;
		}
	}
	if (axes->populated)
		populate(range);
	return 0;
fail:
	ret = -errno;
	range_release(range);
	return ret;
}

uint64_t range_check(const struct range *range, int resolved)
{
	for (uint64_t i = 0; i < range->pages; i++) {
		const void *page = range->base + i * base_page_size();
		int whole = range->pages <= WHOLE_BELOW || !(i % WHOLE_EVERY);
		int good;

		if (resolved || range_populated(range->axes, i))
			good = pattern_check(page, range->model, range->seed, i,
					     whole);
		else
			good = pattern_zero(page, whole);
		if (!good)
			return i;
	}
	return range->pages;
}

void range_release(struct range *range)
{
	munmap(range->base, range->pages * base_page_size());
	free(range->model);
}
