// SPDX-License-Identifier: GPL-3.0-or-later
/* What is typed to make a run again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "report/data/rerun.h"

static void check(const struct run_info *info, const char *wanted)
{
	struct dataset data = { .info = *info };
	struct reason command;

	rerun_command(&data, "DIR", &command);
	assert_string_equal(command.text, wanted);
}

static void test_guest(void **state)
{
	struct run_info info = { .clock = &clock_insn, .boot_kind = "vm", .seed = 7,
				 .matrix = "quick" };

	(void)state;
	check(&info, "scripts/bench --matrix=quick --clock=insn --seed=7 --out=DIR");
	info.kernel_name = "linux@my-branch";
	check(&info, "scripts/bench --kernel=linux@my-branch --matrix=quick --clock=insn "
	      "--seed=7 --out=DIR");
	info.kernel_name = "7.3 nokaslr it's=$(reboot)";
	check(&info, "scripts/bench --kernel=7.3 --append='nokaslr it'\\''s=$(reboot)' "
	      "--matrix=quick --clock=insn --seed=7 --out=DIR");
	info.kernel_name = NULL;
	info.qemu = "7.2 -object filter-buffer,id=turns,netdev=turn,queue=all,interval=20 -append 'quiet'";
	check(&info, "scripts/bench --matrix=quick --clock=insn --seed=7 --out=DIR --turn=20");
}

static void test_model(void **state)
{
	struct dataset data = {
		.info = { .clock = &clock_insn, .boot_kind = "vm", .seed = 7, .matrix = "numa" },
		.machine = "server",
	};
	struct reason command;

	(void)state;
	rerun_command(&data, "DIR", &command);
	assert_string_equal(command.text, "scripts/bench --matrix=numa --clock=insn --seed=7 "
			    "--out=DIR --model=server");
}

/* On metal: the program alone, or the script that builds and loads the modules. */
static void test_metal(void **state)
{
	struct run_info info = { .clock = &clock_wall, .boot_kind = "process", .seed = 1,
				 .matrix = "default" };

	(void)state;
	check(&info, "hmmbench run --matrix=bench/matrices/default.yaml --clock=wall --seed=1 "
	      "--out=DIR");
	info.kernel_name = "here";
	check(&info, "scripts/bench --here --matrix=default --clock=wall --seed=1 --out=DIR");
}

/* Its name is no path, and may be anything. */
static void test_own_matrix(void **state)
{
	static const char *const names[] = { "mine", "defaul", "aa backing", "$(reboot)", "" };
	struct run_info info = { .clock = &clock_insn, .boot_kind = "vm", .seed = 1 };

	(void)state;
	assert_true(rerun_own_matrix(&info));
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		info.matrix = (char *)names[i];
		check(&info, "scripts/bench --matrix=FILE --clock=insn --seed=1 --out=DIR");
		assert_true(rerun_own_matrix(&info));
	}
	info.matrix = "series";
	assert_false(rerun_own_matrix(&info));
}

static void test_revision(void **state)
{
	struct run_info info = { .git = NULL };

	(void)state;
	assert_null(rerun_revision(&info));
	info.git = "unknown";
	assert_null(rerun_revision(&info));
	info.git = "1c2d3e4-dirty";
	assert_null(rerun_revision(&info));
	info.git = "1c2d3e4";
	assert_string_equal(rerun_revision(&info), "1c2d3e4");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_guest),
		cmocka_unit_test(test_model),
		cmocka_unit_test(test_metal),
		cmocka_unit_test(test_own_matrix),
		cmocka_unit_test(test_revision),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
