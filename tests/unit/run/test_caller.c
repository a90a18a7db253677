// SPDX-License-Identifier: GPL-2.0-or-later
/* Who makes calls: what is missing is told once found, and skips a cell. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "run/call/cell.h"

/* What was found the first time is the answer, and nobody is asked again. */
static void asked_once(void **state)
{
	struct caller_state states[CALLER_COUNT] = {
		[CALLER_MODULE] = { .opened = true, .handle = 1000 },
		[CALLER_RXE] = { .opened = true, .handle = -EXDEV, .why = { "as found before" } },
	};
	struct reason why = { "" };

	(void)state;
	assert_int_equal(caller_get(states, CALLER_MODULE, &why), 1000);
	assert_string_equal(why.text, "");
	assert_int_equal(caller_get(states, CALLER_RXE, &why), -EXDEV);
	assert_string_equal(why.text, "as found before");
	/* Nothing is open of the one, and no such descriptor of the other. */
	callers_close(states);
	assert_false(states[CALLER_RXE].opened);
}

/* Nobody has a soft-RoCE device without the driver: the line says what to do. */
static void rxe_missing(void **state)
{
	struct caller_state states[CALLER_COUNT] = { 0 };
	struct reason why = { "" };

	(void)state;
	if (!access("/sys/class/infiniband", F_OK))
		skip();
	assert_true(caller_get(states, CALLER_RXE, &why) < 0);
	assert_null(strchr(why.text, '\n'));
	assert_true(strstr(why.text, "modprobe it, or in the VM take a kernel that has it") ||
		    strstr(why.text, "built without libibverbs-dev: install it"));
	callers_close(states);
}

static bool has_caller(struct bench *bench, struct axes *axes, const char *strategy,
		       struct reason *why)
{
	struct recipe recipe;

	strcpy(axes->strategy, strategy);
	recipe_read(&recipe, axes, -1);
	return bench_has_caller(bench, &recipe, why);
}

/* A cell is skipped with the line of its caller, and of no other. */
static void cells_are_skipped(void **state)
{
	struct bench bench = {
		.device = -1,
		.callers[CALLER_RXE] = { .opened = true, .handle = -ENODEV, .why = { "no rxe" } },
	};
	struct reason why = { "" };
	struct axes axes;

	(void)state;
	axes_defaults(&axes);
	axes.pages = 64;
	axes.uffd = UFFD_NONE;
	assert_false(has_caller(&bench, &axes, "rxe-prefetch", &why));
	assert_string_equal(why.text, "no rxe");
	assert_true(has_caller(&bench, &axes, "touch", &why));
	bench.callers[CALLER_RXE].handle = 0;
	assert_true(has_caller(&bench, &axes, "rxe-prefetch", &why));
}

/* The module's call is the ioctl; any other's is in user space, and leaves nothing behind. */
static void callers_of_strategies(void **state)
{
	(void)state;
	for (size_t i = 0; i < strategies_count; i++) {
		const struct strategy_call *c = strategy_call(&strategies[i]);

		print_message("%s\n", strategies[i].name);
		assert_non_null(c);
		assert_non_null(callers[c->caller].name);
		if (c->caller == CALLER_MODULE) {
			assert_null(c->prepare);
			assert_string_equal(caller_advice(c->caller, EFAULT), "");
			continue;
		}
		assert_non_null(c->run);
		assert_non_null(c->finish);
		assert_int_equal(c->id, HMM_BENCH_NULL);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(asked_once),
		cmocka_unit_test(rxe_missing),
		cmocka_unit_test(cells_are_skipped),
		cmocka_unit_test(callers_of_strategies),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
