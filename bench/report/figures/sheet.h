/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is drawn: panels of values, with rows that all share and columns of their own. */
#ifndef HMMBENCH_SHEET_H
#define HMMBENCH_SHEET_H

#include <stdbool.h>
#include <stdio.h>

#include "model/axes.h"
#include "marks.h"

#define SHEET_PANELS	24
#define SHEET_ROWS	32
#define SHEET_COLUMNS	64
#define SHEET_LABEL	512
#define SAME_LINE	0.1	/* hardly more than the width of a line in print */
#define FEW_LINES	4	/* of so many each can be seen, unless one covers the other */
#define COVERED		0.02	/* no wider than a line's marker */
#define SAME_FROM	64	/* pages: below, a single timer tick is more than that */

/**
 * struct panel - a part of a picture
 * @numeric:	columns are numbers, their ranks, to stand on a logarithmic axis
 * @loose:	how many of the last columns are apart: no line leads there
 * @rank:	by which columns are sorted
 * @x:		where each column stands
 * @value:	[row][column]; NAN when not known
 * @lo, @hi:	interval of @value; NAN when there is none
 */
struct panel {
	char title[128];
	char x_label[64], y_label[64];
	bool numeric;
	char column[SHEET_COLUMNS][AXIS_TEXT_MAX];
	double rank[SHEET_COLUMNS], x[SHEET_COLUMNS];
	size_t columns, loose;
	double value[SHEET_ROWS][SHEET_COLUMNS];
	double lo[SHEET_ROWS][SHEET_COLUMNS], hi[SHEET_ROWS][SHEET_COLUMNS];
};

/**
 * struct sheet - panels, and what stands below them
 * @stacked:	rows stand on each other: the data say where each begins
 * @intervals:	some value has one: the data have them all
 * @full:	there was no room for a panel, row or column, and what is here is not all
 * @entries:	rows that the legend names, from the first
 * @marks:	what is drawn in the panels in place of their values, which are the text
 * @caption:	what the picture does not show, and what it merges
 */
struct sheet {
	bool stacked, intervals, full;
	char row[SHEET_ROWS][SHEET_LABEL];
	size_t rows, entries;
	struct panel panel[SHEET_PANELS];
	size_t panels;
	struct marks marks;
	char caption[1536];
};

/** sheet_panel() - the panel of a title, or a new one. */
struct panel *sheet_panel(struct sheet *s, const char *title, const char *x_label,
			  const char *y_label);

/**
 * sheet_row(), sheet_column() - index of a name, which is added when it is new
 * @rank: of a new column
 */
size_t sheet_row(struct sheet *s, const char *name);
size_t sheet_column(struct sheet *s, struct panel *p, const char *name, double rank);

/** sheet_put() - set one value; a new column has the rank 0. */
void sheet_put(struct sheet *s, struct panel *p, const char *row, const char *column,
	       double value);

/** sheet_put_interval() - set one value with its interval, of which NAN is none. */
void sheet_put_interval(struct sheet *s, struct panel *p, const char *row,
			const char *column, double value, double lo, double hi);

/** sheet_sort_columns() - of each panel by rising rank, those of one rank as they came. */
void sheet_sort_columns(struct sheet *s);

/**
 * struct apart - where a row is furthest from the one that it was merged with
 * @share: by how much, of the value of the latter; 0: no two were merged
 */
struct apart {
	double share;
	char row[AXIS_TEXT_MAX], column[AXIS_TEXT_MAX];
};

/**
 * sheet_merge() - make one of the rows that are at most @tolerance apart
 * @from:	columns of lower rank may be further apart, but for a panel's last
 * @apart:	filled
 *
 * What remains has the values of the first, and the names of all.
 * Return: whether any were merged.
 */
bool sheet_merge(struct sheet *s, double tolerance, double from, struct apart *apart);

/** sheet_sort_rows() - by their last known value in the first panel, falling. */
void sheet_sort_rows(struct sheet *s);

/**
 * sheet_limits() - smallest and largest value above 0 of the panels that share
 *	the y axis of @p
 * Return: how many values are 0, and on no logarithmic axis.
 */
size_t sheet_limits(const struct sheet *s, const struct panel *p, double *low,
		    double *high);

/** sheet_has_row() - is any value of the row known? */
bool sheet_has_row(const struct sheet *s, size_t row);

/** sheet_letter() - the letter of a row in tables: those without a value have none. */
char sheet_letter(const struct sheet *s, size_t row);

/** sheet_write() - a block of lines for each panel, for gnuplot. */
void sheet_write(FILE *out, const struct sheet *s);

/** sheet_write_marks() - likewise its marks, a smaller block for each row. */
void sheet_write_marks(FILE *out, const struct sheet *s, const char *weight);

/**
 * sheet_print() - a table for each panel
 * Return: whether letters stand for the rows, which a legend must explain.
 */
bool sheet_print(FILE *out, const struct sheet *s, int width);

/** sheet_note() - add a sentence to the caption; what does not fit ends in "...". */
void sheet_note(struct sheet *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/**
 * sheet_lines() - make lines of the rows: those on each other one, in the legend from above
 * @over_pages: columns are page counts, of which those below SAME_FROM do not count
 */
void sheet_lines(struct sheet *s, bool over_pages);

/** sheet_free() - one of calloc(). */
void sheet_free(struct sheet *s);

#endif
