// SPDX-License-Identifier: GPL-3.0-or-later
/* The rule of verdicts, and which cells are compared. */
#include <stdio.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <math.h>

#include <cmocka.h>

#include "report/judge/contrasts.h"
#include "report/judge/margin.h"
#include "report/tables/check.h"

static struct contrast contrast(double ratio, double half, double p, double margin)
{
	return (struct contrast){
		.clock = &clock_wall, .boots = 12, .ratio = ratio, .lo = ratio - half,
		.hi = ratio + half, .p_sign = p, .p_rank = p, .p = NAN, .margin = margin,
		.verdict = VERDICT_INCONCLUSIVE,
	};
}

static void judged(struct contrast c, enum verdict want)
{
	struct contrasts table = { .c = &c, .count = 1 };

	verdict_judge(&table);
	if (c.verdict != want)
		fail_msg("%g +- %g, p %g, margin %g: %s: %s", c.ratio, c.hi - c.ratio,
			 c.p_rank, c.margin, verdict_name(c.verdict), c.why);
	assert_true((c.verdict == VERDICT_INCONCLUSIVE) == (c.why[0] != 0));
}

static void test_rule(void **state)
{
	(void)state;
	judged(contrast(1.03, 0.01, 0.001, 0.02), VERDICT_SLOWER);
	judged(contrast(0.97, 0.01, 0.001, 0.02), VERDICT_FASTER);
	judged(contrast(1.03, 0.01, 0.051, 0.02), VERDICT_INCONCLUSIVE);
	judged(contrast(1.015, 0.01, 0.001, 0.02), VERDICT_INCONCLUSIVE);
	judged(contrast(1.015, 0.004, 0.001, 0.02), VERDICT_EQUIVALENT);
	judged(contrast(1.0, 0.01, 0.9, 0.02), VERDICT_EQUIVALENT);
	judged(contrast(1.0, 0.03, 0.9, 0.02), VERDICT_INCONCLUSIVE);
	judged(contrast(0.985, 0.01, 0.9, 0.02), VERDICT_INCONCLUSIVE);
	/* a wide margin keeps differences out, and makes none of them equal */
	judged(contrast(1.05, 0.04, 0.001, 0.1), VERDICT_INCONCLUSIVE);
	judged(contrast(1.0, 0.03, 0.9, 0.1), VERDICT_INCONCLUSIVE);
	judged(contrast(1.0, 0.015, 0.9, 0.1), VERDICT_EQUIVALENT);
	/* no A/A pair: beyond the resolution, and never equivalent */
	judged(contrast(1.006, 0.001, 0.001, NAN), VERDICT_SLOWER);
	judged(contrast(1.004, 0.001, 0.001, NAN), VERDICT_INCONCLUSIVE);
	judged(contrast(1.0, 0.001, 0.9, NAN), VERDICT_INCONCLUSIVE);
}

/* 12 boots cannot tell anything among 300 rows: 300 * 2 / 2^12 is above 0.05. */
static void test_advice(void **state)
{
	static struct contrast c[300];
	struct contrasts table = { .c = c, .count = 300 };

	(void)state;
	for (size_t i = 0; i < 300; i++)
		c[i] = contrast(1.5, 0.01, 2 / 4096.0, 0.02);
	verdict_judge(&table);
	assert_int_equal(c[0].verdict, VERDICT_INCONCLUSIVE);
	assert_non_null(strstr(c[0].why, "need >= 14 boots"));
	assert_int_equal(table.matched, 300);
	assert_true(fabs(table.geomean - 1.5) < 1e-12);
	table.count = 102;
	verdict_judge(&table);
	assert_int_equal(c[0].verdict, VERDICT_SLOWER);
	c[0].boots = 5;
	c[0].p_rank = NAN;
	c[0].lo = NAN;
	c[0].hi = NAN;
	verdict_judge(&table);
	assert_non_null(strstr(c[0].why, "need >= 6 boots"));
	c[0].clock = &clock_insn;
	verdict_judge(&table);
	assert_int_equal(c[0].verdict, VERDICT_EXACT);
	table.count = 1;
	c[0] = contrast(1.01, 0.04, 0.9, 0.061);
	verdict_judge(&table);
	assert_non_null(strstr(c[0].why, "6.1 % the machine is too noisy to call equal"));
	assert_non_null(strstr(c[0].why, "within 2 %"));
}

/* Counts of a deterministic clock, in ascending order. */
static void counted(uint64_t *base, size_t n_base, uint64_t *other, size_t n_other,
		    enum verdict want)
{
	struct cell_data a = { .totals = base, .n_times = n_base };
	struct cell_data b = { .totals = other, .n_times = n_other };
	struct contrast c = {
		.base = &a, .other = &b, .clock = &clock_insn, .base_median = base[n_base / 2],
		.other_median = other[n_other / 2], .p_rank = NAN,
	};
	struct contrasts table = { .c = &c, .count = 1 };

