/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of a run: a row per cell. */
#ifndef HMMBENCH_SUMMARY_H
#define HMMBENCH_SUMMARY_H

#include <stdio.h>

#include "report/data/dataset.h"
#include "report/judge/center.h"
#include "report/write/table.h"
#include "modelled.h"

/**
 * summary_count() - median of a count over the counting samples of a cell
 * @name: of a count_fields entry
 * Return: by nearest rank, so a count that was; NOT_KNOWN when none was.
 */
uint64_t summary_count(const struct cell_data *cell, const char *name);

/* A value of a row; an integer that is not known is NOT_KNOWN, and NAN any other number. */
union summary_value {
	const char *text;
	uint64_t whole;
	double real;
};

/**
 * struct summary_column - a column of summary.tsv, after those of the axes
 * @heading, @help: on the page; NULL when it is not there
 * @usual:	people are not shown the column where each row has this; "" when never
 * @kind:	of its values: which of union summary_value
 * @from:	what it is made of, with @offset, @of and @percent, or @modelled
 */
struct summary_column {
	const char *name, *heading, *help, *usual;
	enum summary_kind { SUMMARY_TEXT, SUMMARY_WHOLE, SUMMARY_REAL } kind;
	enum summary_from {
		FROM_PART, FROM_CLOCK, FROM_UNIT, FROM_EMULATED, FROM_STATUS, FROM_N,
		FROM_BOOTS, FROM_CENTER, FROM_PAGES, FROM_STATS, FROM_COUNTS, FROM_DELAYS,
		FROM_MODELLED
	} from;
	size_t offset;
	const char *of;
	unsigned int percent;
	enum modelled_value modelled;
};

extern const struct summary_column summary_columns[];
extern const size_t summary_columns_count;

/**
 * struct summary_row - a cell's steady state, or its first calls
 * @center:	of what @value has: NAN and the boots that closed it where it has no times
 * @value:	by column
 */
struct summary_row {
	const struct cell_data *cell;
	bool startup;
	struct center center;
	union summary_value *value;
};

/** struct summary - the rows, in the table's order */
struct summary {
	const struct dataset *data;
	struct summary_row *rows;
	union summary_value *values;
	size_t count;
};

/** summary_make() - summary_free() what was made. */
void summary_make(const struct dataset *data, struct summary *out);
void summary_free(struct summary *summary);

/** summary_value() - of a row, in the column called @name; @kind of it */
union summary_value summary_value(const struct summary_row *row, const char *name,
				  enum summary_kind *kind);

/*
 * Fields as text, in columns from 0 on: an axis each, then summary_columns.
 * summary_name() - its heading in summary.tsv; summary_is_text() - is it no number?
 */
#define SUMMARY_FIELD_MAX	96	/* with its NUL */
const char *summary_name(size_t column);
bool summary_is_text(size_t column);
char *summary_field(const struct summary *s, size_t row, size_t column,
		    char buf[SUMMARY_FIELD_MAX]);

/** summary_number() - the field of a column that is not text; NAN when it is not known */
double summary_number(const struct summary *s, size_t row, size_t column);

/** summary_differs() - do rows @from to @to - 1 not all have the same there? */
bool summary_differs(const struct summary *s, size_t column, size_t from, size_t to);

/** summary_known() - has one of them anything there? */
bool summary_known(const struct summary *s, size_t column, size_t from, size_t to);

/** summary_write() - summary.tsv. Return: 0 or -EIO. */
int summary_write(FILE *out, const struct summary *summary);

/**
 * summary_print() - the table for people, with a title and what is wrong
 * @format: TABLE_TEXT or TABLE_MD
 *
 * Axes on which all cells agree stand in the title, unless they are as always.
 * Return: 0 or -EIO.
 */
int summary_print(FILE *out, const struct summary *summary, enum table_format format);

/** summary_unused() - a line for each kind of record that is not used, and why. */
void summary_unused(FILE *out, const struct dataset *data);

/** summary_bad() - is any cell invalid, failed or missing? */
int summary_bad(const struct dataset *data);

#endif
