/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Has a run had enough boots? */
#ifndef HMMBENCH_ENOUGH_H
#define HMMBENCH_ENOUGH_H

#include <stdio.h>

#include "report/data/dataset.h"

/**
 * struct widths - how wide the intervals of a run are
 * @cells:	whose time is a result, by pilot_takes()
 * @without:	of these, how many have too few boots for an interval
 * @wide:	how many have one that is wider than was asked
 * @widest:	center_half() of the widest interval, in percent; 0 without any
 * @at:		its cell, or the first without an interval when there is one
 */
struct widths {
	size_t cells, without, wide;
	double widest;
	const struct cell_data *at;
};

/**
 * enough_widths() - the intervals of all cells
 * @target: half-width that was asked for, in percent of the median
 *
 * They are those of center_of(), so a run is judged by what its table will show.
 */
void enough_widths(const struct dataset *data, double target, struct widths *out);

/**
 * enough_print() - say it in a line
 * Return: an enum exit_status: 0 enough, 1 not yet, 3 the run cannot tell.
 */
int enough_print(FILE *out, const struct dataset *data, double target);

#endif
