/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A load as a matrix file writes it, and what it is made of. */
#ifndef HMMBENCH_LOAD_PARTS_H
#define HMMBENCH_LOAD_PARTS_H

#include "base/reason.h"
#include "load_kind.h"

#define LOAD_PARTS_MAX	8
#define LOAD_THREADS_MAX 256

/**
 * struct load_part - one kind of a load
 * @threads:	for each @cores that are free for loads, at least one; with 0 cores, in all
 * @period:	ns between the starts of a thread's operations
 * @pages:	of an operation
 */
struct load_part {
	const struct load_kind *kind;
	unsigned int threads, cores;
	uint64_t period, pages;
};

/**
 * struct load_parts - a load, and the bystanders
 * @calls:	it calls HMM, through the module
 * @disturbs:	it throws away or faults in pages of the range
 */
struct load_parts {
	struct load_part part[LOAD_PARTS_MAX];
	size_t count;
	bool calls, disturbs;
};

/**
 * load_parse() - the load that the axes name, and the bystanders
 *
 * A level (none, light, ...) or KIND:THREADS:PERIOD:PAGES, several joined by '+'.
 * Return: 0, or -EINVAL with a sentence in @why.
 */
int load_parse(const struct axes *axes, struct load_parts *load, struct reason *why);

/** load_part_threads() - threads that a part has on @cores cores. */
unsigned int load_part_threads(const struct load_part *part, unsigned int cores);

/** load_threads() - threads of all parts. */
unsigned int load_threads(const struct load_parts *load, unsigned int cores);

/** load_level_name() - of level @i, NULL after the last. */
const char *load_level_name(size_t i);

#endif
