// SPDX-License-Identifier: GPL-2.0-or-later
#include "caches.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define SOURCE_NAME(id, name)	name,
const char *const source_names[SOURCES] = { CACHES_SOURCES(SOURCE_NAME) };

/*
 * A set is an array of lines + 1, 0 where there is none, the last used first. A number of 4
 * bytes each: all this is as fast as the caches of the machine that models it.
 * mask: of the sets, where their number is a power of two
 */
struct cache {
	uint32_t *lines;
	uint32_t sets, ways, mask;
};

struct private {
	struct cache l1, l2;
};

/**
 * struct caches - all of a machine
 * @llc:	of each socket
 * @readers:	[line] processors that have it in L1 or L2, a bit each
 * @writer:	[line] who has written to its copy, + 1; 0 nobody
 */
struct caches {
	const struct machine *machine;
	struct layout layout;
	uint64_t lines;
	struct private cpu[CACHES_CPUS_MAX];
	struct cache llc[CACHES_NODES_MAX];
	uint64_t *readers;
	uint8_t *writer;
};

static bool cache_init(struct cache *c, const struct cache_shape *shape)
{
	c->ways = shape->ways;
	c->sets = (shape->bytes >> CACHES_LINE_SHIFT) / shape->ways;
	c->mask = c->sets & (c->sets - 1) ? 0 : c->sets - 1;
	c->lines = calloc((size_t)c->sets * c->ways, sizeof(*c->lines));
	return c->lines;
}

static uint32_t *set_of(const struct cache *c, uint32_t line)
{
	return c->lines + (size_t)(c->mask ? line & c->mask : line % c->sets) * c->ways;
}

static void to_front(uint32_t *set, uint32_t way, uint32_t tag)
{
	memmove(set + 1, set, way * sizeof(*set));
	set[0] = tag;
}

static bool cache_has(struct cache *c, uint32_t line)
{
	uint32_t *set = set_of(c, line), tag = line + 1;

	if (set[0] == tag)
		return true;
	for (uint32_t i = 1; i < c->ways; i++) {
		if (set[i] != tag)
			continue;
		to_front(set, i, tag);
		return true;
	}
	return false;
}

/* Return: the line that had to go, + 1, or 0. */
static uint32_t cache_put(struct cache *c, uint32_t line)
{
	uint32_t *set = set_of(c, line), out = set[c->ways - 1];

	if (cache_has(c, line))
		return 0;
	to_front(set, c->ways - 1, line + 1);
	return out;
}

static void cache_drop(struct cache *c, uint32_t line)
{
	uint32_t *set = set_of(c, line);

	for (uint32_t i = 0; i < c->ways; i++) {
		if (set[i] != line + 1)
			continue;
		memmove(set + i, set + i + 1, (c->ways - 1 - i) * sizeof(*set));
		set[c->ways - 1] = 0;
		return;
	}
}

/* Zeroes that cost nothing until they are touched. */
static void *table(uint64_t bytes)
{
	void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
		       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

	return p == MAP_FAILED ? NULL : p;
}

struct caches *caches_new(const struct machine *machine, const struct layout *layout)
{
	bool ok = layout->ends[layout->nodes - 1] <= CACHES_BYTES_MAX;
	struct caches *c = ok ? calloc(1, sizeof(*c)) : NULL;

	if (!c)
		return NULL;
	c->machine = machine;
	c->layout = *layout;
	c->lines = layout->ends[layout->nodes - 1] >> CACHES_LINE_SHIFT;
	c->readers = table(c->lines * sizeof(*c->readers));
	c->writer = table(c->lines);
	for (unsigned int i = 0; i < layout->cpus; i++)
		ok = ok && cache_init(&c->cpu[i].l1, &machine->l1) &&
		     cache_init(&c->cpu[i].l2, &machine->l2) &&
		     (c->llc[layout->socket[i]].lines ||
		      cache_init(&c->llc[layout->socket[i]], &machine->llc));
	if (ok && c->readers && c->writer)
		return c;
	caches_free(c);
	return NULL;
}

static void cache_clear(struct cache *c)
{
	if (c->lines)
		memset(c->lines, 0, (size_t)c->sets * c->ways * sizeof(*c->lines));
}

