// SPDX-License-Identifier: GPL-3.0-or-later
/* Which samples count, for which cell, and in which order cells are shown. */
#include <errno.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "report/data/order.h"
#include "report/tables/summary.h"

static char folder[] = "/tmp/hmmbench-test.XXXXXX";

static FILE *create(const char *name)
{
	char path[PATH_MAX];
	FILE *out;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	out = fopen(path, "we");
	assert_non_null(out);
	return out;
}

static FILE *begin(uint64_t cells)
{
	struct run_info info = { .clock = &clock_wall, .cells = cells };
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/run.json", folder);
	assert_int_equal(run_info_write(path, &info), 0);
	return create("samples.jsonl");
}

static void sample(FILE *out, uint32_t cell, uint32_t boot, uint64_t total)
{
	struct sample s = { .cell = cell, .boot = boot, .total = total, .check = "ok" };

	memset(&s.counts, 0xff, sizeof(s.counts));	/* NOT_KNOWN */
	assert_int_equal(record_write_sample(out, &s), 0);
}

static void closes(FILE *out, uint32_t cell, uint32_t boot, const char *strategy,
		   uint64_t pages, enum cell_status status)
{
	struct cell_record c = { .cell = cell, .boot = boot, .status = status };

	axes_defaults(&c.axes);
	snprintf(c.axes.strategy, sizeof(c.axes.strategy), "%s", strategy);
	c.axes.pages = pages;
	assert_int_equal(record_write_cell(out, &c), 0);
}

static void load(FILE *out, struct dataset *data)
{
	struct reason why = { "" };

	assert_int_equal(fclose(out), 0);
	assert_int_equal(dataset_load(folder, data, &why), 0);
}

/* Boots 0 and 2 closed the cell, boot 1 did not; its sample is an orphan. */
static void test_pooling(void **state)
{
	FILE *out = begin(3);
	struct dataset data;

	(void)state;
	sample(out, 0, 0, 10);
	closes(out, 0, 0, "rfc", 4, CELL_OK);
	sample(out, 0, 1, 99);
	sample(out, 0, 2, 30);
	sample(out, 0, 2, NOT_KNOWN);
	closes(out, 0, 2, "rfc", 4, CELL_OK);
	sample(out, 7, 0, 5);
	load(out, &data);
	assert_int_equal(data.cells[0].closed, 2);
	assert_int_equal(data.cells[0].n_times, 2);
	assert_int_equal(data.cells[0].times[0].total, 10);
	assert_int_equal(data.cells[0].times[1].total, 30);
	assert_int_equal(data.orphans, 2);
	assert_int_equal(dataset_missing(&data), 2);
	assert_int_equal(data.cut_off, 0);
	dataset_free(&data);
}

/* Samples keep their boot; of warmups the first of each boot stays. */
static void test_boots(void **state)
{
	FILE *out = begin(1);
	struct sample warm = { .boot = 1, .mode = MODE_WARMUP, .check = "ok" };
	struct dataset data;

	(void)state;
	sample(out, 0, 1, 30);
	warm.seq = 5;
	warm.total = 99;
	assert_int_equal(record_write_sample(out, &warm), 0);
	warm.seq = 4;
	warm.total = 77;
	assert_int_equal(record_write_sample(out, &warm), 0);
	closes(out, 0, 1, "rfc", 4, CELL_OK);
	sample(out, 0, 0, 50);
	closes(out, 0, 0, "rfc", 4, CELL_OK);
	load(out, &data);
	assert_int_equal(data.cells[0].n_times, 2);
	assert_int_equal(data.cells[0].times[0].boot, 0);
	assert_int_equal(data.cells[0].times[1].total, 30);
	assert_int_equal(data.cells[0].totals[0], 30);
	assert_int_equal(data.cells[0].n_startups, 1);
	assert_int_equal(data.cells[0].startups[0].total, 77);
	dataset_free(&data);
}

/* In whichever order the boots come. */
static void test_worst(void **state)
{
	static const enum cell_status order[][2] = {
		{ CELL_OK, CELL_INVALID }, { CELL_INVALID, CELL_OK },
		{ CELL_FAILED, CELL_INVALID }, { CELL_UNSUPPORTED, CELL_FAILED },
	};
	static const enum cell_status worst[] = {
		CELL_INVALID, CELL_INVALID, CELL_FAILED, CELL_FAILED,
	};
	struct dataset data;

	(void)state;
	for (size_t i = 0; i < sizeof(worst) / sizeof(*worst); i++) {
		FILE *out = begin(1);

		closes(out, 0, 0, "rfc", 4, order[i][0]);
		closes(out, 0, 1, "rfc", 4, order[i][1]);
		load(out, &data);
		assert_int_equal(data.cells[0].status, worst[i]);
		assert_true(summary_bad(&data));
		dataset_free(&data);
	}
}

