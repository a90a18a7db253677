// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A plugin of QEMU: what the accesses of timed calls would find in the caches of another
 * machine. It sees the guest's marks (hmm_bench_marks.h), gives each access in between to
 * caches.c, and appends the counts of a cell to counters.jsonl when the cell is closed. The
 * guest cannot tell whether it is there. Arguments: machine=NAME, out=FILE, nodes=N, and of
 * each node cpus=N and memory=MIB.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../kernel-helpers/hmm_bench/hmm_bench_marks.h"
#include "record/observed.h"
#include "machine/events.h"
#include "machine/machines.h"
#include "insn.h"
#include "phases.h"
#include "places.h"
#include "processor.h"
#include "qemu_plugin.h"

#define EXPORT		__attribute__((visibility("default")))
#define NOP_BYTES	7
#define OPERANDS_MAX	64	/* marks with a value or a place, in all code of the guest */

/* Of a role over the timed calls of a cell: all, of these the loads, and the mmap lock alone. */
struct tally {
	uint64_t all[PHASES][SOURCES], loads[SOURCES], lock[SOURCES];
	bool seen;
};

/* A cell that is measured and not closed yet: its block's cells take turns. */
struct open_cell {
	unsigned int cell, calls;
	struct tally of[ROLE_COUNT];
};

static struct {
	struct machine machine;
	struct caches *caches;
	struct layout layout;
	FILE *out;
	bool warm, counting;
	uint64_t lock_line;
	unsigned int cell, boot;		/* as marked last */
	struct open_cell *open, *now;
	size_t n_open;
	unsigned char role[CACHES_CPUS_MAX];	/* + 1 */
	unsigned char pending[CACHES_CPUS_MAX];	/* mark + 1, whose operand comes */
	struct {
		uint64_t at;
		unsigned int mark;
	} operands[OPERANDS_MAX];
	size_t n_operands;
} plugin;

/* --- what is counted ------------------------------------------------------------- */

static void write_counter(const struct open_cell *open, enum role role, const char *prefix,
			  const char *name, const char *phase, uint64_t value)
{
	struct counter_record r = {
		.cell = open->cell, .boot = plugin.boot, .role = role, .value = value,
		.ena = 1, .run = 1, .samples = open->calls,
	};

	snprintf(r.name, sizeof(r.name), MODELLED "%s:%s%s%s%s", plugin.machine.name, prefix,
		 name, phase ? "-in-" : "", phase ? phase : "");
	observed_write_counter(plugin.out, &r);
}

static uint64_t cycles_of(const uint64_t events[SOURCES])
{
	uint64_t cycles = 0;

	for (int i = 0; i < SOURCES; i++)
		cycles += events[i] * plugin.machine.cycles[i];
	return cycles;
}

/* None, which is not 0, where what an access costs is not known. */
static void write_cycles(const struct open_cell *open, enum role role, const char *phase,
			 const uint64_t events[SOURCES])
{
	if (machine_has_cycles(&plugin.machine))
		write_counter(open, role, "", "cycles", phase, cycles_of(events));
}

/* Events that a phase has none of are left out: there are many. */
static void write_phase(const struct open_cell *open, enum role role, enum phase phase)
{
	const uint64_t *events = open->of[role].all[phase];

	for (int i = 0; i < SOURCES; i++)
		if (events[i])
			write_counter(open, role, "", source_names[i], phase_names[phase], events[i]);
	write_cycles(open, role, phase_names[phase], events);
}

static void write_role(const struct open_cell *open, enum role role)
{
	const struct tally *t = &open->of[role];
	uint64_t all[SOURCES] = { 0 };

	for (int phase = 0; phase < PHASES; phase++)
		for (int i = 0; i < SOURCES; i++)
			all[i] += t->all[phase][i];
	for (int i = 0; i < SOURCES; i++)
		write_counter(open, role, "", source_names[i], NULL, all[i]);
	write_cycles(open, role, NULL, all);
	for (int i = FROM_CORE; i <= FROM_SOCKET; i++)
		write_counter(open, role, "lock-", source_names[i], NULL, t->lock[i]);
	for (const struct load_event *e = load_events; e->name; e++)
		write_counter(open, role, "", e->name, NULL, load_event_count(e, t->loads));
	for (int phase = 0; phase < PHASES; phase++)
		if (phases_told(phase))
			write_phase(open, role, phase);
}

