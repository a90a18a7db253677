/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kinds of load and of bystander. */
#ifndef HMMBENCH_LOAD_KIND_H
#define HMMBENCH_LOAD_KIND_H

#include <stdbool.h>

#include "run/memory/range.h"

/**
 * struct load_work - what an operation works on
 * @device:	/dev/hmm_bench
 * @pages:	size of an operation
 * @area:	memory of the thread's own, @pages long, or NULL
 * @turn:	number of the operation, from 0
 * @strategy:	that peers call with
 */
struct load_work {
	int device;
	uint64_t pages;
	unsigned char *area;
	uint64_t turn;
	uint32_t strategy;
};

/**
 * struct load_kind - a kind
 * @area:	it wants memory of its own
 * @calls:	it calls HMM, through the module
 * @disturbs:	it uses the range: only while a call is on
 * @bystander:	its delay is what it is for
 * @op:		one operation; @range is NULL unless @disturbs
 * @reset:	makes the next operation possible, not timed; or NULL
 */
struct load_kind {
	const char *name;
	const char *help;
	bool area, calls, disturbs, bystander;
	void (*op)(struct load_work *work, const struct range *range);
	void (*reset)(struct load_work *work);
};

extern const struct load_kind load_kinds[];
extern const size_t load_kinds_count;

#endif
