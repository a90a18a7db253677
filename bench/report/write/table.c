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

void table_add(struct table *t, const char *fmt, ...)
{
	va_list args;
	char *text;

	va_start(args, fmt);
	if (vasprintf(&text, fmt, args) < 0)
		text = NULL;
	va_end(args);
	array_grow(&t->field, t->fields, sizeof(*t->field));
	t->field[t->fields++] = array_held(text);
}

void table_none(struct table *t)
{
	table_add(t, "-");
}

void table_column(struct table *t, const char *heading, bool left)
{
	table_add(t, "%s", heading);
	array_grow(&t->left, t->columns, sizeof(*t->left));
	t->left[t->columns++] = left;
}

size_t table_rows(const struct table *t)
{
	return t->columns ? t->fields / t->columns : 0;
}

const char *table_field(const struct table *t, size_t row, size_t column)
{
	return t->field[row * t->columns + column];
}

/* Of each column, and room for whether it is left out. */
struct shape {
	size_t width;
	bool left_out;
};

static struct shape *shape_of(const struct table *t)
{
	struct shape *shape = array_new(t->columns, sizeof(*shape));

	for (size_t i = 0; i < t->fields; i++) {
		size_t *width = &shape[i % t->columns].width, length = strlen(t->field[i]);

		*width = length > *width ? length : *width;
	}
	return shape;
}

static void print_row(FILE *out, const struct table *t, size_t r,
		      enum table_format format, const struct shape *shape)
{
	static const char *const before[] = { "  ", "\t", " | " };
	bool first = true;

	if (format == TABLE_MD)
		fputs("| ", out);
	for (size_t c = 0; c < t->columns; c++) {
		int width = format == TABLE_TSV ? 0 : (int)shape[c].width;

		if (shape[c].left_out)
			continue;
		fprintf(out, "%s%*s", first ? "" : before[format],
			t->left[c] ? -width : width, table_field(t, r, c));
		first = false;
	}
	fputs(format == TABLE_MD ? " |\n" : "\n", out);
}

void table_print(FILE *out, const struct table *t, enum table_format format)
{
	struct shape *shape = shape_of(t);

	if (t->ragged && format == TABLE_TEXT)
		shape[t->columns - 1].width = 0;
	for (size_t r = 0; r < table_rows(t); r++) {
		print_row(out, t, r, format, shape);
		for (size_t c = 0; !r && format == TABLE_MD && c < t->columns; c++)
			fputs(t->left[c] ? "|---" : "|---:", out);
		if (!r && format == TABLE_MD)
			fputs("|\n", out);
	}
	free(shape);
}

/*
 * The columns of one table: the first, the one to @keep and, from @from on, the sets that
 * fit. Return: where the next table goes on.
 */
static size_t choose(const struct table *t, struct shape *shape, size_t keep,
		     size_t set, size_t from)
{
	size_t used = shape[0].width + (keep ? shape[keep].width + 2 : 0), c = from, sets = 0, more;

	for (size_t i = 0; i < t->columns; i++)
		shape[i].left_out = i && i != keep;
	while (c < t->columns) {
		if (!c || c == keep) {
			c++;
			continue;
		}
		more = 0;
		for (size_t i = c; i < c + set && i < t->columns; i++)
			more += shape[i].width + 2;
		if (sets++ && used + more > TABLE_WIDTH)
			break;
		used += more;
		for (size_t i = c; i < c + set && i < t->columns; i++)
			shape[i].left_out = false;
		c += set;
	}
	return c;
}

void table_print_narrow(FILE *out, const struct table *t, size_t keep, size_t set)
{
	struct shape *shape = shape_of(t);
	size_t next = 0;

	do {
		if (next)
			fputc('\n', out);
		next = choose(t, shape, keep, set, next);
		for (size_t r = 0; r < table_rows(t); r++)
			print_row(out, t, r, TABLE_TEXT, shape);
	} while (next < t->columns);
	free(shape);
}

void table_free(struct table *t)
{
	for (size_t i = 0; i < t->fields; i++)
		free(t->field[i]);
	free(t->field);
	free(t->left);
	*t = (struct table){ 0 };
}
