// SPDX-License-Identifier: GPL-2.0-or-later
#include "prepare.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "run/system/uffd.h"
#include "backing.h"
#include "pattern.h"

/* Pages compared whole: all of a small range, one in so many of a large one. */
#define WHOLE_BELOW	1024
#define WHOLE_EVERY	61

/*
 * Newer kernels free a page table when MADV_DONTNEED empties all of it at
 * once; half a table at a time leaves it in place.
 */
#define HALF_TABLE	(base_page_size() / sizeof(uint64_t) / 2)

uint64_t backing_unit(const struct axes *axes)
{
	return backing_kind_of(axes)->unit;
}

int range_populated(const struct axes *axes, uint64_t index)
{
	uint64_t i = index / backing_unit(axes);

	/* Bresenham's line: the populated pages are spread evenly. */
	return (i + 1) * axes->populated / 100 > i * axes->populated / 100;
}

uint64_t range_missing(const struct axes *axes)
{
	uint64_t unit = backing_unit(axes), units = axes->pages / unit;

	return axes->pages - units * axes->populated / 100 * unit;
}

uint64_t backing_fault_unit(const struct axes *axes)
{
	return backing_kind_of(axes)->fault_unit;
}

uint64_t range_group(const struct axes *axes)
{
	uint64_t unit = backing_fault_unit(axes);

	return axes->batch > unit ? axes->batch : unit;
}

uint64_t range_messages(const struct axes *axes)
{
	uint64_t messages = 0, end;

	/* What the kernel finds elsewhere is not missing, what it resolves is not asked. */
	if (axes->uffd == UFFD_NONE || uffd_kind_of(axes->uffd)->silent ||
	    backing_kind_of(axes)->holds)
		return 0;
	for (uint64_t i = 0; i < axes->pages; i = end) {
		end = i + range_group(axes);
		if (end > axes->pages)
			end = axes->pages;
		while (i < end && range_populated(axes, i))
			i++;
		messages += i < end;
	}
	return messages;
}

static int check_tables(const struct axes *axes, const char *name,
			const struct axis **wrong, struct reason *why)
{
	if (axes->tables == TABLES_WARM && !backing_kind_of(axes)->warm)
		return axis_blame(wrong, "tables", why, "warm page tables without pages are for "
				  "anon alone, not %s", name);
	if (axes->tables != TABLES_CLEAN)
		return 0;
	if (axes->uffd != UFFD_NONE)
		return axis_blame(wrong, "uffd", why, "pages that are there, as in clean tables, "
				  "are not missing; write uffd: [none]");
	if (!backing_kind_of(axes)->clean)
		return axis_blame(wrong, "tables", why, "the first write to %s that is mapped for "
				  "reading meets no fault; clean is for anonymous memory and files",
				  name);
	if (axes->populated)
		return axis_blame(wrong, "populated", why, "what is populated was written to, and "
				  "is not clean; write populated: [0]");
	if (axes->access == ACCESS_READ)
		return axis_blame(wrong, "access", why, "a read of what is mapped for reading "
				  "meets no fault; write access: [write], or tables: [cold, warm]");
	return 0;
}

int backing_check_axes(const struct axes *axes, const struct axis **wrong,
		       struct reason *why)
{
	const struct backing_kind *kind = backing_kind_of(axes);
	char name[AXIS_TEXT_MAX], mode[AXIS_TEXT_MAX];

	axis_format(axis_find("backing"), axes, name, sizeof(name));
	axis_format(axis_find("uffd"), axes, mode, sizeof(mode));
	if (axes->pages % kind->unit)
		return axis_blame(wrong, "pages", why, "%s comes in multiples of %llu pages", name,
				  (unsigned long long)kind->unit);
	if (axes->batch > axes->pages)
		return axis_blame(wrong, "batch", why, "a batch is larger than the range; allowed: "
				  "at most its pages");
	if (!kind->any_populated && axes->populated % 100)
		return axis_blame(wrong, "populated", why, "%s brings neighbours in with each "
				  "page; allowed: 0 and 100", name);
	if (kind->ignores & 1U << axes->uffd)
		return axis_blame(wrong, "uffd", why, "no fault of %s meets %s, though kernels "
				  "take it", name, mode);
	if (uffd_arms(axes->uffd) && kind->holds)
		return axis_blame(wrong, "uffd", why, "%s is for pages that are there, which those "
				  "of %s are not", mode, name);
	if (uffd_kind_of(axes->uffd) && uffd_kind_of(axes->uffd)->writes &&
	    axes->access == ACCESS_READ)
		return axis_blame(wrong, "access", why, "a read meets no write protection; write "
				  "access: [write], or another mode of uffd");
	return check_tables(axes, name, wrong, why);
}

bool backing_huge(const struct axes *axes)
{
	return backing_kind_of(axes)->unit >= HUGE_UNIT;
}

