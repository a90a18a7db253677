// SPDX-License-Identifier: GPL-2.0-or-later
#include "backing.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <linux/magic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "run/system/kernel.h"

/*
 * Far from where the kernel puts anything, and low enough for a 39-bit address
 * space. Nothing near it, so that unmapping the range frees its page tables.
 */
#define RANGE_BASE	((void *)(256ULL << 30))

#define EVICT_TRIES	1000
#define IDLE_TRIES	50
#define EVICT_WAIT_US	1000	/* what is on its way to a disk has to arrive there */

#define TMPFS_FOLDER	"/dev/shm"

static int open_memfd(const struct range_place *place)
{
	(void)place;
	return memfd_create("hmmbench", MFD_CLOEXEC);
}

static int open_hugetlb(const struct range_place *place)
{
	(void)place;
	return memfd_create("hmmbench", MFD_CLOEXEC | MFD_HUGETLB);
}

/* A file without a name. */
static int open_in(const char *folder)
{
	return open(folder, O_RDWR | O_TMPFILE | O_CLOEXEC, 0600);
}

static int open_tmpfs(const struct range_place *place)
{
	(void)place;
	return open_in(TMPFS_FOLDER);
}

static int open_scratch(const struct range_place *place)
{
	return open_in(place->scratch);
}

int backing_map(struct range *range, const struct range_place *place)
{
	const struct backing_kind *kind = backing_kind_of(range->axes);
	size_t size = range_size(range);
	void *base;

	if (kind->open) {
		range->fd = kind->open(place);
		if (range->fd < 0 || ftruncate(range->fd, size))
			return -errno;
	}
	base = mmap(RANGE_BASE, size, PROT_READ | PROT_WRITE,
		    kind->map | MAP_NORESERVE | MAP_FIXED_NOREPLACE, range->fd, 0);
	if (base == MAP_FAILED)
		return -errno;
	range->base = base;
	if (!kind->advice || !madvise(base, size, kind->advice))
		return 0;
	/* EINVAL: a kernel without transparent huge pages has none to avoid. */
	return kind->advice == MADV_NOHUGEPAGE && errno == EINVAL ? 0 : -errno;
}

#define THP_FOLDER	"/sys/kernel/mm/transparent_hugepage/"

/* What a file of THP_FOLDER is set to; "" when there is none. */
static void thp_setting(const char *file, char setting[16])
{
	char path[PATH_MAX], *line, *from;

	snprintf(path, sizeof(path), THP_FOLDER "%s", file);
	line = kernel_read_line(path);
	from = line ? strchr(line, '[') : NULL;
	setting[0] = 0;
	if (from)
		sscanf(from, "[%15[^]]", setting);
	free(line);
}

static bool thp_gives(const char *file)
{
	char setting[16];

	thp_setting(file, setting);
	return !strcmp(setting, "always") || !strcmp(setting, "madvise") ||
	       !strcmp(setting, "advise") || !strcmp(setting, "within_size") ||
	       !strcmp(setting, "force");
}

/* Does memory that asks for it get anonymous pages of this many base pages? */
static bool thp_gives_size(uint64_t pages)
{
	char file[64], setting[16];

	snprintf(file, sizeof(file), "hugepages-%zukB/enabled", pages * base_page_size() / 1024);
	thp_setting(file, setting);
	return strcmp(setting, "inherit") ? thp_gives(file) : thp_gives("enabled");
}

/* The kernel takes the largest size that is enabled and fits. */
static int folio_lacking(const struct axes *axes, const struct range_place *place,
			 struct reason *why)
{
	uint64_t unit = backing_kind_of(axes)->unit, other = HUGE_UNIT;
	size_t kb = unit * base_page_size() / 1024;

	(void)place;
	while (other > unit && !thp_gives_size(other))
		other /= 2;
	if (other == unit && thp_gives_size(unit))
		return 0;
	return reason_err(why, -ENODEV, "the kernel gives no pages of %zu KiB, or larger ones "
			  "first; boot it with thp_anon=%zuK:madvise", kb, kb);
}

