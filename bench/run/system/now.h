/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What time it is. On the insn clock one virtual nanosecond is one guest instruction. */
#ifndef HMMBENCH_NOW_H
#define HMMBENCH_NOW_H

#include <stdint.h>
#include <time.h>

static inline uint64_t now_of(clockid_t clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return ts.tv_sec * 1000000000ULL + ts.tv_nsec;
}

/** now_ns() - nanoseconds of the kernel's monotonic clock. */
static inline uint64_t now_ns(void)
{
	return now_of(CLOCK_MONOTONIC);
}

/** now_boot_ns() - nanoseconds since the kernel came up; on the insn clock virtual too. */
static inline uint64_t now_boot_ns(void)
{
	return now_of(CLOCK_BOOTTIME);
}

#endif
