/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Perf counters, through libperf. */
#ifndef HMMBENCH_COUNTERS_H
#define HMMBENCH_COUNTERS_H

#include <stddef.h>
#include <stdint.h>

/**
 * struct counter - an event
 * @tracepoint: its folder under events/ of tracefs, NULL for the others
 */
struct counter {
	const char *name;
	uint32_t type;
	uint64_t config;
	const char *tracepoint;
};

extern const struct counter counters[];
extern const size_t counters_count;

/**
 * counter_open() - can this event be counted for this thread?
 *
 * Each event is opened on its own, so that one that is missing says so and
 * takes no other with it.
 * Return: 0, -errno, or -ENOSYS when hmmbench was built without libperf.
 */
int counter_open(const struct counter *counter);

/** counter_advice() - what to do about an errno of counter_open(). */
const char *counter_advice(const struct counter *counter, int err);

#endif
