/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs, or the strategies of one run, side by side. */
#ifndef HMMBENCH_COMPARE_H
#define HMMBENCH_COMPARE_H

#include <stdio.h>

#include "center.h"
#include "verdict.h"

/**
 * struct compare_column - a run or a strategy
 * @from, @count: its contrasts in struct compare; none for the baseline
 */
struct compare_column {
	const char *name;
	const struct dataset *data;
	size_t from, count;
};

/**
 * struct compare - a table: a row per cell, or place, and a column for each side
 * @base:	index of the baseline among the columns
 * @all:	contrasts of all columns, judged as one table
 * @rows:	cells of the baseline; of other columns those without one are not shown
 */
struct compare {
	struct compare_column *columns;
	size_t n_columns, base;
	int by_strategy;
	struct contrasts all;
	const struct cell_data **rows;
	size_t n_rows;
};

/**
 * compare_runs() - the cells of several runs
 * @base:	index of the baseline among @data
 * Return: 0, or -ENOMEM. compare_free() what was made.
 */
int compare_runs(const struct dataset *data, size_t count, size_t base,
		 struct compare *out);

/** compare_strategies() - the strategies of a run against the one called @baseline. */
int compare_strategies(const struct dataset *data, const char *baseline,
		       struct compare *out);
void compare_free(struct compare *compare);

/** compare_find() - the contrast of a row in a column; NULL when there is none. */
const struct contrast *compare_find(const struct compare *compare, size_t row,
				    size_t column);

/**
 * compare_row_name() - of a row: the cell, and where strategies are columns all of it
 *	but the strategy
 */
char *compare_row_name(const struct compare *compare, size_t row, char *buf, size_t size);

/** compare_geomean() - of a column's ratios; @matched: how many there are. */
double compare_geomean(const struct compare *compare, size_t column, size_t *matched);

/**
 * compare_print() - for people, as text or Markdown
 * Return: 0 or -errno; -E2BIG with more columns than a struct table has.
 */
int compare_print(FILE *out, const struct compare *compare, int markdown);

/** compare_write_tsv() - a line per row and column, with all there is; 0 or -errno. */
int compare_write_tsv(FILE *out, const struct compare *compare);

/**
 * compare_warnings() - in what the runs differ besides what is compared
 * @warn: called with a line for each
 */
void compare_warnings(const struct dataset *base, const struct dataset *other,
		      void (*warn)(const char *fmt, ...));

#endif
