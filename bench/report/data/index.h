/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cells of a run by their axes. */
#ifndef HMMBENCH_INDEX_H
#define HMMBENCH_INDEX_H

#include "dataset.h"

/**
 * struct index - the closed cells in the order of axes_compare(), then as in the matrix
 * @but:	axes that do not count, as of axes_compare()
 * @cells:	@count indices into @data
 */
struct index {
	const struct dataset *data;
	const char *const *but;
	size_t *cells, count;
};

/** index_make() - index_free() what was made. */
void index_make(struct index *index, const struct dataset *data, const char *const *but);
void index_free(struct index *index);

/** index_find() - the first cell with those axes, or NULL. */
const struct cell_data *index_find(const struct index *index, const struct axes *axes);

#endif
