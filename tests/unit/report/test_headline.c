// SPDX-License-Identifier: GPL-3.0-or-later
/* Which comparison a page shows first, and in which words. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "report/judge/headline.h"

#define CELLS	16

static struct cell_data cells[CELLS];
static struct contrast c[CELLS];
static struct contrasts all;
static struct cell_data base;

static int begin(void **state)
{
	(void)state;
	memset(cells, 0, sizeof(cells));
	memset(c, 0, sizeof(c));
	all = (struct contrasts){ .c = c };
	axes_defaults(&base.axes);
	strcpy(base.axes.strategy, "unlocked");
	return 0;
}

/* A comparison of 10000 a page against the same over @ratio. */
static struct contrast *add(const char *strategy, uint64_t pages, enum verdict verdict,
			    double ratio)
{
	struct cell_data *cell = &cells[all.count];
	struct contrast *added = &c[all.count++];

	axes_defaults(&cell->axes);
	strcpy(cell->axes.strategy, strategy);
	cell->axes.pages = pages;
	*added = (struct contrast){
		.base = &base, .other = cell, .verdict = verdict, .ratio = ratio,
		.clock = verdict == VERDICT_EXACT || verdict == VERDICT_OVERLAP ? &clock_insn :
			 &clock_wall, .margin = 0.06,
		.other_median = 1e4 * pages, .base_median = 1e4 * pages / ratio,
	};
	return added;
}

static void check_choice(const char *strategy, uint64_t pages)
{
	const struct contrast *h = headline_choose(&all);

	assert_non_null(h);
	assert_string_equal(h->other->axes.strategy, strategy);
	assert_int_equal(h->other->axes.pages, pages);
}

/* Whichever of the two costs more, wherever it is. */
static void test_furthest(void **state)
{
	(void)state;
	add("resume", 64, VERDICT_FASTER, 0.4);
	add("resume", 512, VERDICT_FASTER, 0.5);
	check_choice("resume", 64);
	add("rfc", 1, VERDICT_SLOWER, 2.6);
	check_choice("rfc", 1);
	add("tried", 512, VERDICT_INCONCLUSIVE, 0.01);
	check_choice("rfc", 1);
	add("step:64", 16, VERDICT_EXACT, 1 / 181.);
	cells[4].axes.backing = BACKING_SHMEM;
	check_choice("step:64", 16);
}

/* As after a change that saves a little in most rows, and costs much in one. */
static void test_one_bad_row(void **state)
{
	(void)state;
	for (uint64_t pages = 1; pages <= 256; pages *= 4)
		add("resume", pages, VERDICT_EXACT, 0.95);
	add("resume", 16384, VERDICT_EXACT, 180.6);
	for (uint64_t pages = 1; pages <= 256; pages *= 4)
		add("rfc", pages, VERDICT_EXACT, 0.93);
	check_choice("resume", 16384);
}

static void test_longest(void **state)
{
	(void)state;
	add("resume", 64, VERDICT_FASTER, 0.5);
	add("resume", 512, VERDICT_FASTER, 0.5);
	add("resume", 256, VERDICT_FASTER, 0.5);
	check_choice("resume", 512);
}

