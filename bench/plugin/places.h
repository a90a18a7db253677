/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where an access lies in the guest's memory. To ask QEMU for each takes long, so a page that
 * was told is kept as a processor's TLB would keep it.
 */
#ifndef HMMBENCH_PLUGIN_PLACES_H
#define HMMBENCH_PLUGIN_PLACES_H

#include <stdbool.h>
#include <stdint.h>

#include "machine/caches.h"
#include "qemu_plugin.h"

/**
 * places_init() - before any code is translated
 * @version:	of QEMU's interface
 * @layout:	of the guest; stays the caller's
 */
void places_init(int version, const struct layout *layout);

/** places_see() - forget when this instruction runs, if a processor's TLB forgets then */
void places_see(struct qemu_plugin_insn *insn);

/**
 * places_find() - in a callback of an access
 * @at:		where in all memory, in bytes, the nodes one after the other
 * Return: whether it is memory at all.
 */
bool places_find(unsigned int cpu, qemu_plugin_meminfo_t info, uint64_t vaddr, uint64_t *at);

#endif
