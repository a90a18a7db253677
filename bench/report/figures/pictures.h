/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which pictures a figure has of a run, and how their files are called. */
#ifndef HMMBENCH_PICTURES_H
#define HMMBENCH_PICTURES_H

#include "picture.h"

/** struct pictures - of one figure, each of cells that agree on the axes it does not show */
struct pictures {
	struct picture *picture;
	size_t count;
};

/**
 * pictures_of() - those with something to see, in the order of their first cells
 *
 * pictures_free() them.
 */
void pictures_of(const struct dataset *data, const struct figure *f, struct pictures *all);
void pictures_free(struct pictures *all);

/** pictures_main_first() - put that of most cells, which has the figure's name, first. */
void pictures_main_first(struct pictures *all, const struct figure *f);

#endif
