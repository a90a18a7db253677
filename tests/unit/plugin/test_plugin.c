// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the plugin makes of instructions, of places in memory, and of calls, one at a time. This
 * file is in QEMU's place: an instruction is its bytes, and what is registered for it is run
 * by hand. That QEMU does as much is seen by tests/vm/model.sh.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "plugin/insn.h"
#include "plugin/phases.h"
#include "plugin/places.h"

#define KERNEL		0xffffffff81000000
#define CALLBACKS	4
#define STORE		1

struct qemu_plugin_insn {
	unsigned char bytes[INSN_MAX];
	size_t size;
	uint64_t vaddr;
};

/* What was registered of the instruction that was seen last. */
static struct {
	qemu_plugin_mem_cb mem[CALLBACKS];
	qemu_plugin_insn_cb exec[CALLBACKS];
	void *data[CALLBACKS];
	size_t n_mem, n_exec;
} of;

static uint64_t mapped;		/* the guest's page of everything, as QEMU would tell it */

/* --- QEMU's part ------------------------------------------------------------------- */

const void *qemu_plugin_insn_data(const struct qemu_plugin_insn *insn);
const void *qemu_plugin_insn_data(const struct qemu_plugin_insn *insn)
{
	return insn->bytes;
}

size_t qemu_plugin_insn_size(const struct qemu_plugin_insn *insn)
{
	return insn->size;
}

uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn)
{
	return insn->vaddr;
}

void qemu_plugin_register_vcpu_mem_cb(struct qemu_plugin_insn *insn, qemu_plugin_mem_cb cb,
				      int flags, int rw, void *data)
{
	(void)insn, (void)flags, (void)data;
	assert_int_equal(rw, QEMU_PLUGIN_READ_WRITE);
	of.mem[of.n_mem++] = cb;
}

void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn, qemu_plugin_insn_cb cb,
					    int flags, void *data)
{
	(void)insn, (void)flags;
	of.data[of.n_exec] = data;
	of.exec[of.n_exec++] = cb;
}

bool qemu_plugin_mem_is_store(qemu_plugin_meminfo_t info)
{
	return info == STORE;
}

struct qemu_plugin_hwaddr *qemu_plugin_get_hwaddr(qemu_plugin_meminfo_t info, uint64_t vaddr)
{
	static uint64_t at;

	(void)info;
	at = mapped + vaddr % 4096;
	return (struct qemu_plugin_hwaddr *)&at;
}

bool qemu_plugin_hwaddr_is_io(const struct qemu_plugin_hwaddr *hwaddr)
{
	(void)hwaddr;
	return false;
}

uint64_t qemu_plugin_hwaddr_phys_addr(const struct qemu_plugin_hwaddr *hwaddr)
{
	return *(const uint64_t *)hwaddr;
}

/* Of who runs: asked of QEMU 10 alone. */
void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *tb, qemu_plugin_insn_cb cb,
					  int flags, void *data)
{
	(void)tb, (void)cb, (void)flags, (void)data;
}

struct qemu_plugin_bytes *g_byte_array_new(void)
{
	return NULL;
}

struct qemu_plugin_bytes *g_byte_array_set_size(struct qemu_plugin_bytes *bytes, unsigned int size)
{
	(void)size;
	return bytes;
}

/* --- instructions ------------------------------------------------------------------ */

enum kind { OTHER, CALL, RETURN, CLEARS };

