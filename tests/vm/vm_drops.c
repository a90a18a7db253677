// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Why the mmap lock is dropped: every kind of memory under every mode of userfaultfd, for
 * reading and for writing.
 */
#include <errno.h>
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "run/system/uffd.h"

#include "vm_tests.h"

#define PAGES	64	/* two readahead windows of a file, eight of swap */
#define HUGE	512

/**
 * struct drops - how often handle_mm_fault() comes back without the mmap lock
 * @retry:	VM_FAULT_RETRY
 * @completed:	VM_FAULT_COMPLETED
 */
struct drops {
	uint64_t retry, completed;
};

/*
 * A fault that userfaultfd answers is retried once a message. A first write to a page of
 * a shared mapping is done, and drops the lock to wait for nobody. What a device reads is
 * waited for a window at a time, since the tests' disks are slow (tests/vm/run). Of a file:
 * 32 pages around the fault, in folios of one page; in that window a mark asks for the
 * next, which drops the lock too, and that one has folios of four pages, each mapped by one
 * fault. Of swap: 8 slots, aligned; the area's header is slot 0, so that a range begins
 * and ends within a window.
 */
static struct drops drops_of(const struct axes *axes)
{
	const struct uffd_kind *kind = uffd_kind_of(axes->uffd);
	bool writes = axes->access == ACCESS_WRITE;
	struct drops d = { 0 };

	if (kind && range_messages(axes))
		d.retry = range_messages(axes);
	if (uffd_arms(axes->uffd) || d.retry)
		return d;
	switch (axes->backing) {
	case BACKING_SHARED_ANON:
	case BACKING_SHMEM:
	case BACKING_TMPFS:
		d.completed = writes ? axes->pages : 0;
		break;
	case BACKING_SHMEM_THP:
		d.completed = writes ? axes->pages / HUGE : 0;
		break;
	case BACKING_FILE_SHARED:
		d.completed = writes ? 32 + 32 / 4 : 0;
		d.retry = 3;
		break;
	case BACKING_FILE_PRIVATE:
		d.retry = 3;
		break;
	case BACKING_SWAP:
		d.retry = PAGES / 8 + 1;
		break;
	default:
		break;
	}
	return d;
}

static void check_drops(const struct axes *axes)
{
	struct drops want = drops_of(axes);
	char key[AXES_KEY_MAX];
	struct sample s;

	take(axes, MODE_COUNT, &s);
	axes_key(axes, key, sizeof(key));
	if (s.counts.drops_retry != want.retry || s.counts.drops_completed != want.completed)
		fail_msg("%s: %" PRIu64 " RETRY and %" PRIu64 " COMPLETED, not %" PRIu64
			 " and %" PRIu64, key, s.counts.drops_retry, s.counts.drops_completed,
			 want.retry, want.completed);
	assert_int_equal(s.counts.lock_drops, s.counts.drops_retry + s.counts.drops_completed);
}

static void check_pair(const struct axes *axes)
{
	const struct axis *wrong;
	struct recipe recipe;
	char key[AXES_KEY_MAX];
	struct reason why;
	struct sample s;

	if (recipe_check_axes(axes, &wrong, &why))
		return;	/* no such range; the unit tests know which */
	recipe = recipe_of(axes);
	if (!bench_supports(&bench, &recipe, &why)) {
		/* The sizes between 4 KiB and 2 MiB are off as kernels are shipped. */
		if (axes->backing != BACKING_ANON_16K && axes->backing != BACKING_ANON_64K)
			fail_msg("%s: %s", axes_key(axes, key, sizeof(key)), why.text);
		return;
	}
	if (!backing_refuses(axes) && !recipe.refused) {
		check_drops(axes);
		return;
	}
	take(axes, MODE_COUNT, &s);
	assert_int_equal(s.err, backing_refuses(axes) ? EINVAL : recipe.refused);
}

void test_drops(void **state)
{
	struct axes axes = axes_of("unlocked", PAGES);

	(void)state;
	for (axes.backing = 0; axes.backing < BACKING_COUNT; axes.backing++) {
		axes.pages = backing_unit(&axes) > 1 ? HUGE : PAGES;
		for (axes.uffd = 0; axes.uffd < UFFD_COUNT; axes.uffd++)
			for (axes.access = ACCESS_READ; axes.access <= ACCESS_WRITE; axes.access++)
				check_pair(&axes);
	}
}

/* What the kernel resolves itself needs a fault too; before it the pages are protected. */
void test_silent(void **state)
{
	static const enum backing backings[] = { BACKING_ANON, BACKING_SHMEM };
	static const enum uffd_mode modes[] = { UFFD_WP_ASYNC, UFFD_RWP_ASYNC };
	struct sample s;

	(void)state;
	for (size_t i = 0; i < 4; i++) {
		struct axes axes = axes_of("unlocked", PAGES);

		axes.backing = backings[i % 2];
		axes.uffd = modes[i / 2];
		take(&axes, MODE_COUNT, &s);
		assert_int_equal(s.counts.faults, PAGES);
		assert_int_equal(s.messages, 0);
		strcpy(axes.strategy, "null");
		take(&axes, MODE_TIME, &s);
		assert_int_equal(s.writable, 0);
		assert_int_equal(s.valid, axes.uffd == UFFD_WP_ASYNC ? PAGES : 0);
	}
}

/*
 * Only userfaultfd makes tried-first drop the lock: for a file, swap or a throttle it waits
 * with the lock held, as kernels before 7.3 do.
 */
void test_tried_first(void **state)
{
	static const enum backing held[] = {
		BACKING_FILE_PRIVATE, BACKING_FILE_SHARED, BACKING_SWAP, BACKING_SHMEM,
	};
	struct axes axes = axes_of("tried-first", PAGES);
	struct sample s;

	(void)state;
	axes.uffd = UFFD_NONE;
	for (size_t i = 0; i < sizeof(held) / sizeof(*held); i++) {
		axes.backing = held[i];
		take(&axes, MODE_COUNT, &s);
		assert_int_equal(s.counts.lock_drops, 0);
	}
}

/* A first write to what is there and clean: a shared file has to be asked for each page. */
void test_clean(void **state)
{
	struct axes axes = axes_of("unlocked", PAGES);
	struct sample s;

	(void)state;
	axes.uffd = UFFD_NONE;
	axes.tables = TABLES_CLEAN;
	axes.backing = BACKING_FILE_SHARED;
	take(&axes, MODE_COUNT, &s);
	assert_int_equal(s.counts.drops_completed, PAGES);
	assert_int_equal(s.counts.pte_visits, PAGES * (PAGES + 3) / 2);
	axes.backing = BACKING_ANON;
	take(&axes, MODE_COUNT, &s);
	assert_int_equal(s.counts.lock_drops, 0);
	assert_int_equal(s.counts.faults, PAGES);
}

/* A kernel that gives pages of 64 KiB: each sample is made of them, or is none. */
void test_folios(void **state)
{
	struct axes axes = axes_of("unlocked", HUGE);
	struct sample s;

	(void)state;
	axes.uffd = UFFD_NONE;
	axes.backing = BACKING_ANON_64K;
	take(&axes, MODE_COUNT, &s);
	assert_int_equal(s.counts.lock_drops, 0);
}