static void failing(FILE *out, uint32_t cell, uint32_t boot, int err, const char *check)
{
	struct sample s = { .cell = cell, .boot = boot, .seq = 27, .total = 5, .err = err };

	snprintf(s.check, sizeof(s.check), "%s", check);
	assert_int_equal(record_write_sample(out, &s), 0);
}

/* Whoever closed the cell: a sample that failed is never averaged. */
static void test_overlooked(void **state)
{
	struct dataset data;
	FILE *out = begin(4);

	(void)state;
	failing(out, 0, 0, 0, "2 stale pfns");
	closes(out, 0, 0, "rfc", 4, CELL_OK);
	failing(out, 1, 1, EFAULT, "ok");
	closes(out, 1, 0, "rfc", 8, CELL_OK);
	closes(out, 1, 1, "rfc", 8, CELL_OK);
	failing(out, 2, 0, EFAULT, "ok");
	closes(out, 2, 0, "plain", 4, CELL_UNSUPPORTED);
	sample(out, 3, 0, 10);
	closes(out, 3, 0, "rfc", 16, CELL_OK);
	failing(out, 3, 1, 0, "2 stale pfns");		/* of a boot that did not close it */
	load(out, &data);
	assert_int_equal(data.cells[0].status, CELL_INVALID);
	assert_string_equal(data.cells[0].reason, "sample 27 of boot 0: 2 stale pfns");
	assert_int_equal(data.cells[1].status, CELL_INVALID);
	assert_string_equal(data.cells[1].reason, "sample 27 of boot 1: refused: EFAULT");
	assert_int_equal(dataset_closure(&data, 1, 0)->status, CELL_OK);
	assert_int_equal(dataset_closure(&data, 1, 1)->status, CELL_INVALID);
	assert_int_equal(data.cells[2].status, CELL_UNSUPPORTED);
	assert_int_equal(data.cells[3].status, CELL_OK);
	dataset_free(&data);
}

static void test_bad(void **state)
{
	struct dataset data;
	FILE *out = begin(2);

	(void)state;
	closes(out, 0, 0, "rfc", 4, CELL_SKIPPED);
	closes(out, 1, 0, "plain", 4, CELL_UNSUPPORTED);
	load(out, &data);
	assert_false(summary_bad(&data));
	dataset_free(&data);
}

/* Strategies as they first appear in the plan, whichever closed first. */
static void test_order(void **state)
{
	static const size_t want[] = { 1, 0, 5, 2, 4 };
	size_t *order, count;
	struct dataset data;
	FILE *out = begin(6);

	(void)state;
	closes(out, 5, 0, "unlocked", 64, CELL_OK);
	closes(out, 2, 0, "null", 2, CELL_OK);
	closes(out, 4, 0, "null", 8, CELL_OK);
	closes(out, 1, 0, "unlocked", 1, CELL_OK);
	closes(out, 0, 0, "unlocked", 16, CELL_OK);
	load(out, &data);
	order = order_of(&data, &count);
	assert_non_null(order);
	assert_int_equal(count, sizeof(want) / sizeof(*want));
	assert_memory_equal(order, want, sizeof(want));
	free(order);
	dataset_free(&data);
}

static void test_cut_off(void **state)
{
	FILE *out = begin(1);
	struct dataset data;

	(void)state;
	sample(out, 0, 0, 10);
	closes(out, 0, 0, "rfc", 4, CELL_OK);
	fputs("{\"schema\":", out);
	load(out, &data);
	assert_int_equal(data.cut_off, 1);
	assert_int_equal(data.cells[0].n_times, 1);
	dataset_free(&data);
}

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	char path[PATH_MAX];

	(void)state;
	snprintf(path, sizeof(path), "%s/run.json", folder);
	unlink(path);
	snprintf(path, sizeof(path), "%s/samples.jsonl", folder);
	unlink(path);
	return rmdir(folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pooling),
		cmocka_unit_test(test_boots),
		cmocka_unit_test(test_worst),
		cmocka_unit_test(test_overlooked),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_cut_off),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
