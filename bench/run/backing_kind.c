// SPDX-License-Identifier: GPL-2.0-or-later
#include "backing_kind.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "machine.h"

/*
 * Far from where the kernel puts anything, and low enough for a 39-bit address
 * space. Nothing near it, so that unmapping the range frees its page tables.
 */
#define RANGE_BASE	((void *)(256ULL << 30))

#define HUGE_UNIT	512	/* base pages of a huge page; x86-64 and arm64/4K */
#define EVICT_TRIES	10

#ifndef MAP_HUGE_SHIFT
#define MAP_HUGE_SHIFT	26
#endif

static int map_range(struct range *range, int flags, int fd)
{
	void *base = mmap(RANGE_BASE, range_size(range), PROT_READ | PROT_WRITE,
			  flags | MAP_NORESERVE | MAP_FIXED_NOREPLACE, fd, 0);

	if (base == MAP_FAILED)
		return -errno;
	range->base = base;
	return 0;
}

static int advise(struct range *range, int advice)
{
	/* EINVAL: a kernel without transparent huge pages has none to avoid. */
	if (!madvise(range->base, range_size(range), advice) || errno == EINVAL)
		return 0;
	return -errno;
}

static int map_anon(struct range *range, const struct range_place *place)
{
	int ret = map_range(range, MAP_PRIVATE | MAP_ANONYMOUS, -1);

	(void)place;
	return ret ? ret : advise(range, MADV_NOHUGEPAGE);
}

static int map_thp(struct range *range, const struct range_place *place)
{
	int ret = map_range(range, MAP_PRIVATE | MAP_ANONYMOUS, -1);

	(void)place;
	if (!ret && madvise(range->base, range_size(range), MADV_HUGEPAGE))
		ret = -errno;
	return ret;
}

static int thp_lacking(const struct axes *axes, const struct range_place *place,
		       char *why, size_t why_size)
{
	char *line = machine_read_line("/sys/kernel/mm/transparent_hugepage/enabled");
	int lacking = !line || strstr(line, "[never]");

	(void)axes;
	(void)place;
	free(line);
	if (lacking)
		snprintf(why, why_size, "no transparent huge pages; write madvise "
			 "to /sys/kernel/mm/transparent_hugepage/enabled");
	return lacking ? -ENODEV : 0;
}

static int map_memfd(struct range *range, unsigned int flags)
{
	int fd = memfd_create("hmmbench", MFD_CLOEXEC | flags);

	if (fd < 0)
		return -errno;
	range->fd = fd;
	if (ftruncate(fd, range_size(range)))
		return -errno;
	return map_range(range, MAP_SHARED, fd);
}

static int map_shmem(struct range *range, const struct range_place *place)
{
	int ret = map_memfd(range, 0);

	(void)place;
	return ret ? ret : advise(range, MADV_NOHUGEPAGE);
}

static int map_hugetlb(struct range *range, const struct range_place *place)
{
	(void)place;
	return map_memfd(range, MFD_HUGETLB);
}

static int hugetlb_lacking(const struct axes *axes,
			   const struct range_place *place, char *why,
			   size_t why_size)
{
	uint64_t want = axes->pages / HUGE_UNIT, have = 0;
	char folder[64], path[PATH_MAX], *line;

	if (place->node >= 0)
		snprintf(folder, sizeof(folder), "devices/system/node/node%d",
			 place->node);
	else
		snprintf(folder, sizeof(folder), "kernel/mm");
	snprintf(path, sizeof(path), "/sys/%s/hugepages/hugepages-%zukB/free_hugepages",
		 folder, HUGE_UNIT * base_page_size() / 1024);
	line = machine_read_line(path);
	if (line)
		have = strtoull(line, NULL, 10);
	free(line);
	if (have >= want)
		return 0;
	snprintf(why, why_size, "%" PRIu64 " huge pages are free, %" PRIu64
		 " are wanted; write more to nr_hugepages beside %s", have, want,
		 path);
	return -ENODEV;
}

/* Through a mapping of its own, so that none is in the range's page tables. */
static int fill_shared(const struct range *range)
{
	unsigned char *all = mmap(NULL, range_size(range), PROT_READ | PROT_WRITE,
				  MAP_SHARED, range->fd, 0);

	if (all == MAP_FAILED)
		return -errno;
	for (uint64_t i = 0; i < range->pages; i++)
		range_write(range, all + i * base_page_size(), i);
	munmap(all, range_size(range));
	return 0;
}

