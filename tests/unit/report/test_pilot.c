// SPDX-License-Identifier: GPL-3.0-or-later
/* What a pilot makes of scatter and costs: by hand, or from tables as said. */
#include <limits.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "report/judge/center.h"
#include "report/tables/enough.h"
#include "report/tables/pilot.h"

/*
 * Boots {1, 3} and {5, 7}: means 2 and 6, so they scatter by 8 around 4; inside 2 + 2
 * over 2 degrees of freedom is 2; between 8 - 2 / 2.
 */
static void spread(void **state)
{
	static const double logs[] = { 1, 3, 5, 7 };
	static const uint32_t boots[] = { 0, 0, 4, 4 };
	struct spread s;

	(void)state;
	assert_int_equal(pilot_spread(logs, boots, 4, &s), 0);
	assert_int_equal(s.boots, 2);
	assert_int_equal(s.samples, 4);
	assert_float_equal(s.within, 2, 1e-6);
	assert_float_equal(s.between, 7, 1e-6);
}

/*
 * Boots {0, 2} and {3, 4, 8}: means 1 and 5, scatter 8; inside 2 + 14 over 3; the mean of
 * 1 / r is 5 / 12, so between is 8 - 16 / 3 * 5 / 12 = 52 / 9.
 */
static void spread_of_uneven_boots(void **state)
{
	static const double logs[] = { 0, 2, 3, 4, 8 };
	static const uint32_t boots[] = { 0, 0, 1, 1, 1 };
	struct spread s;

	(void)state;
	assert_int_equal(pilot_spread(logs, boots, 5, &s), 0);
	assert_float_equal(s.within, 16.0 / 3, 1e-6);
	assert_float_equal(s.between, 52.0 / 9, 1e-6);
}

/* Boots {1, 3} and {1, 3}: less scatter between them than chance gives is none. */
static void spread_without_boots_effect(void **state)
{
	static const double logs[] = { 1, 3, 1, 3 };
	static const uint32_t boots[] = { 0, 0, 1, 1 };
	struct spread s;

	(void)state;
	assert_int_equal(pilot_spread(logs, boots, 4, &s), 0);
	assert_true(s.between == 0);
	assert_float_equal(s.within, 2, 1e-6);
}

static void too_little_for_a_spread(void **state)
{
	static const double logs[] = { 1, 3, 1 };
	static const uint32_t one[] = { 0, 0, 0 }, single[] = { 0, 0, 1 };
	struct spread s;

	(void)state;
	assert_int_equal(pilot_spread(logs, one, 3, &s), -1);
	assert_int_equal(pilot_spread(logs, single, 3, &s), -1);
	assert_int_equal(pilot_spread(logs, one, 0, &s), -1);
}

static void rounds(void **state)
{
	struct spread s = { .between = 7, .within = 2 };
	struct costs costs = { .boot = 14, .round = 1 };

	(void)state;
	/* sqrt(14 * 2 / 7) = 2, just; a little more is rounded up */
	assert_int_equal(pilot_rounds(&s, &costs, 1), 2);
	costs.boot = 14.1;
	assert_int_equal(pilot_rounds(&s, &costs, 1), 3);
	/* the less a boot costs, the fewer rounds; at least one */
	costs.boot = 0.01;
	assert_int_equal(pilot_rounds(&s, &costs, 1), 1);
	costs.boot = 1e12;
	assert_int_equal(pilot_rounds(&s, &costs, 1), PILOT_ROUNDS_MAX);
}

/* The rule gives the least n (c_boot + r c_round) at a given half-width: by search. */
static void rounds_are_the_cheapest(void **state)
{
	struct spread s = { .between = 3, .within = 40 };
	struct costs costs = { .boot = 20, .round = 2 };
	double best = INFINITY;
	uint32_t at = 0;

	(void)state;
	for (uint32_t r = 1; r < 100; r++) {
		double product = (s.between + s.within / r) * (costs.boot + r * costs.round);

		if (product < best) {
			best = product;
			at = r;
		}
	}
	/* sqrt(10 * 40 / 3) = 11.5, whose neighbours differ by little */
	assert_in_range(pilot_rounds(&s, &costs, 1), at, at + 1);
}

