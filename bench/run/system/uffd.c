// SPDX-License-Identifier: GPL-2.0-or-later
#include "uffd.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "model/axes.h"

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

/* Likewise (Linux 6.6, 6.7, 7.3). */
#ifndef UFFDIO_POISON
#define UFFD_FEATURE_POISON		(1 << 14)
#define UFFDIO_POISON_MODE_DONTWAKE	((__u64)1 << 0)
struct uffdio_poison {
	struct uffdio_range range;
	__u64 mode;
	__s64 updated;
};
#define UFFDIO_POISON	_IOWR(UFFDIO, 0x08, struct uffdio_poison)
#endif
#ifndef UFFD_FEATURE_WP_ASYNC
#define UFFD_FEATURE_WP_ASYNC		(1 << 15)
#endif
#ifndef UFFDIO_RWPROTECT
#define UFFD_FEATURE_RWP		(1 << 17)
#define UFFD_FEATURE_RWP_ASYNC		(1 << 18)
#define UFFDIO_REGISTER_MODE_RWP	((__u64)1 << 3)
#define UFFDIO_RWPROTECT_MODE_RWP	((__u64)1 << 0)
#define UFFDIO_RWPROTECT_MODE_DONTWAKE	((__u64)1 << 1)
struct uffdio_rwprotect {
	struct uffdio_range range;
	__u64 mode;
};
#define UFFDIO_RWPROTECT	_IOWR(UFFDIO, 0x09, struct uffdio_rwprotect)
#endif

#define WANTED	(UFFD_FEATURE_MINOR_HUGETLBFS | UFFD_FEATURE_MINOR_SHMEM | \
		 UFFD_FEATURE_PAGEFAULT_FLAG_WP | \
		 UFFD_FEATURE_WP_HUGETLBFS_SHMEM | UFFD_FEATURE_MOVE | \
		 UFFD_FEATURE_POISON)

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

/*
 * The features that this kernel has. A descriptor takes one UFFDIO_API, so one is opened
 * to be asked; the answer holds for all. Return: 0 or -errno.
 */
static int features_of_kernel(uint64_t *features)
{
	static uint64_t has;
	static bool asked;
	int fd;

	if (!asked) {
		fd = open_with(0, 0, &has);
		if (fd < 0)
			return fd;
		close(fd);
		asked = true;
	}
	*features = has;
	return 0;
}

int uffd_open(uint64_t mode, int nonblock)
{
	const struct uffd_kind *kind = uffd_kind_of(mode);
	uint64_t has;
	int ret = features_of_kernel(&has);

	if (ret)
		return ret;
	if (kind->features & ~has)
		return -EOPNOTSUPP;
	return open_with((has & WANTED) | kind->features,
			 kind->flags | (nonblock ? O_NONBLOCK : 0), NULL);
}

bool uffd_has(uint64_t mode)
{
	uint64_t has;

	/* An error is reported where it is opened to be used. */
	return mode == UFFD_NONE || features_of_kernel(&has) ||
	       !(uffd_kind_of(mode)->features & ~has);
}

bool uffd_same(uint64_t a, uint64_t b)
{
	const struct uffd_kind *x = uffd_kind_of(a), *y = uffd_kind_of(b);

	return x->flags == y->flags && (x->features | WANTED) == (y->features | WANTED);
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

static int rw_protect(int fd, uint64_t start, size_t len, uint64_t mode)
{
	struct uffdio_rwprotect rwp = {
		.range = { .start = start, .len = len },
		.mode = mode,
	};

	return ioctl(fd, UFFDIO_RWPROTECT, &rwp) ? errno : 0;
}

static int resolve_rwp(int fd, uint64_t dst, uint64_t src, size_t len,
		       int dontwake, int64_t *done)
{
	int err = rw_protect(fd, dst, len, dontwake ? UFFDIO_RWPROTECT_MODE_DONTWAKE : 0);

	(void)src;
	*done = err ? 0 : (int64_t)len;
	return err;
}

static int arm_rwp(int fd, uint64_t start, size_t len)
{
	return rw_protect(fd, start, len, UFFDIO_RWPROTECT_MODE_RWP);
}

static int resolve_poison(int fd, uint64_t dst, uint64_t src, size_t len,
			  int dontwake, int64_t *done)
{
	struct uffdio_poison poison = {
		.range = { .start = dst, .len = len },
		.mode = dontwake ? UFFDIO_POISON_MODE_DONTWAKE : 0,
	};
	int err = ioctl(fd, UFFDIO_POISON, &poison) ? errno : 0;

	(void)src;
	*done = err ? poison.updated : (int64_t)len;
	return err;
}

static const struct uffd_kind kinds[UFFD_COUNT] = {
	[UFFD_MISSING] = {
		.help = "pages are missing, and copied in",
		.register_mode = UFFDIO_REGISTER_MODE_MISSING,
		.copies = true,
		.resolve = resolve_copy,
	},
	[UFFD_MINOR] = {
		.help = "pages are in the page cache, and mapped",
		.register_mode = UFFDIO_REGISTER_MODE_MINOR,
		.resolve = resolve_continue,
	},
	[UFFD_WP] = {
		.help = "pages are there and write-protected",
		.register_mode = UFFDIO_REGISTER_MODE_WP,
		.writes = true,
		.resolve = resolve_wp,
		.arm = arm_wp,
	},
	[UFFD_MOVE] = {
		.help = "pages are missing, and moved in",
		.register_mode = UFFDIO_REGISTER_MODE_MISSING,
		.copies = true,
		.resolve = resolve_move,
	},
	[UFFD_RWP] = {
		.help = "pages are there and no access is allowed (Linux 7.3)",
		.register_mode = UFFDIO_REGISTER_MODE_RWP,
		.features = UFFD_FEATURE_RWP,
		.resolve = resolve_rwp,
		.arm = arm_rwp,
	},
	[UFFD_WP_ASYNC] = {
		.help = "as wp, and the kernel lifts the protection itself (Linux 6.7)",
		.register_mode = UFFDIO_REGISTER_MODE_WP,
		.features = UFFD_FEATURE_WP_ASYNC,
		.silent = true,
		.writes = true,
		.resolve = resolve_wp,
		.arm = arm_wp,
	},
	[UFFD_RWP_ASYNC] = {
		.help = "as rwp, and the kernel lifts the protection itself (Linux 7.3)",
		.register_mode = UFFDIO_REGISTER_MODE_RWP,
		.features = UFFD_FEATURE_RWP | UFFD_FEATURE_RWP_ASYNC,
		.silent = true,
		.resolve = resolve_rwp,
		.arm = arm_rwp,
	},
	[UFFD_POISON] = {
		.help = "pages are missing, and declared lost: the call fails (Linux 6.6)",
		.register_mode = UFFDIO_REGISTER_MODE_MISSING,
		.features = UFFD_FEATURE_POISON,
		.ends = EFAULT,
		.resolve = resolve_poison,
	},
	[UFFD_USER_ONLY] = {
		.help = "missing, for faults of user space alone: HMM gets EFAULT",
		.register_mode = UFFDIO_REGISTER_MODE_MISSING,
		.flags = UFFD_USER_MODE_ONLY,
		.copies = true,
		.resolve = resolve_copy,
	},
};

const struct uffd_kind *uffd_kind_of(uint64_t mode)
{
	return mode == UFFD_NONE ? NULL : &kinds[mode];
}
