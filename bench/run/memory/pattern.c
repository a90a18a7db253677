// SPDX-License-Identifier: GPL-2.0-or-later
#include "pattern.h"

#include <stddef.h>
#include <string.h>

#include "base/prng.h"
#include "run/system/kernel.h"

void pattern_fill(void *page, uint64_t seed)
{
	size_t words = base_page_size() / sizeof(uint64_t);
	uint64_t *word = page;
	struct prng prng;

	prng_seed(&prng, seed);
	for (size_t i = 0; i < words; i++)
		word[i] = prng_next(&prng);
}

int pattern_check(const void *page, const void *model, uint64_t seed,
		  uint64_t index, int whole)
{
	size_t last = base_page_size() / sizeof(uint64_t) - 1;
	const uint64_t *word = page, *want = model;

	if (word[0] != (seed ^ index) || word[last] != ~(seed ^ index))
		return 0;
	if (!whole)
		return 1;
	return !memcmp(word + 1, want + 1,
		       (PATTERN_FREE_WORD - 1) * sizeof(*word)) &&
	       !memcmp(word + PATTERN_FREE_WORD + 1, want + PATTERN_FREE_WORD + 1,
		       (last - PATTERN_FREE_WORD - 1) * sizeof(*word));
}

int pattern_zero(const void *page, int whole)
{
	size_t last = base_page_size() / sizeof(uint64_t) - 1;
	const uint64_t *word = page;

	if (!whole)
		return !word[0] && !word[last];
	for (size_t i = 0; i <= last; i++)
		if (word[i] && i != PATTERN_FREE_WORD)
			return 0;
	return 1;
}
