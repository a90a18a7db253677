// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Usage: trace_misses options | trace_misses CACHEGRIND.OUT <TRACE
 *
 * Feeds a trace of lackey to the modelled caches, and compares how often they missed with what
 * cachegrind counted of the same program. options: the caches, as valgrind is told of them.
 * Exit status: 0 near enough, 1 not.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "machine/machines.h"

#define MEMORY	(1UL << 30)

struct misses {
	uint64_t accesses, d1, ll;
};

/**
 * struct model - caches beside cachegrind's, which has no L2
 * @last:	what the counterpart of its last level answers
 * @d1, @ll:	how far misses may be from cachegrind's, in 1/10000
 */
static struct model {
	const char *name;
	enum source last;
	unsigned int d1, ll;
	struct machine machine;
	struct caches *caches;
	struct misses seen;
} models[] = {
	/*
	 * A line that L1 always answers grows old in L2, goes, and takes its copy in L1 along:
	 * 0 to 0.1 % more misses of L1, and none more in a model whose L1 keeps the copy. L2
	 * also keeps its hits from the last level, which then drops lines in another order:
	 * test_caches has such lines, these programs have none.
	 */
	{ .name = "all levels", .last = FROM_LLC, .d1 = 20, .ll = 2 },
	/*
	 * An L2 of the last level's size is looked up whenever cachegrind's last level is, and
	 * they were the same to the last miss. The code, which only cachegrind's has too, is
	 * small.
	 */
	{ .name = "two levels", .last = FROM_L2, .d1 = 2, .ll = 2 },
};

#define MODELS	(sizeof(models) / sizeof(*models))

static void print_option(const char *name, const struct cache_shape *shape)
{
	printf("--%s=%u,%u,%u\n", name, shape->bytes, shape->ways, 1U << CACHES_LINE_SHIFT);
}

static void begin(void)
{
	const struct layout layout = { .cpus = 1, .nodes = 1, .ends = { MEMORY } };

	for (size_t i = 0; i < MODELS; i++) {
		models[i].machine = *machine_find("server");
		if (models[i].last == FROM_L2)
			models[i].machine.l2 = models[i].machine.llc;
		models[i].caches = caches_new(&models[i].machine, &layout);
		if (!models[i].caches)
			exit(1);
	}
}

/* Of two lines, as the plugin has them. Cachegrind counts one miss where both are missed. */
static void on_access(struct model *m, uint64_t at, unsigned int size, bool store)
{
	uint64_t line = at >> CACHES_LINE_SHIFT, last = (at + size - 1) >> CACHES_LINE_SHIFT;
	enum source from = caches_access(m->caches, 0, line, store), too;

	if (last != line) {
		too = caches_access(m->caches, 0, last, store);
		from = too > from ? too : from;
	}
	m->seen.accesses++;
	m->seen.d1 += from > FROM_L1;
	m->seen.ll += from > m->last;
}

/* The upper bits only tell the stack from the rest, and it is nowhere near without them. */
static void replay(FILE *trace)
{
	char text[256], kind;
	unsigned int size;
	uint64_t at;

	while (fgets(text, sizeof(text), trace))
		if (sscanf(text, " %c %" SCNx64 ",%u", &kind, &at, &size) == 3 && kind != 'I')
			for (size_t i = 0; i < MODELS; i++)
				on_access(&models[i], at % MEMORY, size, kind != 'L');
}

/* Of instructions, reads and writes it has how many, missed by L1, missed by the last level. */
static struct misses cachegrind_counted(FILE *out)
{
	uint64_t n[9] = { 0 };
	char text[4096];

	while (fgets(text, sizeof(text), out))
		sscanf(text, "summary: %" SCNu64 "%" SCNu64 "%" SCNu64 "%" SCNu64 "%" SCNu64
		       "%" SCNu64 "%" SCNu64 "%" SCNu64 "%" SCNu64, &n[0], &n[1], &n[2], &n[3],
		       &n[4], &n[5], &n[6], &n[7], &n[8]);
	return (struct misses){ .accesses = n[3] + n[6], .d1 = n[4] + n[7], .ll = n[5] + n[8] };
}

static bool near(const char *what, uint64_t seen, uint64_t counted, unsigned int most)
{
	double off = counted ? 1e4 * ((double)seen - counted) / counted : 1e4;
	bool is = off <= most && off >= -(double)most;

	printf(" %s %" PRIu64 " (%+.3f %%%s)", what, seen, off / 100, is ? "" : ": TOO FAR");
	return is;
}

int main(int argc, char **argv)
{
	struct misses counted;
	bool ok = true;
	FILE *out;

	begin();
	if (argc == 2 && !strcmp(argv[1], "options")) {
		print_option("I1", &models[0].machine.l1);
		print_option("D1", &models[0].machine.l1);
		print_option("LL", &models[0].machine.llc);
		return 0;
	}
	out = argc == 2 ? fopen(argv[1], "re") : NULL;
	if (!out)
		return 1;
	counted = cachegrind_counted(out);
	fclose(out);
	replay(stdin);
	printf("cachegrind: accesses %" PRIu64 ", misses: D1 %" PRIu64 " LL %" PRIu64 "\n",
	       counted.accesses, counted.d1, counted.ll);
	for (size_t i = 0; i < MODELS; i++) {
		struct model *m = &models[i];

		printf("%s:", m->name);
		ok &= near("accesses", m->seen.accesses, counted.accesses, 0);
		ok &= near("D1", m->seen.d1, counted.d1, m->d1);
		ok &= near("LL", m->seen.ll, counted.ll, m->ll);
		printf("\n");
		caches_free(m->caches);
	}
	return !ok;
}
