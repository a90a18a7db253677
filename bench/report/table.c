// SPDX-License-Identifier: GPL-3.0-or-later
#include "table.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"

int table_format(const char *name)
{
	static const char *const names[] = {
		[TABLE_TEXT] = "text", [TABLE_TSV] = "tsv", [TABLE_MD] = "md",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(names[i], name))
			return i;
	return -EINVAL;
}

int table_row(struct table *t)
{
	if (array_grow(&t->field, t->rows, sizeof(*t->field)))
		return -ENOMEM;
	for (size_t c = 0; c < TABLE_COLUMNS; c++)
		memcpy(t->field[t->rows][c], "-", 2);
	t->rows++;
	return 0;
}

size_t table_find(const struct table *t, const char *heading)
{
	size_t c = 0;

	while (c < t->columns && strcmp(t->field[0][c], heading))
		c++;
	return c;
}

int table_column(struct table *t, const char *heading)
{
	size_t c = table_find(t, heading);

	if (!t->rows && table_row(t))
		return -ENOMEM;
	if (c < t->columns)
		return c;
	if (t->columns == TABLE_COLUMNS)
		return -E2BIG;
	snprintf(t->field[0][t->columns], TABLE_FIELD, "%s", heading);
	return t->columns++;
}

void table_put(struct table *t, size_t row, size_t column, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(t->field[row][column], TABLE_FIELD, fmt, args);
	va_end(args);
}

static int width_of(const struct table *t, size_t column)
{
	size_t width = 0;

	for (size_t r = 0; r < t->rows; r++)
		if (strlen(t->field[r][column]) > width)
			width = strlen(t->field[r][column]);
	return width;
}

static void print_row(FILE *out, const struct table *t, size_t r,
		      enum table_format format, const int *width)
{
	static const char *const before[] = { "  ", "\t", " | " };

	if (format == TABLE_MD)
		fputs("| ", out);
	for (size_t c = 0; c < t->columns; c++)
		fprintf(out, "%s%*s", c ? before[format] : "",
			t->left[c] ? -width[c] : width[c], t->field[r][c]);
	fputs(format == TABLE_MD ? " |\n" : "\n", out);
}

void table_print(FILE *out, const struct table *t, enum table_format format)
{
	int width[TABLE_COLUMNS] = { 0 };

	for (size_t c = 0; format != TABLE_TSV && c < t->columns; c++)
		width[c] = width_of(t, c);
	if (t->ragged && format == TABLE_TEXT)
		width[t->columns - 1] = 0;
	for (size_t r = 0; r < t->rows; r++) {
		print_row(out, t, r, format, width);
		for (size_t c = 0; !r && format == TABLE_MD && c < t->columns; c++)
			fputs(t->left[c] ? "|---" : "|---:", out);
		if (!r && format == TABLE_MD)
			fputs("|\n", out);
	}
}

void table_free(struct table *t)
{
	free(t->field);
	*t = (struct table){ 0 };
}
