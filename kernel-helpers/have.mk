# SPDX-License-Identifier: GPL-2.0-only
# What the kernel that is built against has, for both modules.
hmm_h := $(srctree)/include/linux/hmm.h
hmm_c := $(firstword $(wildcard $(HMM_SOURCE)/mm/hmm.c $(srctree)/mm/hmm.c))
have_unlocked := $(if $(shell grep -s hmm_range_fault_unlocked_timeout $(hmm_h)),y)
# They retry what only such a kernel can, are made of its mm/hmm.c, and find by
# kprobes what it does not export.
have_strategies := $(if $(HMM_NO_STRATEGIES),,$(if $(and $(have_unlocked),$(hmm_c),$(CONFIG_KPROBES)),m))