static int thp_lacking(const struct axes *axes, const struct range_place *place,
		       struct reason *why)
{
	(void)axes;
	(void)place;
	if (thp_gives("enabled") && thp_gives_size(HUGE_UNIT))
		return 0;
	return reason_err(why, -ENODEV, "no transparent huge pages of 2 MiB; write madvise to "
			  THP_FOLDER "enabled, or boot with thp_anon=2M:madvise beside other "
			  "sizes");
}

static int shmem_thp_lacking(const struct axes *axes, const struct range_place *place,
			     struct reason *why)
{
	(void)axes;
	(void)place;
	if (thp_gives("shmem_enabled"))
		return 0;
	return reason_err(why, -ENODEV, "no transparent huge pages for shmem; write advise to "
			  THP_FOLDER "shmem_enabled");
}

static int tmpfs_lacking(const struct axes *axes, const struct range_place *place,
			 struct reason *why)
{
	struct statfs fs;

	(void)axes;
	(void)place;
	if (!statfs(TMPFS_FOLDER, &fs) && fs.f_type == TMPFS_MAGIC)
		return 0;
	return reason_err(why, -ENODEV, TMPFS_FOLDER " is not a tmpfs; mount one there");
}

static int hugetlb_lacking(const struct axes *axes,
			   const struct range_place *place, struct reason *why)
{
	uint64_t want = axes->pages / HUGE_UNIT, have;
	size_t kb = HUGE_UNIT * base_page_size() / 1024;
	char folder[64], path[PATH_MAX], *line;

	if (place->node >= 0)
		snprintf(folder, sizeof(folder), "devices/system/node/node%d",
			 place->node);
	else
		snprintf(folder, sizeof(folder), "kernel/mm");
	snprintf(path, sizeof(path), "/sys/%s/hugepages/hugepages-%zukB/free_hugepages",
		 folder, kb);
	line = kernel_read_line(path);
	if (!line)
		return reason_err(why, -ENODEV, "no huge pages of %zu KiB: a kernel with "
				  "CONFIG_HUGETLBFS has them in %s", kb, path);
	have = strtoull(line, NULL, 10);
	free(line);
	if (have >= want)
		return 0;
	return reason_err(why, -ENODEV, "%" PRIu64 " huge pages are free, %" PRIu64 " are wanted; "
			  "write more to nr_hugepages beside %s", have, want, path);
}

/* Through a mapping of its own, so that none is in the range's page tables. */
static int fill_shared(const struct range *range)
{
	/* Of what has no descriptor, the kernel makes a second mapping this way. */
	unsigned char *all = range->fd < 0 ?
		mremap(range->base, 0, range_size(range), MREMAP_MAYMOVE) :
		mmap(NULL, range_size(range), PROT_READ | PROT_WRITE, MAP_SHARED, range->fd, 0);

	if (all == MAP_FAILED)
		return -errno;
	for (uint64_t i = 0; i < range->pages; i++)
		range_write(range, all + i * base_page_size(), i);
	munmap(all, range_size(range));
	return 0;
}

static int file_lacking(const struct axes *axes, const struct range_place *place,
			struct reason *why)
{
	uint64_t want = axes->pages * base_page_size() / 1024, have = 0;
	struct statvfs fs;

	if (place->scratch && !access(place->scratch, W_OK) && !statvfs(place->scratch, &fs))
		have = (uint64_t)fs.f_bavail * fs.f_bsize / 1024;
	if (have >= want)
		return 0;
	if (have)
		return reason_err(why, -ENODEV, "%s has %" PRIu64 " KiB free, %" PRIu64
				  " are wanted", place->scratch, have, want);
	return reason_err(why, -ENODEV, "no folder for a file that is not in memory; give "
			  "--scratch DIR on a file system of a block device");
}

