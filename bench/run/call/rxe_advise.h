/* SPDX-License-Identifier: GPL-2.0-or-later */
/* ibv_advise_mr() as the kernel has it. */
#ifndef HMMBENCH_RXE_ADVISE_H
#define HMMBENCH_RXE_ADVISE_H

#include <stdbool.h>
#include <stdint.h>

/**
 * rxe_advise() - prefetch a part of a region, and come back when it is there
 * @cmd_fd:	of the context
 * @pd:		handle of the protection domain
 * @lkey:	of the region
 * @write:	for writing
 * Return: 0 or -errno.
 */
int rxe_advise(int cmd_fd, uint32_t pd, uint32_t lkey, const void *addr, uint64_t bytes,
	       bool write);

#endif
