/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a kind of figure is made of. */
#ifndef HMMBENCH_PICTURE_H
#define HMMBENCH_PICTURE_H

#include <stdbool.h>
#include <stdio.h>

#include "curves.h"
#include "dataset.h"
#include "sheet.h"

#define ENTRIES_MAX	32	/* of a legend */
#define LABEL_MAX	512
#define SAME_LINE	0.1	/* hardly more than the width of a line in print */

/**
 * struct picture - the cells of one picture
 * @cells:	@count indices into @data, in the order of the table; all of them
 *		passed and agree on every axis that the figure does not show
 * @file:	without folder and ending
 * @axes:	what the cells agree on, for the subtitle
 */
struct picture {
	const struct dataset *data;
	size_t *cells;
	size_t count;
	char file[224];
	char axes[768];
};

/**
 * struct drawing - what is drawn
 * @label:	of the legend's entries
 * @order:	entries from above
 * @caption:	what the picture does not show, and what it merges
 * @curves:	lines over the page count, for a template that takes them
 * @sheet:	panels of values, for one that takes those
 */
struct drawing {
	char label[ENTRIES_MAX][LABEL_MAX];
	size_t order[ENTRIES_MAX];
	size_t entries;
	char caption[1536];
	struct curve curves[ENTRIES_MAX];
	struct sheet sheet;
};

/**
 * struct figure - a kind of figure; a new one is a new entry of the table
 * @name:	as people call it; entries of one name are drawn together
 * @file:	its pictures' names begin so
 * @template:	of plots/, without ".gp"
 * @help:	one line
 * @needs:	the cells without which there is nothing to draw
 * @axes:	names of the axes that it shows, ended by NULL
 * @takes:	is a cell for it? NULL when all are
 * @fill:	Return: 0, -ENODATA when there is nothing to see in @p, -E2BIG
 * @write:	the data file, from what @fill left in @d
 */
struct figure {
	const char *name, *file, *template;
	const char *help, *title, *needs;
	const char *const *axes;
	bool (*takes)(const struct cell_data *cell);
	int (*fill)(const struct picture *p, struct drawing *d);
	void (*write)(FILE *out, const struct picture *p, const struct drawing *d);
};

extern const struct figure figure_pages, figure_numa, figure_nodes,
	figure_contention, figure_drivers, figure_responder, figure_counters;

/** picture_cell() - the @i-th cell. */
const struct cell_data *picture_cell(const struct picture *p, size_t i);

/** picture_unit() - "ns" or "instructions". */
const char *picture_unit(const struct picture *p);

/** picture_cost() - median time per page of a cell, in the run's unit. */
double picture_cost(const struct cell_data *cell);

/** picture_values() - how many values the cells have on an axis. */
size_t picture_values(const struct picture *p, const char *axis);

/** drawing_note() - add a sentence to the caption; what does not fit ends in "...". */
void drawing_note(struct drawing *d, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * drawing_lines() - make lines of the sheet's rows: those on each other one, in the
 *	legend from above
 */
void drawing_lines(struct drawing *d);

/** drawing_entries() - an entry of the legend for each row, in their order. */
void drawing_entries(struct drawing *d);

/** picture_write_sheet() - the write operation of figures that fill a sheet. */
void picture_write_sheet(FILE *out, const struct picture *p, const struct drawing *d);

#endif
