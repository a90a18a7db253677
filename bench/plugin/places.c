// SPDX-License-Identifier: GPL-2.0-or-later
#include "places.h"

#include <stdio.h>
#include <string.h>

#include "insn.h"

#define GIB		(1ULL << 30)
#define PAGE_SHIFT	12
#define PAGES		1024	/* that are kept of each processor */
#define AGE_SHIFT	(64 - PAGE_SHIFT)
#define CHECKED_EVERY	61	/* finds of a page that was kept; a prime, as loops are not */

#define NOWHERE		UINT64_MAX

struct kept {
	uint64_t aged_page, at;
};

/*
 * age:	begins anew with each instruction that lets a TLB forget, whosever: a page is kept
 *	with its age, above the bits of its number
 */
static struct {
	const struct layout *layout;
	uint64_t (*place)(uint64_t address);
	struct kept kept[CACHES_CPUS_MAX][PAGES];
	uint64_t age, hits, checks, others;
} places = { .age = 1 };

/*
 * Until version 2 of the interface QEMU adds to the address in a node's memory where that lies
 * in all memory, and that again where it lies in its own list.
 */
static uint64_t place_in_list(uint64_t address)
{
	const struct layout *layout = places.layout;
	uint64_t size = layout->ends[0], node = address / (2 * size), at = address - node * size;

	return node < layout->nodes && at < layout->ends[node] ? at : NOWHERE;
}

/*
 * Since then it is the guest's physical address. QEMU's machine "pc" puts what is above 3 GiB
 * of memory above 4 GiB, once that is 3.5 GiB in all.
 */
static uint64_t place_on_bus(uint64_t address)
{
	uint64_t all = places.layout->ends[places.layout->nodes - 1];
	uint64_t low = all < 7 * GIB / 2 ? all : 3 * GIB;
	uint64_t at = address < 4 * GIB ? address : address - 4 * GIB + low;

	return at < (address < 4 * GIB ? low : all) ? at : NOWHERE;
}

void places_init(int version, const struct layout *layout)
{
	places.layout = layout;
	places.place = version < 2 ? place_in_list : place_on_bus;
}

static void forget(void)
{
	if (++places.age < 1U << PAGE_SHIFT)
		return;
	memset(places.kept, 0, sizeof(places.kept));
	places.age = 1;
}

static void on_forget(unsigned int cpu, void *data)
{
	(void)cpu;
	(void)data;
	forget();
}

/*
 * Linux tells a processor whenever what its TLB has of a page is not so any more. Nothing that
 * was not mapped is kept.
 */
void places_see(struct qemu_plugin_insn *insn)
{
	if (insn_clears_tlb(insn))
		qemu_plugin_register_vcpu_insn_exec_cb(insn, on_forget, QEMU_PLUGIN_NO_REGS, NULL);
}

static bool ask(qemu_plugin_meminfo_t info, uint64_t vaddr, uint64_t *at)
{
	struct qemu_plugin_hwaddr *hwaddr = qemu_plugin_get_hwaddr(info, vaddr);

	if (!hwaddr || qemu_plugin_hwaddr_is_io(hwaddr))
		return false;
	*at = places.place(qemu_plugin_hwaddr_phys_addr(hwaddr));
	return *at != NOWHERE;
}

/*
 * QEMU's TLB may have walked anew where a processor is yet to be told that it should: the newer
 * place is as right. Or a change was missed. That cannot be told apart, so it is counted.
 */
static void check(qemu_plugin_meminfo_t info, uint64_t vaddr, uint64_t *at)
{
	uint64_t asked;

	if (!ask(info, vaddr, &asked))
		return;
	places.checks++;
	if (asked == *at)
		return;
	places.others++;
	forget();
	*at = asked;
}

/* Said at QEMU's end: scripts/vm looks for it. */
__attribute__((destructor)) static void say(void)
{
	if (places.checks)
		fprintf(stderr, "places: %llu asked for again, %llu others\n",
			(unsigned long long)places.checks, (unsigned long long)places.others);
}

bool places_find(unsigned int cpu, qemu_plugin_meminfo_t info, uint64_t vaddr, uint64_t *at)
{
	uint64_t page = vaddr >> PAGE_SHIFT, aged = places.age << AGE_SHIFT | page;
	uint64_t in_page = vaddr & ((1 << PAGE_SHIFT) - 1);
	struct kept *kept = &places.kept[cpu][page % PAGES];

	if (kept->aged_page == aged) {
		*at = kept->at + in_page;
		if (++places.hits % CHECKED_EVERY == 0)
			check(info, vaddr, at);
		return true;
	}
	if (!ask(info, vaddr, at))
		return false;
	kept->aged_page = aged;
	kept->at = *at - in_page;
	return true;
}
