// SPDX-License-Identifier: GPL-2.0-or-later
#include "load_kind.h"

#include <sys/mman.h>

#include "run/system/device.h"

/* Three times the mmap lock for write. */
static void op_writers(struct load_work *work, const struct range *range)
{
	size_t size = work->pages * base_page_size();
	void *p = mmap(NULL, size, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	(void)range;
	if (p == MAP_FAILED)
		return;
	mprotect(p, size, PROT_READ);
	munmap(p, size);
}

static void touch(struct load_work *work, const struct range *range)
{
	(void)range;
	for (uint64_t i = 0; i < work->pages; i++)
		*(volatile uint64_t *)(work->area + i * base_page_size()) = i;
}

static void forget(struct load_work *work)
{
	madvise(work->area, work->pages * base_page_size(), MADV_DONTNEED);
}

/* Each time the next piece of the range, so that every page has its turn. */
static void op_invalidators(struct load_work *work, const struct range *range)
{
	uint64_t n = work->pages < range->pages ? work->pages : range->pages;
	uint64_t first = work->turn * n % (range->pages - n + 1);

	madvise(range->base + first * base_page_size(), n * base_page_size(),
		MADV_DONTNEED);
}

static void call(struct load_work *work, void *base, uint64_t pages)
{
	struct hmm_bench_call call = {
		.strategy = work->strategy,
		.addr = (uintptr_t)base,
		.pages = pages,
		.flags = HMM_BENCH_WRITE,
		.timeout_ms = 1000,
	};

	device_call(work->device, &call);
}

static void op_peers(struct load_work *work, const struct range *range)
{
	(void)range;
	call(work, work->area, work->pages);
}

static void op_sharers(struct load_work *work, const struct range *range)
{
	call(work, range->base,
	     work->pages < range->pages ? work->pages : range->pages);
}

static void op_lock(struct load_work *work, const struct range *range)
{
	void *p = mmap(NULL, base_page_size(), PROT_READ,
		       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	(void)work;
	(void)range;
	if (p != MAP_FAILED)
		munmap(p, base_page_size());
}

const struct load_kind load_kinds[] = {
	{ .name = "writers", .op = op_writers,
	  .help = "mmap, mprotect and munmap: the mmap lock for write" },
	{ .name = "readers", .area = true, .op = touch, .reset = forget,
	  .help = "page faults elsewhere in the mm" },
	{ .name = "invalidators", .disturbs = true, .op = op_invalidators,
	  .help = "MADV_DONTNEED in the range: bumps the notifier sequence" },
	{ .name = "peers", .calls = true, .area = true, .op = op_peers, .reset = forget,
	  .help = "HMM callers on ranges of their own" },
	{ .name = "sharers", .calls = true, .disturbs = true, .op = op_sharers,
	  .help = "HMM callers on the same range" },
	{ .name = "lock", .bystander = true, .op = op_lock,
	  .help = "bystander: mmap and munmap of a page" },
	{ .name = "fault", .area = true, .bystander = true, .op = touch,
	  .reset = forget, .help = "bystander: a fault of a private page" },
};
const size_t load_kinds_count = sizeof(load_kinds) / sizeof(*load_kinds);
