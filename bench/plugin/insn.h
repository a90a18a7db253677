/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Instructions of x86-64, as QEMU translates them: the few that the plugin tells apart. */
#ifndef HMMBENCH_PLUGIN_INSN_H
#define HMMBENCH_PLUGIN_INSN_H

#include <stdbool.h>
#include <stddef.h>

#include "qemu_plugin.h"

#define INSN_MAX	15	/* bytes of the longest */

/** insn_init() - @version: of QEMU's interface */
void insn_init(int version);

/** insn_bytes() - Return: how many there are. */
size_t insn_bytes(const struct qemu_plugin_insn *insn, unsigned char bytes[INSN_MAX]);

bool insn_is_iretq(const struct qemu_plugin_insn *insn);

/** insn_is_call() - a near CALL, whose store is the address to return to */
bool insn_is_call(const struct qemu_plugin_insn *insn);

/** insn_is_return() - a near RET, whose load is the address to return to */
bool insn_is_return(const struct qemu_plugin_insn *insn);

/** insn_clears_tlb() - some or all of the TLB of the processor that runs it */
bool insn_clears_tlb(const struct qemu_plugin_insn *insn);

#endif
