// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Usage: patterns sort|objects|transpose
 *
 * Small programs whose accesses are not trivial, to compare models of caches on. A trace has
 * a line for each instruction, so they have few.
 */
#include <stdint.h>
#include <string.h>

#define RECORDS	3200	/* of 120 bytes, 375 KiB: more than L2, less than the last level */
#define OBJECTS	48000	/* of 512 bytes: more in some sets of the last level than it has ways */
#define SIDE	256	/* columns of 4 KiB apart, in few sets of each cache */

/* Knuth's MMIX: the upper bits are the random ones. */
static uint64_t draw(void)
{
	static uint64_t drawn;

	return drawn = drawn * 6364136223846793005 + 1442695040888963407;
}

/* No whole number of them is in a line: some moves lie across the end of one. */
static struct record {
	uint64_t key, value[14];
} heap[RECORDS];

static void sift(int root, int n)
{
	struct record record = heap[root];
	int child;

	while ((child = 2 * root + 1) < n) {
		if (child + 1 < n && heap[child + 1].key > heap[child].key)
			child++;
		if (heap[child].key <= record.key)
			break;
		heap[root] = heap[child];
		root = child;
	}
	heap[root] = record;
}

static int sort(void)
{
	for (int i = 0; i < RECORDS; i++)
		heap[i].key = draw();
	for (int i = RECORDS / 2; i--;)
		sift(i, RECORDS);
	for (int n = RECORDS; --n;) {
		struct record most = heap[0];

		heap[0] = heap[n];
		heap[n] = most;
		sift(0, n);
	}
	for (int i = 1; i < RECORDS; i++)
		if (heap[i - 1].key > heap[i].key)
			return 1;
	return 0;
}

/* The count lies across the end of the second line. */
static struct __attribute__((packed, aligned(64))) {
	uint64_t key;
	char body[116];
	uint64_t count;
	char rest[380];
} objects[OBJECTS];
static uint64_t of_kind[1024];

static int walk(void)
{
	for (int i = 0; i < 60000; i++) {
		uint64_t key = draw(), at = key >> 32;

		/* Few of them often: reused after any number of others. */
		at = at * at >> 32;
		at = at * at >> 32;
		at = at * OBJECTS >> 32;
		if (objects[at].key < key)
			objects[at].key = key;
		if (key & 1ULL << 20)
			objects[at].count++;
		of_kind[key >> 24 & 1023]++;
	}
	return 0;
}

static struct number {
	double re, im;
} from[SIDE][SIDE], to[SIDE][SIDE];

static int transpose(void)
{
	for (int i = 0; i < SIDE; i++)
		for (int j = 0; j < SIDE; j++)
			from[i][j].im = i - j;
	for (int i = 0; i < SIDE; i++)
		for (int j = 0; j < SIDE; j++)
			to[j][i] = from[i][j];
	return to[SIDE - 1][0].im != from[0][SIDE - 1].im;
}

int main(int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], "sort"))
		return sort();
	if (argc == 2 && !strcmp(argv[1], "objects"))
		return walk();
	if (argc == 2 && !strcmp(argv[1], "transpose"))
		return transpose();
	return 2;
}
