/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of a run: a row per cell. */
#ifndef HMMBENCH_SUMMARY_H
#define HMMBENCH_SUMMARY_H

#include <stdio.h>

#include "dataset.h"
#include "table.h"

/**
 * summary_order() - indices of the cells that were closed, in the table's order
 *
 * By all axes but strategy and pages, then by strategy, then by pages; names in
 * the order of the matrix. Return: an allocated array of *@count, NULL without
 * memory.
 */
size_t *summary_order(const struct dataset *data, size_t *count);

/**
 * summary_count() - median of a count over the counting samples of a cell
 * @name: of a count_fields entry
 * Return: by nearest rank, so a count that was; NOT_KNOWN when none was.
 */
uint64_t summary_count(const struct cell_data *cell, const char *name);

/**
 * summary_table() - the whole table: a column for each axis by its name, then those of
 *	summary.tsv, which is this printed as TABLE_TSV
 * Return: 0 or -ENOMEM. table_free() what was made.
 */
int summary_table(const struct dataset *data, struct table *table);

/**
 * summary_print() - the table for people, with a title and what is wrong
 * @table: of summary_table()
 * @format: TABLE_TEXT or TABLE_MD
 *
 * Axes on which all cells agree stand in the title, unless they are as always.
 * Return: 0 or -errno.
 */
int summary_print(FILE *out, const struct dataset *data, const struct table *table,
		  enum table_format format);

/** summary_unused() - a line for each kind of record that is not used, and why. */
void summary_unused(FILE *out, const struct dataset *data);

/** summary_bad() - is any cell invalid, failed or missing? */
int summary_bad(const struct dataset *data);

#endif
