// SPDX-License-Identifier: GPL-3.0-or-later
/* Panels of values: what becomes one row, and in which order. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "report/figures/sheet.h"
#include "report/write/number.h"

static struct sheet *two_panels(void)
{
	static const struct { const char *row; double one, other; } rows[] = {
		{ "a", 100, 10 }, { "b", 105, 10 }, { "c", 105, 20 }, { "d", 300, NAN },
	};
	struct sheet *s = calloc(1, sizeof(*s));

	assert_non_null(s);
	sheet_panel(s, "one", "x", "y");
	sheet_panel(s, "other", "x", "z");
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		sheet_put(s, &s->panel[0], rows[i].row, "k", rows[i].one);
		sheet_put(s, &s->panel[1], rows[i].row, "k", rows[i].other);
	}
	return s;
}

/* A row is another's only if it is near it on every panel. */
static void test_merge(void **state)
{
	struct sheet *s = two_panels();
	struct apart apart;

	(void)state;
	assert_true(sheet_merge(s, 0.1, 0, &apart));
	assert_int_equal(s->rows, 3);
	assert_string_equal(s->row[0], "a, b");
	assert_string_equal(s->row[1], "c");
	assert_false(sheet_merge(s, 0.01, 0, &apart));
	sheet_sort_rows(s);
	assert_string_equal(s->row[0], "d");
	assert_string_equal(s->row[2], "a, b");
	assert_true(s->panel[0].value[2][0] == 100 && isnan(s->panel[1].value[0][0]));
	free(s);
}

/* The columns move with their values; those of one rank stay as they came. */
static void test_sort_columns(void **state)
{
	struct sheet *s = calloc(1, sizeof(*s));
	struct panel *p;

	(void)state;
	assert_non_null(s);
	p = sheet_panel(s, "", "x", "y");
	sheet_column(s, p, "b1", 7);
	sheet_column(s, p, "b0", 7);
	sheet_column(s, p, "a", 3);
	sheet_put(s, p, "r", "b1", 1);
	sheet_put(s, p, "r", "b0", 2);
	sheet_put(s, p, "r", "a", 3);
	sheet_sort_columns(s);
	assert_string_equal(p->column[0], "a");
	assert_string_equal(p->column[1], "b1");
	assert_true(p->value[0][0] == 3 && p->value[0][1] == 1 && p->value[0][2] == 2);
	free(s);
}

/* An interval goes where its value goes, and counts for the axis. */
static void test_intervals(void **state)
{
	struct sheet *s = calloc(1, sizeof(*s));
	struct panel *p;
	double low, high;

	(void)state;
	assert_non_null(s);
	p = sheet_panel(s, "", "x", "y");
	sheet_column(s, p, "b", 1);
	sheet_put(s, p, "without", "b", 5);
	assert_false(s->intervals);
	sheet_put_interval(s, p, "with", "b", 10, 2, 30);
	sheet_put_interval(s, p, "with", "a", 11, 9, 12);
	assert_true(s->intervals);
	sheet_sort_columns(s);
	assert_true(p->value[1][1] == 10 && p->lo[1][1] == 2 && p->hi[1][0] == 12);
	sheet_limits(s, p, &low, &high);
	assert_true(low == 2 && high == 30);
	sheet_sort_rows(s);
	assert_string_equal(s->row[0], "with");
	assert_true(p->lo[0][1] == 2 && isnan(p->lo[1][1]));
	free(s);
}

/* Letters are of the rows that a table has. */
static void test_letters(void **state)
{
	struct sheet *s = calloc(1, sizeof(*s));
	struct panel *p;

	(void)state;
	assert_non_null(s);
	p = sheet_panel(s, "", "x", "y");
	sheet_row(s, "only drawn");
	sheet_put(s, p, "known", "a", 1);
	assert_false(sheet_has_row(s, 0));
	assert_true(sheet_has_row(s, 1));
	assert_int_equal(sheet_letter(s, 1), 'A');
	free(s);
}

/* Nothing is dropped in silence when there is no room. */
static void test_full(void **state)
{
	struct sheet *s = calloc(1, sizeof(*s));
	char name[16];

	(void)state;
	assert_non_null(s);
	sheet_panel(s, "", "x", "y");
	for (int i = 0; i <= SHEET_COLUMNS; i++) {
		assert_false(s->full);
		snprintf(name, sizeof(name), "%d", i);
		sheet_put(s, &s->panel[0], "r", name, i);
	}
	assert_true(s->full);
	assert_int_equal(s->panel[0].columns, SHEET_COLUMNS);
	free(s);
}

static void test_short(void **state)
{
	char text[NUMBER_MAX];

	(void)state;
	assert_string_equal(number_short(0, text), "0");
	assert_string_equal(number_short(0.0547, text), "0.0547");
	assert_string_equal(number_short(999.4, text), "999");
	assert_string_equal(number_short(999.6, text), "1k");
	assert_string_equal(number_short(14236, text), "14.2k");
	assert_string_equal(number_short(2.5e9, text), "2.5G");
	assert_string_equal(number_short(NAN, text), "-");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_merge),
		cmocka_unit_test(test_sort_columns),
		cmocka_unit_test(test_intervals),
		cmocka_unit_test(test_letters),
		cmocka_unit_test(test_full),
		cmocka_unit_test(test_short),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
