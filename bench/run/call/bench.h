/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is set up for the cells of a block: cores, responder, load, counters. */
#ifndef HMMBENCH_BENCH_H
#define HMMBENCH_BENCH_H

#include <stdio.h>

#include "base/reason.h"
#include "run/actors/load.h"
#include "run/actors/responder.h"
#include "run/seen/watch.h"
#include "run/system/placement.h"
#include "caller.h"
#include "recipe.h"

/**
 * struct bench - what all samples of a block share
 * @device:	/dev/hmm_bench, or -1 without the module
 * @callers:	what became of each; bench_supports() opens those that a cell wants
 * @topology:	of this machine
 * @scratch:	folder for files, or NULL
 * @siblings:	hardware threads of one core may be used as cores
 * @placement:	of the block at hand
 * @responder:	serves every range that is registered; NULL before the first
 *		block with userfaultfd
 * @setup, @responder_cpus: of that responder
 * @load:	of the block at hand, or NULL
 * @watch:	counters of the block at hand, or NULL
 * @turns:	watch_turns() of this machine
 */
struct bench {
	int device;
	struct caller_state callers[CALLER_COUNT];
	struct topology *topology;
	const char *scratch;
	int siblings;
	struct placement placement;
	struct responder *responder;
	struct responder_setup setup;
	int responder_cpus[AXIS_THREADS_MAX];
	struct load *load;
	struct watch *watch;
	unsigned int turns;
};

/**
 * bench_open() - open the device and look at the machine
 * @no_module: do without the device: what user space alone can do is measured
 * Return: 0, or -errno with a sentence in @why.
 */
int bench_open(struct bench *bench, const char *scratch, int no_module, struct reason *why);
void bench_close(struct bench *bench);

/**
 * bench_has_caller() - is there somebody to make the cell's calls?
 *
 * Opens the caller the first time. Exported for tests.
 * @why: the reason when not
 */
bool bench_has_caller(struct bench *bench, const struct recipe *recipe, struct reason *why);

/**
 * bench_supports() - can this kernel and machine measure the cell at all?
 * @why: the reason when not
 */
bool bench_supports(struct bench *bench, const struct recipe *recipe, struct reason *why);

/** bench_need() - need_bytes() of a cell that bench_supports(), on the cores of this machine. */
uint64_t bench_need(const struct bench *bench, const struct recipe *recipe);

/**
 * bench_begin() - get ready for a block of cells like this one
 * Return: 0, or -errno with a sentence in @why.
 */
int bench_begin(struct bench *bench, const struct recipe *recipe, struct reason *why);

/**
 * bench_watch() - open the counters, unless they are open
 *
 * Once they are, they are felt by every call, stopped or not: a tracepoint
 * that somebody listens to costs, and so do events at each context switch. So
 * this comes after the last timed sample of the block.
 * Return: 0, or -errno with a sentence in @why.
 */
int bench_watch(struct bench *bench, struct reason *why);

/** bench_end() - stop the load and the counters of the block. */
void bench_end(struct bench *bench);

/** bench_place() - where a range of this block is made. */
struct range_place bench_place(const struct bench *bench);

#endif
