/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Runs that were never measured, with noise as machines have it. */
#ifndef HMMBENCH_SYNTHETIC_H
#define HMMBENCH_SYNTHETIC_H

#include "base/prng.h"
#include "report/data/dataset.h"

#define PLACES		4	/* page counts */
#define STRATEGIES	5	/* unlocked, unlocked@b, and three more: 16 rows */

/**
 * struct noise - of a machine; shares, as 0.01 for 1 %
 * @within:	standard deviation (sd) of samples within a boot
 * @shared:	sd over boots of what a boot does to all cells alike
 * @own:	sd over boots of what a boot does to each cell (where its pages lie)
 * @drift:	sd over boots of the change from a boot's first sample to its last
 * @outliers:	share of samples that take longer by up to @outlier
 * @rogues:	share of a cell's boots in which all its samples take @rogue longer
 */
struct noise {
	const char *name;
	double within, shared, own, drift, outliers, outlier, rogues, rogue;
};

struct plan {
	uint32_t boots, rounds;
};

/**
 * synthetic_make() - a run in which every strategy costs the same
 * @slow:	but the cell of that index (place * STRATEGIES + strategy), whose cost is
 *		that of the others times @factor; -1 for none
 */
void synthetic_make(struct dataset *data, const struct noise *noise,
		    const struct plan *plan, int slow, double factor, struct prng *prng);

#endif
