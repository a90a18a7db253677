// SPDX-License-Identifier: GPL-3.0-or-later
/* Each sample against the median of its cell, in the order they were taken. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "report/data/stats.h"
#include "report/judge/boots.h"
#include "report/write/array.h"
#include "picture.h"

#define POINTS_MAX	20000	/* more make a picture of many MB, and a solid area */
#define SEGMENTS	40	/* whose medians are drawn, over all boots */
#define SEGMENT_MIN	5	/* samples of which a median says something */
#define LEAST		10	/* timed samples without which there is no order to see */
#define PARTS		10	/* of a boot, for the text */

enum order_row { TIMED, WARMUP, MEDIAN, BOOT };

static const char *const row_names[] = {
	[TIMED] = "timed sample", [WARMUP] = "warmup", [MEDIAN] = "median of neighbours",
	[BOOT] = "boot",
};

/* A sample: @x is its place among all, boots one after the other. */
struct step {
	double ratio, x;
	uint32_t boot, seq;
	bool warmup;
};

struct walk {
	struct step *step;
	size_t count, timed, single;
};

static void add_steps(struct walk *w, const struct timed *times, size_t n, double median,
		      bool warmup)
{
	for (size_t i = 0; i < n; i++) {
		array_grow(&w->step, w->count, sizeof(*w->step));
		w->step[w->count++] = (struct step){
			times[i].total / median, 0, times[i].boot, times[i].seq, warmup,
		};
		w->timed += !warmup;
	}
}

static int by_order(const void *a, const void *b)
{
	const struct step *x = a, *y = b;

	if (x->boot != y->boot)
		return x->boot < y->boot ? -1 : 1;
	return x->seq < y->seq ? -1 : x->seq > y->seq;
}

/* A cell of one sample is its own median: it can tell nothing. */
static void gather(const struct picture *p, struct walk *w)
{
	double start = 0;

	for (size_t i = 0; i < p->count; i++) {
		const struct cell_data *cell = picture_cell(p, i);
		struct stats s;

		stats_of(cell->totals, cell->n_times, &s);
		if (cell->n_times < 2 || !(s.median > 0)) {
			w->single++;
			continue;
		}
		add_steps(w, cell->times, cell->n_times, s.median, false);
		add_steps(w, cell->warmups, cell->n_warmups, s.median, true);
	}
	if (!w->count)
		return;
	qsort(w->step, w->count, sizeof(*w->step), by_order);
	for (size_t i = 0; i < w->count; i++) {
		if (i && w->step[i].boot != w->step[i - 1].boot)
			start = w->step[i - 1].x + 1;
		w->step[i].x = start + w->step[i].seq;
	}
}

/* Of the timed ones, or the warmups, of @n steps; NAN below @least. */
static double steps_median(const struct step *step, size_t n, bool warmup, size_t least)
{
	double *ratio = array_new(n, sizeof(*ratio)), median = NAN;
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		if (step[i].warmup == warmup)
			ratio[count++] = step[i].ratio;
	if (count >= least)
		median = median_of(ratio, count);
	free(ratio);
	return median;
}

static size_t boot_length(const struct walk *w, size_t i)
{
	size_t n = 1;

	while (i + n < w->count && w->step[i + n].boot == w->step[i].boot)
		n++;
	return n;
}

static size_t boot_count(const struct walk *w)
{
	size_t boots = 0;

	for (size_t i = 0; i < w->count; i += boot_length(w, i))
		boots++;
	return boots;
}

/* The medians of a boot, in parts of equal many samples. */
static void put_medians(struct sheet *s, const struct step *step, size_t n, size_t parts)
{
	while (parts > 1 && n / parts < SEGMENT_MIN)
		parts--;
	for (size_t k = 0; k < parts; k++) {
		size_t first = n * k / parts, end = n * (k + 1) / parts;
		double median = steps_median(step + first, end - first, false, SEGMENT_MIN);
		struct mark m = { 0, MEDIAN, step[first].x, median, step[end - 1].x, median,
				  end - first };

		if (!isnan(median))
			marks_add(&s->marks, &m);
	}
}

