// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "model/axes.h"

static void refuses(const char *axis, const char *text, int err, const char *want)
{
	struct reason why = { "" };
	struct axes axes, before;

	axes_defaults(&axes);
	before = axes;
	assert_int_equal(axis_parse(axis_find(axis), text, &axes, &why), err);
	assert_string_equal(why.text, want);
	assert_memory_equal(&axes, &before, sizeof(axes));
}

static void test_errors(void **state)
{
	(void)state;
	refuses("pages", "0", -ERANGE, "0 is not from 1 to 1048576");
	refuses("pages", "1048577", -ERANGE, "1048577 is not from 1 to 1048576");
	refuses("pages", "-1", -EINVAL, "'-1' is not a whole number from 1 to 1048576");
	refuses("pages", "", -EINVAL, "'' is not a whole number from 1 to 1048576");
	refuses("pages", "4k", -EINVAL, "'4k' is not a whole number from 1 to 1048576");
	refuses("pages", "99999999999999999999", -EINVAL,
		"'99999999999999999999' is not a whole number from 1 to 1048576");
	refuses("populated", "101", -ERANGE, "101 is not from 0 to 100");
	refuses("access", "exec", -EINVAL, "'exec' is not one of read write");
	refuses("uffd", "", -EINVAL, "'' is not one of none missing minor wp move rwp "
		"wp-async rwp-async poison user-only");
	refuses("strategy", "a b", -EINVAL, "'a b' is not a name; it has 1 to 95 "
		"characters, no spaces, quotes or slashes");
}

/* Every value of every axis comes back as it was written. */
static void test_round_trip(void **state)
{
	static const char *const values[][2] = {
		{ "strategy", "step:64" }, { "pages", "1048576" },
		{ "access", "read" }, { "uffd", "none" }, { "populated", "100" },
		{ "tables", "warm" }, { "batch", "512" }, { "backing", "shmem" },
		{ "threads", "2" }, { "delay", "exp:100us" }, { "wait", "busy" },
		{ "placement", "0-1-0-1" }, { "load", "heavy" },
		{ "bystanders", "on" }, { "profile", "kfd" },
	};
	char text[AXIS_TEXT_MAX], key[AXES_KEY_MAX];
	struct reason why;
	struct axes axes;

	(void)state;
	axes_defaults(&axes);
	assert_int_equal(sizeof(values) / sizeof(*values), axes_count);
	for (size_t i = 0; i < axes_count; i++) {
		const struct axis *axis = axis_find(values[i][0]);

		assert_int_equal(axis_parse(axis, values[i][1], &axes, &why), 0);
		assert_string_equal(axis_format(axis, &axes, text, sizeof(text)),
				    values[i][1]);
	}
	assert_string_equal(axes_key(&axes, key, sizeof(key)),
			    "step:64/1048576/access=read/backing=shmem/uffd=none/populated=100"
			    "/tables=warm/batch=512/threads=2/delay=exp:100us/wait=busy"
			    "/placement=0-1-0-1/load=heavy/bystanders=on/profile=kfd");
}

static void test_defaults(void **state)
{
	char key[AXES_KEY_MAX];
	struct axes axes;

	(void)state;
	axes_defaults(&axes);
	assert_string_equal(axes_key(&axes, key, sizeof(key)), "/0");
	assert_null(axis_find("nothing"));
}

/* Numbers as numbers, whatever stands behind a name, and only the axes that count. */
static void test_order(void **state)
{
	static const char *const but[] = { "pages", "strategy", NULL };
	struct axes a, b;

	(void)state;
	axes_defaults(&a);
	axes_defaults(&b);
	snprintf(a.strategy, sizeof(a.strategy), "unlocked");
	snprintf(a.strategy, sizeof(a.strategy), "rfc");
	snprintf(b.strategy, sizeof(b.strategy), "rfc");
	assert_int_equal(axes_compare(&a, &b, NULL), 0);
	a.pages = 4;
	b.pages = 16;
	assert_true(axes_compare(&a, &b, NULL) < 0);
	assert_true(axes_compare(&b, &a, NULL) > 0);
	snprintf(a.strategy, sizeof(a.strategy), "step:64");
	assert_true(axes_compare(&a, &b, NULL) > 0);
	assert_int_equal(axes_compare(&a, &b, but), 0);
	a.tables = TABLES_WARM;
	assert_false(axes_same_but(&a, &b, but));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_defaults),
		cmocka_unit_test(test_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
