/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures: data from a run, drawn by gnuplot with a template of plots/. */
#ifndef HMMBENCH_FIGURE_H
#define HMMBENCH_FIGURE_H

#include "base/command.h"
#include "report/data/dataset.h"

/**
 * figure_draw() - draw one figure, or "all", into FOLDER/figures
 *
 * For each combination of the axes that the figure does not show: the one with
 * most cells is NAME.{svg,png,txt}, the others have what differs in their names.
 * A figure of which the run has no data, or which is of several, is left out of "all".
 * Prints each path.
 * Errors are reported here.
 * Return: an enum exit_status; EXIT_UNKNOWN when a named figure has no data.
 */
int figure_draw(const struct dataset *data, const char *name);

/**
 * struct figure_view - a picture, for those who show it
 * @title, @help: of its kind; @help is NULL when it only goes with another
 * @file:	in FOLDER/figures, without ending
 * @axes:	what its cells agree on
 * @index, @count: which of the pictures of its kind; 0 is that of most cells
 */
struct figure_view {
	const char *title, *help, *file, *axes;
	size_t index, count;
};

/**
 * figure_each() - call @see for each picture that "all" would draw
 *
 * In the order of the figures, of each the one of most cells first. Neither draws nor
 * looks for the files. Stops when @see returns what is not 0.
 * Return: an enum exit_status, or what @see returned. Errors are reported here.
 */
int figure_each(const struct dataset *data,
		int (*see)(void *arg, const struct figure_view *view), void *arg);

/** figure_list() - the figures, and what each needs. */
void figure_list(const struct listing *list);

#endif
