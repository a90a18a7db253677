// SPDX-License-Identifier: GPL-2.0-only
/*
 * The functions of unexported.h. Included by hmm_strategies.c, so that a call of one
 * is compiled into a direct call of the kernel's function: a static call, whose
 * target is set when the module is loaded.
 */
#include <linux/kallsyms.h>
#include <linux/kprobes.h>
#include <linux/static_call.h>

DEFINE_STATIC_CALL_NULL(st_walk_page_range, walk_page_range);
int walk_page_range(struct mm_struct *mm, unsigned long start, unsigned long end,
		    const struct mm_walk_ops *ops, void *private)
{
	return static_call(st_walk_page_range)(mm, start, end, ops, private);
}

DEFINE_STATIC_CALL_NULL(st_vm_normal_page, vm_normal_page);
struct page *vm_normal_page(struct vm_area_struct *vma, unsigned long addr, pte_t pte)
{
	return static_call(st_vm_normal_page)(vma, addr, pte);
}

DEFINE_STATIC_CALL_NULL(st___pte_offset_map, __pte_offset_map);
pte_t *__pte_offset_map(pmd_t *pmd, unsigned long addr, pmd_t *pmdvalp)
{
	return static_call(st___pte_offset_map)(pmd, addr, pmdvalp);
}

#if defined(CONFIG_TRANSPARENT_HUGEPAGE) && \
	defined(CONFIG_HAVE_ARCH_TRANSPARENT_HUGEPAGE_PUD)
DEFINE_STATIC_CALL_NULL(st___pud_trans_huge_lock, __pud_trans_huge_lock);
spinlock_t *__pud_trans_huge_lock(pud_t *pud, struct vm_area_struct *vma)
{
	return static_call(st___pud_trans_huge_lock)(pud, vma);
}
#endif

#ifdef CONFIG_MIGRATION
DEFINE_STATIC_CALL_NULL(st_migration_entry_wait, migration_entry_wait);
void migration_entry_wait(struct mm_struct *mm, pmd_t *pmd, unsigned long addr)
{
	static_call(st_migration_entry_wait)(mm, pmd, addr);
}
#endif

#ifdef CONFIG_ARCH_HAS_PMD_SOFTLEAVES
DEFINE_STATIC_CALL_NULL(st_pmd_migration_entry_wait, pmd_migration_entry_wait);
void pmd_migration_entry_wait(struct mm_struct *mm, pmd_t *pmd)
{
	static_call(st_pmd_migration_entry_wait)(mm, pmd);
}
#endif

/* A probe that is never armed says where a function is. */
static void *find_function(const char *name)
{
	struct kprobe probe = {
		.symbol_name = name,
		.flags = KPROBE_FLAG_DISABLED,
	};
	char where[KSYM_SYMBOL_LEN];
	unsigned long into;
	int ret = register_kprobe(&probe);

	if (ret) {
		pr_err("this kernel's %s() is not found (%d)\n", name, ret);
		return NULL;
	}
	unregister_kprobe(&probe);
	/* It stands behind the landing pad for indirect branches, if there is one. */
	sprint_symbol(where, (unsigned long)probe.addr);
	if (sscanf(where + strcspn(where, "+"), "+%lx", &into) != 1) {
		pr_err("where %s() begins is not known: %s\n", name, where);
		return NULL;
	}
	return (void *)probe.addr - into;
}

#define FIND(name) ({							\
	void *found = find_function(#name);				\
									\
	if (found)							\
		static_call_update(st_##name, found);			\
	!found;								\
})

static int __init find_unexported(void)
{
	int missing = FIND(walk_page_range) | FIND(vm_normal_page) | FIND(__pte_offset_map);

#if defined(CONFIG_TRANSPARENT_HUGEPAGE) && \
	defined(CONFIG_HAVE_ARCH_TRANSPARENT_HUGEPAGE_PUD)
	missing |= FIND(__pud_trans_huge_lock);
#endif
#ifdef CONFIG_MIGRATION
	missing |= FIND(migration_entry_wait);
#endif
#ifdef CONFIG_ARCH_HAS_PMD_SOFTLEAVES
	missing |= FIND(pmd_migration_entry_wait);
#endif
	return missing ? -ENOENT : 0;
}
