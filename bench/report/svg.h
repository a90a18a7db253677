/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Pictures of gnuplot as a part of a page. */
#ifndef HMMBENCH_SVG_H
#define HMMBENCH_SVG_H

#include <stdio.h>

#include "../common/reason.h"

/**
 * svg_inline() - write the picture of a file into a page
 * @prefix:	put before each id, since two pictures of a page have the same ones
 * @label:	what it shows, for those who do not see it
 *
 * Writes nothing but shapes and text: a file that holds anything that could run, or
 * fetch something, is refused. Titles are left out: gnuplot's would be its own name.
 * Return: 0, or -errno with a line in @why that names the file.
 */
int svg_inline(FILE *out, const char *path, const char *prefix, const char *label,
	       struct reason *why);

#endif
