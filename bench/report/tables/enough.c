// SPDX-License-Identifier: GPL-3.0-or-later
#include "enough.h"

#include <math.h>

#include "base/err.h"
#include "report/judge/boots.h"
#include "report/judge/center.h"
#include "pilot.h"

static void add_width(struct widths *w, const struct cell_data *cell, double width, double target)
{
	w->cells++;
	if (isnan(width)) {
		if (!w->without++)
			w->at = cell;
		return;
	}
	w->wide += width > target;
	if (width < w->widest)
		return;
	w->widest = width;
	if (!w->without)
		w->at = cell;
}

void enough_widths(const struct dataset *data, double target, struct widths *out)
{
	*out = (struct widths){ 0 };
	for_each_cell(cell, data) {
		struct center center;

		if (!pilot_takes(cell))
			continue;
		center_of(cell->times, cell->n_times, data->info.clock, &center);
		/* an interval within one boot knows of no other */
		add_width(out, cell, center.boots > 1 ? 100 * center_half(&center) : NAN, target);
	}
}

int enough_print(FILE *out, const struct dataset *data, double target)
{
	char key[AXES_KEY_MAX] = "";
	struct widths w;

	if (data->info.clock->exact) {
		err_msg("%s: the insn clock has one boot: another would be the same bytes",
			data->folder);
		return EXIT_UNKNOWN;
	}
	enough_widths(data, target, &w);
	if (!w.cells) {
		err_msg("%s: no cell with a time passed; hmmreport summary %s says why",
			data->folder, data->folder);
		return EXIT_UNKNOWN;
	}
	axes_key(&w.at->axes, key, sizeof(key));
	if (w.without)
		fprintf(out, "not enough: %zu of %zu cells have no interval: need >= %d boots for "
			"one at level 0.95, as for %s\n", w.without, w.cells, BOOTS_MIN, key);
	else if (w.wide)
		fprintf(out, "not enough: %zu of %zu intervals are wider than +-%g %%; the widest "
			"is +-%.2f %%, of %s\n", w.wide, w.cells, target, w.widest, key);
	else
		fprintf(out, "enough: %zu intervals are within +-%g %%; the widest is +-%.2f "
			"%%, of %s\n", w.cells, target, w.widest, key);
	return w.without || w.wide ? EXIT_BAD : EXIT_FINE;
}
