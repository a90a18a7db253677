// SPDX-License-Identifier: GPL-2.0-or-later
/* What the values of the axes mean: delays, loads, profiles, backings. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "run/actors/delay.h"
#include "run/call/cell.h"
#include "run/memory/prepare.h"
#include "run/system/uffd.h"

static void delays(void **state)
{
	static const struct { const char *text; uint64_t mean; int exponential; } good[] = {
		{ "0", 0, 0 }, { "10ns", 10, 0 }, { "100us", 100000, 0 }, { "3ms", 3000000, 0 },
		{ "1000s", 1000000000000, 0 }, { "exp:100us", 100000, 1 },
	};
	static const char *const bad[] = { "", "10", "us", "-1us", "1.5ms", "10us ", "exp:",
					   "1001s", "exp:exp:1us", "0x10us" };
	struct prng prng;
	struct delay d;
	double sum = 0;
	struct reason why;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		assert_int_equal(delay_parse(good[i].text, &d, &why), 0);
		assert_int_equal(d.mean, good[i].mean);
		assert_int_equal(d.exponential, good[i].exponential);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_int_equal(delay_parse(bad[i], &d, &why), -EINVAL);
	delay_parse("10", &d, &why);
	assert_string_equal(why.text, "'10' is not a delay; allowed: 0, a time such as 100us (ns, us, "
			    "ms, s; at most 1000s), or exp:100us");
	/* The mean of 100000 draws is within 1 % of what was asked (3 sigma: 0.95 %). */
	delay_parse("exp:100us", &d, &why);
	prng_seed(&prng, 1);
	for (int i = 0; i < 100000; i++)
		sum += delay_draw(&d, &prng);
	assert_true(sum / 100000 > 99000 && sum / 100000 < 101000);
}

static void load_of(struct axes *axes, const char *text, struct load_parts *load)
{
	struct reason why;

	strcpy(axes->load, text);
	assert_int_equal(load_parse(axes, load, &why), 0);
}

static void loads(void **state)
{
	static const char *const good[] = {
		"none", "light", "medium", "heavy", "writers:1:1ms:16",
		"readers:2:10us:1+invalidators:1:1s:4", "peers:1:1ms:64+sharers:1:1ms:8",
	};
	static const struct { const char *text, *why; } bad[] = {
		{ "loud", "'loud': neither none, light, medium, heavy nor "
		  "KIND:THREADS:PERIOD:PAGES joined by '+', with KIND writers, readers, "
		  "invalidators, peers or sharers" },
		{ "writers:0:1ms:16", "'writers:0:1ms:16': threads are from 1 to 128" },
		{ "writers:1:1ns:16", "'writers:1:1ns:16': a period is from 1us to 1s" },
		{ "writers:1:1ms:0", "'writers:1:1ms:0': pages are from 1 to 65536" },
		{ "lock:1:1ms:1", NULL }, { "writers:1:1ms", NULL },
		{ "writers:1:1ms:16:3", NULL }, { "writers:1:1ms:16+", NULL },
		{ "light+heavy", NULL },
	};
	struct axes axes;
	struct load_parts load;
	struct reason why;

	(void)state;
	axes_defaults(&axes);
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++)
		load_of(&axes, good[i], &load);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		strcpy(axes.load, bad[i].text);
		assert_int_equal(load_parse(&axes, &load, &why), -EINVAL);
		if (bad[i].why)
			assert_string_equal(why.text, bad[i].why);
	}
	load_of(&axes, "light", &load);
	assert_false(load.disturbs || load.calls);
	load_of(&axes, "writers:1:1ms:1+sharers:1:1ms:1", &load);
	assert_true(load.disturbs && load.calls);
	/* Levels grow with the cores, and a level is never less than its kinds. */
	load_of(&axes, "none", &load);
	assert_int_equal(load_threads(&load, 8), 0);
	load_of(&axes, "heavy", &load);
	assert_true(load.disturbs);
	assert_int_equal(load_threads(&load, 2), 2 + 2 + 1 + 1);
	assert_int_equal(load_threads(&load, 8), 8 + 8 + 1 + 4);
	axes.bystanders = BYSTANDERS_ON;
	load_of(&axes, "heavy", &load);
	assert_int_equal(load_threads(&load, 1), 1 + 1 + 1 + 1 + 2);
}

/* What reports have columns for is what is measured. */
static void bystanders(void **state)
{
	struct load_parts load;
	struct axes axes;
	struct reason why;

	(void)state;
	axes_defaults(&axes);
	axes.bystanders = BYSTANDERS_ON;
	assert_int_equal(load_parse(&axes, &load, &why), 0);
	assert_int_equal(load.count, BYSTANDER_KINDS);
	for (size_t i = 0; i < load.count; i++)
		assert_string_equal(load.part[i].kind->name, bystander_kinds[i].name);
}

static struct axes axes_with(const char *name, const char *value)
{
	struct axes axes;
	struct reason why;

	axes_defaults(&axes);
	strcpy(axes.strategy, "unlocked");
	axes.pages = 512;
	if (name)
		assert_int_equal(axis_parse(axis_find(name), value, &axes, &why), 0);
	return axes;
}

