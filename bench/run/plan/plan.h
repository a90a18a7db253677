/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The order in which the cells of a matrix are measured, and its cost. */
#ifndef HMMBENCH_PLAN_H
#define HMMBENCH_PLAN_H

#include <stddef.h>
#include <stdint.h>

#include "record/record.h"
#include "matrix.h"

/**
 * struct plan_step - one sample to take
 * @cell:	index into matrix->cells
 * @block:	cells that differ in strategy alone share one; a block's steps
 *		are contiguous
 * @sample:	place, from 0, among the samples that the round takes in a row
 * @last:	the last step of its block: its cells can be closed after it
 */
struct plan_step {
	uint32_t cell, block, round, sample;
	enum sample_mode mode;
	int last;
};

struct plan {
	struct plan_step *steps;
	size_t count;
	uint32_t blocks;
};

/**
 * plan_make() - the steps of one boot
 * @order: number of the order that the boot has: each boot of a run has another
 *
 * Blocks come in an order shuffled by the seed and @order; within a block come the warmup
 * rounds, the timed rounds, the counting rounds, then the watching ones. Each round runs every
 * cell of the block once; the order of successive rounds is a row of a Latin
 * square whose first row is shuffled likewise (ABBA for two cells), so that
 * no strategy keeps a place.
 *
 * Return: 0 or -ENOMEM.
 */
int plan_make(const struct matrix *matrix, uint32_t order, struct plan *plan);
void plan_free(struct plan *plan);

/**
 * plan_shard() - keep the share of one of several guests that run side by side
 * @index: 0 .. @count - 1
 *
 * Whole blocks, each to the guest with the least to do so far by cost_ns(), so
 * that the same matrix is always shared out the same way.
 */
int plan_shard(const struct matrix *matrix, struct plan *plan, uint32_t index,
	       uint32_t count);

#endif
