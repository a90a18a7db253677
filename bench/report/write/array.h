/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An array that grows by one. */
#ifndef HMMBENCH_ARRAY_H
#define HMMBENCH_ARRAY_H

#include <errno.h>
#include <stdlib.h>

/**
 * array_grow() - room for element @n of an array that has @n, each of @size
 * @array:	address of the pointer; doubles at each power of two
 * Return: 0 or -ENOMEM, with the array as it was.
 */
static inline int array_grow(void *array, size_t n, size_t size)
{
	void **at = array;
	void *bigger;

	if (n & (n - 1))
		return 0;
	bigger = realloc(*at, (n ? 2 * n : 1) * size);
	if (!bigger)
		return -ENOMEM;
	*at = bigger;
	return 0;
}

#endif