void caches_clear(struct caches *c)
{
	for (unsigned int i = 0; i < CACHES_CPUS_MAX; i++) {
		cache_clear(&c->cpu[i].l1);
		cache_clear(&c->cpu[i].l2);
	}
	for (unsigned int i = 0; i < CACHES_NODES_MAX; i++)
		cache_clear(&c->llc[i]);
	/* What was never touched stays so. */
	madvise(c->readers, c->lines * sizeof(*c->readers), MADV_DONTNEED);
	madvise(c->writer, c->lines, MADV_DONTNEED);
}

void caches_free(struct caches *c)
{
	for (unsigned int i = 0; i < CACHES_CPUS_MAX; i++) {
		free(c->cpu[i].l1.lines);
		free(c->cpu[i].l2.lines);
	}
	for (unsigned int i = 0; i < CACHES_NODES_MAX; i++)
		free(c->llc[i].lines);
	if (c->readers)
		munmap(c->readers, c->lines * sizeof(*c->readers));
	if (c->writer)
		munmap(c->writer, c->lines);
	free(c);
}

static unsigned int home(const struct caches *c, uint32_t line)
{
	unsigned int node = 0;

	while ((uint64_t)line << CACHES_LINE_SHIFT >= c->layout.ends[node])
		node++;
	return node;
}

/* What a processor's L2 has no more its L1 has not either; its socket keeps it. */
static void leave(struct caches *c, unsigned int cpu, uint32_t line)
{
	cache_drop(&c->cpu[cpu].l1, line);
	c->readers[line] &= ~(1ULL << cpu);
	if (c->writer[line] == cpu + 1)
		c->writer[line] = 0;
	cache_put(&c->llc[c->layout.socket[cpu]], line);
}

static void fill(struct caches *c, unsigned int cpu, uint32_t line)
{
	uint32_t out = cache_put(&c->cpu[cpu].l2, line);

	if (out)
		leave(c, cpu, out - 1);
	cache_put(&c->cpu[cpu].l1, line);
	c->readers[line] |= 1ULL << cpu;
}

/* Others lose their copies. Return: the transfer to wait for, or L1 where nobody had one. */
static enum source take_from_all(struct caches *c, unsigned int cpu, uint32_t line)
{
	uint64_t others = c->readers[line] & ~(1ULL << cpu);
	enum source from = FROM_L1;

	while (others) {
		unsigned int other = __builtin_ctzll(others);
		bool near = c->layout.socket[other] == c->layout.socket[cpu];

		others &= others - 1;
		cache_drop(&c->cpu[other].l2, line);
		cache_drop(&c->cpu[other].l1, line);
		if (!near || from == FROM_L1)
			from = near ? FROM_CORE : FROM_SOCKET;
	}
	/* A socket may have kept what its processors have dropped. */
	for (unsigned int i = 0; i < c->layout.nodes; i++)
		if (i != c->layout.socket[cpu] && c->llc[i].lines)
			cache_drop(&c->llc[i], line);
	c->readers[line] &= 1ULL << cpu;
	return from;
}

/* A line that is neither in L1 nor another processor's own. */
static enum source look_up(struct caches *c, unsigned int cpu, uint32_t line)
{
	unsigned int socket = c->layout.socket[cpu];

	if (cache_has(&c->cpu[cpu].l2, line))
		return FROM_L2;
	if (cache_has(&c->llc[socket], line))
		return FROM_LLC;
	cache_put(&c->llc[socket], line);
	return home(c, line) == socket ? FROM_LOCAL : FROM_REMOTE;
}

static enum source from_writer(struct caches *c, unsigned int cpu, uint32_t line)
{
	unsigned int writer = c->writer[line] - 1, socket = c->layout.socket[writer];

	/* It keeps a copy that it may read. */
	c->writer[line] = 0;
	cache_put(&c->llc[socket], line);
	return socket == c->layout.socket[cpu] ? FROM_CORE : FROM_SOCKET;
}

/* A line in L1 is as it was: a store by another processor would have dropped it from there. */
enum source caches_access(struct caches *c, unsigned int cpu, uint32_t line, bool store)
{
	enum source from = FROM_L1, taken;

	if (!cache_has(&c->cpu[cpu].l1, line)) {
		if (c->writer[line] && c->writer[line] != cpu + 1)
			from = from_writer(c, cpu, line);
		else
			from = look_up(c, cpu, line);
		fill(c, cpu, line);
	}
	/* Nobody else has what is one's own. */
	if (!store || c->writer[line] == cpu + 1)
		return from;
	taken = take_from_all(c, cpu, line);
	c->writer[line] = cpu + 1;
	return taken > from ? taken : from;
}
