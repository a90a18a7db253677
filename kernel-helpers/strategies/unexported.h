/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What mm/hmm.c calls and the kernel does not export to modules. Included before
 * every header: they call some of it too, from inline functions. Each name here is a
 * function of ours in unexported.c, which jumps to the kernel's.
 */
#define walk_page_range			hmm_st_walk_page_range
#define vm_normal_page			hmm_st_vm_normal_page
#define __pte_offset_map		hmm_st_pte_offset_map
#define __pud_trans_huge_lock		hmm_st_pud_trans_huge_lock
#define migration_entry_wait		hmm_st_migration_entry_wait
#define pmd_migration_entry_wait	hmm_st_pmd_migration_entry_wait

/* These it does export, and this module has its own. */
#define hmm_range_fault			hmm_st_kernel_range_fault
#define hmm_range_fault_unlocked_timeout	hmm_st_kernel_range_fault_unlocked_timeout
