/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures: data from a run, drawn by gnuplot with a template of plots/. */
#ifndef HMMBENCH_FIGURE_H
#define HMMBENCH_FIGURE_H

#include <stdio.h>

#include "dataset.h"

/**
 * figure_draw() - draw one figure, or "all", into FOLDER/figures
 *
 * For each combination of the axes that the figure does not show: the one with
 * most cells is NAME.{svg,png,txt}, the others have what differs in their names.
 * A figure of which the run has no data is left out of "all". Prints each path.
 * Errors are reported here.
 * Return: an enum exit_status; EXIT_UNKNOWN when a named figure has no data.
 */
int figure_draw(const struct dataset *data, const char *name);

/** figure_list() - a line for each figure there is. */
void figure_list(FILE *out);

#endif
