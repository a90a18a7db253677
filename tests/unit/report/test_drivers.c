// SPDX-License-Identifier: GPL-3.0-or-later
/* Which piece is best for a driver, and for whom there is none. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "report/tables/drivers.h"

#define CELLS	16

static struct cell_data cells[CELLS];
static struct timed times[CELLS];
static struct dataset data = { .cells = cells };

static void add(const char *strategy, const char *profile, uint64_t total)
{
	struct cell_data *cell = &cells[data.count];

	memset(cell, 0, sizeof(*cell));
	axes_defaults(&cell->axes);
	snprintf(cell->axes.strategy, AXIS_TEXT_MAX, "%s", strategy);
	snprintf(cell->axes.profile, AXIS_TEXT_MAX, "%s", profile);
	cell->axes.pages = 100;
	cell->closed = 1;
	times[data.count].total = total;
	cell->times = &times[data.count++];
	cell->n_times = 1;
}

/* 8 is best, 4 and 16 near; 64 is near too, but 32 between them is not. */
static void add_pieces(void)
{
	data.count = 0;
	add("step:64", "none", 1040);
	add("step:32", "none", 1100);
	add("step:2", "none", 1051);
	add("step:16", "none", 1050);
	add("step:4", "none", 1049);
	add("step:8", "none", 1000);
	add("step:1", "mshv", 10);	/* as a driver calls, so no choice */
	add("unlocked", "none", 10);
}

static void test_piece(void **state)
{
	struct piece_choice c;

	(void)state;
	add_pieces();
	add("unlocked", "gpusvm", 3000);
	c = drivers_piece(&data, &cells[data.count - 1]);
	assert_ptr_equal(c.best, &cells[5]);
	assert_int_equal(c.piece, 8);
	assert_int_equal(c.least, 4);
	assert_int_equal(c.most, 16);
	/* Reads are another matter. */
	cells[data.count - 1].axes.access = ACCESS_READ;
	c = drivers_piece(&data, &cells[data.count - 1]);
	assert_null(c.best);
}

static const char *field(const struct table *t, size_t row, const char *heading)
{
	for (size_t c = 0; c < t->columns; c++)
		if (!strcmp(table_field(t, 0, c), heading))
			return table_field(t, row, c);
	return "no such column";
}

static void test_table(void **state)
{
	struct table t = { 0 };

	(void)state;
	add_pieces();
	add("rfc", "kfd", 2000);
	add("unlocked", "kfd", 0);
	cells[data.count - 1].status = CELL_SKIPPED;
	add("rfc", "gpusvm", 1500);
	add("unlocked", "gpusvm", 3000);
	assert_int_equal(drivers_table(&data, false, &t), 0);
	assert_int_equal(table_rows(&t), 4);
	assert_string_equal(field(&t, 1, "profile"), "mshv");
	assert_string_equal(field(&t, 2, "profile"), "kfd");
	assert_string_equal(field(&t, 2, "rfc"), "20");
	assert_string_equal(field(&t, 2, "unlocked"), "-");
	/* It cannot call what takes the lock itself, in pieces or not. */
	assert_string_equal(field(&t, 2, "piece"), "-");
	assert_string_equal(field(&t, 3, "unlocked"), "30");
	assert_string_equal(field(&t, 3, "piece"), "8");
	assert_string_equal(field(&t, 3, "near"), "4..16");
	assert_string_equal(field(&t, 3, "cost"), "10");
	table_free(&t);
	data.count = 6;
	assert_int_equal(drivers_table(&data, false, &t), -ENODATA);
	table_free(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_piece),
		cmocka_unit_test(test_table),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
