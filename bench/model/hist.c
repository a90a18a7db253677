// SPDX-License-Identifier: GPL-2.0-or-later
#include "hist.h"

#include <math.h>

#define SUB	(1U << HIST_BITS)

unsigned int hist_bucket(uint64_t value)
{
	unsigned int octave;

	if (value < SUB)
		return value;
	octave = 63 - __builtin_clzll(value) - HIST_BITS;
	/* value >> octave has HIST_BITS + 1 bits, the highest of them set. */
	return (octave << HIST_BITS) + (value >> octave);
}

uint64_t hist_low(unsigned int bucket)
{
	unsigned int octave = bucket >> HIST_BITS;

	if (!octave)
		return bucket;
	return (uint64_t)((bucket & (SUB - 1)) + SUB) << (octave - 1);
}

void hist_add(struct hist *hist, uint64_t value)
{
	hist->n++;
	hist->count[hist_bucket(value)]++;
	if (value > hist->max)
		hist->max = value;
}

void hist_merge(struct hist *to, const struct hist *from)
{
	to->n += from->n;
	if (from->max > to->max)
		to->max = from->max;
	for (unsigned int i = 0; i < HIST_BUCKETS; i++)
		to->count[i] += from->count[i];
}

uint64_t hist_percentile(const struct hist *hist, double percent)
{
	uint64_t rank = ceil(percent / 100 * hist->n), seen = 0;

	if (rank >= hist->n)
		return hist->max;
	for (unsigned int i = 0; i < HIST_BUCKETS; i++) {
		seen += hist->count[i];
		if (seen && seen >= rank)
			return hist_low(i);
	}
	return hist->max;
}
