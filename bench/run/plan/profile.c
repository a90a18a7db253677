// SPDX-License-Identifier: GPL-2.0-or-later
#include "profile.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "../../../kernel-helpers/hmm_bench/hmm_bench_uapi.h"

/*
 * Read from Linux 7.3.4: above each is what the driver does there. Where a driver asks for
 * what the VMA allows, ours allow writing.
 * bench/matrices/drivers.yaml has each on the memory that its users give it.
 */
const struct profile profiles[] = {
	{ .name = "none", .help = "the whole range in one call, retried for ever" },
	/* hmm_range_fault_unlocked_timeout(&range, 0); goto again */
	{ .name = "mshv", .piece = 512, .writes = 1,
	  .help = "mshv_regions.c: 512 pages, aligned, to write; retried for ever" },
	/* remaining = timeout - jiffies; -EBUSY at the deadline */
	{ .name = "nouveau", .piece = 1, .timeout_ms = 1000,
	  .help = "nouveau_svm.c: a page per fault; 1 s in all, HMM gets what is left" },
	/* hmm_flags = 0 for a prefetch */
	{ .name = "nouveau-prefetch", .piece = 1, .timeout_ms = 1000, .flags = HMM_BENCH_SNAPSHOT,
	  .reads = 1, .help = "nouveau_svm.c: a prefetch asks for nothing" },
	/* the same timeout each time; goto retry */
	{ .name = "odp", .timeout_ms = 1000, .flags = HMM_BENCH_PERSIST,
	  .help = "umem_odp.c: the whole request, as advise_mr(); HMM gets 1 s, again after an invalidation" },
	/* pagefault_single_data_segment(): what a packet still wants of this page */
	{ .name = "odp-packet", .piece = 1, .timeout_ms = 1000, .flags = HMM_BENCH_PERSIST,
	  .help = "umem_odp.c, as mlx5 for a packet: a page" },
	/* mlx5 odp.c: MLX5_IMR / max prefetch of 4 MiB */
	{ .name = "odp-prefetch", .piece = 1024, .timeout_ms = 1000, .flags = HMM_BENCH_PERSIST,
	  .help = "umem_odp.c, as mlx5 prefetches: 1024 pages" },
	/* if (!fault) default_flags = 0 */
	{ .name = "odp-register", .timeout_ms = 1000, .flags = HMM_BENCH_PERSIST | HMM_BENCH_SNAPSHOT,
	  .reads = 1, .help = "umem_odp.c: registration takes a snapshot of the whole MR" },
	/* default_flags = HMM_PFN_REQ_FAULT; aie2_cmd_submit() has a deadline of its own */
	{ .name = "amdxdna", .timeout_ms = 1000, .flags = HMM_BENCH_OUTER, .reads = 1,
	  .help = "aie2_ctx.c: the whole mapping, to read; HMM gets 1 s, the loop ends after 1 s" },
	/* ops: chunk sizes 2 MiB, 64 KiB, 4 KiB */
	{ .name = "gpusvm", .piece = 512, .timeout_ms = 1000,
	  .help = "drm_gpusvm.c: an SVM range of 2 MiB; 1 s as nouveau" },
	{ .name = "gpusvm-64k", .piece = 16, .timeout_ms = 1000,
	  .help = "drm_gpusvm.c: an SVM range of 64 KiB" },
	{ .name = "gpusvm-4k", .piece = 1, .timeout_ms = 1000,
	  .help = "drm_gpusvm.c: an SVM range of 4 KiB" },
	{ .name = "xe-userptr", .timeout_ms = 1000,
	  .help = "drm_gpusvm.c for xe_userptr.c: the whole VMA in one call; 1 s as nouveau" },
	/* drm_gpusvm_scan_mm(): default_flags = 0; goto retry */
	{ .name = "gpusvm-scan", .piece = 512, .timeout_ms = 1000, .reads = 1,
	  .flags = HMM_BENCH_PERSIST | HMM_BENCH_SNAPSHOT,
	  .help = "drm_gpusvm.c, scan_mm: a snapshot of an SVM range; HMM gets 1 s each time" },
	/* drm_gpusvm_range_evict(): one call */
	{ .name = "gpusvm-evict", .piece = 512, .timeout_ms = 1000, .reads = 1,
	  .flags = HMM_BENCH_NO_RETRY,
	  .help = "drm_gpusvm.c, evict: an SVM range to read, once; it does not ask whether that holds, ours ends with EAGAIN" },
	/* drm_gpusvm_check_pages(): default_flags = 0; hmm_range_fault() */
	{ .name = "gpusvm-check", .piece = 16, .timeout_ms = 1000, .reads = 1, .locked = 1,
	  .flags = HMM_BENCH_SNAPSHOT,
	  .help = "drm_gpusvm.c, check_pages: a snapshot of up to 64 KiB under the mmap lock" },
	/* if (r == -EBUSY) r = -EAGAIN */
	{ .name = "amdgpu", .piece = 524288, .flags = HMM_BENCH_NO_RETRY,
	  .help = "amdgpu_hmm.c: 2 GiB at a time; -EAGAIN upwards, no retry of its own" },
	/* mmap_write_lock() around all of svm_range_restore_work() */
	{ .name = "kfd-restore", .flags = HMM_BENCH_EXCLUSIVE | HMM_BENCH_NO_RETRY, .writes = 1,
	  .help = "kfd_svm.c, restore_work: a range, the mmap lock held for write throughout" },
	/* svm_range_restore_pages(): 1 << default_granularity pages */
	{ .name = "kfd-fault", .piece = 512, .flags = HMM_BENCH_NO_RETRY, .writes = 1, .locked = 1,
	  .help = "kfd_svm.c, restore_pages: 512 pages under the mmap lock; the GPU's fault comes again" },
	/* mmap_write_downgrade(mm); readonly = !(vma->vm_flags & VM_WRITE) */
	{ .name = "kfd", .flags = HMM_BENCH_DOWNGRADE, .writes = 1,
	  .help = "kfd_svm.c, set_attr: a VMA, the mmap lock downgraded; a loop of its own" },
	/* dmirror_fault(): pfns[32]; if (time_after(jiffies, timeout)) ret = -EBUSY */
	{ .name = "test_hmm", .piece = 32, .timeout_ms = 1000,
	  .help = "test_hmm.c, dmirror_fault(): 32 pages; 1 s in all" },
	/* dmirror_fault_unlocked(): pfns[32]; timeout 0 */
	{ .name = "test_hmm-unlocked", .piece = 32, .reads = 1,
	  .help = "test_hmm.c, dmirror_fault_unlocked(): 32 pages, to read; retried for ever" },
	/* dmirror_range_snapshot(): no default_flags */
	{ .name = "test_hmm-snapshot", .piece = 32, .timeout_ms = 1000, .reads = 1,
	  .flags = HMM_BENCH_SNAPSHOT,
	  .help = "test_hmm.c, dmirror_range_snapshot(): 32 pages; 1 s in all" },
	/* HMM_DMIRROR_READ_UNLOCKED: npages = 4; dmirror_read_unlocked(..., 0) */
	{ .name = "selftest", .piece = 4, .reads = 1,
	  .help = "hmm-tests.c, READ_UNLOCKED: 4 pages, to read; retried for ever" },
	/* Documentation/mm/hmm.rst, the second way */
	{ .name = "per-page", .flags = HMM_BENCH_PER_PAGE,
	  .help = "nobody yet: each page says what is wanted (pfn_flags_mask)" },
};
const size_t profiles_count = sizeof(profiles) / sizeof(*profiles);

const struct profile *profile_find(const char *name)
{
	for (size_t i = 0; i < profiles_count; i++)
		if (!strcmp(profiles[i].name, name))
			return &profiles[i];
	return NULL;
}

int profile_check_axes(const struct axes *axes, const struct axis **wrong,
		       struct reason *why)
{
	const struct profile *p = profile_find(axes->profile);

	*wrong = axis_find("profile");
	if (!p)
		return reason_err(why, -EINVAL, "no profile '%.40s'; 'hmmbench help profiles' "
				  "shows which there are", axes->profile);
	if (p->piece && strchr(axes->strategy, ':'))
		return reason_err(why, -EINVAL, "%s has pieces of its own (%u pages), so step:K "
				  "cannot have others", p->name, p->piece);
	*wrong = axis_find("access");
	if (p->reads && axes->access == ACCESS_WRITE)
		return reason_err(why, -EINVAL, "%s only reads; write access: [read]", p->name);
	if (p->writes && axes->access == ACCESS_READ)
		return reason_err(why, -EINVAL, "%s only writes; write access: [write]", p->name);
	return 0;
}
