// SPDX-License-Identifier: GPL-3.0-or-later
#include "grid.h"

#include <errno.h>
#include <math.h>
#include <string.h>

static int find(char (*names)[GRID_TEXT], size_t *n, size_t max, const char *name)
{
	for (size_t i = 0; i < *n; i++)
		if (!strcmp(names[i], name))
			return i;
	if (*n == max)
		return -E2BIG;
	snprintf(names[*n], GRID_TEXT, "%s", name);
	return (*n)++;
}

int grid_put(struct grid *grid, const char *row, const char *column, double value)
{
	size_t had_rows = grid->n_rows, had_columns = grid->n_columns;
	int r = find(grid->rows, &grid->n_rows, GRID_ROWS, row);
	int c = find(grid->columns, &grid->n_columns, GRID_COLUMNS, column);

	if (r < 0 || c < 0)
		return -E2BIG;
	for (size_t i = 0; grid->n_rows > had_rows && i < GRID_COLUMNS; i++)
		grid->value[r][i] = NAN;
	for (size_t i = 0; grid->n_columns > had_columns && i < grid->n_rows; i++)
		grid->value[i][c] = NAN;
	grid->value[r][c] = value;
	return 0;
}

void grid_write(FILE *out, const struct grid *grid)
{
	fprintf(out, "# %s\n\"%s\"", grid->title, grid->row_title);
	for (size_t c = 0; c < grid->n_columns; c++)
		fprintf(out, " \"%s\"", grid->columns[c]);
	fputc('\n', out);
	for (size_t r = 0; r < grid->n_rows; r++) {
		fprintf(out, "\"%s\"", grid->rows[r]);
		for (size_t c = 0; c < grid->n_columns; c++) {
			if (isnan(grid->value[r][c]))
				fputs(" ?", out);
			else
				fprintf(out, " %.6g", grid->value[r][c]);
		}
		fputc('\n', out);
	}
}

static void print_value(FILE *out, double value, int width)
{
	if (isnan(value))
		fprintf(out, "  %*s", width, "-");
	else if (value >= 100)
		fprintf(out, "  %*.0f", width, value);
	else
		fprintf(out, "  %*.3g", width, value);
}

void grid_print(FILE *out, const struct grid *grid)
{
	int first = strlen(grid->row_title), widths[GRID_COLUMNS] = { 0 };

	for (size_t r = 0; r < grid->n_rows; r++)
		if ((int)strlen(grid->rows[r]) > first)
			first = strlen(grid->rows[r]);
	fprintf(out, "%s\n%-*s", grid->title, first, grid->row_title);
	for (size_t c = 0; c < grid->n_columns; c++) {
		widths[c] = strlen(grid->columns[c]);
		if (widths[c] < 8)
			widths[c] = 8;
		fprintf(out, "  %*s", widths[c], grid->columns[c]);
	}
	fputc('\n', out);
	for (size_t r = 0; r < grid->n_rows; r++) {
		fprintf(out, "%-*s", first, grid->rows[r]);
		for (size_t c = 0; c < grid->n_columns; c++)
			print_value(out, grid->value[r][c], widths[c]);
		fputc('\n', out);
	}
}
