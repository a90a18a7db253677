/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the pages of a range hold, so that a wrong page is seen. */
#ifndef HMMBENCH_PATTERN_H
#define HMMBENCH_PATTERN_H

#include <stdint.h>

/* A word that is not checked: a CPU that must write a page writes here. */
#define PATTERN_FREE_WORD	8

/**
 * pattern_fill() - the part that all pages of a sample share
 * @page: one base page
 */
void pattern_fill(void *page, uint64_t seed);

/** pattern_stamp() - make a filled page the page @index of its range. */
static inline void pattern_stamp(void *page, uint64_t last_word, uint64_t seed,
				 uint64_t index)
{
	uint64_t *word = page;

	word[0] = seed ^ index;
	word[last_word] = ~(seed ^ index);
}

/**
 * pattern_check() - is this page @index of its range, unharmed?
 * @model: a page filled with the same @seed
 * @whole: compare all of it, not only the stamps
 * Return: 1 when it is.
 */
int pattern_check(const void *page, const void *model, uint64_t seed,
		  uint64_t index, int whole);

/** pattern_zero() - is this page all zeroes but for the free word? */
int pattern_zero(const void *page, int whole);

#endif
