/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The modes of userfaultfd: how a range is registered, how a page is resolved. */
#ifndef HMMBENCH_UFFD_H
#define HMMBENCH_UFFD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * struct uffd_kind - a mode
 * @help:	a line for people
 * @register_mode: UFFDIO_REGISTER_MODE_*
 * @features:	that a kernel must have for it; asked for with its descriptors alone
 * @flags:	of userfaultfd(2)
 * @copies:	pages come from a source buffer
 * @silent:	the kernel resolves each fault itself, and no message comes
 * @writes:	it is met by writes alone
 * @ends:	errno with which a call ends when a page of it was resolved, or 0
 * @resolve:	resolve @len bytes at @dst, from @src; wake what waits unless
 *		@dontwake. *@done bytes are. Return: 0 or an errno.
 * @arm:	make pages that are there need a resolution; NULL if none does.
 *		Return: 0 or an errno.
 */
struct uffd_kind {
	const char *help;
	uint64_t register_mode, features;
	int flags;
	bool copies, silent, writes;
	int ends;
	int (*resolve)(int fd, uint64_t dst, uint64_t src, size_t len,
		       int dontwake, int64_t *done);
	int (*arm)(int fd, uint64_t start, size_t len);
};

/** uffd_kind_of() - of an enum uffd_mode; NULL for UFFD_NONE. */
const struct uffd_kind *uffd_kind_of(uint64_t mode);

/** uffd_arms() - is it a mode for pages that are there? */
static inline bool uffd_arms(uint64_t mode)
{
	const struct uffd_kind *kind = uffd_kind_of(mode);

	return kind && kind->arm;
}

/** uffd_protects() - is it a mode for pages that are there, and can be read? */
static inline bool uffd_protects(uint64_t mode)
{
	return uffd_arms(mode) && uffd_kind_of(mode)->writes;
}

/**
 * uffd_open() - a descriptor for a mode, with what most modes need as well as far as the
 *	kernel has it
 * @nonblock: read(2) returns EAGAIN instead of waiting
 * Return: a file descriptor, -EOPNOTSUPP if the kernel lacks the mode, or -errno.
 */
int uffd_open(uint64_t mode, int nonblock);

/** uffd_has() - does this kernel have the mode? UFFD_NONE it has. */
bool uffd_has(uint64_t mode);

/** uffd_same() - does a descriptor for @a serve @b too? */
bool uffd_same(uint64_t a, uint64_t b);

#endif
