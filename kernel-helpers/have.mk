# SPDX-License-Identifier: GPL-2.0-only
# What the kernel that is built against has, for both modules.
hmm_h := $(srctree)/include/linux/hmm.h
hmm_c := $(firstword $(wildcard $(HMM_SOURCE)/mm/hmm.c $(srctree)/mm/hmm.c))
have_unlocked := $(if $(shell grep -s hmm_range_fault_unlocked_timeout $(hmm_h)),y)
# They retry what only such a kernel can, are made of its mm/hmm.c, and find by
# kprobes what it does not export.
have_strategies := $(if $(HMM_NO_STRATEGIES),,$(if $(and $(have_unlocked),$(hmm_c),$(CONFIG_KPROBES)),m))
# The loop that the counted twins of the kernel's own calls repeat, as 7.3.4 has it, to the
# letter: with another loop they would count what the kernel does not do.
hmm_loop := $(if $(hmm_c),$(shell awk '/^static int hmm_do_fault./ { on = 1 } on { print } \
	/^EXPORT_SYMBOL.hmm_range_fault_unlocked_timeout/ { exit }' $(hmm_c) | sha256sum))
have_twins := $(if $(have_strategies),$(if $(filter f333c3581f95820ec9236aae906fcdb473530c8e982543837a716903b058b3ea,$(hmm_loop)),y))