/* No driver could call these instead, and a second name is no other strategy. */
static void test_no_contenders(void **state)
{
	static const char *const names[] = {
		"null", "touch", "populate", "gup", "fixup", "stale", "unlocked@b",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		add(names[i], 512, VERDICT_FASTER, 0.01);
	assert_null(headline_choose(&all));
	add("resume", 64, VERDICT_SLOWER, 2);
	check_choice("resume", 64);
}

/* A cell without a counterpart has no base to look at. */
static void test_without_counterpart(void **state)
{
	(void)state;
	add("resume", 4096, VERDICT_NONE, NAN)->base = NULL;
	assert_null(headline_choose(&all));
	add("resume", 64, VERDICT_FASTER, 0.9);
	check_choice("resume", 64);
}

/* An exact ratio is a difference from 1 % on: builds differ by less. */
static void test_exact(void **state)
{
	(void)state;
	add("resume", 64, VERDICT_EXACT, 0.9901);
	add("rfc", 512, VERDICT_EXACT, 1.0099);
	add("tried", 64, VERDICT_EXACT, 1.0101);
	check_choice("tried", 64);
}

/* What overlaps is shown only where nothing else was compared. */
static void test_overlap(void **state)
{
	(void)state;
	add("resume", 64, VERDICT_OVERLAP, 0.5);
	check_choice("resume", 64);
	add("rfc", 64, VERDICT_EXACT, 1.001);
	check_choice("rfc", 64);
	add("tried", 64, VERDICT_EXACT, 0.9);
	add("unlockable", 64, VERDICT_OVERLAP, 0.4);
	check_choice("tried", 64);
}

static void check_words(const char *wanted, enum emulated emulated)
{
	const struct contrast *h = headline_choose(&all);
	char text[1024];

	headline_say(h, "unlocked", h && h->clock->exact ? "insn" : "wall",
		     emulated, text, sizeof(text));
	assert_string_equal(text, wanted);
}

static void check_one(uint64_t pages, enum verdict verdict, double ratio, const char *wanted)
{
	begin(NULL);
	add("resume", pages, verdict, ratio);
	check_words(wanted, EMULATED_NO);
}

static void test_words(void **state)
{
	(void)state;
	check_one(16384, VERDICT_EXACT, 0.02, "Faulting in 16384 pages costs 50 times as much "
		  "with `unlocked` as with `resume`: 500k against 10k instructions per page on "
		  "the insn clock.");
	check_one(1, VERDICT_FASTER, 0.8, "Faulting in 1 page costs 20 % less with `resume` "
		  "than with `unlocked`: 10k against 12.5k ns per page on the wall clock.");
	check_one(64, VERDICT_SLOWER, 1.25, "Faulting in 64 pages costs 25 % more with `resume` "
		  "than with `unlocked`: 10k against 8k ns per page on the wall clock.");
	check_one(64, VERDICT_SLOWER, 4, "Faulting in 64 pages costs 4 times as much with "
		  "`resume` as with `unlocked`: 10k against 2.5k ns per page on the wall clock.");
	check_one(64, VERDICT_EXACT, 0.9993, "Faulting in 64 pages costs the same with `resume` "
		  "and `unlocked`, to within 1 %: 10k against 10k instructions per page on the "
		  "insn clock.");
	check_one(64, VERDICT_EXACT, 180.6, "Faulting in 64 pages costs 181 times as much with "
		  "`resume` as with `unlocked`: 10k against 55.4 instructions per page on the "
		  "insn clock.");
	check_one(64, VERDICT_OVERLAP, 0.4, "Faulting in 64 pages is not shown to differ between "
		  "`resume` and `unlocked`, whose samples overlap: 10k against 25k instructions "
		  "per page on the insn clock.");
	check_one(64, VERDICT_EQUIVALENT, 1.004, "Faulting in 64 pages costs the same with "
		  "`resume` and `unlocked`, to within 2 %: the ratio, 1, is within the noise of "
		  "this machine (wall clock).");
	check_one(64, VERDICT_INCONCLUSIVE, 0.4, "Whether faulting in 64 pages costs less with "
		  "`resume` or with `unlocked` cannot be told: the ratio is 0.4, 10k against 25k "
		  "ns per page on the wall clock.");
}

static void test_no_verdict(void **state)
{
	(void)state;
	check_words("No verdict: no cell of this run can be held against one of `unlocked` with "
		    "the same axes.", EMULATED_NO);
	add("resume", 64, VERDICT_FASTER, 0.25);
	check_words("No verdict: the wall times of this run were emulated, and are no evidence.",
		    EMULATED_YES);
	check_words("No verdict: the wall times of this run were perhaps emulated, and are no "
		    "evidence.", EMULATED_UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(test_furthest, begin),
		cmocka_unit_test_setup(test_one_bad_row, begin),
		cmocka_unit_test_setup(test_longest, begin),
		cmocka_unit_test_setup(test_no_contenders, begin),
		cmocka_unit_test_setup(test_without_counterpart, begin),
		cmocka_unit_test_setup(test_exact, begin),
		cmocka_unit_test_setup(test_overlap, begin),
		cmocka_unit_test_setup(test_words, begin),
		cmocka_unit_test_setup(test_no_verdict, begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
