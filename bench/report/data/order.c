// SPDX-License-Identifier: GPL-3.0-or-later
#include "order.h"

#include <stdlib.h>
#include <string.h>

#include "report/write/array.h"

/* A cell and its place in the order on each axis. */
struct place {
	size_t cell;
	uint64_t on[AXES_MAX];
};

/* First cell of the matrix with the same name on an axis: its place there. */
static size_t name_place(const struct dataset *data, const struct axis *axis,
			 const char *name)
{
	size_t i = 0;

	while (strcmp((const char *)&data->cells[i].axes + axis->offset, name))
		i++;
	return i;
}

static void find_place(const struct dataset *data, size_t cell, struct place *place)
{
	place->cell = cell;
	for (size_t i = 0; i < axes_count; i++) {
		const struct axis *axis = &axes_table[i];
		const char *at = (const char *)&data->cells[cell].axes + axis->offset;

		if (axis->kind == AXIS_NAME)
			place->on[i] = name_place(data, axis, at);
		else
			memcpy(&place->on[i], at, sizeof(place->on[i]));
	}
}

static int compare_places(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	for (size_t n = 0; n < axes_count; n++) {
		size_t i = (n + 2) % axes_count;	/* strategy and pages last */

		if (x->on[i] != y->on[i])
			return x->on[i] < y->on[i] ? -1 : 1;
	}
	return 0;
}

size_t *order_of(const struct dataset *data, size_t *count)
{
	size_t *order = array_new(data->count, sizeof(*order));
	struct place *places = array_new(data->count, sizeof(*places));

	*count = 0;
	for (size_t i = 0; i < data->count; i++)
		if (data->cells[i].closed)
			find_place(data, i, &places[(*count)++]);
	qsort(places, *count, sizeof(*places), compare_places);
	for (size_t i = 0; i < *count; i++)
		order[i] = places[i].cell;
	free(places);
	return order;
}
