// SPDX-License-Identifier: GPL-3.0-or-later
#include "tsv.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "summary.h"

static size_t count_of(const char *text, char c)
{
	size_t n = 0;

	for (; *text; text++)
		n += *text == c;
	return n;
}

/* Cuts the text at its tabs and line ends; each line has as many fields as the first. */
static int cut(struct tsv *t)
{
	size_t lines = count_of(t->text, '\n'), wanted, n = 0;
	char *rest = t->text, *field;

	if (!lines)
		return -ENODATA;
	t->columns = 1;
	for (const char *c = t->text; *c != '\n'; c++)
		t->columns += *c == '\t';
	t->rows = lines - 1;
	wanted = lines * t->columns;
	t->column = calloc(wanted, sizeof(*t->column));
	if (!t->column)
		return -ENOMEM;
	t->field = t->column + t->columns;
	while (n < wanted && (field = strsep(&rest, "\t\n")))
		t->column[n++] = field;
	return n == wanted ? 0 : -EINVAL;
}

int tsv_make(const struct dataset *data, struct tsv *tsv)
{
	size_t size;
	FILE *out;
	int ret;

	memset(tsv, 0, sizeof(*tsv));
	out = open_memstream(&tsv->text, &size);
	if (!out)
		return -errno;
	ret = summary_write_tsv(out, data);
	if (fclose(out) && !ret)
		ret = -ENOMEM;
	return ret ? ret : cut(tsv);
}

void tsv_free(struct tsv *tsv)
{
	free(tsv->column);
	free(tsv->text);
}

const char *tsv_field(const struct tsv *tsv, size_t row, size_t column)
{
	return tsv->field[row * tsv->columns + column];
}

size_t tsv_column(const struct tsv *tsv, const char *name)
{
	size_t c = 0;

	while (c < tsv->columns && strcmp(tsv->column[c], name))
		c++;
	return c;
}

bool tsv_differs(const struct tsv *tsv, size_t column, size_t from, size_t to)
{
	for (size_t r = from + 1; r < to; r++)
		if (strcmp(tsv_field(tsv, r, column), tsv_field(tsv, from, column)))
			return true;
	return false;
}

const struct axis *tsv_axis(const struct tsv *tsv, size_t column)
{
	return axis_find(tsv->column[column]);
}

bool tsv_is(const struct tsv *tsv, size_t row, const struct axes *axes)
{
	char value[AXIS_TEXT_MAX];

	for (size_t c = 0; c < tsv->columns; c++) {
		const struct axis *axis = tsv_axis(tsv, c);

		if (axis && strcmp(axis_format(axis, axes, value, sizeof(value)),
				   tsv_field(tsv, row, c)))
			return false;
	}
	return true;
}