static struct open_cell *open_cell(void)
{
	struct open_cell *open = plugin.open;

	while (open < plugin.open + plugin.n_open && open->cell != plugin.cell)
		open++;
	return open;
}

static void begin_cell(void)
{
	struct open_cell *open = open_cell();

	plugin.now = open;
	if (open < plugin.open + plugin.n_open)
		return;
	plugin.open = reallocarray(plugin.open, plugin.n_open + 1, sizeof(*open));
	if (!plugin.open)
		abort();
	plugin.now = &plugin.open[plugin.n_open++];
	*plugin.now = (struct open_cell){ .cell = plugin.cell };
}

static void close_cell(void)
{
	struct open_cell *open = open_cell();

	plugin.now = NULL;
	if (open == plugin.open + plugin.n_open)
		return;
	for (int role = 0; role < ROLE_COUNT; role++)
		if (open->of[role].seen)
			write_role(open, role);
	fflush(plugin.out);
	*open = plugin.open[--plugin.n_open];
}

static void access_line(unsigned int cpu, uint32_t line, bool store)
{
	enum source from = caches_access(plugin.caches, cpu, line, store);
	struct tally *t;

	if (!plugin.counting || !plugin.role[cpu])
		return;
	t = &plugin.now->of[plugin.role[cpu] - 1];
	t->seen = true;
	t->all[phases_now(cpu)][from]++;
	t->loads[from] += !store;
	if (line == plugin.lock_line)
		t->lock[from]++;
}

static void on_access(unsigned int cpu, qemu_plugin_meminfo_t info, uint64_t vaddr, void *data)
{
	uint64_t at, last;
	bool store;

	(void)data;
	if (!plugin.warm)
		return;
	cpu = processor_of(cpu);
	if (cpu >= plugin.layout.cpus || !places_find(cpu, info, vaddr, &at))
		return;
	last = at + (1U << qemu_plugin_mem_size_shift(info)) - 1;
	store = qemu_plugin_mem_is_store(info);
	access_line(cpu, at >> CACHES_LINE_SHIFT, store);
	if (at >> CACHES_LINE_SHIFT != last >> CACHES_LINE_SHIFT)
		access_line(cpu, last >> CACHES_LINE_SHIFT, store);
}

/* --- marks --------------------------------------------------------------------------- */

static void on_mark(unsigned int cpu, void *data)
{
	unsigned int mark = (uintptr_t)data;

	cpu = processor_of(cpu);
	if (cpu >= plugin.layout.cpus)
		return;
	/* A load calls the module too. */
	if ((mark == HMM_BENCH_MARK_BEGIN || mark == HMM_BENCH_MARK_END) &&
	    plugin.role[cpu] != ROLE_CALLER + 1)
		return;
	switch (mark) {
	case HMM_BENCH_MARK_WARM:
		/* The same beginning for each sample: what its preparation leaves. */
		caches_clear(plugin.caches);
		phases_clear();
		plugin.warm = true;
		begin_cell();
		break;
	case HMM_BENCH_MARK_COLD:
		plugin.warm = plugin.counting = false;
		break;
	case HMM_BENCH_MARK_BEGIN:
		plugin.counting = plugin.warm;
		if (plugin.warm)
			plugin.now->calls++;
		break;
	case HMM_BENCH_MARK_END:
		plugin.counting = false;
		break;
	case HMM_BENCH_MARK_CLOSE:
		close_cell();
		break;
	default:
		plugin.pending[cpu] = mark + 1;
	}
}

