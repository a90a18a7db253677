// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Usage: vm_caches [turns]
 *
 * Accesses in a guest whose events theory gives, each as a cell of its own for the plugin that
 * models caches; tests/vm/model.sh knows what it has to count. Memory is of huge pages, so that
 * lines that are neighbours here are neighbours in memory.
 * turns: how long a processor waits for its turn where another computes too, the median in ns.
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "run/system/marks.h"
#include "run/system/placement.h"

#define LINE		64UL
#define MIB		(1UL << 20)
#define LARGE		(16 * MIB)	/* twice the last level */
#define SMALL		(128UL << 10)	/* four times L1, half of L2 */
#define ROUNDS		1000
#define TIMES		5		/* some without an interrupt in between */
#define FAR_CPU		2		/* of the other node */

static char *memory;

static void walk(size_t size)
{
	for (size_t i = 0; i < size; i += LINE)
		*(volatile char *)(memory + i);
}

/* The second of two walks: the first has filled what there is. */
static void walk_as(uint32_t cell, int cpu, size_t size)
{
	placement_bind_thread(cpu);
	marks_warm(cell, 0);
	walk(size);
	marks_begin();
	walk(size);
	marks_cold();
	marks_close(cell, 0);
}

static _Alignas(64) atomic_int ball;

static void *play(void *arg)
{
	int cpu = (intptr_t)arg;

	placement_bind_thread(cpu);
	marks_role(ROLE_RESPONDER);
	for (int i = 0; i < ROUNDS; i++) {
		while (atomic_load(&ball) != 1)
			usleep(1);
		atomic_store(&ball, 0);
	}
	marks_role(ROLE_COUNT);
	return NULL;
}

/* A line that two processors write in turn; it is counted as the mmap lock's would be. */
static void ping_pong(uint32_t cell, int other)
{
	pthread_t thread;

	placement_bind_thread(0);
	marks_warm(cell, 0);
	hmm_bench_mark_at(HMM_BENCH_MARK_LOCK, &ball);
	pthread_create(&thread, NULL, play, (void *)(intptr_t)other);
	marks_begin();
	for (int i = 0; i < ROUNDS; i++) {
		while (atomic_load(&ball) != 0)
			usleep(1);
		atomic_store(&ball, 1);
	}
	while (atomic_load(&ball) != 0)
		usleep(1);
	marks_cold();
	marks_close(cell, 0);
	pthread_join(thread, NULL);
}

#define GAPS		200
#define GAP_NS		1000	/* what nothing but another's turn takes */

static atomic_bool done;

static void *compute(void *arg)
{
	placement_bind_thread(1);
	while (!atomic_load(&done))
		;
	return arg;
}

static int64_t now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static int by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void turns(void)
{
	int64_t gaps[GAPS], last, then;
	pthread_t thread;

	pthread_create(&thread, NULL, compute, NULL);
	last = now();
	for (int n = 0; n < GAPS; last = then) {
		then = now();
		if (then - last > GAP_NS)
			gaps[n++] = then - last;
	}
	atomic_store(&done, true);
	pthread_join(thread, NULL);
	qsort(gaps, GAPS, sizeof(*gaps), by_size);
	printf("%lld\n", (long long)gaps[GAPS / 2]);
}

int main(int argc, char *argv[])
{
	placement_bind_thread(0);
	if (argc > 1 && !strcmp(argv[1], "turns")) {
		turns();
		return 0;
	}
	memory = mmap(NULL, LARGE, PROT_READ | PROT_WRITE,
		      MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB | MAP_POPULATE, -1, 0);
	if (memory == MAP_FAILED) {
		perror("huge pages");
		return 1;
	}
	for (int i = 0; i < TIMES; i++) {
		walk_as(i, 0, LARGE);
		walk_as(10 + i, FAR_CPU, LARGE);
		walk_as(20 + i, 0, SMALL);
		walk_as(30 + i, 0, SMALL / 8);
	}
	ping_pong(40, 1);
	ping_pong(50, FAR_CPU);
	return 0;
}
