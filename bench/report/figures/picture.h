/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a kind of figure is made of. */
#ifndef HMMBENCH_PICTURE_H
#define HMMBENCH_PICTURE_H

#include <stdbool.h>
#include <stdio.h>

#include "report/data/dataset.h"
#include "report/judge/center.h"
#include "sheet.h"

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
 * struct figure - a kind of figure; a new one is a line of figures.h
 * @name:	as people call it; entries of one name are drawn together
 * @file:	its pictures' names begin so
 * @template:	of plots/, without ".gp"
 * @help:	one line
 * @needs:	the cells without which there is nothing to draw
 * @axes:	names of the axes that it shows, ended by NULL; NULL when its one
 *		picture has all cells
 * @joined:	its data are of several runs: not among those of "all"
 * @takes:	is a cell for it? NULL when all are
 * @fill:	Return: is there anything to see in @p?
 * @write:	the data file, from what @fill left in @s
 * @text:	the panels as text; NULL for tables
 */
struct figure {
	const char *name, *file, *template;
	const char *help, *title, *needs;
	const char *const *axes;
	bool joined;
	bool (*takes)(const struct cell_data *cell);
	bool (*fill)(const struct picture *p, struct sheet *s);
	void (*write)(FILE *out, const struct picture *p, const struct sheet *s);
	void (*text)(FILE *out, const struct sheet *s);
};

#define FIGURE(name)	extern const struct figure figure_##name;
#include "figures.h"
#undef FIGURE

/** picture_cell() - the @i-th cell. */
const struct cell_data *picture_cell(const struct picture *p, size_t i);

/** picture_unit() - "ns" or "instructions". */
const char *picture_unit(const struct picture *p);

/**
 * picture_interval() - of center_per_page() at level 0.95, over the medians of boots
 * @lo, @hi: NAN where there are too few boots
 *
 * Samples of one boot share its luck: an interval over them would be too narrow.
 */
void picture_interval(const struct cell_data *cell, double *lo, double *hi);

/** picture_values() - how many values the cells have on an axis. */
size_t picture_values(const struct picture *p, const char *axis);

/** picture_load_rank() - of a level of load, by what it does; of others LOAD_LEVELS. */
#define LOAD_LEVELS	4
double picture_load_rank(const char *load);

/** picture_boots() - the most boots that a cell has timed samples of. */
size_t picture_boots(const struct picture *p);

/** picture_note_samples() - say of how many samples and boots the medians drawn are. */
void picture_note_samples(const struct picture *p, struct sheet *s);

/** picture_note_intervals() - that, and that @what ("Bars") shows the intervals. */
void picture_note_intervals(const struct picture *p, struct sheet *s, const char *what);

/** picture_panel() - sheet_panel() of cost per page */
struct panel *picture_panel(const struct picture *p, struct sheet *s, const char *title,
			    const char *x_label);

/** picture_write_sheet() - the write operation of figures that fill a sheet. */
void picture_write_sheet(FILE *out, const struct picture *p, const struct sheet *s);

/** picture_put_cost() - set center_per_page() of a cell, with its interval, in a panel */
void picture_put_cost(struct sheet *s, struct panel *panel, const char *row,
		      const char *column, const struct cell_data *cell);

/** picture_put_length() - likewise, in the panel's numeric column of the cell's page count */
void picture_put_length(struct sheet *s, struct panel *panel, const struct cell_data *cell);

#endif
