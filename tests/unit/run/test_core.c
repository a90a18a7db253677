// SPDX-License-Identifier: GPL-2.0-or-later
/* What of taking samples needs no kernel. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "run/call/strategy.h"
#include "run/memory/pattern.h"
#include "run/memory/prepare.h"
#include "run/runner/machine.h"

static void strategy_names(void **state)
{
	struct strategy_choice c;
	struct reason why;

	(void)state;
	assert_int_equal(strategy_parse("step:64", &c, &why), 0);
	assert_int_equal(c.chunk, 64);
	assert_int_equal(strategy_parse("unlocked-1s", &c, &why), 0);
	assert_string_equal(c.strategy->name, "unlocked-1s");
	assert_int_equal(strategy_parse("step", &c, &why), -EINVAL);
	assert_string_equal(why.text, "'step' wants a piece size, step:K with K from 1 to "
			    "1048576 pages");
	assert_int_equal(strategy_parse("step:0", &c, &why), -EINVAL);
	assert_int_equal(strategy_parse("step:1048577", &c, &why), -EINVAL);
	assert_int_equal(strategy_parse("rfc:1", &c, &why), -EINVAL);
	assert_string_equal(why.text, "'rfc:1' takes no piece size, write rfc");
	assert_int_equal(strategy_parse("unlock", &c, &why), -EINVAL);
	assert_non_null(strstr(why.text, "no strategy 'unlock'; there are null plain rfc"));
}

/* A second name for the same strategy. */
static void strategy_labels(void **state)
{
	static const char *const wrong[] = {
		"unlocked@", "unlocked@a-b", "unlocked@a@b", "unlocked@123456789", "unlocked@b:64",
	};
	struct strategy_choice c;
	char want[400];
	struct reason why;

	(void)state;
	assert_int_equal(strategy_parse("unlocked@b", &c, &why), 0);
	assert_string_equal(c.strategy->name, "unlocked");
	assert_int_equal(strategy_parse("step:64@Run2Abcd", &c, &why), 0);
	assert_string_equal(c.strategy->name, "step");
	assert_int_equal(c.chunk, 64);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		assert_int_equal(strategy_parse(wrong[i], &c, &why), -EINVAL);
		snprintf(want, sizeof(want), "'%s' has no label after its '@'; write 1 to 8 "
			 "letters and digits", wrong[i]);
		assert_string_equal(why.text, want);
	}
	assert_int_equal(strategy_parse("unlock@b", &c, &why), -EINVAL);
	assert_int_equal(strategy_parse("@b", &c, &why), -EINVAL);
}

/* A message for each aligned group with a missing page, counted one by one. */
static void messages(void **state)
{
	struct axes axes;

	(void)state;
	axes_defaults(&axes);
	for (axes.pages = 1; axes.pages < 70; axes.pages += 3) {
		for (axes.populated = 0; axes.populated <= 100; axes.populated += 20) {
			uint64_t missing = 0;

			for (uint64_t i = 0; i < axes.pages; i++)
				missing += !range_populated(&axes, i);
			assert_int_equal(range_missing(&axes), missing);
			axes.batch = 1;
			assert_int_equal(range_messages(&axes), missing);
			axes.batch = 512;
			assert_int_equal(range_messages(&axes), missing > 0);
		}
	}
	axes.pages = 64;
	axes.populated = 0;
	axes.batch = 16;
	assert_int_equal(range_messages(&axes), 4);
	axes.pages = 65;
	assert_int_equal(range_messages(&axes), 5);
}

/* One wrong bit anywhere but in the free word is seen. */
static void patterns(void **state)
{
	size_t size = base_page_size();
	uint64_t *page = aligned_alloc(size, size), *model = aligned_alloc(size, size);
	size_t words = size / sizeof(*page);

	(void)state;
	pattern_fill(model, 5);
	memcpy(page, model, size);
	pattern_stamp(page, words - 1, 5, 77);
	assert_true(pattern_check(page, model, 5, 77, 1));
	assert_false(pattern_check(page, model, 5, 78, 0));
	assert_false(pattern_check(page, model, 6, 77, 0));
	for (size_t i = 0; i < words; i++) {
		page[i] ^= 1;
		assert_int_equal(pattern_check(page, model, 5, 77, 1),
				 i == PATTERN_FREE_WORD);
		page[i] ^= 1;
	}
	memset(page, 0, size);
	assert_true(pattern_zero(page, 1));
	page[words - 1] = 1;
	assert_false(pattern_zero(page, 0));
	free(page);
	free(model);
}

static const char *accelerator(const char *told, const char *flags)
{
	char path[] = "/tmp/hmmbench-cpuinfo.XXXXXX";
	int fd = mkstemp(path);
	const char *is;

	assert_true(fd >= 0);
	dprintf(fd, "model name\t: hypervisor of 1\n%s\n", flags);
	is = machine_accelerator(told, path);
	close(fd);
	unlink(path);
	return is;
}

/* Who is in a virtual machine and was not told of which kind does not call it metal. */
static void accelerators(void **state)
{
	(void)state;
	assert_string_equal(accelerator("kvm", "flags\t\t: fpu hypervisor lahf_lm"), "kvm");
	assert_null(accelerator(NULL, "flags\t\t: fpu hypervisor lahf_lm"));
	assert_null(accelerator(NULL, "flags\t\t: fpu hypervisor"));
	assert_string_equal(accelerator(NULL, "flags\t\t: fpu hypervisors"), "none");
	assert_string_equal(accelerator(NULL, "flags\t\t: fpu lahf_lm"), "none");
	assert_string_equal(machine_accelerator(NULL, "/nowhere"), "none");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(accelerators),
		cmocka_unit_test(strategy_names),
		cmocka_unit_test(strategy_labels),
		cmocka_unit_test(messages),
		cmocka_unit_test(patterns),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
