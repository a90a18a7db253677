/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which cells of a run something is about. */
#ifndef HMMBENCH_SELECTION_H
#define HMMBENCH_SELECTION_H

#include "dataset.h"

/** struct selection - the cells for which @takes is true, which is given @arg */
struct selection {
	bool (*takes)(const struct cell_data *cell, const void *arg);
	const void *arg;
};

/** selection_takes() - is the cell among them? All are among NULL. */
static inline bool selection_takes(const struct selection *s, const struct cell_data *cell)
{
	return !s || s->takes(cell, s->arg);
}

#endif
