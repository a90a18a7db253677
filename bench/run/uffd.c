// SPDX-License-Identifier: GPL-2.0-or-later
#include "uffd.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "../common/axes.h"

/* Newer than the headers of some distributions (Linux 6.8). */
#ifndef UFFDIO_MOVE
#define UFFD_FEATURE_MOVE		(1 << 16)
#define UFFDIO_MOVE_MODE_DONTWAKE	((__u64)1 << 0)
struct uffdio_move {
	__u64 dst;
	__u64 src;
	__u64 len;
	__u64 mode;
	__s64 move;
};
#define UFFDIO_MOVE	_IOWR(UFFDIO, 0x05, struct uffdio_move)
#endif

#define WANTED	(UFFD_FEATURE_MINOR_HUGETLBFS | UFFD_FEATURE_MINOR_SHMEM | \
		 UFFD_FEATURE_PAGEFAULT_FLAG_WP | \
		 UFFD_FEATURE_WP_HUGETLBFS_SHMEM | UFFD_FEATURE_MOVE)

static int open_with(uint64_t features, int flags, uint64_t *has)
{
	struct uffdio_api api = { .api = UFFD_API, .features = features };
	int fd = syscall(SYS_userfaultfd, O_CLOEXEC | flags);

	if (fd < 0)
		return -errno;
	if (ioctl(fd, UFFDIO_API, &api)) {
		int ret = -errno;

		close(fd);
		return ret;
	}
	if (has)
		*has = api.features;
	return fd;
}

int uffd_open(int nonblock)
{
	uint64_t has = 0;
	/* A descriptor takes one UFFDIO_API: the first is there to be asked. */
	int fd = open_with(0, 0, &has);

	if (fd < 0)
		return fd;
	close(fd);
	return open_with(has & WANTED, nonblock ? O_NONBLOCK : 0, NULL);
}

static int resolve_copy(int fd, uint64_t dst, uint64_t src, size_t len,
			int dontwake, int64_t *done)
{
	struct uffdio_copy copy = {
		.dst = dst,
		.src = src,
		.len = len,
		.mode = dontwake ? UFFDIO_COPY_MODE_DONTWAKE : 0,
	};
	int err = ioctl(fd, UFFDIO_COPY, &copy) ? errno : 0;

	*done = err ? copy.copy : (int64_t)len;
	return err;
}

static int resolve_move(int fd, uint64_t dst, uint64_t src, size_t len,
			int dontwake, int64_t *done)
{
	struct uffdio_move move = {
		.dst = dst,
		.src = src,
		.len = len,
		.mode = dontwake ? UFFDIO_MOVE_MODE_DONTWAKE : 0,
	};
	int err = ioctl(fd, UFFDIO_MOVE, &move) ? errno : 0;

	*done = err ? move.move : (int64_t)len;
	return err;
}

static int resolve_continue(int fd, uint64_t dst, uint64_t src, size_t len,
			    int dontwake, int64_t *done)
{
	struct uffdio_continue cont = {
		.range = { .start = dst, .len = len },
		.mode = dontwake ? UFFDIO_CONTINUE_MODE_DONTWAKE : 0,
	};
	int err = ioctl(fd, UFFDIO_CONTINUE, &cont) ? errno : 0;

	(void)src;
	*done = err ? cont.mapped : (int64_t)len;
	return err;
}

static int write_protect(int fd, uint64_t start, size_t len, uint64_t mode)
{
	struct uffdio_writeprotect wp = {
		.range = { .start = start, .len = len },
		.mode = mode,
	};

	return ioctl(fd, UFFDIO_WRITEPROTECT, &wp) ? errno : 0;
}

static int resolve_wp(int fd, uint64_t dst, uint64_t src, size_t len,
		      int dontwake, int64_t *done)
{
	int err = write_protect(fd, dst, len, dontwake ?
				UFFDIO_WRITEPROTECT_MODE_DONTWAKE : 0);

	(void)src;
	/* All or nothing. */
	*done = err ? 0 : (int64_t)len;
	return err;
}

static int arm_wp(int fd, uint64_t start, size_t len)
{
	return write_protect(fd, start, len, UFFDIO_WRITEPROTECT_MODE_WP);
}

static const struct uffd_kind kinds[] = {
	[UFFD_MISSING] = {
		.register_mode = UFFDIO_REGISTER_MODE_MISSING,
		.copies = 1,
		.resolve = resolve_copy,
	},
	[UFFD_MINOR] = {
		.register_mode = UFFDIO_REGISTER_MODE_MINOR,
		.resolve = resolve_continue,
	},
	[UFFD_WP] = {
		.register_mode = UFFDIO_REGISTER_MODE_WP,
		.resolve = resolve_wp,
		.arm = arm_wp,
	},
	[UFFD_MOVE] = {
		.register_mode = UFFDIO_REGISTER_MODE_MISSING,
		.copies = 1,
		.resolve = resolve_move,
	},
};

const struct uffd_kind *uffd_kind_of(uint64_t mode)
{
	return mode == UFFD_NONE ? NULL : &kinds[mode];
}

/*
 * Anonymous memory, and swap is that, has no pages elsewhere that MINOR could
 * map; MOVE moves anonymous pages alone; a file's pages are its file system's.
 */
static const struct { enum backing backing; enum uffd_mode mode; } refused[] = {
	{ BACKING_ANON, UFFD_MINOR }, { BACKING_THP, UFFD_MINOR },
	{ BACKING_SWAP, UFFD_MINOR },
	{ BACKING_SHMEM, UFFD_MOVE }, { BACKING_HUGETLB, UFFD_MOVE },
	{ BACKING_FILE, UFFD_MISSING }, { BACKING_FILE, UFFD_MINOR },
	{ BACKING_FILE, UFFD_WP }, { BACKING_FILE, UFFD_MOVE },
};

bool uffd_refusal_known(uint64_t backing, uint64_t mode)
{
	for (size_t i = 0; i < sizeof(refused) / sizeof(*refused); i++)
		if (refused[i].backing == backing && refused[i].mode == mode)
			return true;
	return false;
}
