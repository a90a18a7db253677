/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The functions of libibverbs that are called here, from the library that is there at
 * run time: hmmbench runs without it, and its start costs nothing without
 * rxe. What verbs.h defines inline goes through the context and needs no symbol.
 */
#ifndef HMMBENCH_RXE_VERBS_H
#define HMMBENCH_RXE_VERBS_H

#include <stddef.h>

#include <infiniband/verbs.h>

#include "base/reason.h"

/** VERBS() - all of them, without their "ibv_" */
#define VERBS(EACH)							\
	EACH(get_device_list) EACH(free_device_list) EACH(get_device_name)	\
	EACH(open_device) EACH(close_device)				\
	EACH(alloc_pd) EACH(dealloc_pd)					\
	EACH(reg_mr) EACH(dereg_mr)					\
	EACH(create_comp_channel) EACH(destroy_comp_channel)		\
	EACH(create_cq) EACH(destroy_cq)				\
	EACH(get_cq_event) EACH(ack_cq_events)				\
	EACH(create_qp) EACH(modify_qp) EACH(destroy_qp)		\
	EACH(query_gid)

#define VERB_POINTER(name)	__typeof__(&ibv_##name) name;
struct verbs {
	void *library;
	VERBS(VERB_POINTER)
};

/**
 * verbs_load() - find them
 * Return: 0, or -ENOENT with what is missing in @why.
 */
int verbs_load(struct verbs *verbs, struct reason *why);

/* One device of the machine, open. */
struct rxe_device {
	struct verbs verbs;
	struct ibv_context *context;
	struct ibv_pd *pd;
};

/** struct rxe_link - a connection of the device with itself, and where reads end. */
struct rxe_link {
	struct ibv_comp_channel *channel;
	struct ibv_cq *cq;
	struct ibv_qp *asks, *answers;
	void *buffer;
	struct ibv_mr *mr;
};

/**
 * rxe_link_open() - connect
 * Return: 0, or -errno with a line in @why; rxe_link_close() it in either case.
 */
int rxe_link_open(struct rxe_device *device, struct rxe_link *link, struct reason *why);
void rxe_link_close(struct rxe_device *device, struct rxe_link *link);

/**
 * rxe_link_read() - RDMA READs of a region, one after the other, to its end
 * Return: 0 or -errno; after an error the link is of no more use.
 */
int rxe_link_read(struct rxe_device *device, struct rxe_link *link, uint64_t addr,
		  uint64_t bytes, uint32_t rkey);

#endif