/* Which pages are in memory, a byte each; free() it. NULL when the kernel does not say. */
static unsigned char *resident_map(void *base, uint64_t pages)
{
	unsigned char *map = malloc(pages);

	if (!map || !mincore(base, pages * base_page_size(), map))
		return map;
	free(map);
	return NULL;
}

/* All of them, when the kernel does not say. */
static uint64_t pages_resident(void *base, uint64_t pages)
{
	unsigned char *map = resident_map(base, pages);
	uint64_t n = map ? 0 : pages;

	for (uint64_t i = 0; i < pages && map; i++)
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
		usleep(EVICT_WAIT_US);
	}
	/* The page cache is all the storage that it has. */
	return ret ? ret : -EBUSY;
}

static int swap_lacking(const struct axes *axes, const struct range_place *place,
			struct reason *why)
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
	return reason_err(why, -ENODEV, "%llu KiB of swap are free, %llu are wanted; swapon a disk",
			  free_kb, want);
}

/*
 * What a disk has taken over stays in memory, unmapped, until somebody wants memory. When
 * it is mapped again the next pageout has nothing to write, and frees it at once.
 */
static int map_resident(const struct range *range)
{
	unsigned char *map = resident_map(range->base, range->pages);
	int ret = map ? 0 : -errno;

	for (uint64_t i = 0; i < range->pages && map; i++)
		if (map[i] & 1)
			(void)*(volatile unsigned char *)(range->base + i * base_page_size());
	free(map);
	return ret;
}

/*
 * A page on its way to the end of the list, which the disk's interrupt put it on, is on no
 * list that pageout knows. Before it moves a page the kernel sorts out all of these; there
 * is nothing to move at address 0.
 */
static void settle_lists(void)
{
	void *page = NULL;
	int node = 0, status;

	syscall(SYS_move_pages, 0, 1UL, &page, &node, &status, 0);
}

static int settle_swap(const struct range *range)
{
	uint64_t resident, least = UINT64_MAX;
	int ret = 0, idle = 0;

	/* Each try may touch all of it: no more of them without any getting there. */
	while (idle++ < IDLE_TRIES && !ret) {
		if (madvise(range->base, range_size(range), MADV_PAGEOUT))
			return -errno;
		resident = pages_resident(range->base, range->pages);
		if (!resident)
			return 0;
		if (resident < least)
			idle = 0;
		least = resident < least ? resident : least;
		usleep(EVICT_WAIT_US);
		settle_lists();
		ret = map_resident(range);
	}
	return ret ? ret : -EBUSY;
}

#define ANON(how)	.map = MAP_PRIVATE | MAP_ANONYMOUS, .advice = how
#define SHARED(of)	.map = MAP_SHARED, .open = of

#define MODE(name)	(1U << UFFD_##name)

/* Anonymous memory, and swap is that, has no pages elsewhere that MINOR could map. */
#define NOT_ANON	MODE(MINOR)
/* MOVE moves anonymous pages alone. */
#define NOT_SHARED	MODE(MOVE)
/* A file's pages are its file system's. */
#define NOT_FILE	(~MODE(NONE))