static const struct {
	enum kind kind;
	size_t size;
	unsigned char bytes[INSN_MAX];
} instructions[] = {
	{ CALL, 5, { 0xe8, 1, 2, 3, 4 } },
	{ CALL, 2, { 0xff, 0xd0 } },				/* *%rax */
	{ CALL, 3, { 0x2e, 0xff, 0xd0 } },
	{ CALL, 3, { 0x41, 0xff, 0xd3 } },			/* *%r11 */
	{ CALL, 6, { 0xff, 0x15, 1, 2, 3, 4 } },		/* *x(%rip) */
	{ OTHER, 2, { 0xff, 0xe0 } },				/* jmp *%rax */
	{ OTHER, 5, { 0xe9, 1, 2, 3, 4 } },
	{ RETURN, 1, { 0xc3 } },
	{ RETURN, 2, { 0xf3, 0xc3 } },
	{ RETURN, 3, { 0xc2, 8, 0 } },
	{ OTHER, 2, { 0x48, 0xcf } },				/* iretq */
	{ OTHER, 2, { 0xf3, 0xa4 } },				/* rep movsb */
	{ CLEARS, 3, { 0x0f, 0x22, 0xd8 } },			/* mov %rax,%cr3 */
	{ CLEARS, 4, { 0x41, 0x0f, 0x22, 0xe0 } },		/* mov %r8,%cr4 */
	{ CLEARS, 3, { 0x0f, 0x01, 0x38 } },			/* invlpg (%rax) */
	{ CLEARS, 4, { 0x41, 0x0f, 0x01, 0x38 } },
	{ CLEARS, 9, { 0x65, 0x0f, 0x01, 0x3c, 0x25, 1, 2, 3, 4 } },
	{ OTHER, 3, { 0x0f, 0x20, 0xd8 } },			/* mov %cr3,%rax */
	{ OTHER, 3, { 0x0f, 0x01, 0xf8 } },			/* swapgs */
	{ OTHER, 3, { 0x0f, 0x01, 0xcb } },			/* stac */
	{ OTHER, 3, { 0x0f, 0x01, 0x10 } },			/* lgdt (%rax) */
};
#define INSTRUCTIONS	(sizeof(instructions) / sizeof(*instructions))

static struct qemu_plugin_insn insn_of(size_t i)
{
	struct qemu_plugin_insn insn = { .size = instructions[i].size, .vaddr = KERNEL };

	memcpy(insn.bytes, instructions[i].bytes, sizeof(insn.bytes));
	return insn;
}

static void test_instructions(void **state)
{
	(void)state;
	for (size_t i = 0; i < INSTRUCTIONS; i++) {
		struct qemu_plugin_insn insn = insn_of(i);

		assert_int_equal(insn_is_call(&insn), instructions[i].kind == CALL);
		assert_int_equal(insn_is_return(&insn), instructions[i].kind == RETURN);
		assert_int_equal(insn_clears_tlb(&insn), instructions[i].kind == CLEARS);
	}
}

/* --- places ------------------------------------------------------------------------ */

static uint64_t find(unsigned int cpu, uint64_t vaddr)
{
	uint64_t at;

	assert_true(places_find(cpu, 0, vaddr, &at));
	return at;
}

/* Run instruction @i, of those that clear a TLB. */
static void run_place(size_t i)
{
	struct qemu_plugin_insn insn = insn_of(i);

	memset(&of, 0, sizeof(of));
	places_see(&insn);
	assert_int_equal(of.n_exec, instructions[i].kind == CLEARS);
	if (of.n_exec)
		of.exec[0](0, of.data[0]);
}

static int setup_places(void **state)
{
	static const struct layout layout = { .cpus = 2, .nodes = 1, .ends = { 1UL << 30 } };

	(void)state;
	places_init(2, &layout);
	return 0;
}

/* A page is kept until the guest says that it is another, by any of the ways to say so. */
static void test_kept(void **state)
{
	(void)state;
	for (size_t i = 0; i < INSTRUCTIONS; i++) {
		mapped = 0x1000;
		run_place(12);
		assert_int_equal(find(0, KERNEL + 8), 0x1008);
		assert_int_equal(find(1, KERNEL + 8), 0x1008);
		mapped = 0x5000;
		assert_int_equal(find(0, KERNEL + 16), 0x1010);
		run_place(i);
		for (unsigned int cpu = 0; cpu < 2; cpu++)
			assert_int_equal(find(cpu, KERNEL + 16),
					 instructions[i].kind == CLEARS ? 0x5010 : 0x1010);
	}
}