static int map_file(struct range *range, const struct range_place *place)
{
	range->fd = open(place->scratch, O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);
	if (range->fd < 0)
		return -errno;
	return map_range(range, MAP_PRIVATE, range->fd);
}

static int file_lacking(const struct axes *axes, const struct range_place *place,
			char *why, size_t why_size)
{
	(void)axes;
	if (place->scratch && !access(place->scratch, W_OK))
		return 0;
	snprintf(why, why_size, "no folder for a file that is not in memory; give "
		 "--scratch DIR on a file system of a block device");
	return -ENODEV;
}

static uint64_t pages_resident(void *base, uint64_t pages)
{
	unsigned char *map = malloc(pages);
	uint64_t n = 0;

	if (!map || mincore(base, pages * base_page_size(), map)) {
		free(map);
		return pages;
	}
	for (uint64_t i = 0; i < pages; i++)
		n += map[i] & 1;
	free(map);
	return n;
}

static int fill_file(const struct range *range)
{
	size_t size = base_page_size();
	void *page = aligned_alloc(size, size);
	int ret = page ? 0 : -ENOMEM;

	for (uint64_t i = 0; i < range->pages && !ret; i++) {
		range_write(range, page, i);
		if (pwrite(range->fd, page, size, i * size) != (ssize_t)size)
			ret = errno ? -errno : -EIO;
	}
	free(page);
	if (!ret && fsync(range->fd))
		ret = -errno;
	for (int i = 0; i < EVICT_TRIES && !ret; i++) {
		ret = -posix_fadvise(range->fd, 0, 0, POSIX_FADV_DONTNEED);
		if (!pages_resident(range->base, range->pages))
			return ret;
	}
	/* The page cache is all the storage that it has. */
	return ret ? ret : -EBUSY;
}

static int swap_lacking(const struct axes *axes, const struct range_place *place,
			char *why, size_t why_size)
{
	unsigned long long size, used, want = axes->pages * base_page_size() / 1024;
	FILE *swaps = fopen("/proc/swaps", "re");
	unsigned long long free_kb = 0;
	char line[512];

	(void)place;
	while (swaps && fgets(line, sizeof(line), swaps))
		if (sscanf(line, "%*s %*s %llu %llu", &size, &used) == 2)
			free_kb += size - used;
	if (swaps)
		fclose(swaps);
	if (free_kb >= want)
		return 0;
	snprintf(why, why_size, "%llu KiB of swap are free, %llu are wanted; "
		 "swapon a zram device or a disk", free_kb, want);
	return -ENODEV;
}

static int settle_swap(const struct range *range)
{
	for (int i = 0; i < EVICT_TRIES; i++) {
		if (madvise(range->base, range_size(range), MADV_PAGEOUT))
			return -errno;
		if (!pages_resident(range->base, range->pages))
			return 0;
	}
	return -EBUSY;
}

static const struct backing_kind kinds[] = {
	[BACKING_ANON] = {
		.unit = 1, .fault_unit = 1, .map = map_anon, .warm = 1,
		.any_populated = 1,
	},
	[BACKING_THP] = {
		.unit = HUGE_UNIT, .fault_unit = 1, .map = map_thp,
		.any_populated = 1, .lacking = thp_lacking,
	},
	[BACKING_SHMEM] = {
		.unit = 1, .fault_unit = 1, .map = map_shmem,
		.fill = fill_shared, .any_populated = 1,
	},
	[BACKING_HUGETLB] = {
		.unit = HUGE_UNIT, .fault_unit = HUGE_UNIT, .map = map_hugetlb,
		.fill = fill_shared, .any_populated = 1,
		.lacking = hugetlb_lacking,
	},
	[BACKING_FILE] = {
		.unit = 1, .fault_unit = 1, .map = map_file, .fill = fill_file,
		.holds = 1, .lacking = file_lacking,
	},
	[BACKING_SWAP] = {
		.unit = 1, .fault_unit = 1, .map = map_anon,
		.settle = settle_swap, .holds = 1, .lacking = swap_lacking,
	},
};

const struct backing_kind *backing_kind_of(const struct axes *axes)
{
	return &kinds[axes->backing];
}