static const struct backing_kind kinds[BACKING_COUNT] = {
	[BACKING_ANON] = {
		.help = "anonymous memory in pages of 4 KiB",
		.unit = 1, .fault_unit = 1, ANON(MADV_NOHUGEPAGE), .warm = 1, .clean = 1,
		.any_populated = 1, .refuses = NOT_ANON,
	},
	[BACKING_THP] = {
		.help = "anonymous memory in huge pages of 2 MiB",
		.unit = HUGE_UNIT, .fault_unit = 1, ANON(MADV_HUGEPAGE), .clean = 1,
		.any_populated = 1, .lacking = thp_lacking, .refuses = NOT_ANON,
	},
	[BACKING_ANON_16K] = {
		.help = "anonymous memory in pages of 16 KiB; boot with thp_anon=16K:madvise",
		.unit = 4, .fault_unit = 1, ANON(MADV_HUGEPAGE),
		.any_populated = 1, .lacking = folio_lacking, .refuses = NOT_ANON,
	},
	[BACKING_ANON_64K] = {
		.help = "anonymous memory in pages of 64 KiB; boot with thp_anon=64K:madvise",
		.unit = 16, .fault_unit = 1, ANON(MADV_HUGEPAGE),
		.any_populated = 1, .lacking = folio_lacking, .refuses = NOT_ANON,
	},
	[BACKING_SHARED_ANON] = {
		.help = "MAP_SHARED of anonymous memory",
		.unit = 1, .fault_unit = 1, .map = MAP_SHARED | MAP_ANONYMOUS,
		.advice = MADV_NOHUGEPAGE,
		.fill = fill_shared, .any_populated = 1, .refuses = NOT_SHARED,
	},
	[BACKING_SHMEM] = {
		.help = "MAP_SHARED of a memfd, as VMMs give to guests",
		.unit = 1, .fault_unit = 1, SHARED(open_memfd), .advice = MADV_NOHUGEPAGE,
		.fill = fill_shared, .any_populated = 1, .refuses = NOT_SHARED,
	},
	[BACKING_SHMEM_THP] = {
		.help = "a memfd in huge pages",
		.unit = HUGE_UNIT, .fault_unit = 1, SHARED(open_memfd), .advice = MADV_HUGEPAGE,
		.fill = fill_shared, .any_populated = 1,
		.lacking = shmem_thp_lacking, .refuses = NOT_SHARED,
		.unmaps = 1,	/* and so is never protected from reading */
		.ignores = MODE(RWP) | MODE(RWP_ASYNC),
	},
	[BACKING_TMPFS] = {
		.help = "MAP_SHARED of a file on /dev/shm",
		.unit = 1, .fault_unit = 1, SHARED(open_tmpfs), .advice = MADV_NOHUGEPAGE, .fill = fill_shared,
		.any_populated = 1, .lacking = tmpfs_lacking, .refuses = NOT_SHARED,
	},
	[BACKING_FILE_PRIVATE] = {
		.help = "MAP_PRIVATE of a file in --scratch, not in memory",
		.unit = 1, .fault_unit = 1, .map = MAP_PRIVATE, .open = open_scratch, .clean = 1,
		.fill = fill_file, .holds = 1, .cached = 1,
		.lacking = file_lacking, .refuses = NOT_FILE,
	},
	[BACKING_FILE_SHARED] = {
		.help = "MAP_SHARED of one: the file system is asked for each first write (ext4, xfs)",
		.unit = 1, .fault_unit = 1, SHARED(open_scratch), .clean = 1,
		.fill = fill_file, .holds = 1, .cached = 1,
		.lacking = file_lacking, .refuses = NOT_FILE,
	},
	[BACKING_HUGETLB] = {
		.help = "MAP_SHARED of a hugetlb memfd",
		.unit = HUGE_UNIT, .fault_unit = HUGE_UNIT, SHARED(open_hugetlb),
		.fill = fill_shared, .any_populated = 1,
		.lacking = hugetlb_lacking, .refuses = NOT_SHARED,
	},
	[BACKING_HUGETLB_PRIVATE] = {
		.help = "MAP_PRIVATE of hugetlb pages",
		.unit = HUGE_UNIT, .fault_unit = HUGE_UNIT,
		.map = MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, .any_populated = 1,
		.lacking = hugetlb_lacking, .refuses = MODE(MOVE),
		.ignores = MODE(MINOR),
	},
	[BACKING_SWAP] = {
		.help = "anonymous memory that is on the swap device",
		.unit = 1, .fault_unit = 1, ANON(MADV_NOHUGEPAGE),
		.settle = settle_swap, .holds = 1, .lacking = swap_lacking,
		.refuses = NOT_ANON,
	},
};

const struct backing_kind *backing_kind_of(const struct axes *axes)
{
	return &kinds[axes->backing];
}
