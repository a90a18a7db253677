// SPDX-License-Identifier: GPL-3.0-or-later
#include "index.h"

#include <stdlib.h>
#include <string.h>

#include "report/write/array.h"

static int compare_cells(const void *a, const void *b, void *arg)
{
	const size_t *x = a, *y = b;
	const struct index *index = arg;
	const struct cell_data *cells = index->data->cells;
	int order = axes_compare(&cells[*x].axes, &cells[*y].axes, index->but);

	return order ? order : *x < *y ? -1 : *x > *y;
}

void index_make(struct index *index, const struct dataset *data, const char *const *but)
{
	*index = (struct index){ .data = data, .but = but };
	index->cells = array_new(data->count, sizeof(*index->cells));
	for (size_t i = 0; i < data->count; i++)
		if (data->cells[i].closed)
			index->cells[index->count++] = i;
	qsort_r(index->cells, index->count, sizeof(*index->cells), compare_cells, index);
}

void index_free(struct index *index)
{
	free(index->cells);
	memset(index, 0, sizeof(*index));
}

const struct cell_data *index_find(const struct index *index, const struct axes *axes)
{
	size_t low = 0, high = index->count;
	const struct cell_data *cell;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		cell = &index->data->cells[index->cells[middle]];
		if (axes_compare(&cell->axes, axes, index->but) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == index->count)
		return NULL;
	cell = &index->data->cells[index->cells[low]];
	return axes_compare(&cell->axes, axes, index->but) ? NULL : cell;
}
