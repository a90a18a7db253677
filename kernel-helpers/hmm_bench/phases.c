// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tells an emulator where the functions of this kernel lie by which it takes a call apart.
 * One that a kernel has not is left out: what it does is then its caller's. None zeroes
 * pages: 7.3 does that by an instruction in the middle of its page allocator.
 */
#include <linux/kprobes.h>

#include "hmm_bench.h"
#include "hmm_bench_marks.h"

#if defined(CONFIG_KPROBES) && defined(CONFIG_X86_64)
#if __has_include(<asm/cpuid/api.h>)
#include <asm/cpuid/api.h>
#else
#include <asm/processor.h>
#endif

static const struct {
	const char *name;
	enum hmm_bench_mark phase;
} functions[] __initconst = {
	{ "walk_page_range", HMM_BENCH_MARK_IN_WALK },
	{ "handle_mm_fault", HMM_BENCH_MARK_IN_FAULT },
	{ "down_read", HMM_BENCH_MARK_IN_LOCK },
	{ "down_read_killable", HMM_BENCH_MARK_IN_LOCK },
	{ "down_read_trylock", HMM_BENCH_MARK_IN_LOCK },
	{ "up_read", HMM_BENCH_MARK_IN_LOCK },
	{ "down_write", HMM_BENCH_MARK_IN_LOCK },
	{ "down_write_killable", HMM_BENCH_MARK_IN_LOCK },
	{ "down_write_trylock", HMM_BENCH_MARK_IN_LOCK },
	{ "up_write", HMM_BENCH_MARK_IN_LOCK },
	{ "downgrade_write", HMM_BENCH_MARK_IN_LOCK },
	{ "copy_page", HMM_BENCH_MARK_IN_COPY },
	{ "copy_mc_to_kernel", HMM_BENCH_MARK_IN_COPY },
	{ "rep_movs_alternative", HMM_BENCH_MARK_IN_COPY },
};

/* Anywhere else the probes would be in vain. */
static bool __init is_tcg(void)
{
	u32 eax, signature[3];

	if (!boot_cpu_has(X86_FEATURE_HYPERVISOR))
		return false;
	cpuid(0x40000000, &eax, &signature[0], &signature[1], &signature[2]);
	return !memcmp(signature, "TCGTCGTCGTCG", sizeof(signature));
}

/* A probe that is never armed says where: the entry, or what follows its landing pad. */
static void *__init entry_of(const char *name)
{
	struct kprobe probe = {
		.symbol_name = name,
		.flags = KPROBE_FLAG_DISABLED,
	};
	int ret = register_kprobe(&probe);

	if (ret && ret != -ENOENT)
		pr_warn("where %s() is cannot be told (%d)\n", name, ret);
	if (ret)
		return NULL;
	unregister_kprobe(&probe);
	return probe.addr;
}

/* A mark is an instruction, so each has its own. */
static void __init tell(enum hmm_bench_mark phase, void *entry)
{
	switch (phase) {
	case HMM_BENCH_MARK_IN_WALK:
		hmm_bench_mark_at(HMM_BENCH_MARK_IN_WALK, entry);
		break;
	case HMM_BENCH_MARK_IN_FAULT:
		hmm_bench_mark_at(HMM_BENCH_MARK_IN_FAULT, entry);
		break;
	case HMM_BENCH_MARK_IN_LOCK:
		hmm_bench_mark_at(HMM_BENCH_MARK_IN_LOCK, entry);
		break;
	case HMM_BENCH_MARK_IN_COPY:
		hmm_bench_mark_at(HMM_BENCH_MARK_IN_COPY, entry);
		break;
	default:
	}
}

void __init hmm_bench_tell_phases(void)
{
	if (!is_tcg())
		return;
	for (unsigned int i = 0; i < ARRAY_SIZE(functions); i++) {
		void *entry = entry_of(functions[i].name);

		if (entry)
			tell(functions[i].phase, entry);
	}
}

#else
void __init hmm_bench_tell_phases(void) {}
#endif