static void on_operand(unsigned int cpu, qemu_plugin_meminfo_t info, uint64_t vaddr, void *data)
{
	unsigned int mark = (uintptr_t)data, value = vaddr & 0xfff;
	uint64_t at;

	cpu = processor_of(cpu);
	/* The same address of another program is another instruction. */
	if (cpu >= plugin.layout.cpus || plugin.pending[cpu] != mark + 1)
		return;
	plugin.pending[cpu] = 0;
	switch (mark) {
	case HMM_BENCH_MARK_CELL_LOW:
		plugin.cell = value;
		break;
	case HMM_BENCH_MARK_CELL_HIGH:
		plugin.cell |= value << 12;
		break;
	case HMM_BENCH_MARK_BOOT:
		plugin.boot = value;
		break;
	case HMM_BENCH_MARK_ROLE:
		plugin.role[cpu] = value <= ROLE_COUNT ? value : 0;
		break;
	case HMM_BENCH_MARK_LOCK:
		if (places_find(cpu, info, vaddr, &at))
			plugin.lock_line = at >> CACHES_LINE_SHIFT;
		break;
	default:
		phases_add(vaddr, WALK + mark - HMM_BENCH_MARK_IN_WALK);
	}
}

/* Return: the mark that an instruction is, or -1. */
static int mark_of(const struct qemu_plugin_insn *insn)
{
	static const unsigned char nopl[] = { 0x0f, 0x1f, 0x80 };
	unsigned char bytes[INSN_MAX];
	uint32_t operand;

	if (insn_bytes(insn, bytes) != NOP_BYTES || memcmp(bytes, nopl, sizeof(nopl)))
		return -1;
	memcpy(&operand, bytes + sizeof(nopl), sizeof(operand));
	operand -= HMM_BENCH_MARK;
	return operand < HMM_BENCH_MARKS ? (int)operand : -1;
}

static bool has_operand(unsigned int mark)
{
	return mark <= HMM_BENCH_MARK_ROLE || mark == HMM_BENCH_MARK_LOCK ||
	       (mark >= HMM_BENCH_MARK_IN_WALK && mark <= HMM_BENCH_MARK_IN_COPY);
}

static void expect_operand(uint64_t at, unsigned int mark)
{
	for (size_t i = 0; i < plugin.n_operands; i++)
		if (plugin.operands[i].at == at)
			return;
	if (plugin.n_operands == OPERANDS_MAX) {
		fprintf(stderr, "hmmbench's plugin: more than %d marks\n", OPERANDS_MAX);
		return;
	}
	plugin.operands[plugin.n_operands].at = at;
	plugin.operands[plugin.n_operands++].mark = mark;
}

static bool see_operand(struct qemu_plugin_insn *insn)
{
	bool is = false;

	for (size_t i = 0; i < plugin.n_operands; i++) {
		if (plugin.operands[i].at != qemu_plugin_insn_vaddr(insn))
			continue;
		is = true;
		qemu_plugin_register_vcpu_mem_cb(insn, on_operand, QEMU_PLUGIN_NO_REGS,
			QEMU_PLUGIN_READ_WRITE, (void *)(uintptr_t)plugin.operands[i].mark);
	}
	return is;
}

static void on_translation(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
	bool who = false;

	(void)id;
	for (size_t i = 0; i < qemu_plugin_tb_n_insns(tb); i++) {
		struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(tb, i);
		int mark = mark_of(insn);

		if (mark >= 0)
			qemu_plugin_register_vcpu_insn_exec_cb(insn, on_mark, QEMU_PLUGIN_NO_REGS,
							       (void *)(uintptr_t)mark);
		if (mark >= 0 && has_operand(mark))
			expect_operand(qemu_plugin_insn_vaddr(insn) + NOP_BYTES, mark);
		if (insn_is_iretq(insn))
			processor_learn(insn);
		who |= see_operand(insn) || mark >= 0 || insn_is_iretq(insn);
		qemu_plugin_register_vcpu_mem_cb(insn, on_access, QEMU_PLUGIN_NO_REGS,
						 QEMU_PLUGIN_READ_WRITE, NULL);
		places_see(insn);
		phases_see(insn, !i);
	}
	processor_see(tb, who);
}

/* --- arguments -------------------------------------------------------------------------- */

static int refuse(const char *what, const char *argument)
{
	fprintf(stderr, "hmmbench's plugin: %s: %s\n", argument, what);
	return -1;
}