static void refuses(struct axes axes, const char *axis, const char *want)
{
	const struct axis *wrong = NULL;
	struct reason why = { "" };

	assert_int_equal(recipe_check_axes(&axes, &wrong, &why), -EINVAL);
	assert_string_equal(wrong->name, axis);
	assert_string_equal(why.text, want);
}

static void impossible_cells(void **state)
{
	const struct axis *wrong;
	struct axes axes = axes_with(NULL, NULL);
	struct reason why;

	(void)state;
	assert_int_equal(recipe_check_axes(&axes, &wrong, &why), 0);
	axes = axes_with("backing", "hugetlb");
	axes.pages = 500;
	refuses(axes, "pages", "hugetlb comes in multiples of 512 pages");
	axes = axes_with("batch", "64");
	axes.pages = 16;
	refuses(axes, "batch", "a batch is larger than the range; allowed: at most its pages");
	axes = axes_with("backing", "swap");
	axes.populated = 50;
	refuses(axes, "populated", "swap brings neighbours in with each page; allowed: 0 and 100");
	axes = axes_with("tables", "warm");
	axes.backing = BACKING_SHMEM;
	refuses(axes, "tables", "warm page tables without pages are for anon alone, not shmem");
	axes = axes_with("uffd", "wp");
	axes.access = ACCESS_READ;
	refuses(axes, "access", "a read meets no write protection; write access: [write], "
		"or another mode of uffd");
	axes = axes_with("uffd", "wp");
	axes.backing = BACKING_FILE_PRIVATE;
	refuses(axes, "uffd", "wp is for pages that are there, which those of "
		"file-private are not");
	refuses(axes_with("profile", "selftest"), "access",
		"selftest only reads; write access: [read]");
	axes = axes_with("profile", "mshv");
	strcpy(axes.strategy, "step:64");
	refuses(axes, "profile", "mshv has pieces of its own (512 pages), so step:K cannot have "
		"others");
	axes = axes_with("profile", "mshv");
	strcpy(axes.strategy, "touch");
	refuses(axes, "profile", "touch is called by user space, not as mshv calls; write "
		"profile: [none]");
	axes = axes_with("access", "write");
	strcpy(axes.strategy, "rxe-read");
	refuses(axes, "access", "rxe-read reads the range and never writes it; write "
		"access: [read]");
	refuses(axes_with("profile", "xe"), "profile", "no profile 'xe'; "
		"'hmmbench help profiles' shows which there are");
}

/* Messages, by hand: groups of the batch that have a page which needs a fault. */
static void messages(void **state)
{
	struct axes axes = axes_with(NULL, NULL);

	(void)state;
	assert_int_equal(range_messages(&axes), 512);
	axes.batch = 100;
	assert_int_equal(range_messages(&axes), 6);
	axes.populated = 50;
	assert_int_equal(range_missing(&axes), 256);
	assert_int_equal(range_messages(&axes), 6);
	axes = axes_with("backing", "hugetlb");
	axes.pages = 2048;
	assert_int_equal(range_messages(&axes), 4);
	axes.populated = 50;
	assert_int_equal(range_missing(&axes), 1024);
	assert_int_equal(range_messages(&axes), 2);
	axes = axes_with("backing", "swap");
	assert_int_equal(range_messages(&axes), 0);
	axes = axes_with("uffd", "none");
	assert_int_equal(range_messages(&axes), 0);
}

/* A kernel that refuses anything else is broken, and must not pass as one that cannot. */
static void known_refusals(void **state)
{
	/* as the columns of enum uffd_mode: none missing minor wp move rwp wp-async
	 * rwp-async poison user-only
	 */
	static const char *const want[BACKING_COUNT] = {
		[BACKING_ANON] =            "0010000000",
		[BACKING_THP] =             "0010000000",
		[BACKING_ANON_16K] =        "0010000000",
		[BACKING_ANON_64K] =        "0010000000",
		[BACKING_SHARED_ANON] =     "0000100000",
		[BACKING_SHMEM] =           "0000100000",
		[BACKING_SHMEM_THP] =       "0000100000",
		[BACKING_TMPFS] =           "0000100000",
		[BACKING_FILE_PRIVATE] =    "0111111111",
		[BACKING_FILE_SHARED] =     "0111111111",
		[BACKING_HUGETLB] =         "0000100000",
		[BACKING_HUGETLB_PRIVATE] = "0000100000",
		[BACKING_SWAP] =            "0010000000",
	};
	struct axes axes = axes_with(NULL, NULL);

	(void)state;
	for (axes.backing = 0; axes.backing < BACKING_COUNT; axes.backing++)
		for (axes.uffd = 0; axes.uffd < UFFD_COUNT; axes.uffd++)
			assert_int_equal(backing_refuses(&axes),
					 want[axes.backing][axes.uffd] == '1');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(delays),
		cmocka_unit_test(loads),
		cmocka_unit_test(bystanders),
		cmocka_unit_test(impossible_cells),
		cmocka_unit_test(messages),
		cmocka_unit_test(known_refusals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
