/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The kinds of figure. */
#ifndef HMMBENCH_FIGURE_KIND_H
#define HMMBENCH_FIGURE_KIND_H

#include <stdio.h>

#include "dataset.h"

#define LABELS_MAX	64
#define CAPTION_MAX	1024

/**
 * struct picture - the cells of one picture
 *
 * All of them agree on every axis that the figure does not show.
 * @file:	name without folder and ending
 * @axes:	what the cells agree on, for the subtitle
 */
struct picture {
	const struct dataset *data;
	const size_t *cells;
	size_t count;
	char file[256];
	char axes[512];
};

/**
 * struct legend - what is said about the lines, bars or fields
 * @labels:	as they are listed, from above; the marker of each is its place
 * @order:	for each of them its block or column in the data, from 0
 * @caption:	sentences below it all
 * @panels:	of the picture, side by side
 */
struct legend {
	char labels[LABELS_MAX][512];
	size_t order[LABELS_MAX];
	size_t count;
	char caption[CAPTION_MAX];
	int panels;
};

/**
 * struct figure_kind - a kind of figure; its template is plots/NAME.gp
 * @needs:	the cells that it takes, for who has none of them
 * @shows:	the axes on it, ended by NULL
 * @takes:	does it show this cell?
 * @worth:	is there something to see?
 * @write:	writes the data and fills the legend: 0 or -errno, -E2BIG when it
 *		is more than the figure holds
 * @print:	writes it as text; NULL when gnuplot does
 */
struct figure_kind {
	const char *name;
	const char *help;
	const char *title;
	const char *needs;
	const char *const *shows;
	int (*takes)(const struct cell_data *cell);
	int (*worth)(const struct picture *p);
	int (*write)(FILE *out, const struct picture *p, struct legend *legend);
	int (*print)(FILE *out, const struct picture *p, const struct legend *legend);
};

extern const struct figure_kind figure_pages, figure_numa, figure_contention,
	figure_drivers, figure_responder, figure_counters;

/** cost_per_page() - median of the timed samples over the pages. */
double cost_per_page(const struct cell_data *cell);

#endif