/* t(5, 0.975) = 2.5706 and t(6, 0.975) = 2.4469, of any table. */
static void boots(void **state)
{
	struct spread s = { .between = 5, .within = 2 };

	(void)state;
	assert_float_equal(pilot_halfwidth(&s, 6, 2), 2.5706, 1e-4);
	assert_int_equal(pilot_boots(&s, 2, 2.571), 6);
	/* 2.4469 sqrt(6 / 7) = 2.2654 */
	assert_int_equal(pilot_boots(&s, 2, 2.57), 7);
	assert_int_equal(pilot_boots(&s, 2, 2.2655), 7);
	assert_int_equal(pilot_boots(&s, 2, 2.2653), 8);
	assert_int_equal(pilot_boots(&s, 2, 1e-3), 0);
}

/* Without scatter between boots: rounds that make six boots enough. */
static void rounds_when_boots_do_not_matter(void **state)
{
	struct spread s = { .between = 0, .within = 6 };
	struct costs costs = { .boot = 1, .round = 1 };

	(void)state;
	/* 2.5706 / sqrt(r) is 0.8129 for r = 10 */
	assert_int_equal(pilot_rounds(&s, &costs, 0.813), 10);
	assert_int_equal(pilot_rounds(&s, &costs, 0.8128), 11);
	assert_int_equal(pilot_rounds(&s, &costs, 1e-9), PILOT_ROUNDS_MAX);
}

static struct timed *six_boots(uint64_t first, uint64_t step)
{
	struct timed *times = calloc(6, sizeof(*times));

	assert_non_null(times);
	for (uint32_t i = 0; i < 6; i++)
		times[i] = (struct timed){ .total = first + i * step, .boot = i };
	return times;
}

static struct cell_data cell(const char *strategy, uint64_t step)
{
	struct cell_data c = { .closed = 6, .n_times = 6, .times = six_boots(1000, step) };

	axes_defaults(&c.axes);
	strcpy(c.axes.strategy, strategy);
	return c;
}

/* Only what is a result has to be narrow: neither null nor what failed. */
static void widths(void **state)
{
	struct cell_data cells[] = {
		cell("rfc", 1), cell("tried", 40), cell("null", 300), cell("null@b", 300),
		cell("gup", 300), cell("nullify", 0),
	};
	struct dataset data = { .info = { .clock = &clock_wall }, .cells = cells, .count = 6 };
	struct center center;
	struct widths w;

	(void)state;
	cells[4].status = CELL_FAILED;
	enough_widths(&data, 1, &w);
	assert_int_equal(w.cells, 3);
	assert_int_equal(w.without, 0);
	assert_int_equal(w.wide, 1);
	assert_ptr_equal(w.at, &cells[1]);
	/* the values span 1000 .. 1200 around 1100, and so can no interval */
	assert_in_range(w.widest * 1000, 1000, 9091);
	enough_widths(&data, 10, &w);
	assert_int_equal(w.wide, 0);
	/* as in the tables: the wider side of an interval that is not even */
	cells[1].times[5].total = 1900;
	enough_widths(&data, 10, &w);
	center_of(cells[1].times, 6, &clock_wall, &center);
	assert_true(w.widest == 100 * center_half(&center));
	cells[0].n_times = 5;
	enough_widths(&data, 10, &w);
	assert_int_equal(w.without, 1);
	assert_ptr_equal(w.at, &cells[0]);
	for (size_t i = 0; i < 6; i++)
		free(cells[i].times);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spread),
		cmocka_unit_test(spread_of_uneven_boots),
		cmocka_unit_test(spread_without_boots_effect),
		cmocka_unit_test(too_little_for_a_spread),
		cmocka_unit_test(rounds),
		cmocka_unit_test(rounds_are_the_cheapest),
		cmocka_unit_test(boots),
		cmocka_unit_test(rounds_when_boots_do_not_matter),
		cmocka_unit_test(widths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