static int find_machine(const char *name)
{
	const struct machine *found = machine_find(name);
	struct reason why;

	if (found && !machine_complete(found, &plugin.machine, &why))
		return 0;
	if (found) {
		fprintf(stderr, "hmmbench's plugin: %s\n", why.text);
		return -1;
	}
	fprintf(stderr, "hmmbench's plugin: no machine '%s'; there are", name);
	for (const struct machine *m = machines; m->name; m++)
		fprintf(stderr, "%s %s", m == machines ? "" : ",", m->name);
	fputc('\n', stderr);
	return -1;
}

static int read_number(const char *argument, const char *text, uint64_t most, uint64_t *number)
{
	char *end;

	*number = strtoull(text, &end, 10);
	return *number && *number <= most && !*end ? 0 : refuse("wants another number", argument);
}

/* numbers - of the guest, before they are a layout */
struct numbers {
	uint64_t nodes, cpus, memory;
};

static int read_argument(char *argument, struct numbers *n)
{
	char *value = strchr(argument, '=');

	if (!value)
		return refuse("no value", argument);
	*value++ = '\0';
	if (!strcmp(argument, "machine"))
		return find_machine(value);
	if (!strcmp(argument, "out")) {
		plugin.out = fopen(value, "ae");
		return plugin.out ? 0 : refuse("cannot be written", value);
	}
	if (!strcmp(argument, "nodes"))
		return read_number(argument, value, CACHES_NODES_MAX, &n->nodes);
	if (!strcmp(argument, "cpus"))
		return read_number(argument, value, CACHES_CPUS_MAX, &n->cpus);
	if (!strcmp(argument, "memory"))
		return read_number(argument, value, CACHES_BYTES_MAX >> 20, &n->memory);
	return refuse("no such argument", argument);
}

static void lay_out(const struct numbers *n, struct layout *layout)
{
	layout->nodes = n->nodes;
	layout->cpus = n->nodes * n->cpus;
	for (unsigned int i = 0; i < layout->cpus; i++)
		layout->socket[i] = i / n->cpus;
	for (unsigned int i = 0; i < layout->nodes; i++)
		layout->ends[i] = (i + 1) * n->memory << 20;
}

static bool has_room(const struct machine *m, const struct numbers *n)
{
	unsigned int nodes = n->nodes, cpus = n->nodes * n->cpus;

	if (m->sockets && nodes > m->sockets) {
		fprintf(stderr, "hmmbench's plugin: %s has no place for %u nodes; --numa %ux4 is such a guest\n",
			m->name, nodes, m->sockets);
		return false;
	}
	if (cpus <= CACHES_CPUS_MAX)
		return true;
	fprintf(stderr, "hmmbench's plugin: there is no place for %u processors; %u can be modelled\n", cpus,
		CACHES_CPUS_MAX);
	return false;
}

/* QEMU reads it when this is loaded: 7.2 takes no other, QEMU 9 and later at least 2. */
EXPORT int qemu_plugin_version = 1;

__attribute__((constructor)) static void choose_version(void)
{
	if (qemu_plugin_scoreboard_new)
		qemu_plugin_version = 2;
}

EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const struct qemu_plugin_about *about, int argc,
			       char **argv);
EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const struct qemu_plugin_about *about, int argc,
			       char **argv)
{
	struct numbers numbers = { 0 };

	for (int i = 0; i < argc; i++)
		if (read_argument(argv[i], &numbers))
			return -1;
	if (!plugin.machine.name || !plugin.out || !numbers.nodes || !numbers.cpus ||
	    !numbers.memory)
		return refuse("wants all of them", "machine, out, nodes, cpus, memory");
	if (!has_room(&plugin.machine, &numbers))
		return -1;
	lay_out(&numbers, &plugin.layout);
	if (plugin.layout.ends[plugin.layout.nodes - 1] > CACHES_BYTES_MAX)
		return refuse("a guest that is modelled has 128 GiB at most", "memory");
	places_init(about->version.cur, &plugin.layout);
	insn_init(about->version.cur);
	phases_init(&plugin.warm);
	processor_init(about->version.cur, &plugin.warm);
	plugin.caches = caches_new(&plugin.machine, &plugin.layout);
	if (!plugin.caches)
		return refuse("no memory", plugin.machine.name);
	qemu_plugin_register_vcpu_tb_trans_cb(id, on_translation);
	return 0;
}
