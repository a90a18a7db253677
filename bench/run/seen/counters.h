/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Perf counters, through libperf. */
#ifndef HMMBENCH_COUNTERS_H
#define HMMBENCH_COUNTERS_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/**
 * struct counter - an event
 * @tracepoint: its folder under events/ of tracefs, NULL for the others
 * @turn: a watched call counts the events of one turn. No turn wants more of the hardware
 *	than most processors have (4 counters, and 2 of what leaves a core), so that none shares
 *	it with another and becomes an estimate. Those of turns above 0 are named as what is
 *	modelled is, and a call that counts them is made as a timed one
 */
struct counter {
	const char *name;
	uint32_t type;
	uint64_t config;
	const char *tracepoint;
	unsigned int turn;
};

extern const struct counter counters[];
extern const size_t counters_count;

struct perf_evsel;

/**
 * counter_open() - open an event on threads, stopped
 * @tids: NULL for the calling thread
 * @evsel: gets it; counter_close() gives it back
 *
 * Each event is opened on its own, so that one that is missing says so and
 * takes no other with it.
 * Return: 0, -errno, or -ENOSYS when hmmbench was built without libperf.
 */
int counter_open(const struct counter *counter, const pid_t *tids, size_t n,
		 struct perf_evsel **evsel);
void counter_close(struct perf_evsel *evsel);

/** counter_try() - can this event be counted here? Return: 0 or -errno. */
int counter_try(const struct counter *counter);

/** counter_enable() - count from now on, or not, on all threads. */
void counter_enable(struct perf_evsel *evsel, int enable);

/**
 * counter_values - sums over the threads since the event was opened
 * @ena, @run: ns that it was enabled, and that it really counted
 */
struct counter_values {
	uint64_t value, ena, run;
};

/** counter_read() - over @n threads. Return: 0 or -errno. */
int counter_read(struct perf_evsel *evsel, size_t n,
		 struct counter_values *values);

/** counter_advice() - what to do about an errno of counter_open(). */
const char *counter_advice(const struct counter *counter, int err);

#endif
