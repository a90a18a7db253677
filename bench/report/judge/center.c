// SPDX-License-Identifier: GPL-3.0-or-later
#include "center.h"

#include <math.h>
#include <stdlib.h>

#include "report/data/stats.h"
#include "report/write/array.h"
#include "boots.h"
#include "bootstrap.h"

static void one_boot(const struct timed *times, size_t n, struct center *out)
{
	uint64_t *totals = array_new(n, sizeof(*totals));
	size_t lo, hi;

	for (size_t i = 0; i < n; i++)
		totals[i] = times[i].total;
	stats_sort(totals, n);
	if (!stats_median_ci(n, &lo, &hi)) {
		out->lo = (double)totals[lo];
		out->hi = (double)totals[hi];
	}
	free(totals);
}

void center_of(const struct timed *times, size_t n, const struct clock *clock, struct center *out)
{
	struct interval interval;
	struct boots boots;

	boots_of(times, n, &boots);
	*out = (struct center){ boots.count, boots_center(&boots), NAN, NAN };
	if (!clock->exact && boots.count == 1) {
		one_boot(times, n, out);
	} else if (!clock->exact) {
		bootstrap_median(boots.median, boots.count, &interval);
		out->lo = interval.lo;
		out->hi = interval.hi;
	}
	boots_free(&boots);
}

double center_half(const struct center *c)
{
	return fmax(c->hi - c->median, c->median - c->lo) / c->median;
}

double center_per_page(const struct cell_data *cell)
{
	struct boots boots;
	double median;

	boots_of(cell->times, cell->n_times, &boots);
	median = boots_center(&boots);
	boots_free(&boots);
	return median / cell->axes.pages;
}
