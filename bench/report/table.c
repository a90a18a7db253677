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

/* @left_out: columns that are not printed; NULL when all are. */
static void print_row(FILE *out, const struct table *t, size_t r,
		      enum table_format format, const int *width, const bool *left_out)
{
	static const char *const before[] = { "  ", "\t", " | " };
	bool first = true;

	if (format == TABLE_MD)
		fputs("| ", out);
	for (size_t c = 0; c < t->columns; c++) {
		if (left_out && left_out[c])
			continue;
		fprintf(out, "%s%*s", first ? "" : before[format],
			t->left[c] ? -width[c] : width[c], t->field[r][c]);
		first = false;
	}
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
		print_row(out, t, r, format, width, NULL);
		for (size_t c = 0; !r && format == TABLE_MD && c < t->columns; c++)
			fputs(t->left[c] ? "|---" : "|---:", out);
		if (!r && format == TABLE_MD)
			fputs("|\n", out);
	}
}

/*
 * The columns of one table: those to @keep and, from @from on, the sets that fit.
 * Return: where the next table goes on.
 */
static size_t choose(const struct table *t, const int *width, const bool *keep,
		     size_t set, size_t from, bool *left_out)
{
	int used = -2, more;
	size_t c = from, sets = 0;

	for (size_t i = 0; i < t->columns; i++) {
		left_out[i] = !keep[i];
		used += keep[i] ? width[i] + 2 : 0;
	}
	while (c < t->columns) {
		if (keep[c]) {
			c++;
			continue;
		}
		more = 0;
		for (size_t i = c; i < c + set && i < t->columns; i++)
			more += width[i] + 2;
		if (sets++ && used + more > TABLE_WIDTH)
			break;
		used += more;
		for (size_t i = c; i < c + set && i < t->columns; i++)
			left_out[i] = false;
		c += set;
	}
	return c;
}

void table_print_narrow(FILE *out, const struct table *t, const bool *keep, size_t set)
{
	int width[TABLE_COLUMNS] = { 0 };
	bool left_out[TABLE_COLUMNS];
	size_t next = 0;

	for (size_t c = 0; c < t->columns; c++)
		width[c] = width_of(t, c);
	do {
		if (next)
			fputc('\n', out);
		next = choose(t, width, keep, set, next, left_out);
		for (size_t r = 0; r < t->rows; r++)
			print_row(out, t, r, TABLE_TEXT, width, left_out);
	} while (next < t->columns);
}

void table_free(struct table *t)
{
	free(t->field);
	*t = (struct table){ 0 };
}
