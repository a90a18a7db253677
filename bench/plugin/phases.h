/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a call is taken apart into: walks of page tables, faults, locks, and copies, each
 * without the others that are within; and the rest. Follows calls and returns of functions
 * that the guest has told.
 */
#ifndef HMMBENCH_PLUGIN_PHASES_H
#define HMMBENCH_PLUGIN_PHASES_H

#include <stdbool.h>
#include <stdint.h>

#include "qemu_plugin.h"

enum phase { WALK, FAULT, LOCK, COPY, REST, PHASES };
extern const char *const phase_names[PHASES];

/** phases_init() - @wanted: whether calls and returns are followed now */
void phases_init(const bool *wanted);

/** phases_add() - the function that begins there is of that phase. */
void phases_add(uint64_t entry, enum phase phase);

/** phases_told() - are there functions of it? Of REST there are some when there are any. */
bool phases_told(enum phase phase);

/**
 * phases_see() - look for calls, returns, and entries of functions
 * @first:	whether it begins a translated block; a CALL goes nowhere else
 */
void phases_see(struct qemu_plugin_insn *insn, bool first);

/** phases_clear() - no processor is in any of the functions. */
void phases_clear(void);

/** phases_now() - that of a processor */
enum phase phases_now(unsigned int cpu);

#endif
