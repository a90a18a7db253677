/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which processor of the guest it is that runs: QEMU 10 does not tell. */
#ifndef HMMBENCH_PLUGIN_PROCESSOR_H
#define HMMBENCH_PLUGIN_PROCESSOR_H

#include <stdbool.h>

struct qemu_plugin_insn;
struct qemu_plugin_tb;

/**
 * processor_init() - before any code is translated
 * @version: of QEMU's interface
 * @wanted: whether all code that runs now has to know
 */
void processor_init(int version, const bool *wanted);

/**
 * processor_see() - look who runs that, whenever it runs
 * @always: also while it is not wanted
 */
void processor_see(struct qemu_plugin_tb *tb, bool always);

/* processor_learn() - from an IRETQ: of what that loads QEMU tells who it was */
void processor_learn(struct qemu_plugin_insn *insn);

/* Return: who runs, when QEMU tells a callback that it is @told; many where nobody knows. */
unsigned int processor_of(unsigned int told);

#endif
