/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A picture as a script of gnuplot, and as text. */
#ifndef HMMBENCH_SCRIPT_H
#define HMMBENCH_SCRIPT_H

#include "picture.h"

/**
 * script_write() - set the template's variables and load it
 * @base:	the picture's path without ending
 * @kind:	"svg" or "png"
 */
void script_write(FILE *out, const struct figure *f, const struct picture *p,
		  const struct sheet *s, const char *base, const char *kind);

/** script_text() - the picture as tables */
void script_text(FILE *out, const struct figure *f, const struct picture *p,
		 const struct sheet *s);

#endif
