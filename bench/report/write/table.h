/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of texts, printed for people, for tools and for Markdown. */
#ifndef HMMBENCH_TABLE_H
#define HMMBENCH_TABLE_H

#include <stdbool.h>
#include <stdio.h>

#define TABLE_WIDTH	100	/* of a terminal, which most are as wide as */

enum table_format { TABLE_TEXT, TABLE_TSV, TABLE_MD };

/**
 * struct table - rows of @columns fields; the first row is the heading
 * @left:	columns that are text; numbers stand to the right
 * @ragged:	the last column is words of any length, so TABLE_TEXT does not pad it
 * @field:	@fields of them, row by row
 */
struct table {
	size_t columns, fields;
	bool ragged;
	bool *left;
	char **field;
};

/** table_format() - an enum table_format by its name, or -EINVAL. */
int table_format(const char *name);

/** table_column() - add a column; all of them come before the first field. */
void table_column(struct table *t, const char *heading, bool left);

/** table_add() - add a field: the next one of its row. table_none() - "-", not known. */
void table_add(struct table *t, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void table_none(struct table *t);

/** table_rows() - how many there are, the heading among them. */
size_t table_rows(const struct table *t);

/** table_field() - of a row and column. */
const char *table_field(const struct table *t, size_t row, size_t column);

/** table_print() - as people, tools or Markdown have it. */
void table_print(FILE *out, const struct table *t, enum table_format format);

/**
 * table_print_narrow() - as TABLE_TEXT, in as many tables as TABLE_WIDTH wants
 * @keep:	a column that is repeated in each of them, as the first one is
 * @set:	so many of the other columns are never parted; one set is printed
 *		however wide it is
 */
void table_print_narrow(FILE *out, const struct table *t, size_t keep, size_t set);
void table_free(struct table *t);

#endif
