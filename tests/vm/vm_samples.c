// SPDX-License-Identifier: GPL-2.0-or-later
/* What every test in a guest needs: the bench, a cell by name, a sample of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "vm_tests.h"

struct bench bench;

int open_bench(void **state)
{
	struct reason why;

	(void)state;
	return bench_open(&bench, "/scratch", 0, &why);
}

int close_bench(void **state)
{
	(void)state;
	bench_close(&bench);
	return 0;
}

struct axes axes_of(const char *strategy, uint64_t pages)
{
	struct axes axes;

	axes_defaults(&axes);
	snprintf(axes.strategy, sizeof(axes.strategy), "%s", strategy);
	axes.pages = pages;
	return axes;
}

struct recipe recipe_of(const struct axes *axes)
{
	char key[AXES_KEY_MAX];
	const struct axis *wrong;
	struct recipe recipe;
	struct reason why;

	if (recipe_check_axes(axes, &wrong, &why))
		fail_msg("%s: %s", axes_key(axes, key, sizeof(key)), why.text);
	recipe_read(&recipe, axes, bench.device);
	return recipe;
}

bool supported(const struct axes *axes, struct reason *why)
{
	struct recipe recipe = recipe_of(axes);

	return bench_supports(&bench, &recipe, why);
}

void take_any(const struct axes *axes, enum sample_mode mode, struct observation *seen,
	      struct sample *s)
{
	struct recipe recipe = recipe_of(axes);
	char key[AXES_KEY_MAX];
	struct reason why = { "" };

	memset(s, 0, sizeof(*s));
	if (!bench_supports(&bench, &recipe, &why) ||
	    bench_begin(&bench, &recipe, &why) ||
	    (mode == MODE_WATCH && bench_watch(&bench, &why)) ||
	    cell_sample(&bench, &recipe, mode, 7, seen, s, &why))
		fail_msg("%s: %s", axes_key(axes, key, sizeof(key)), why.text);
	bench_end(&bench);
}

void take(const struct axes *axes, enum sample_mode mode, struct sample *s)
{
	char key[AXES_KEY_MAX];

	take_any(axes, mode, NULL, s);
	if (strcmp(s->check, "ok"))
		fail_msg("%s: %s", axes_key(axes, key, sizeof(key)), s->check);
}
