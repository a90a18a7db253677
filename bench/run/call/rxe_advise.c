// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The ioctl behind ibv_advise_mr(), made here: the provider for rxe of Debian 12 lacks it
 * and would say EOPNOTSUPP before the kernel is asked. Apart from rxe.c, since libibverbs
 * has copies of some of these headers.
 */
#include "rxe_advise.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/ioctl.h>

#include <rdma/ib_user_ioctl_cmds.h>
#include <rdma/ib_user_ioctl_verbs.h>
#include <rdma/ib_user_verbs.h>
#include <rdma/rdma_user_ioctl_cmds.h>

/* A piece has 32 bits for its length, and the driver an int: no more than this. */
#define PIECE_BYTES	(1ULL << 30)
#define PIECES_MAX	64

/* What the kernel reads as a header with its attributes behind it. */
struct command {
	_Alignas(8) unsigned char bytes[sizeof(struct ib_uverbs_ioctl_hdr) +
					4 * sizeof(struct ib_uverbs_attr)];
	size_t used;
};

static void add(struct command *command, uint16_t id, uint16_t len, uint64_t data)
{
	struct ib_uverbs_attr attr = {
		.attr_id = id, .len = len, .flags = UVERBS_ATTR_F_MANDATORY, .data = data,
	};

	memcpy(command->bytes + command->used, &attr, sizeof(attr));
	command->used += sizeof(attr);
}

static size_t cut(struct ib_uverbs_sge *pieces, uint32_t lkey, const void *addr, uint64_t bytes)
{
	uint64_t at = (uintptr_t)addr;
	size_t n = 0;

	while (bytes && n < PIECES_MAX) {
		uint64_t length = bytes < PIECE_BYTES ? bytes : PIECE_BYTES;

		pieces[n++] = (struct ib_uverbs_sge){ .addr = at, .length = length,
						      .lkey = lkey };
		at += length;
		bytes -= length;
	}
	return bytes ? 0 : n;
}

int rxe_advise(int cmd_fd, uint32_t pd, uint32_t lkey, const void *addr, uint64_t bytes,
	       bool write)
{
	struct command command = { .used = sizeof(struct ib_uverbs_ioctl_hdr) };
	struct ib_uverbs_sge pieces[PIECES_MAX];
	size_t n = cut(pieces, lkey, addr, bytes);
	struct ib_uverbs_ioctl_hdr head = {
		.object_id = UVERBS_OBJECT_MR,
		.method_id = UVERBS_METHOD_ADVISE_MR,
		.num_attrs = 4,
		.driver_id = RDMA_DRIVER_RXE,
	};

	if (!n)
		return -E2BIG;
	add(&command, UVERBS_ATTR_ADVISE_MR_PD_HANDLE, 0, pd);
	add(&command, UVERBS_ATTR_ADVISE_MR_ADVICE, sizeof(uint64_t), write ?
	    IB_UVERBS_ADVISE_MR_ADVICE_PREFETCH_WRITE : IB_UVERBS_ADVISE_MR_ADVICE_PREFETCH);
	/* Without it the work is handed to a queue, and the call is over at once. */
	add(&command, UVERBS_ATTR_ADVISE_MR_FLAGS, sizeof(uint32_t),
	    IB_UVERBS_ADVISE_MR_FLAG_FLUSH);
	add(&command, UVERBS_ATTR_ADVISE_MR_SGE_LIST, n * sizeof(*pieces), (uintptr_t)pieces);
	head.length = command.used;
	memcpy(command.bytes, &head, sizeof(head));
	return ioctl(cmd_fd, RDMA_VERBS_IOCTL, command.bytes) ? -errno : 0;
}
