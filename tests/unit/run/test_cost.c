// SPDX-License-Identifier: GPL-2.0-or-later
/* What a sample is expected to cost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "run/plan/cost.h"

static uint64_t cost(const char *strategy, uint64_t pages, uint64_t batch)
{
	struct axes axes;

	axes_defaults(&axes);
	strcpy(axes.strategy, strategy);
	axes.uffd = UFFD_MISSING;
	axes.pages = pages;
	axes.batch = batch;
	return cost_insn(&axes);
}

static void cost_follows_the_model(void **state)
{
	const uint64_t n = 1000, k = 10, base = n * 3500 + n * 23000;

	(void)state;
	assert_int_equal(cost("null", n, 1), n * 3500);
	assert_int_equal(cost("rfc", n, 1), base + 141 * 2 * n);
	assert_int_equal(cost("unlocked", n, 1), base + 141 * (n * (n + 3) / 2));
	assert_int_equal(cost("stale", n, 1), cost("unlocked", n, 1));
	assert_int_equal(cost("step:10", n, 1), base + 141 * (n * (k + 3) / 2));
	assert_int_equal(cost("step:4096", n, 1), cost("unlocked", n, 1));
	assert_int_equal(cost("step:10@b", n, 1), cost("step:10", n, 1));
	assert_int_equal(cost("unlocked@b", n, 1), cost("unlocked", n, 1));
	assert_int_equal(cost("null@b", n, 1), cost("null", n, 1));
	/* about N^2 / 2B visits */
	assert_int_equal(cost("ebusy", n, 10), n * 3500 + n / 10 * 23000 +
			 141 * (n / 10 * (n + 1) / 2 + n));
	/* 2^20 pages do not overflow */
	assert_true(cost("ebusy", 1 << 20, 1) > cost("ebusy", 1 << 19, 1) * 3);
}

static void cost_counts_what_is_missing(void **state)
{
	struct axes axes;

	(void)state;
	axes_defaults(&axes);
	strcpy(axes.strategy, "rfc");
	axes.uffd = UFFD_MISSING;
	axes.pages = 100;
	axes.populated = 75;
	assert_int_equal(cost_insn(&axes), 100 * 3500 + 25 * 23000 + 141 * 200);
	/* no userfaultfd, no dropped lock: every strategy walks on */
	axes.uffd = UFFD_NONE;
	strcpy(axes.strategy, "unlocked");
	assert_int_equal(cost_insn(&axes), 100 * 3500 + 25 * 3600 + 141 * 200);
	/* but for the first write to each page of a shared mapping */
	axes.backing = BACKING_SHMEM;
	assert_int_equal(cost_insn(&axes), 100 * 3500 + 25 * 3600 + 141 * 200 +
			 25 * 101 / 2 * 141);
	strcpy(axes.strategy, "plain");
	assert_int_equal(cost_insn(&axes), 100 * 3500 + 25 * 3600 + 141 * 200 +
			 25 * 1 / 2 * 141);
	axes.access = ACCESS_READ;
	assert_int_equal(cost_insn(&axes), 100 * 3500 + 25 * 3600 + 141 * 200);
}

/* Instructions of a dropped lock are dearer to emulate than those of a walk. */
static void time_is_not_instructions(void **state)
{
	struct axes drops, walks;

	(void)state;
	axes_defaults(&drops);
	drops.uffd = UFFD_MISSING;
	walks = drops;
	strcpy(drops.strategy, "rfc");
	drops.pages = 65536;
	strcpy(walks.strategy, "ebusy");
	walks.pages = 4096;
	assert_true(cost_ns(&drops) / cost_insn(&drops) > cost_ns(&walks) / cost_insn(&walks));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cost_follows_the_model),
		cmocka_unit_test(cost_counts_what_is_missing),
		cmocka_unit_test(time_is_not_instructions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
