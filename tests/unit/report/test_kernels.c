// SPDX-License-Identifier: GPL-3.0-or-later
/* What kernels are called, which are two, and lists of strategies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "model/strategies.h"
#include "report/tables/compare.h"

static void expect_name(const struct dataset *runs, size_t count, size_t i, const char *want)
{
	char name[KERNEL_NAME_MAX];

	assert_string_equal(kernel_name(&runs[i], runs, count, name, sizeof(name)), want);
}

static void test_names(void **state)
{
	static char named[] = "7.3-rt", empty[] = "", strange[] = "7.3\trt";
	static char debian[] = "7.3.4+deb13-amd64", rt[] = "7.3.4-rt1", bare[] = "7.2.1";
	static char odd[] = "-rc";
	struct dataset runs[] = {
		{ .folder = "out/a/", .info = { .kernel_name = named, .kernel = debian } },
		{ .folder = "out/b", .info = { .kernel_name = empty, .kernel = bare } },
		{ .folder = "out/c//", .info = { .kernel = odd } },
		{ .folder = "d", .info = { 0 } },
		{ .folder = "e", .info = { .kernel_name = strange } },
	};
	struct dataset alike[] = {
		{ .folder = "x/one/", .info = { .kernel = debian } },
		{ .folder = "y/one", .info = { .kernel = rt } },
		{ .folder = "y/two", .info = { .kernel = rt } },
		{ .folder = "y/three", .info = { .kernel = bare } },
	};

	(void)state;
	expect_name(runs, 5, 0, "7.3-rt");
	expect_name(runs, 5, 1, "7.2.1");
	expect_name(runs, 5, 2, "c");
	expect_name(runs, 5, 3, "d");
	expect_name(runs, 5, 4, "7.3?rt");
	expect_name(alike, 4, 0, "7.3.4 (x/one/)");
	expect_name(alike, 4, 1, "7.3.4 (y/one)");
	expect_name(alike, 4, 2, "7.3.4 (two)");
	expect_name(alike, 4, 3, "7.2.1");
	expect_name(alike, 1, 0, "7.3.4");
}

static void test_differs(void **state)
{
	static char one[] = "7.3.4", other[] = "7.2.1";
	struct dataset a = { .info = { .kernel = one } }, b = a;

	(void)state;
	assert_false(kernel_differs(&a, &b));
	b.info.kernel = other;
	assert_true(kernel_differs(&a, &b));
	b = a;
	b.info.kernel_name = one;
	assert_true(kernel_differs(&a, &b));
	b = a;
	b.info.kernel_config_sha256 = one;
	assert_true(kernel_differs(&a, &b));
	b = a;
	b.info.kernel_build_id = one;
	assert_true(kernel_differs(&a, &b));
}

static void test_list(void **state)
{
	(void)state;
	assert_true(strategy_listed(NULL, "plain"));
	assert_true(strategy_listed("plain", "plain"));
	assert_true(strategy_listed("plain,unlocked", "unlocked"));
	assert_false(strategy_listed("plain,unlocked-1s", "unlocked"));
	assert_false(strategy_listed("plain", "plai"));
	assert_false(strategy_listed("", "plain"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_differs),
		cmocka_unit_test(test_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