/* Columns of the text: boots, where there are few enough; else the parts of the one. */
static void put_table(struct sheet *s, const struct step *step, size_t n, size_t boots)
{
	size_t parts = boots > 1 ? 1 : n < PARTS ? n : PARTS;
	struct panel *panel = &s->panel[0];
	char name[32];

	for (size_t k = 0; k < parts && boots <= SHEET_COLUMNS; k++) {
		size_t first = n * k / parts, end = n * (k + 1) / parts;

		snprintf(name, sizeof(name), "%" PRIu32,
			 boots > 1 ? step->boot : step[first].seq);
		sheet_put(s, panel, row_names[TIMED], name,
			  steps_median(step + first, end - first, false, 1));
		sheet_put(s, panel, row_names[WARMUP], name,
			  steps_median(step + first, end - first, true, 1));
		panel->x[panel->columns - 1] = step[first].x;
	}
}

static void put_walk(struct sheet *s, const struct walk *w)
{
	size_t boots = boot_count(w), parts = boots < SEGMENTS ? SEGMENTS / boots : 1, n;
	size_t every = w->count / POINTS_MAX + 1;	/* of too many to be seen */

	for (size_t i = 0; i < w->count; i += every)
		marks_point(&s->marks, 0, w->step[i].warmup ? WARMUP : TIMED, w->step[i].x,
			    w->step[i].ratio, w->step[i].boot);
	for (size_t i = 0; i < w->count; i += n) {
		struct mark m = { 0, BOOT, w->step[i].x, 1, 0, 1, w->step[i].boot };

		n = boot_length(w, i);
		m.x_to = w->step[i + n - 1].x;
		put_medians(s, w->step + i, n, parts);
		marks_add(&s->marks, &m);
		put_table(s, w->step + i, n, boots);
	}
}

static void write_caption(struct sheet *s, const struct walk *w)
{
	size_t every = w->count / POINTS_MAX + 1, boots = boot_count(w);

	sheet_note(s, "%zu timed samples and %zu warmups of %zu boot%s. Each is "
		     "divided by the median of the timed samples of its cell; without "
		     "drift all lie about 1.", w->timed, w->count - w->timed, boots,
		     boots == 1 ? "" : "s");
	if (every > 1)
		sheet_note(s, "One point in %zu is drawn; medians are of all.", every);
	if (w->single)
		sheet_note(s, "Left out: %zu cells of a single sample, which can show no "
			     "drift.", w->single);
}

static bool fill_order(const struct picture *p, struct sheet *s)
{
	struct walk w = { 0 };
	struct panel *panel;
	bool enough;

	gather(p, &w);
	enough = w.timed >= LEAST;
	if (enough) {
		panel = sheet_panel(s, "", boot_count(&w) > 1 ?
				    "boot (samples in the order taken)" :
				    "order in the boot (seq)",
				    "total / median of its cell");
		for (size_t r = 0; r <= BOOT; r++)
			sheet_row(s, row_names[r]);
		put_walk(s, &w);
		if (!panel->columns)	/* more boots than the table has columns */
			sheet_put(s, panel, row_names[TIMED], "all",
				  steps_median(w.step, w.count, false, 1));
		s->entries = w.count > w.timed ? 3 : 2;
		write_caption(s, &w);
	}
	free(w.step);
	return enough;
}

static void write_order(FILE *out, const struct picture *p, const struct sheet *s)
{
	(void)p;
	sheet_write_marks(out, s, "boot (of a median: samples)");
}

const struct figure figure_order = {
	.name = "order", .file = "order", .template = "order",
	.help = "each sample against its cell's median in run order, to show drift",
	.title = "Samples in the order they were taken",
	.needs = "10 timed samples, in cells with two or more",
	.fill = fill_order, .write = write_order,
};
