/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Caches and memory of a machine that is modelled: which level an access of a processor is
 * answered from. Knows lines and nodes; nothing of QEMU, of guests or of what is measured.
 */
#ifndef HMMBENCH_CACHES_H
#define HMMBENCH_CACHES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define CACHES_CPUS_MAX		64
#define CACHES_NODES_MAX	8
#define CACHES_LINE_SHIFT	6
#define CACHES_BYTES_MAX	(1ULL << 37)	/* of memory: a line's number has 32 bits */

/**
 * Where an access was answered, or what else it needed:
 * L1, L2, LLC		that cache of the processor's own
 * LOCAL, REMOTE	memory, of the processor's node or of another
 * CORE, SOCKET		a line last written by another processor, of the same socket or not
 * The names of counters, in this order.
 */
#define CACHES_SOURCES(X)		\
	X(L1, "l1-hits")		\
	X(L2, "l2-hits")		\
	X(LLC, "llc-hits")		\
	X(LOCAL, "local-memory")	\
	X(REMOTE, "remote-memory")	\
	X(CORE, "core-transfers")	\
	X(SOCKET, "socket-transfers")

#define CACHES_SOURCE_ID(id, name)	FROM_##id,
enum source {
	CACHES_SOURCES(CACHES_SOURCE_ID)
	SOURCES
};

extern const char *const source_names[SOURCES];

/** struct cache_shape - bytes and ways of one cache; lines have 64 bytes, replacement is LRU */
struct cache_shape {
	uint32_t bytes, ways;
};

/**
 * struct machine - a modelled machine; bench/machine/machines.c has them
 * @l1, @l2:	of each processor; @llc: of each socket
 * @sockets:	as many nodes may its guest have, each a socket; 0: any number
 * @cycles:	what an access costs by where it was answered; 0 where it has no such place. Of L1 0
 *		too: what its accesses cost is published nowhere
 * @sources:	where these numbers are published
 */
struct machine {
	const char *name, *what, *sources;
	struct cache_shape l1, l2, llc;
	unsigned int sockets;
	uint32_t cycles[SOURCES];
};

/**
 * struct layout - processors and memory, as the guest has them
 * @cpus:	processors; @socket: of each, which is its node too
 * @nodes:	of memory; @ends: where the memory of each ends, in bytes from 0
 */
struct layout {
	unsigned int cpus, nodes;
	unsigned int socket[CACHES_CPUS_MAX];
	uint64_t ends[CACHES_NODES_MAX];
};

struct caches;

/** caches_new() - all empty. Return: NULL without memory, or of more than CACHES_BYTES_MAX. */
struct caches *caches_new(const struct machine *machine, const struct layout *layout);
void caches_free(struct caches *caches);

/** caches_clear() - all empty again. */
void caches_clear(struct caches *caches);

/**
 * caches_access() - a load or a store of one line
 * @line: the address in memory, shifted by CACHES_LINE_SHIFT; below the end of all memory
 *
 * As in MESI a line that is written is in no other processor's L1 and L2: who had written it
 * before hands it over, and who had read it loses it. What a processor hands over or drops
 * goes to the last level of its socket.
 * Return: where it was answered. A store to a line that others only read is a transfer too:
 * it waits for them, in the own socket or beyond it.
 */
enum source caches_access(struct caches *caches, unsigned int cpu, uint32_t line, bool store);

#endif
