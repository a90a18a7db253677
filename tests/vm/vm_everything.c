// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Every strategy on every kind of memory under every mode of userfaultfd, quiet and under
 * load, read and written, in small: for a kernel that checks itself.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "model/strategies.h"
#include "run/memory/prepare.h"
#include "vm_tests.h"

/* All that disturbs a call, but not so often that none ever ends. */
#define LOAD	"writers:1:1ms:16+readers:1:1ms:64+invalidators:1:1ms:16+peers:1:1ms:16"

static size_t measured, none;

static void measure(const struct axes *axes)
{
	const struct axis *wrong;
	struct reason why = { "" };
	struct recipe recipe;
	struct sample s;

	if (recipe_check_axes(axes, &wrong, &why) || !supported(axes, &why)) {
		none++;
		return;
	}
	measured++;
	recipe = recipe_of(axes);
	if (recipe.load.disturbs || recipe.strategy->role == STRATEGY_CONTROL)
		take_any(axes, MODE_TIME, NULL, &s);
	else
		take(axes, MODE_TIME, &s);
	if (recipe_countable(&recipe))
		take_any(axes, MODE_COUNT, NULL, &s);
}

static void measure_under_load(const char *strategy)
{
	static const enum backing backings[] = { BACKING_ANON, BACKING_SHMEM, BACKING_SWAP };
	static const enum uffd_mode modes[] = { UFFD_NONE, UFFD_MISSING, UFFD_WP };
	struct axes axes = axes_of(strategy, 16);

	snprintf(axes.load, sizeof(axes.load), "%s", LOAD);
	for (size_t b = 0; b < 3; b++) {
		for (size_t m = 0; m < 3; m++) {
			axes.backing = backings[b];
			axes.uffd = modes[m];
			measure(&axes);
		}
	}
}

static void measure_backings(struct axes *axes)
{
	for (axes->backing = 0; axes->backing < BACKING_COUNT; axes->backing++) {
		axes->pages = backing_unit(axes) > 1 ? 512 : 16;
		for (axes->uffd = 0; axes->uffd < UFFD_COUNT; axes->uffd++)
			for (axes->access = ACCESS_READ; axes->access <= ACCESS_WRITE; axes->access++)
				measure(axes);
	}
}

void test_everything(void **state)
{
	struct axes axes;

	(void)state;
	for (size_t s = 0; s < strategies_count; s++) {
		char name[AXIS_TEXT_MAX];

		if (strategies[s].role == STRATEGY_DRIVER)
			continue;
		snprintf(name, sizeof(name), "%s%s", strategies[s].name,
			 strategies[s].takes_chunk ? ":3" : "");
		axes = axes_of(name, 16);
		measure_backings(&axes);
		measure_under_load(name);
		print_message("%s: %zu measured, %zu are none so far\n", name, measured, none);
		fflush(stdout);	/* or the guest passes for hung */
	}
	assert_true(measured > 500);
}
