/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs, the strategies of one, or the strategies of several kernels, side by side. */
#ifndef HMMBENCH_COMPARE_H
#define HMMBENCH_COMPARE_H

#include <stdio.h>

#include "report/judge/grid.h"
#include "kernels.h"

/* What the columns are. */
enum compare_by { COMPARE_RUNS, COMPARE_STRATEGIES, COMPARE_KERNELS };

/**
 * struct compare - a table: a row per cell, or place, and a column for each side
 * @grid:	its rows are cells of the baseline; of other columns those without one are not
 *		shown. Of COMPARE_KERNELS the places that a column measured
 * @all:	contrasts of all columns, judged as one table; of COMPARE_KERNELS each column
 *		has one for each row, whose cells may be NULL
 * @runs, @n_runs, @kernels: of COMPARE_KERNELS the runs and what to call their kernels
 * @strategies:	likewise which are columns, as "plain,unlocked"; NULL for all
 * @shared:	likewise on which axes all rows agree, a bit for each
 * @tables_follow: likewise, page tables are warm exactly where all pages are there
 * @baseline:	likewise the strategy of the first run that is the baseline
 */
struct compare {
	enum compare_by by;
	struct grid grid;
	struct contrasts all;
	const struct dataset *runs;
	size_t n_runs;
	char (*kernels)[KERNEL_NAME_MAX];
	const char *strategies, *baseline;
	uint32_t shared;
	bool tables_follow;
};

/**
 * compare_runs() - the cells of several runs
 * @base:	index of the baseline among @data
 * compare_free() what was made.
 */
void compare_runs(const struct dataset *data, size_t count, size_t base, struct compare *out);

/** compare_strategies() - the strategies of a run against the one called @baseline. */
void compare_strategies(const struct dataset *data, const char *baseline, struct compare *out);

/**
 * compare_kernels() - the strategies of several runs, each of another kernel
 * @strategies: which of them, as "plain,unlocked"; NULL for all. Those of a run that it
 *	skipped, or its kernel refused, everywhere are no columns
 * @baseline: a strategy that the first run has: compare_has()
 *
 * Columns are by run, in each plain and unlocked first, then as in the matrix.
 */
void compare_kernels(const struct dataset *data, size_t count, const char *strategies,
		     const char *baseline, struct compare *out);
void compare_free(struct compare *compare);

/** compare_tried() - was a cell neither skipped nor refused? It may have failed. */
bool compare_tried(const struct cell_data *cell);

/** compare_has() - does a run have such a cell of that strategy? */
bool compare_has(const struct dataset *data, const char *strategy);

/** compare_find() - the contrast of a row in a column, whose cells may be NULL; or NULL */
static inline const struct contrast *compare_find(const struct compare *compare, size_t row,
						  size_t column)
{
	return grid_find(&compare->grid, &compare->all, row, column);
}

/**
 * compare_row_name() - of a row: the cell, and where strategies are columns all of it
 *	but the strategy
 */
char *compare_row_name(const struct compare *compare, size_t row, char *buf, size_t size);

/** compare_geomean() - of a column's ratios; @matched: how many there are. */
double compare_geomean(const struct compare *compare, size_t column, size_t *matched);

/** compare_print() - for people, as text or Markdown; 0 or -EIO. */
int compare_print(FILE *out, const struct compare *compare, int markdown);

/** compare_print_run() - which run a folder is, in a line. */
void compare_print_run(FILE *out, const struct dataset *data);

/** compare_write_tsv() - a line per row and column, with all there is; 0 or -EIO. */
int compare_write_tsv(FILE *out, const struct compare *compare);

/** compare_place_name() - compare_row_name() of COMPARE_KERNELS: what rows do not share. */
char *compare_place_name(const struct compare *compare, size_t row, char *buf, size_t size);

/** compare_print_shared() - likewise: what all rows share, unless it is as always. */
void compare_print_shared(FILE *out, const struct compare *compare);

/**
 * compare_print_gaps() - of COMPARE_KERNELS: what was not measured and why, a line for each
 *	reason of a kernel
 */
void compare_print_gaps(FILE *out, const struct compare *compare);

/**
 * compare_print_worst() - likewise: in a sentence, what costs most on another kernel
 *
 * Only a difference that contrast_costs_more() knows, of a strategy that a driver could use.
 */
void compare_print_worst(FILE *out, const struct compare *compare);

/**
 * compare_warnings() - in what the runs differ besides what is compared
 * @kernels: is it the kernels that are compared? Then their configurations differ, and it is
 *	told where hmmbench, its compiler or QEMU does
 * @warn: gets @arg and a sentence for each
 */
void compare_warnings(const struct dataset *base, const struct dataset *other, bool kernels,
		      void (*warn)(void *arg, const char *text), void *arg);

#endif
