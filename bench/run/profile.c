// SPDX-License-Identifier: GPL-2.0-or-later
#include "profile.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "../../kernel-helpers/hmm_bench/hmm_bench_uapi.h"

/*
 * Read from Linux 7.3.4. Where a driver asks for what the VMA allows, ours allow writing.
 * bench/matrices/drivers.yaml has each on the memory that its users give it.
 */
const struct profile profiles[] = {
	{ .name = "none", .help = "the whole range in one call, retried for ever" },
	{ .name = "mshv", .piece = 512, .writes = 1,
	  .help = "mshv_regions.c: 512 pages, aligned, to write; retried for ever" },
	{ .name = "nouveau", .piece = 1, .timeout_ms = 1000,
	  .help = "nouveau_svm.c: a page per fault; 1 s in all, HMM gets what is left" },
	{ .name = "nouveau-prefetch", .piece = 1, .timeout_ms = 1000, .flags = HMM_BENCH_SNAPSHOT,
	  .reads = 1, .help = "nouveau_svm.c: a prefetch asks for nothing" },
	{ .name = "odp", .timeout_ms = 1000, .flags = HMM_BENCH_PERSIST,
	  .help = "umem_odp.c: the whole request, as advise_mr(); HMM gets 1 s, again after an invalidation" },
	{ .name = "odp-packet", .piece = 1, .timeout_ms = 1000, .flags = HMM_BENCH_PERSIST,
	  .help = "umem_odp.c, as mlx5 for a packet: a page" },
	{ .name = "odp-prefetch", .piece = 1024, .timeout_ms = 1000, .flags = HMM_BENCH_PERSIST,
	  .help = "umem_odp.c, as mlx5 prefetches: 1024 pages" },
	{ .name = "odp-register", .timeout_ms = 1000, .flags = HMM_BENCH_PERSIST | HMM_BENCH_SNAPSHOT,
	  .reads = 1, .help = "umem_odp.c: registration takes a snapshot of the whole MR" },
	{ .name = "amdxdna", .timeout_ms = 1000, .flags = HMM_BENCH_OUTER, .reads = 1,
	  .help = "aie2_ctx.c: the whole mapping, to read; HMM gets 1 s, the loop ends after 1 s" },
	{ .name = "gpusvm", .piece = 512, .timeout_ms = 1000,
	  .help = "drm_gpusvm.c: an SVM range of 2 MiB; 1 s as nouveau" },
	{ .name = "gpusvm-64k", .piece = 16, .timeout_ms = 1000,
	  .help = "drm_gpusvm.c: an SVM range of 64 KiB" },
	{ .name = "gpusvm-4k", .piece = 1, .timeout_ms = 1000,
	  .help = "drm_gpusvm.c: an SVM range of 4 KiB" },
	{ .name = "xe-userptr", .timeout_ms = 1000,
	  .help = "drm_gpusvm.c for xe_userptr.c: the whole VMA in one call; 1 s as nouveau" },
	{ .name = "gpusvm-scan", .piece = 512, .timeout_ms = 1000, .reads = 1,
	  .flags = HMM_BENCH_PERSIST | HMM_BENCH_SNAPSHOT,
	  .help = "drm_gpusvm.c, scan_mm: a snapshot of an SVM range; HMM gets 1 s each time" },
	{ .name = "gpusvm-evict", .piece = 512, .timeout_ms = 1000, .reads = 1,
	  .flags = HMM_BENCH_NO_RETRY,
	  .help = "drm_gpusvm.c, evict: an SVM range to read, once; it does not ask whether that holds, ours ends with EAGAIN" },
	{ .name = "gpusvm-check", .piece = 16, .timeout_ms = 1000, .reads = 1, .locked = 1,
	  .flags = HMM_BENCH_SNAPSHOT,
	  .help = "drm_gpusvm.c, check_pages: a snapshot of up to 64 KiB under the mmap lock" },
	{ .name = "amdgpu", .piece = 524288, .flags = HMM_BENCH_NO_RETRY,
	  .help = "amdgpu_hmm.c: 2 GiB at a time; -EAGAIN upwards, no retry of its own" },
	{ .name = "kfd-restore", .flags = HMM_BENCH_EXCLUSIVE | HMM_BENCH_NO_RETRY, .writes = 1,
	  .help = "kfd_svm.c, restore_work: a range, the mmap lock held for write throughout" },
	{ .name = "kfd-fault", .piece = 512, .flags = HMM_BENCH_NO_RETRY, .writes = 1, .locked = 1,
	  .help = "kfd_svm.c, restore_pages: 512 pages under the mmap lock; the GPU's fault comes again" },
	{ .name = "kfd", .flags = HMM_BENCH_DOWNGRADE, .writes = 1,
	  .help = "kfd_svm.c, set_attr: a VMA, the mmap lock downgraded; a loop of its own" },
	{ .name = "test_hmm", .piece = 32, .timeout_ms = 1000,
	  .help = "test_hmm.c, dmirror_fault(): 32 pages; 1 s in all" },
	{ .name = "test_hmm-unlocked", .piece = 32, .reads = 1,
	  .help = "test_hmm.c, dmirror_fault_unlocked(): 32 pages, to read; retried for ever" },
	{ .name = "test_hmm-snapshot", .piece = 32, .timeout_ms = 1000, .reads = 1,
	  .flags = HMM_BENCH_SNAPSHOT,
	  .help = "test_hmm.c, dmirror_range_snapshot(): 32 pages; 1 s in all" },
	{ .name = "selftest", .piece = 4, .reads = 1,
	  .help = "hmm-tests.c, READ_UNLOCKED: 4 pages, to read; retried for ever" },
	{ .name = "per-page", .flags = HMM_BENCH_PER_PAGE,
	  .help = "nobody yet: what is wanted is told page by page (pfn_flags_mask)" },
};
const size_t profiles_count = sizeof(profiles) / sizeof(*profiles);

const struct profile *profile_find(const char *name)
{
	for (size_t i = 0; i < profiles_count; i++)
		if (!strcmp(profiles[i].name, name))
			return &profiles[i];
	return NULL;
}

int profile_check_axes(const struct axes *axes, const struct axis **culprit,
		       struct reason *why)
{
	const struct profile *p = profile_find(axes->profile);

	*culprit = axis_find("profile");
	if (!p) {
		reason_set(why, "no profile '%.40s'; 'hmmbench help profiles' shows "
			   "which there are", axes->profile);
		return -EINVAL;
	}
	if (p->piece && strchr(axes->strategy, ':')) {
		reason_set(why, "%s has pieces of its own (%u pages), so "
			   "step:K cannot have others", p->name, p->piece);
		return -EINVAL;
	}
	*culprit = axis_find("access");
	if (p->reads && axes->access == ACCESS_WRITE) {
		reason_set(why, "%s only reads; write access: [read]",
			   p->name);
		return -EINVAL;
	}
	if (p->writes && axes->access == ACCESS_READ) {
		reason_set(why, "%s only writes; write access: [write]",
			   p->name);
		return -EINVAL;
	}
	return 0;
}
