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
	/* hmm_flags = 0 for a prefetch */
	{ "nouveau-prefetch", 1, 1000, HMM_BENCH_SNAPSHOT, READS },
	/* the same timeout each time; goto retry */
	{ "odp", 0, 1000, HMM_BENCH_PERSIST, BOTH },
	/* pagefault_single_data_segment(): what a packet still wants of this page */
	{ "odp-packet", 1, 1000, HMM_BENCH_PERSIST, BOTH },
	/* mlx5 odp.c: MLX5_IMR / max prefetch of 4 MiB */
	{ "odp-prefetch", 1024, 1000, HMM_BENCH_PERSIST, BOTH },
	/* if (!fault) default_flags = 0 */
	{ "odp-register", 0, 1000, HMM_BENCH_PERSIST | HMM_BENCH_SNAPSHOT, READS },
	/* default_flags = HMM_PFN_REQ_FAULT; aie2_cmd_submit() has a deadline of its own */
	{ "amdxdna", 0, 1000, HMM_BENCH_OUTER, READS },
	/* ops: chunk sizes 2 MiB, 64 KiB, 4 KiB */
	{ "gpusvm", 512, 1000, 0, BOTH },
	{ "gpusvm-64k", 16, 1000, 0, BOTH },
	{ "gpusvm-4k", 1, 1000, 0, BOTH },
	{ "xe-userptr", 0, 1000, 0, BOTH },
	/* drm_gpusvm_scan_mm(): default_flags = 0; goto retry */
	{ "gpusvm-scan", 512, 1000, HMM_BENCH_PERSIST | HMM_BENCH_SNAPSHOT, READS },
	/* drm_gpusvm_range_evict(): one call */
	{ "gpusvm-evict", 512, 1000, HMM_BENCH_NO_RETRY, READS },
	/* drm_gpusvm_check_pages(): default_flags = 0; hmm_range_fault() */
	{ "gpusvm-check", 16, 1000, HMM_BENCH_SNAPSHOT, READS },
	/* if (r == -EBUSY) r = -EAGAIN */
	{ "amdgpu", 524288, 0, HMM_BENCH_NO_RETRY, BOTH },
	/* mmap_write_lock() around all of svm_range_restore_work() */
	{ "kfd-restore", 0, 0, HMM_BENCH_EXCLUSIVE | HMM_BENCH_NO_RETRY, WRITES },
	/* svm_range_restore_pages(): 1 << default_granularity pages */
	{ "kfd-fault", 512, 0, HMM_BENCH_NO_RETRY, WRITES },
	/* mmap_write_downgrade(mm); readonly = !(vma->vm_flags & VM_WRITE) */
	{ "kfd", 0, 0, HMM_BENCH_DOWNGRADE, WRITES },
	/* dmirror_fault(): pfns[32]; if (time_after(jiffies, timeout)) ret = -EBUSY */
	{ "test_hmm", 32, 1000, 0, BOTH },
	/* dmirror_fault_unlocked(): pfns[32]; timeout 0 */
	{ "test_hmm-unlocked", 32, 0, 0, READS },
	/* dmirror_range_snapshot(): no default_flags */
	{ "test_hmm-snapshot", 32, 1000, HMM_BENCH_SNAPSHOT, READS },
	/* HMM_DMIRROR_READ_UNLOCKED: npages = 4; dmirror_read_unlocked(..., 0) */
	{ "selftest", 4, 0, 0, READS },
	/* Documentation/mm/hmm.rst, the second way */
	{ "per-page", 0, 0, HMM_BENCH_PER_PAGE, BOTH },
};

static int allowed(const char *profile, uint64_t access)
{
	const struct axis *culprit;
	struct axes axes;
	struct reason why;

	axes_defaults(&axes);
	strcpy(axes.strategy, "unlocked");
	strcpy(axes.profile, profile);
	axes.access = access;
	return !profile_check_axes(&axes, &culprit, &why);
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
		cmocka_unit_test(as_in_the_source),
		cmocka_unit_test(patience),
		cmocka_unit_test(none_is_nobody),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
