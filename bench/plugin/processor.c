// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Processors that take turns share what was translated. In QEMU 10 that has the number of the
 * one it was translated for, and callbacks are told it whoever runs. So who runs is seen by
 * what no other has: where its own data is, which Linux keeps as the base of GS, and in the
 * MSR of SWAPGS while a program runs. What an IRETQ loads still comes with the right number,
 * for a function of QEMU's does that; from it is known whose data that is.
 */
#include "processor.h"

#include <string.h>

#include "machine/caches.h"
#include "qemu_plugin.h"

#define NOBODY	CACHES_CPUS_MAX

static struct {
	bool asked;
	const bool *wanted;
	struct qemu_plugin_register *gs, *other_gs;
	struct qemu_plugin_bytes *bytes;
	uint64_t data[CACHES_CPUS_MAX];		/* where a processor has its own */
	uint64_t data_now;
	unsigned int now;
} processor = { .now = NOBODY };

void processor_init(int version, const bool *wanted)
{
	/* That of 10.0; and of 9.2, which tells right and bears to be asked. */
	processor.asked = version >= 4;
	processor.wanted = wanted;
}

static void find_registers(void)
{
	struct qemu_plugin_registers *all = qemu_plugin_get_registers();

	for (unsigned int i = 0; i < all->length; i++) {
		if (!strcmp(all->of[i].name, "gs_base"))
			processor.gs = all->of[i].handle;
		if (!strcmp(all->of[i].name, "k_gs_base"))
			processor.other_gs = all->of[i].handle;
	}
	processor.bytes = g_byte_array_new();
}

static uint64_t read_register(struct qemu_plugin_register *handle)
{
	uint64_t value = 0;

	g_byte_array_set_size(processor.bytes, 0);
	if (handle)
		qemu_plugin_read_register(handle, processor.bytes);
	if (processor.bytes->length == sizeof(value))
		memcpy(&value, processor.bytes->of, sizeof(value));
	return value;
}

/* An address of the kernel's has the highest bit: a program's own base has not. */
static uint64_t data_of_now(void)
{
	uint64_t base = read_register(processor.gs);

	return base >> 63 ? base : read_register(processor.other_gs);
}

static void on_block(unsigned int told, void *always)
{
	uint64_t data;

	(void)told;
	if (!always && !*processor.wanted)
		return;
	if (!processor.bytes)
		find_registers();
	data = data_of_now();
	if (data == processor.data_now)
		return;
	processor.data_now = data;
	processor.now = 0;
	while (processor.now < NOBODY && processor.data[processor.now] != data)
		processor.now++;
}

static void on_return(unsigned int cpu, qemu_plugin_meminfo_t info, uint64_t vaddr, void *data)
{
	(void)info;
	(void)vaddr;
	(void)data;
	if (cpu >= CACHES_CPUS_MAX || !processor.data_now)
		return;
	processor.data[cpu] = processor.data_now;
	processor.now = cpu;
}

void processor_see(struct qemu_plugin_tb *tb, bool always)
{
	if (processor.asked)
		qemu_plugin_register_vcpu_tb_exec_cb(tb, on_block, QEMU_PLUGIN_R_REGS,
						     always ? &processor : NULL);
}

void processor_learn(struct qemu_plugin_insn *insn)
{
	if (processor.asked)
		qemu_plugin_register_vcpu_mem_cb(insn, on_return, QEMU_PLUGIN_NO_REGS,
						 QEMU_PLUGIN_READ, NULL);
}

unsigned int processor_of(unsigned int told)
{
	return processor.asked ? processor.now : told;
}
