/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What gnuplot is told of a picture, and the picture as text. */
#ifndef HMMBENCH_SCRIPT_H
#define HMMBENCH_SCRIPT_H

#include "picture.h"

/**
 * script_write() - set the template's variables and load it
 * @base:	the picture's path without ending
 * @kind:	"svg", "png" or "txt"
 */
void script_write(FILE *out, const struct figure *f, const struct picture *p,
		  const struct drawing *d, const char *base, const char *kind);

/** script_text() - a picture of panels as tables; gnuplot would make less of it. */
void script_text(FILE *out, const struct figure *f, const struct picture *p,
		 const struct drawing *d);

/** script_legend() - legend and caption for below a text; gnuplot's is cut off. */
void script_legend(FILE *out, const struct drawing *d, bool letters);

#endif
