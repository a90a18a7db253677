/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of texts, printed for people, for tools and for Markdown. */
#ifndef HMMBENCH_TABLE_H
#define HMMBENCH_TABLE_H

#include <stdbool.h>
#include <stdio.h>

#define TABLE_COLUMNS	48
#define TABLE_WIDTH	100	/* of a terminal, which most are as wide as */
#define TABLE_FIELD	192	/* the key of a cell that differs in most axes */

enum table_format { TABLE_TEXT, TABLE_TSV, TABLE_MD };

/**
 * struct table - rows of @columns fields; the first row is the heading
 * @left:	columns that are text; numbers stand to the right
 * @ragged:	the last column is words of any length, so TABLE_TEXT does not pad it
 * @field:	@rows rows; what was never put is "-"
 */
struct table {
	size_t columns, rows;
	char left[TABLE_COLUMNS];
	bool ragged;
	char (*field)[TABLE_COLUMNS][TABLE_FIELD];
};

/** table_format() - an enum table_format by its name, or -EINVAL. */
int table_format(const char *name);

/** table_row() - begin another row. Return: 0 or -ENOMEM. */
int table_row(struct table *t);

/** table_column() - the column of that heading, which is added; -E2BIG when full. */
int table_column(struct table *t, const char *heading);

/** table_find() - the column of that heading; the count of them when there is none. */
size_t table_find(const struct table *t, const char *heading);

/** table_put() - set a field; what is too long is cut. */
void table_put(struct table *t, size_t row, size_t column, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

void table_print(FILE *out, const struct table *t, enum table_format format);

/**
 * table_print_narrow() - as TABLE_TEXT, in as many tables as TABLE_WIDTH wants
 * @keep:	for each column: is it repeated in each of them?
 * @set:	so many of the other columns are never parted; one set is printed
 *		however wide it is
 */
void table_print_narrow(FILE *out, const struct table *t, const bool *keep, size_t set);
void table_free(struct table *t);

#endif