bool backing_refuses(const struct axes *axes)
{
	return backing_kind_of(axes)->refuses & 1U << axes->uffd;
}

int backing_lacking(const struct axes *axes, const struct range_place *place,
		    struct reason *why)
{
	const struct backing_kind *kind = backing_kind_of(axes);

	if (kind->cached && strcmp(axes->placement, "local"))
		return reason_err(why, -ENODEV, "the page cache follows the caller: a file is for "
				  "placement local alone");
	return kind->lacking ? kind->lacking(axes, place, why) : 0;
}

static int make_tables(struct range *range)
{
	if (madvise(range->base, range_size(range), MADV_POPULATE_WRITE))
		return -errno;
	for (uint64_t i = 0; i < range->pages; i += HALF_TABLE) {
		uint64_t n = range->pages - i;

		if (n > HALF_TABLE)
			n = HALF_TABLE;
		if (madvise(range->base + i * base_page_size(),
			    n * base_page_size(), MADV_DONTNEED))
			return -errno;
	}
	return 0;
}

/* Is there a pattern in the pages before the call, populated or not? */
static int filled_before(const struct axes *axes)
{
	return backing_kind_of(axes)->holds || axes->uffd == UFFD_MINOR ||
	       uffd_arms(axes->uffd);
}

static void write_pages(struct range *range, int all)
{
	for (uint64_t i = 0; i < range->pages; i++)
		if (all || range_populated(range->axes, i))
			range_write(range, range->base + i * base_page_size(), i);
}

/* Map what is there already: a write where writes are to come. */
static void touch_pages(struct range *range)
{
	for (uint64_t i = 0; i < range->pages; i++) {
		volatile uint64_t *word = (volatile uint64_t *)
			(range->base + i * base_page_size()) + PATTERN_FREE_WORD;

		if (!range_populated(range->axes, i))
			continue;
		if (range->axes->access == ACCESS_WRITE)
			*word = i;
		else
			(void)*word;
	}
}

static int populate(struct range *range)
{
	const struct backing_kind *kind = backing_kind_of(range->axes);
	const struct axes *axes = range->axes;
	int ret = 0;

	if (!filled_before(axes)) {
		if (axes->populated)
			write_pages(range, 0);
		return 0;
	}
	/* Protected pages are pages of this mapping. */
	if (uffd_arms(axes->uffd)) {
		write_pages(range, 1);
		return 0;
	}
	if (kind->fill)
		ret = kind->fill(range);
	else
		write_pages(range, 1);
	if (!ret && kind->settle)
		ret = kind->settle(range);
	if (!ret && axes->populated)
		touch_pages(range);
	return ret;
}

static int prepare(struct range *range, const struct range_place *place,
		   const char **what)
{
	int ret;

	*what = "map it";
	ret = backing_map(range, place);
	if (ret)
		return ret;
	*what = "bind its memory";
	ret = placement_bind_memory(place->topology, range->base,
				    range_size(range), place->node);
	if (ret)
		return ret;
	*what = "make its page tables";
	if (range->axes->tables == TABLES_WARM)
		ret = make_tables(range);
	if (ret)
		return ret;
	*what = "put its contents where they are wanted";
	ret = populate(range);
	if (ret || range->axes->tables != TABLES_CLEAN)
		return ret;
	*what = "map its pages for reading";
	return madvise(range->base, range_size(range), MADV_POPULATE_READ) ? -errno : 0;
}

int range_prepare(struct range *range, const struct axes *axes, uint64_t seed,
		  const struct range_place *place, struct reason *why)
{
	const char *what;
	int ret;

	*range = (struct range){ .axes = axes, .pages = axes->pages,
				 .seed = seed, .fd = -1 };
	range->model = aligned_alloc(base_page_size(), base_page_size());
	if (!range->model)
		return reason_err(why, -ENOMEM, "out of memory");
	pattern_fill(range->model, seed);
	ret = prepare(range, place, &what);
	if (ret) {
		reason_set(why, "cannot prepare the range: %s: %s", what,
			   strerror(-ret));
		range_release(range);
	}
	return ret;
}

uint64_t range_check(const struct range *range, int disturbed)
{
	const struct axes *axes = range->axes;
	int resolved = axes->uffd != UFFD_NONE || filled_before(axes);

	for (uint64_t i = 0; i < range->pages; i++) {
		const void *page = range->base + i * base_page_size();
		int whole = range->pages <= WHOLE_BELOW || !(i % WHOLE_EVERY);
		int pattern = resolved || range_populated(axes, i);
		int good = 0;

		if (pattern)
			good = pattern_check(page, range->model, range->seed, i,
					     whole);
		if (!good && (!pattern || disturbed))
			good = pattern_zero(page, whole);
		if (!good)
			return i;
	}
	return range->pages;
}

void range_release(struct range *range)
{
	if (range->base)
		munmap(range->base, range_size(range));
	if (range->fd >= 0)
		close(range->fd);
	free(range->model);
}
