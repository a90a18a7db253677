// SPDX-License-Identifier: GPL-2.0-or-later
/* The profiles hold together; profile.c says from where each is read. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../../kernel-helpers/hmm_bench/hmm_bench_uapi.h"
#include "run/plan/profile.h"

static int allowed(const char *profile, uint64_t access)
{
	const struct axis *wrong;
	struct axes axes;
	struct reason why;

	axes_defaults(&axes);
	strcpy(axes.strategy, "unlocked");
	strcpy(axes.profile, profile);
	axes.access = access;
	return !profile_check_axes(&axes, &wrong, &why);
}

/* What a driver never asks for is refused, and the rest is not. */
static void access_as_asked(void **state)
{
	(void)state;
	for (size_t i = 0; i < profiles_count; i++) {
		const struct profile *p = &profiles[i];

		print_message("%s\n", p->name);
		assert_ptr_equal(profile_find(p->name), p);
		assert_true(strlen(p->help));
		assert_int_equal(allowed(p->name, ACCESS_READ), !p->writes);
		assert_int_equal(allowed(p->name, ACCESS_WRITE), !p->reads);
		/* a snapshot asks for nothing, so it writes to nothing */
		assert_true(!(p->flags & HMM_BENCH_SNAPSHOT) || p->reads);
		assert_int_equal(p->flags & ~HMM_BENCH_FLAGS, 0);
		assert_true(p->piece <= AXIS_PAGES_MAX);
	}
}

/* Those that others are compared with, by hand from the source. */
static void known_drivers(void **state)
{
	static const struct profile known[] = {
		{ .name = "mshv", .piece = 512, .writes = 1 },
		{ .name = "odp", .timeout_ms = 1000, .flags = HMM_BENCH_PERSIST },
		{ .name = "gpusvm", .piece = 512, .timeout_ms = 1000 },
		{ .name = "amdgpu", .piece = 524288, .flags = HMM_BENCH_NO_RETRY },
		{ .name = "kfd", .flags = HMM_BENCH_DOWNGRADE, .writes = 1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++) {
		const struct profile *p = profile_find(known[i].name);

		assert_non_null(p);
		assert_int_equal(p->piece, known[i].piece);
		assert_int_equal(p->timeout_ms, known[i].timeout_ms);
		assert_int_equal(p->flags, known[i].flags);
		assert_int_equal(p->writes, known[i].writes);
	}
}

/* A time that is given again must be a time. */
static void patience(void **state)
{
	(void)state;
	for (size_t i = 0; i < profiles_count; i++) {
		const struct profile *p = &profiles[i];

		if (p->flags & (HMM_BENCH_PERSIST | HMM_BENCH_OUTER))
			assert_int_not_equal(p->timeout_ms, 0);
		assert_false(p->reads && p->writes);
	}
}

static void none_is_nobody(void **state)
{
	const struct profile *p = profile_find("none");

	(void)state;
	assert_non_null(p);
	assert_int_equal(p->piece | p->timeout_ms | p->flags, 0);
	assert_true(allowed("none", ACCESS_READ) && allowed("none", ACCESS_WRITE));
	assert_null(profile_find("xe"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(access_as_asked),
		cmocka_unit_test(known_drivers),
		cmocka_unit_test(patience),
		cmocka_unit_test(none_is_nobody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
