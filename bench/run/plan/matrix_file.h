/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a matrix file says, as texts; matrix.c decides what that means. */
#ifndef HMMBENCH_MATRIX_FILE_H
#define HMMBENCH_MATRIX_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/reason.h"

#define MATRIX_FIELD_MAX	128	/* longest field such as "include[3].pages[0]", with NUL */

/* The values that the file names for one axis; none when it does not name it. */
struct matrix_list {
	const char **values;
	uint32_t values_count;
};

/* The entries of include or exclude: @count times axes_count lists. */
struct matrix_products {
	struct matrix_list *lists;
	uint32_t count;
};

/**
 * struct matrix_text - the combinations of axes that the file names
 * @axes:	axes_count lists, in table order; NULL without the key
 */
struct matrix_text {
	struct matrix_list *axes;
	struct matrix_products include, exclude;
};

struct matrix_file;

/**
 * matrix_file_open() - read the file and check its form
 *
 * Afterwards every key is known and given once, every axis is a list and every
 * value is a text.
 *
 * @why: as in matrix_load()
 * Return: 0, -errno when the file cannot be read, -EINVAL when it is wrong.
 */
int matrix_file_open(const char *path, struct matrix_file **file, struct reason *why);
void matrix_file_close(struct matrix_file *file);

/** matrix_file_sha256() - of all that was read, in hexadecimal. */
const char *matrix_file_sha256(const struct matrix_file *file);

const struct matrix_text *matrix_file_text(const struct matrix_file *file);

/** matrix_file_value() - the text of a field such as "plan.boots"; NULL without the key. */
const char *matrix_file_value(const struct matrix_file *file, const char *field);

/** matrix_file_has() - whether the file names the field at all. */
bool matrix_file_has(const struct matrix_file *file, const char *field);

/**
 * matrix_file_error() - "FILE:LINE: FIELD: MESSAGE" into @why
 * @field: keys joined by dots and indices from 0, as in "include[1].pages[0]"
 *
 * Where the field leads nowhere, the line is that of the last part of it that exists:
 * that is where something is missing. A key given twice is found where it is repeated.
 * Return: -EINVAL.
 */
int matrix_file_error(const struct matrix_file *file, const char *field,
		      struct reason *why, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

#endif
