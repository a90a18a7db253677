/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of values with names: what bars, fields and lines by name are made of. */
#ifndef HMMBENCH_GRID_H
#define HMMBENCH_GRID_H

#include <stdio.h>

#define GRID_ROWS	64
#define GRID_COLUMNS	64
#define GRID_TEXT	96

/**
 * struct grid - rows x columns; NAN where there is no value
 * @title:	what the values are
 * @row_title:	what the rows are
 */
struct grid {
	char title[GRID_TEXT], row_title[GRID_TEXT];
	char rows[GRID_ROWS][GRID_TEXT];
	char columns[GRID_COLUMNS][GRID_TEXT];
	double value[GRID_ROWS][GRID_COLUMNS];
	size_t n_rows, n_columns;
};

/**
 * grid_put() - set a value; rows and columns come to be as they are named
 * Return: 0 or -E2BIG.
 */
int grid_put(struct grid *grid, const char *row, const char *column, double value);

/** grid_write() - as a block of gnuplot's, columns by name. */
void grid_write(FILE *out, const struct grid *grid);

/** grid_print() - as a table for people. */
void grid_print(FILE *out, const struct grid *grid);

#endif
