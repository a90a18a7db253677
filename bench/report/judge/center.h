/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The middle of a cell, and how well it is known. */
#ifndef HMMBENCH_CENTER_H
#define HMMBENCH_CENTER_H

#include "report/data/dataset.h"

/**
 * struct center - of a cell's samples
 * @boots:	they are from
 * @median:	the median over boots of the median of each boot; NAN without samples
 * @lo, @hi:	of the median at level 0.95, NAN when there is no interval. Of several
 *		boots by bootstrap_median() over them, from BOOTS_MIN on: what another
 *		boot would give. Of one boot stats_median_ci() over its samples, from
 *		CI_MIN_N on: it knows nothing of other boots
 */
struct center {
	size_t boots;
	double median, lo, hi;
};

/**
 * center_of() - the middle of @n samples, which are by boot
 * @clock: of the run; an exact one has no interval
 */
void center_of(const struct timed *times, size_t n, const struct clock *clock, struct center *out);

/** center_half() - half the interval as a share of the median, its wider side. */
double center_half(const struct center *center);

/** center_per_page() - time per page of a cell, by boots_center(), in the run's unit. */
double center_per_page(const struct cell_data *cell);

#endif
