// SPDX-License-Identifier: GPL-3.0-or-later
/* Which cell is in which row and column, and which contrast belongs to it. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "report/judge/grid.h"

#define CELLS	8

/* A run of cells of one sample each. */
struct run {
	struct cell_data cells[CELLS];
	struct timed times[CELLS];
	struct dataset data;
};

static void add(struct run *run, const char *strategy, uint64_t pages, uint64_t total)
{
	size_t i = run->data.count++;
	struct cell_data *cell = &run->cells[i];

	run->data.cells = run->cells;
	run->data.info.clock = &clock_insn;
	axes_defaults(&cell->axes);
	snprintf(cell->axes.strategy, AXIS_TEXT_MAX, "%s", strategy);
	cell->axes.pages = pages;
	cell->closed = 1;
	run->times[i].total = total;
	cell->times = &run->times[i];
	cell->totals = &run->times[i].total;
	cell->n_times = 1;
}

static bool at_least(const struct cell_data *cell, const void *pages)
{
	return cell->axes.pages >= *(const uint64_t *)pages;
}

/* A place has one row, whichever strategies are in it; those left out have none. */
static void test_places(void **state)
{
	const uint64_t four = 4;
	const struct selection long_ones = { at_least, &four };
	struct run run = { .data.count = 0 };
	struct grid g = { 0 };

	(void)state;
	add(&run, "resume", 64, 10);
	add(&run, "unlocked", 64, 20);
	add(&run, "resume", 1, 1);
	add(&run, "unlocked", 16, 5);
	grid_add_column(&g, &run.data, "unlocked", "unlocked");
	grid_add_column(&g, &run.data, "resume", "resume");
	grid_add_column(&g, &run.data, "unlocked", "unlocked");
	assert_int_equal(g.n_columns, 2);
	grid_add_rows(&g, &run.data, &long_ones);
	grid_fill(&g);
	assert_int_equal(g.n_rows, 2);
	assert_ptr_equal(grid_cell(&g, 0, 0), &run.cells[1]);
	assert_ptr_equal(grid_cell(&g, 0, 1), &run.cells[0]);
	assert_ptr_equal(grid_cell(&g, 1, 0), &run.cells[3]);
	assert_null(grid_cell(&g, 1, 1));
	grid_free(&g);
}

/* Without a strategy a row is a cell, of each run its own. */
static void test_runs(void **state)
{
	struct run a = { .data.count = 0 }, b = { .data.count = 0 };
	struct grid g = { 0 };

	(void)state;
	add(&a, "unlocked", 4, 1);
	add(&a, "resume", 4, 2);
	add(&b, "resume", 4, 3);
	grid_add_column(&g, &a.data, NULL, "a");
	grid_add_column(&g, &b.data, NULL, "b");
	grid_add_rows(&g, &a.data, NULL);
	grid_fill(&g);
	assert_int_equal(g.n_rows, 2);
	assert_null(grid_cell(&g, 0, 1));
	assert_ptr_equal(grid_cell(&g, 1, 1), &b.cells[0]);
	grid_free(&g);
}

static void test_contrasts(void **state)
{
	struct run run = { .data.count = 0 };
	struct contrasts all = { 0 };
	const struct contrast *c;
	struct grid g = { 0 };

	(void)state;
	add(&run, "resume", 4, 50);
	add(&run, "resume", 8, 60);
	add(&run, "unlocked", 4, 100);
	grid_add_column(&g, &run.data, "unlocked", "unlocked");
	grid_add_column(&g, &run.data, "resume", "resume");
	grid_add_rows(&g, &run.data, NULL);
	grid_fill(&g);
	grid_contrast(&g, &all);
	assert_null(grid_find(&g, &all, 0, 0));
	c = grid_find(&g, &all, 0, 1);
	assert_non_null(c);
	assert_true(c->ratio == 0.5);
	assert_int_equal(c->verdict, VERDICT_EXACT);
	c = grid_find(&g, &all, 1, 1);
	assert_non_null(c);
	assert_null(c->base);
	assert_int_equal(c->verdict, VERDICT_NONE);
	contrasts_free(&all);
	grid_free(&g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_runs),
		cmocka_unit_test(test_contrasts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
