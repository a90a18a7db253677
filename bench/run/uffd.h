/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The modes of userfaultfd: how a range is registered, how a page is resolved. */
#ifndef HMMBENCH_UFFD_H
#define HMMBENCH_UFFD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * uffd_open() - a userfaultfd with every feature that a mode needs, as far as
 *	the kernel has it
 * @nonblock: read(2) returns EAGAIN instead of waiting
 * Return: a file descriptor or -errno.
 */
int uffd_open(int nonblock);

/**
 * struct uffd_kind - a mode
 * @register_mode: UFFDIO_REGISTER_MODE_*
 * @copies:	pages come from a source buffer
 * @resolve:	resolve @len bytes at @dst, from @src; wake who waits unless
 *		@dontwake. *@done bytes are. Return: 0 or an errno.
 * @arm:	make pages that are there need a resolution; NULL if none does.
 *		Return: 0 or an errno.
 */
struct uffd_kind {
	uint64_t register_mode;
	int copies;
	int (*resolve)(int fd, uint64_t dst, uint64_t src, size_t len,
		       int dontwake, int64_t *done);
	int (*arm)(int fd, uint64_t start, size_t len);
};

/** uffd_kind_of() - of an enum uffd_mode; NULL for UFFD_NONE. */
const struct uffd_kind *uffd_kind_of(uint64_t mode);

/**
 * uffd_refusal_known() - have kernels always refused this mode for such memory?
 *
 * When its range is registered or, for UFFD_MOVE, when a page is resolved. Any
 * other refusal is a fault of the kernel's, or of its configuration.
 * @backing: enum backing
 */
bool uffd_refusal_known(uint64_t backing, uint64_t mode);

#endif
