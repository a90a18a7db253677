// SPDX-License-Identifier: GPL-2.0-or-later
#include "profile.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "../../kernel-helpers/hmm_bench/hmm_bench_uapi.h"

/* Read from Linux 7.3.4. Where a driver asks for what the VMA allows, ours allow writing. */
const struct profile profiles[] = {
	{ .name = "none", .help = "the whole range in one call, retried for ever" },
	{ .name = "mshv", .piece = 512, .writes = 1,
	  .help = "mshv_regions.c: 512 pages, aligned, to write; retried for ever" },
	{ .name = "nouveau", .piece = 1, .timeout_ms = 1000,
	  .help = "nouveau_svm.c: a page per fault; 1 s in all, HMM gets what is left" },
	{ .name = "odp", .timeout_ms = 1000, .flags = HMM_BENCH_PERSIST,
	  .help = "umem_odp.c: the whole request; HMM gets 1 s, again after an invalidation" },
	{ .name = "amdxdna", .timeout_ms = 1000, .flags = HMM_BENCH_PERSIST, .reads = 1,
	  .help = "aie2_ctx.c: the whole mapping, to read; 1 s as odp" },
	{ .name = "gpusvm", .piece = 512, .timeout_ms = 1000,
	  .help = "drm_gpusvm.c: an SVM range of 2 MiB; 1 s as nouveau" },
	{ .name = "amdgpu", .flags = HMM_BENCH_NO_RETRY,
	  .help = "amdgpu_hmm.c: up to 2 GiB; -EAGAIN upwards, no retry of its own" },
	{ .name = "kfd", .flags = HMM_BENCH_DOWNGRADE, .writes = 1,
	  .help = "kfd_svm.c: a VMA, the mmap lock downgraded; the GPU's fault comes again" },
	{ .name = "test_hmm", .piece = 32, .timeout_ms = 1000,
	  .help = "test_hmm.c, dmirror_fault(): 32 pages; 1 s in all" },
	{ .name = "selftest", .piece = 4, .reads = 1,
	  .help = "hmm-tests.c, READ_UNLOCKED: 4 pages, to read; retried for ever" },
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
		       char *why, size_t why_size)
{
	const struct profile *p = profile_find(axes->profile);

	*culprit = axis_find("profile");
	if (!p) {
		size_t n = snprintf(why, why_size, "no profile '%.40s'; there are",
				    axes->profile);

		for (size_t i = 0; i < profiles_count && n < why_size; i++)
			n += snprintf(why + n, why_size - n, " %s",
				      profiles[i].name);
		return -EINVAL;
	}
	if (p->piece && strchr(axes->strategy, ':')) {
		snprintf(why, why_size, "%s has pieces of its own (%u pages), so "
			 "step:K cannot have others", p->name, p->piece);
		return -EINVAL;
	}
	*culprit = axis_find("access");
	if (p->reads && axes->access == ACCESS_WRITE) {
		snprintf(why, why_size, "%s only reads; write access: [read]",
			 p->name);
		return -EINVAL;
	}
	if (p->writes && axes->access == ACCESS_READ) {
		snprintf(why, why_size, "%s only writes; write access: [write]",
			 p->name);
		return -EINVAL;
	}
	return 0;
}
