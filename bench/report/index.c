// SPDX-License-Identifier: GPL-3.0-or-later
#include "index.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int compare_entries(const void *a, const void *b)
{
	const struct index_entry *x = a, *y = b;
	int order = strcmp(x->key, y->key);

	if (order)
		return order;
	return x->cell < y->cell ? -1 : x->cell > y->cell;
}

int index_make(struct index *index, const struct dataset *data,
	       void (*change)(struct axes *axes))
{
	char key[AXES_KEY_MAX];

	index->count = 0;
	index->entries = calloc(data->count + 1, sizeof(*index->entries));
	if (!index->entries)
		return -ENOMEM;
	for (size_t i = 0; i < data->count; i++) {
		struct axes axes = data->cells[i].axes;
		struct index_entry *entry = &index->entries[index->count];

		if (!data->cells[i].closed)
			continue;
		if (change)
			change(&axes);
		entry->cell = i;
		entry->key = strdup(axes_key(&axes, key, sizeof(key)));
		if (!entry->key) {
			index_free(index);
			return -ENOMEM;
		}
		index->count++;
	}
	qsort(index->entries, index->count, sizeof(*index->entries), compare_entries);
	return 0;
}

void index_free(struct index *index)
{
	for (size_t i = 0; i < index->count; i++)
		free(index->entries[i].key);
	free(index->entries);
	memset(index, 0, sizeof(*index));
}

const struct cell_data *index_find(const struct index *index, const struct dataset *data,
				   const struct axes *axes)
{
	size_t low = 0, high = index->count;
	char key[AXES_KEY_MAX];

	axes_key(axes, key, sizeof(key));
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(index->entries[middle].key, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == index->count || strcmp(index->entries[low].key, key))
		return NULL;
	return &data->cells[index->entries[low].cell];
}
