// SPDX-License-Identifier: GPL-2.0-or-later
/* What each driver does in Linux 7.3.4, as read from its source. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../../bench/run/profile.h"
#include "../../../kernel-helpers/hmm_bench/hmm_bench_uapi.h"

enum { BOTH, READS, WRITES };

static const struct {
	const char *name;
	uint32_t piece, timeout_ms, flags;
	int access;
} drivers[] = {
	/* hmm_range_fault_unlocked_timeout(&range, 0); goto again */
	{ "mshv", 512, 0, 0, WRITES },
	/* remaining = timeout - jiffies; -EBUSY at the deadline */
	{ "nouveau", 1, 1000, 0, BOTH },
	{ "gpusvm", 512, 1000, 0, BOTH },
	/* the same timeout each time; goto retry */
	{ "odp", 0, 1000, HMM_BENCH_PERSIST, BOTH },
	/* the same; default_flags = HMM_PFN_REQ_FAULT */
	{ "amdxdna", 0, 1000, HMM_BENCH_PERSIST, READS },
	/* if (r == -EBUSY) r = -EAGAIN */
	{ "amdgpu", 0, 0, HMM_BENCH_NO_RETRY, BOTH },
	/* mmap_write_downgrade(mm); readonly = !(vma->vm_flags & VM_WRITE) */
	{ "kfd", 0, 0, HMM_BENCH_DOWNGRADE, WRITES },
	/* dmirror_fault(): pfns[32]; if (time_after(jiffies, timeout)) ret = -EBUSY */
	{ "test_hmm", 32, 1000, 0, BOTH },
	/* HMM_DMIRROR_READ_UNLOCKED: npages = 4; dmirror_read_unlocked(..., 0) */
	{ "selftest", 4, 0, 0, READS },
};

static int allowed(const char *profile, uint64_t access)
{
	const struct axis *culprit;
	struct axes axes;
	char why[256];

	axes_defaults(&axes);
	strcpy(axes.strategy, "unlocked");
	strcpy(axes.profile, profile);
	axes.access = access;
	return !profile_check_axes(&axes, &culprit, why, sizeof(why));
}

static void as_in_the_source(void **state)
{
	(void)state;
	assert_int_equal(sizeof(drivers) / sizeof(*drivers), profiles_count - 1);
	for (size_t i = 0; i < sizeof(drivers) / sizeof(*drivers); i++) {
		const struct profile *p = profile_find(drivers[i].name);

		print_message("%s\n", drivers[i].name);
		assert_non_null(p);
		assert_int_equal(p->piece, drivers[i].piece);
		assert_int_equal(p->timeout_ms, drivers[i].timeout_ms);
		assert_int_equal(p->flags, drivers[i].flags);
		assert_int_equal(allowed(p->name, ACCESS_READ), drivers[i].access != WRITES);
		assert_int_equal(allowed(p->name, ACCESS_WRITE), drivers[i].access != READS);
	}
}

/* A time that is renewed must be a time, and one who asks once has none. */
static void patience(void **state)
{
	(void)state;
	for (size_t i = 0; i < profiles_count; i++) {
		const struct profile *p = &profiles[i];

		if (p->flags & HMM_BENCH_PERSIST)
			assert_int_not_equal(p->timeout_ms, 0);
		if (p->flags & HMM_BENCH_NO_RETRY)
			assert_int_equal(p->timeout_ms, 0);
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
		cmocka_unit_test(as_in_the_source),
		cmocka_unit_test(patience),
		cmocka_unit_test(none_is_nobody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