	c.ratio = c.other_median / c.base_median;
	verdict_judge(&table);
	assert_int_equal(c.verdict, want);
	assert_int_equal(strstr(c.why, "overlap") != NULL, want == VERDICT_OVERLAP);
}

static void test_overlap(void **state)
{
	uint64_t refilled_once[] = { 39775, 39775, 39775, 39775, 46951 };
	uint64_t refilled[] = { 39765, 46941, 46941, 47014, 47148 };
	uint64_t above[] = { 46952, 46952, 46953 }, among[] = { 40000 }, touching[] = { 46951 };

	(void)state;
	counted(refilled_once, 5, refilled, 5, VERDICT_OVERLAP);
	counted(refilled, 5, refilled_once, 5, VERDICT_OVERLAP);
	counted(refilled_once, 5, above, 3, VERDICT_EXACT);
	counted(above, 3, refilled_once, 5, VERDICT_EXACT);
	counted(refilled_once, 5, among, 1, VERDICT_OVERLAP);
	counted(refilled_once, 5, touching, 1, VERDICT_OVERLAP);
	/* one sample each, and medians that are the same */
	counted(among, 1, touching, 1, VERDICT_EXACT);
	counted(among, 1, among, 1, VERDICT_EXACT);
	counted(refilled, 5, refilled, 5, VERDICT_EXACT);
}

/* 6 boots against 30 tell among 300 rows what 6 against 6 cannot: 2 / choose(36, 6). */
static void test_uneven_advice(void **state)
{
	static struct contrast c[300];
	struct contrasts table = { .c = c, .count = 300 };

	(void)state;
	for (size_t i = 0; i < 300; i++) {
		c[i] = contrast(1.0, 0.05, 0.9, 0.02);
		c[i].p_sign = NAN;
		c[i].boots = 6;
		c[i].boots_most = 6;
	}
	verdict_judge(&table);
	assert_non_null(strstr(c[0].why, "need >= 8 boots"));
	for (size_t i = 0; i < 300; i++)
		c[i].boots_most = 30;
	verdict_judge(&table);
	assert_non_null(strstr(c[0].why, "no difference shown"));
}

#define BOOTS	12
#define CELLS	6

struct made {
	struct dataset data;
	struct cell_data cells[CELLS];
	struct timed times[CELLS][BOOTS];
};

/* Noise of boots that cancels, and half a percent that does not. */
static void make(struct made *m, const char *const *strategies, const double *cost)
{
	static char accelerator[] = "kvm";
	static const uint64_t wobble[] = { 0, 50, 20, 40, 10, 30 };

	memset(m, 0, sizeof(*m));
	m->data.info.clock = &clock_wall;
	m->data.info.accelerator = accelerator;
	m->data.folder = "made";
	m->data.cells = m->cells;
	m->data.count = CELLS;
	for (uint32_t i = 0; i < CELLS; i++) {
		struct cell_data *cell = &m->cells[i];

		axes_defaults(&cell->axes);
		snprintf(cell->axes.strategy, AXIS_TEXT_MAX, "%s", strategies[i]);
		cell->axes.pages = i < CELLS / 2 ? 64 : 512;
		cell->closed = 1;
		cell->times = m->times[i];
		cell->n_times = BOOTS;
		for (uint32_t k = 0; k < BOOTS; k++)
			m->times[i][k] = (struct timed){
				(uint64_t)(cost[i] * (10000 + 100 * k +
						      wobble[(k + 2 * i) % 6])), k, 0, i };
	}
}

static const char *const three[] = {
	"unlocked", "unlocked@b", "rfc", "unlocked", "unlocked@b", "rfc",
};

static void test_strategies(void **state)
{
	static const double cost[] = { 1, 1, 1.05, 1, 1.03, 1.02 };
	struct contrasts table;
	static struct made m;

	(void)state;
	make(&m, three, cost);
	contrasts_of_strategies(&m.data, "unlocked", NULL, &table);
	assert_int_equal(table.count, 4);
	assert_ptr_equal(table.c[0].other, &m.cells[1]);
	assert_ptr_equal(table.c[0].base, &m.cells[0]);
	assert_ptr_equal(table.c[3].other, &m.cells[5]);
	assert_ptr_equal(table.c[3].base, &m.cells[3]);
	assert_int_equal(table.c[2].verdict, VERDICT_SLOWER);
	/* the pair at 512 pages is 3 % apart: what rfc differs by may be nothing there */
	assert_int_equal(table.c[3].verdict, VERDICT_INCONCLUSIVE);
	assert_true(table.c[3].margin > 0.03 && table.c[2].margin < 0.02);
	assert_true(table.margin == table.c[3].margin);
	/* a pair is judged by the others: not within a margin of its own making */
	assert_int_equal(table.c[1].verdict, VERDICT_SLOWER);
	assert_int_equal(table.c[0].verdict, VERDICT_EQUIVALENT);
	assert_true(table.c[0].margin > 0.03 && table.c[1].margin < 0.02);
	contrasts_free(&table);
}

