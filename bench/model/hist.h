/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A log-linear histogram of delays. */
#ifndef HMMBENCH_HIST_H
#define HMMBENCH_HIST_H

#include <stdint.h>

/*
 * Values below 2^HIST_BITS have a bucket each. Above, each power of two is cut
 * into 2^HIST_BITS buckets of equal width, so a bucket that begins at v is
 * v / 2^HIST_BITS wide at most: what a percentile says is at most 1/32 (3.2 %)
 * below the value that it stands for, and never above it.
 */
#define HIST_BITS	5
#define HIST_BUCKETS	((64 - HIST_BITS + 1) << HIST_BITS)

/**
 * struct hist - a histogram
 * @n:		values in it
 * @max:	the largest, exactly
 * @count:	values per bucket
 */
struct hist {
	uint64_t n;
	uint64_t max;
	uint32_t count[HIST_BUCKETS];
};

/** hist_bucket() - the bucket that @value falls in. */
unsigned int hist_bucket(uint64_t value);

/** hist_low() - the smallest value of a bucket. */
uint64_t hist_low(unsigned int bucket);

void hist_add(struct hist *hist, uint64_t value);

/** hist_merge() - add all of @from to @to. */
void hist_merge(struct hist *to, const struct hist *from);

/**
 * hist_percentile() - nearest rank: the smallest bucket that at least
 *	@percent of the values are in or below
 * Return: its smallest value, @max for 100 %, or 0 when empty.
 */
uint64_t hist_percentile(const struct hist *hist, double percent);

#endif
