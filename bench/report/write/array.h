/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Arrays of a report, which is all there or is none: without memory the program ends. */
#ifndef HMMBENCH_ARRAY_H
#define HMMBENCH_ARRAY_H

#include <stdlib.h>

#include "base/err.h"

/** array_held() - what malloc() or the like returned, unless that is NULL. */
static inline void *array_held(void *memory)
{
	if (!memory)
		err_exit(EXIT_UNKNOWN, "out of memory");
	return memory;
}

/** array_new() - @n elements of @size, or one where @n is 0; their bytes are 0. */
static inline void *array_new(size_t n, size_t size)
{
	return array_held(calloc(n ? n : 1, size));
}

/**
 * array_grow() - room for element @n of an array that has @n, each of @size
 * @array:	address of the pointer; doubles at each power of two
 */
static inline void array_grow(void *array, size_t n, size_t size)
{
	void **at = array;

	if (!(n & (n - 1)))
		*at = array_held(realloc(*at, (n ? 2 * n : 1) * size));
}

#endif
