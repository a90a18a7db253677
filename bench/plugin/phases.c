// SPDX-License-Identifier: GPL-2.0-or-later
#include "phases.h"

#include <stdio.h>
#include <string.h>

#include "insn.h"
#include "machine/caches.h"
#include "processor.h"

#define FUNCTIONS_MAX	64
#define FRAMES_MAX	16
#define LANDING_PAD	4	/* bytes of ENDBR64, and of what the kernel seals it with */

const char *const phase_names[PHASES] = { "walk", "fault", "lock", "copy", "rest" };

static struct {
	const bool *wanted;
	struct {
		uint64_t entry;
		enum phase phase;
	} functions[FUNCTIONS_MAX];
	size_t n_functions;
	bool told[PHASES];
} phases;

/*
 * called: where the return address is, from a CALL to the block that it goes to
 * frames: where each function that was called will find its own
 *
 * A function that another jumps to is of that one's phase. A thread that sleeps in a phase
 * leaves it to who runs on its processor meanwhile.
 */
static struct {
	uint64_t called;
	unsigned int depth;
	struct {
		uint64_t at;
		enum phase phase;
	} frames[FRAMES_MAX];
} stacks[CACHES_CPUS_MAX];

void phases_init(const bool *wanted)
{
	phases.wanted = wanted;
}

void phases_add(uint64_t entry, enum phase phase)
{
	for (size_t i = 0; i < phases.n_functions; i++)
		if (phases.functions[i].entry == entry)
			return;
	if (phases.n_functions == FUNCTIONS_MAX) {
		fprintf(stderr, "hmmbench's plugin: more than %d functions\n", FUNCTIONS_MAX);
		return;
	}
	phases.functions[phases.n_functions].entry = entry;
	phases.functions[phases.n_functions++].phase = phase;
	phases.told[phase] = phases.told[REST] = true;
}

bool phases_told(enum phase phase)
{
	return phases.told[phase];
}

/* The processor that this is about, if it is one. */
static bool wanted(unsigned int *cpu)
{
	if (!*phases.wanted)
		return false;
	*cpu = processor_of(*cpu);
	return *cpu < CACHES_CPUS_MAX;
}

static void on_call(unsigned int cpu, qemu_plugin_meminfo_t info, uint64_t vaddr, void *data)
{
	(void)data;
	if (wanted(&cpu) && qemu_plugin_mem_is_store(info))
		stacks[cpu].called = vaddr;
}

/* A function is over when the address to return to is read. */
static void on_return(unsigned int cpu, qemu_plugin_meminfo_t info, uint64_t vaddr, void *data)
{
	(void)info;
	(void)data;
	if (!wanted(&cpu))
		return;
	for (unsigned int i = 0; i < stacks[cpu].depth; i++)
		if (stacks[cpu].frames[i].at == vaddr)
			stacks[cpu].depth = i;
}

/* Told is where a probe would be: behind the landing pad for jumps, if there is one. */
static bool is_entry(uint64_t told, uint64_t vaddr)
{
	return told == vaddr || told == vaddr + LANDING_PAD;
}

static void on_block(unsigned int cpu, void *data)
{
	size_t i = 0;
	unsigned int depth;
	uint64_t called;

	if (!wanted(&cpu))
		return;
	called = stacks[cpu].called;
	stacks[cpu].called = 0;
	if (!called || stacks[cpu].depth == FRAMES_MAX)
		return;
	while (i < phases.n_functions && !is_entry(phases.functions[i].entry, (uintptr_t)data))
		i++;
	if (i == phases.n_functions)
		return;
	depth = stacks[cpu].depth++;
	stacks[cpu].frames[depth].at = called;
	stacks[cpu].frames[depth].phase = phases.functions[i].phase;
}

/*
 * A function may be translated before it is told, so every place of the kernel's that could be
 * called is looked at. To translate all anew would end the turn of a processor, and the guest
 * would have other times than without the plugin.
 */
void phases_see(struct qemu_plugin_insn *insn, bool first)
{
	uint64_t vaddr = qemu_plugin_insn_vaddr(insn);

	if (!(vaddr >> 63))
		return;
	if (first)
		qemu_plugin_register_vcpu_insn_exec_cb(insn, on_block, QEMU_PLUGIN_NO_REGS,
						       (void *)(uintptr_t)vaddr);
	/* Of loads alone QEMU 7.2 tells nothing, and of stores alone it tells loads too. */
	if (insn_is_call(insn))
		qemu_plugin_register_vcpu_mem_cb(insn, on_call, QEMU_PLUGIN_NO_REGS,
						 QEMU_PLUGIN_READ_WRITE, NULL);
	if (insn_is_return(insn))
		qemu_plugin_register_vcpu_mem_cb(insn, on_return, QEMU_PLUGIN_NO_REGS,
						 QEMU_PLUGIN_READ_WRITE, NULL);
}

void phases_clear(void)
{
	memset(stacks, 0, sizeof(stacks));
}

enum phase phases_now(unsigned int cpu)
{
	return stacks[cpu].depth ? stacks[cpu].frames[stacks[cpu].depth - 1].phase : REST;
}