/* More pages than are kept, and more ages than there is room for. */
static void test_ages(void **state)
{
	(void)state;
	for (int ages = 4090; ages < 4100; ages++) {
		mapped = 0x1000;
		run_place(12);
		find(0, KERNEL);
		mapped = 0x2000;
		for (int i = 0; i < ages; i++)
			run_place(12);
		assert_int_equal(find(0, KERNEL), mapped);
	}
	run_place(12);
	for (uint64_t page = 0; page < 5000; page++) {
		mapped = page << 12;
		assert_int_equal(find(0, KERNEL + (page << 12)), mapped);
	}
}

/* What no instruction said is found out by asking again. */
static void test_asked_again(void **state)
{
	unsigned int finds = 0;

	(void)state;
	mapped = 0x1000;
	run_place(12);
	find(0, KERNEL);
	mapped = 0x2000;
	while (find(0, KERNEL) != mapped)
		assert_true(++finds < 100);
}

/* --- calls ------------------------------------------------------------------------- */

#define WALKS		(KERNEL + 0x100)
#define FAULTS		(KERNEL + 0x200)
#define ELSE		(KERNEL + 0x300)
#define STACK		0xffffc90000001000

static bool wanted = true;

static struct qemu_plugin_insn seen(size_t i, uint64_t vaddr, bool first)
{
	struct qemu_plugin_insn insn = insn_of(i);

	insn.vaddr = vaddr;
	memset(&of, 0, sizeof(of));
	phases_see(&insn, first);
	return insn;
}

/* The block of the function that begins at @to, or goes on there. */
static void enter(uint64_t to)
{
	seen(INSTRUCTIONS - 1, to, true);
	assert_int_equal(of.n_exec, 1);
	of.exec[0](0, of.data[0]);
}

/* Through memory: the address of the function is loaded, then that to return to is stored. */
static void call(uint64_t to, uint64_t stack)
{
	seen(4, KERNEL, false);
	assert_int_equal(of.n_mem, 1);
	of.mem[0](0, 0, KERNEL + 0x1000, NULL);
	of.mem[0](0, STORE, stack, NULL);
	enter(to);
}

static void leave(uint64_t stack)
{
	seen(7, KERNEL, false);
	assert_int_equal(of.n_mem, 1);
	of.mem[0](0, 0, stack, NULL);
}

static void test_phases(void **state)
{
	(void)state;
	phases_init(&wanted);
	phases_add(WALKS, WALK);
	phases_add(FAULTS + 4, FAULT);	/* behind a landing pad */
	assert_int_equal(phases_now(0), REST);
	call(ELSE, STACK);
	assert_int_equal(phases_now(0), REST);
	enter(WALKS);			/* a jump */
	assert_int_equal(phases_now(0), REST);
	call(WALKS, STACK - 8);
	assert_int_equal(phases_now(0), WALK);
	call(ELSE, STACK - 16);
	assert_int_equal(phases_now(0), WALK);
	leave(STACK - 16);
	call(FAULTS, STACK - 24);
	assert_int_equal(phases_now(0), FAULT);
	assert_int_equal(phases_now(1), REST);
	leave(STACK - 24);
	assert_int_equal(phases_now(0), WALK);
	leave(STACK - 8);
	assert_int_equal(phases_now(0), REST);
	call(WALKS, STACK);
	phases_clear();
	assert_int_equal(phases_now(0), REST);
}

/* A program's own calls are nobody's phase. */
static void test_programs(void **state)
{
	(void)state;
	seen(0, 0x401000, true);
	assert_int_equal(of.n_mem + of.n_exec, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_instructions),
		cmocka_unit_test_setup(test_kept, setup_places),
		cmocka_unit_test_setup(test_ages, setup_places),
		cmocka_unit_test_setup(test_asked_again, setup_places),
		cmocka_unit_test(test_phases),
		cmocka_unit_test(test_programs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