static bool has_strategy(const struct cell_data *cell, const void *strategy)
{
	return !strcmp(cell->axes.strategy, strategy);
}

static void test_missing(void **state)
{
	const struct selection rfc = { has_strategy, "rfc" };
	static const char *const names[] = {
		"unlocked", "resume", "rfc", "tried", "resume", "rfc",
	};
	static const double cost[] = { 1, 1.03, 1.05, 1, 1.03, 1.02 };
	struct contrasts table;
	static struct made m;

	(void)state;
	make(&m, names, cost);
	m.cells[2].status = CELL_INVALID;
	strcpy(m.cells[2].reason, "2 stale pfns");
	contrasts_of_strategies(&m.data, "unlocked", &rfc, &table);
	assert_int_equal(table.count, 2);
	assert_int_equal(table.c[0].verdict, VERDICT_NONE);
	assert_non_null(strstr(table.c[0].why, "2 stale pfns"));
	assert_null(table.c[1].base);
	assert_int_equal(table.c[1].verdict, VERDICT_NONE);
	assert_int_equal(table.matched, 0);
	assert_true(isnan(table.geomean) && isnan(table.margin));
	assert_non_null(strstr(table.margin_from, "unlocked@b"));
	contrasts_free(&table);
}

static void test_runs(void **state)
{
	static const double cost[] = { 1, 1, 1.05, 1, 1, 1 };
	static const double later[] = { 1, 1, 1.575, 1, 1, 1 };
	static struct made a, b;
	struct contrasts table;

	(void)state;
	make(&a, three, cost);
	make(&b, three, later);
	b.cells[5].closed = 0;
	contrasts_of_runs(&a.data, &b.data, NULL, &table);
	assert_int_equal(table.count, 6);
	assert_int_equal(table.matched, 5);
	assert_ptr_equal(table.c[4].base, &a.cells[2]);
	assert_int_equal(table.c[4].verdict, VERDICT_SLOWER);
	assert_true(isnan(table.c[4].p_sign) && table.c[4].p_rank < 1e-5);
	assert_true(fabs(table.c[4].ratio - 1.5) < 0.001);
	/* boots are 11 % apart, which does not cancel here: nothing to be equal by */
	assert_int_equal(table.c[0].verdict, VERDICT_INCONCLUSIVE);
	assert_non_null(strstr(table.c[0].why, "too noisy"));
	assert_null(table.c[5].other);
	contrasts_free(&table);
}

/* What an emulator takes is set side by side, without p and without verdict. */
static void test_emulated(void **state)
{
	static const double cost[] = { 1, 1, 1.05, 1, 1, 1.05 };
	static char tcg[] = "tcg";
	struct contrasts table;
	static struct made a, b;

	(void)state;
	make(&a, three, cost);
	make(&b, three, cost);
	b.data.info.accelerator = tcg;
	b.cells[5].status = CELL_INVALID;
	strcpy(b.cells[5].reason, "2 stale pfns");
	contrasts_of_runs(&a.data, &b.data, NULL, &table);
	for (size_t i = 0; i < table.count; i++) {
		assert_int_equal(table.c[i].verdict, VERDICT_NONE);
		assert_true(isnan(table.c[i].p) && isnan(table.c[i].p_rank));
	}
	assert_int_equal(table.matched, 5);
	assert_string_equal(table.c[0].why, "no verdict: wall times of an emulator are no "
			    "evidence");
	assert_non_null(strstr(table.c[5].why, "2 stale pfns"));
	contrasts_free(&table);
	b.data.info.accelerator = NULL;
	contrasts_of_strategies(&b.data, "unlocked", NULL, &table);
	assert_int_equal(table.c[1].verdict, VERDICT_NONE);
	assert_non_null(strstr(table.c[1].why, "not known whether emulated"));
	assert_string_equal(verdict_name(table.c[1].verdict), "-");
	contrasts_free(&table);
}

static void test_limit(void **state)
{
	(void)state;
	assert_true(check_limit("2%") == 0.02);
	assert_true(check_limit("0.5%") == 0.005);
	assert_true(isnan(check_limit("2")) && isnan(check_limit("%")));
	assert_true(isnan(check_limit("-1%")) && isnan(check_limit("nan%")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rule),
		cmocka_unit_test(test_advice),
		cmocka_unit_test(test_overlap),
		cmocka_unit_test(test_uneven_advice),
		cmocka_unit_test(test_strategies),
		cmocka_unit_test(test_missing),
		cmocka_unit_test(test_runs),
		cmocka_unit_test(test_emulated),
		cmocka_unit_test(test_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
