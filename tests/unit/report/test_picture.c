// SPDX-License-Identifier: GPL-3.0-or-later
/* What a picture says of its cells: intervals over boots, samples, marks. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "report/data/stats.h"
#include "report/figures/picture.h"

#define EACH	3	/* samples of a boot */

/* Boot b has the totals 100 + b, 101 + b and, far off, 900. */
static void make_cell(struct cell_data *cell, size_t boots)
{
	memset(cell, 0, sizeof(*cell));
	cell->axes.pages = 2;
	cell->n_times = EACH * boots;
	cell->times = calloc(cell->n_times, sizeof(*cell->times));
	cell->totals = calloc(cell->n_times, sizeof(*cell->totals));
	assert_non_null(cell->times);
	assert_non_null(cell->totals);
	for (size_t i = 0; i < cell->n_times; i++) {
		uint64_t total = i % EACH == 2 ? 900 : 100 + i / EACH + i % EACH;

		cell->times[i] = (struct timed){ total, i / EACH, 0, i };
		cell->totals[i] = total;
	}
	stats_sort(cell->totals, cell->n_times);
}

static void free_cell(struct cell_data *cell)
{
	free(cell->times);
	free(cell->totals);
}

/* Fifteen samples of five boots are five: no interval. */
static void test_few_boots(void **state)
{
	struct cell_data cell;
	double lo, hi;

	(void)state;
	make_cell(&cell, 5);
	picture_interval(&cell, &lo, &hi);
	assert_true(isnan(lo) && isnan(hi));
	free_cell(&cell);
}

/* It is over the medians of boots, 101 to 112, per page: no outlier reaches it. */
static void test_interval(void **state)
{
	struct cell_data cell;
	double lo, hi;

	(void)state;
	make_cell(&cell, 12);
	picture_interval(&cell, &lo, &hi);
	assert_true(lo >= 50.5 && lo < 53.25);
	assert_true(hi > 53.25 && hi <= 56);
	free_cell(&cell);
}

static void test_samples(void **state)
{
	struct dataset data = { .info = { .clock = &clock_wall } };
	struct cell_data cells[2];
	struct picture p = { .data = &data, .cells = (size_t[]){ 0, 1 }, .count = 2 };
	struct sheet *s = calloc(1, sizeof(*s));

	(void)state;
	assert_non_null(s);
	make_cell(&cells[0], 1);
	make_cell(&cells[1], 7);
	data.cells = cells;
	data.count = 2;
	assert_int_equal(picture_boots(&p), 7);
	picture_note_samples(&p, s);
	assert_string_equal(s->caption, "Medians of 3 to 21 samples a cell, from 1 to 7 boots.");
	sheet_free(s);
	free_cell(&cells[0]);
	free_cell(&cells[1]);
}

/* Where a mark ends counts too; what is 0 is on no logarithmic axis. */
static void test_limits(void **state)
{
	struct marks marks = { 0 };
	struct marks_limits l;

	(void)state;
	marks_point(&marks, 0, 0, 3, 0, 7);
	marks_add(&marks, &(struct mark){ 0, 0, 5, 2, 9, 4, 1 });
	l = marks_limits(&marks);
	assert_true(l.x_low == 3 && l.x_high == 9 && l.y_low == 2 && l.y_high == 4);
	assert_true(l.weight_high == 7);
	marks_free(&marks);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_few_boots),
		cmocka_unit_test(test_interval),
		cmocka_unit_test(test_samples),
		cmocka_unit_test(test_limits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
