/* SPDX-License-Identifier: GPL-3.0-or-later */
/* summary.tsv in memory, so that what else shows it never disagrees with it. */
#ifndef HMMBENCH_TSV_H
#define HMMBENCH_TSV_H

#include <stdbool.h>
#include <stddef.h>

#include "dataset.h"

/**
 * struct tsv - rows of text
 * @field:	[row * columns + column]
 */
struct tsv {
	char *text;
	const char **column, **field;
	size_t columns, rows;
};

/** tsv_make() - the table of a run. Return: 0 or -errno. tsv_free() it. */
int tsv_make(const struct dataset *data, struct tsv *tsv);
void tsv_free(struct tsv *tsv);

const char *tsv_field(const struct tsv *tsv, size_t row, size_t column);

/** tsv_column() - the index of a column; the count of them when it is none. */
size_t tsv_column(const struct tsv *tsv, const char *name);

/** tsv_differs() - do rows @from to @to - 1 not all have the same in @column? */
bool tsv_differs(const struct tsv *tsv, size_t column, size_t from, size_t to);

/** tsv_axis() - the axis whose column it is, or NULL. */
const struct axis *tsv_axis(const struct tsv *tsv, size_t column);

/** tsv_is() - is the row that of a cell, by its axes? */
bool tsv_is(const struct tsv *tsv, size_t row, const struct axes *axes);

#endif
