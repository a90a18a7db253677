/* SPDX-License-Identifier: GPL-3.0-or-later */
/* gnuplot, on a template of plots/. */
#ifndef HMMBENCH_GNUPLOT_H
#define HMMBENCH_GNUPLOT_H

#include "figure_kind.h"

/**
 * gnuplot_draw() - write the data and draw it as SVG, PNG and text
 * @base: path without ending
 *
 * All files or none: a figure never disagrees with its data. Prints each path;
 * errors are reported here.
 * Return: an enum exit_status.
 */
int gnuplot_draw(const struct figure_kind *f, const struct picture *p,
		 const char *base);

#endif
