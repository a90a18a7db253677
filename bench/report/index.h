/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells of a run by their axes. */
#ifndef HMMBENCH_INDEX_H
#define HMMBENCH_INDEX_H

#include "dataset.h"

struct index_entry {
	char *key;		/* axes_key() */
	size_t cell;
};

/** struct index - the closed cells, by key, then as in the matrix */
struct index {
	struct index_entry *entries;
	size_t count;
};

/**
 * index_make() - index the cells that were closed
 * @change: makes alike what is to be found as one; NULL changes nothing
 * Return: 0 or -ENOMEM. index_free() what was made.
 */
int index_make(struct index *index, const struct dataset *data,
	       void (*change)(struct axes *axes));
void index_free(struct index *index);

/** index_find() - the cell of those axes in @data, of which the index is; or NULL. */
const struct cell_data *index_find(const struct index *index, const struct dataset *data,
				   const struct axes *axes);

#endif
