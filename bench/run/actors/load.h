/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What else the mm is busy with while calls are measured: threads that use the
 * mmap lock, the range or HMM, and bystanders, whose delay is measured.
 */
#ifndef HMMBENCH_LOAD_H
#define HMMBENCH_LOAD_H

#include <sys/types.h>

#include "model/hist.h"
#include "load_parts.h"

struct load;

/**
 * struct load_account - what one kind did in the windows of a cell
 * @kind:	its name, NULL after the last
 * @bystander:	it is one: @hist holds its delays
 * @threads:	that it runs on
 * @period:	ns between the starts of a thread's operations
 * @ops:	operations
 * @hist:	of a bystander, else NULL
 */
struct load_account {
	const char *kind;
	bool bystander;
	unsigned int threads;
	uint64_t period;
	uint64_t ops;
	struct hist *hist;
};

/* What a thread remembers of its operations during one call. */
#define LOAD_THREAD_OPS		65536
#define LOAD_THREAD_BYTES	(LOAD_THREAD_OPS * 2 * sizeof(uint64_t))

/**
 * load_start() - start the threads, on @cpus in turn
 * @device: /dev/hmm_bench, for peers
 * Return: 0 or -errno; *@load is NULL when there is nothing to run.
 */
int load_start(struct load **load, const struct load_parts *parts, const int *cpus,
	       size_t cpus_count, int device);
void load_stop(struct load *load);

/**
 * load_pause() - no operation begins before load_resume()
 *
 * For what takes long between calls; what was to begin meanwhile is dropped.
 */
void load_pause(struct load *load);
void load_resume(struct load *load);

/**
 * load_open() - a call on @range begins: loads may use the range
 * load_close() - the call is over: when this returns no load uses the range
 * @accounts: LOAD_PARTS_MAX of them that the operations of the call are added to;
 *	NULL when they do not count. hist must be set for bystanders.
 * @begin:	when the call itself began, by now_ns(); what surrounds it (the
 *		look at its result takes the mmap lock) is not the call's doing
 * @end:	when it ended
 * Return: 0, or -EOVERFLOW when there were more than can be accounted for.
 */
void load_open(struct load *load, const struct range *range,
	       struct load_account *accounts);
int load_close(struct load *load, uint64_t begin, uint64_t end);

/**
 * load_describe() - fill in kind, bystander, threads and period
 * @accounts: LOAD_PARTS_MAX of them
 */
void load_describe(const struct load *load, struct load_account *accounts);

/** load_tids() - thread ids, without those of bystanders; returns how many. */
size_t load_tids(const struct load *load, pid_t *tids, size_t max);

#endif
