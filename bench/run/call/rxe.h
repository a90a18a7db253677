/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rdma_rxe, the kernel's soft-RoCE driver, as a user of RDMA calls it: a memory region
 * with on-demand paging is faulted in through HMM, by code of the kernel's alone. One
 * device serves the process, and one region at a time is registered.
 */
#ifndef HMMBENCH_RXE_H
#define HMMBENCH_RXE_H

#include <stddef.h>

#include "base/reason.h"
#include "run/memory/range.h"

/**
 * rxe_open() - find a device that pages on demand
 * Return: 0, or -errno with what is missing, and what to do, in @why.
 */
int rxe_open(struct reason *why);
void rxe_close(int handle);

/** rxe_advice() - ": what to do" about the errno of a call, or NULL. */
const char *rxe_advice(int err);

/**
 * rxe_prepare() - register the range, for a call that is made on a region
 * Return: 0, or -errno with a line in @why.
 */
int rxe_prepare(const struct range *range, struct reason *why);

/** rxe_prepare_read() - likewise, and connect what reads it. */
int rxe_prepare_read(const struct range *range, struct reason *why);

/** rxe_finish() - give the region up. */
void rxe_finish(void);

/*
 * What is timed; 0 or -errno each. rxe_prefetch() is ibv_advise_mr(), and returns when the
 * range is there; rxe_read() an RDMA READ of it over a connection to itself.
 */
int rxe_prefetch(const struct range *range);
int rxe_register(const struct range *range);
int rxe_read(const struct range *range);

#endif
