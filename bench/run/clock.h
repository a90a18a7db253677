/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a unit of time means in a run. */
#ifndef HMMBENCH_CLOCK_H
#define HMMBENCH_CLOCK_H

#include <stdint.h>
#include <time.h>

/**
 * struct clock_kind - a clock
 * @name: as on the command line and in run.json
 * @unit: of every time in the run
 */
struct clock_kind {
	const char *name;
	const char *unit;
	const char *help;
};

extern const struct clock_kind clock_kinds[];

/** clock_find() - by name, or NULL. */
const struct clock_kind *clock_find(const char *name);

/**
 * clock_now() - nanoseconds of the kernel's monotonic clock
 *
 * On the insn clock one virtual nanosecond is one guest instruction.
 */
static inline uint64_t clock_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000000000ULL + ts.tv_nsec;
}

/**
 * clock_boot() - nanoseconds since the kernel came up
 *
 * Likewise virtual, and the same in two boots, on the insn clock.
 */
static inline uint64_t clock_boot(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_BOOTTIME, &ts);
	return ts.tv_sec * 1000000000ULL + ts.tv_nsec;
}

#endif
