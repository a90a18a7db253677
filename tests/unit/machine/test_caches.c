// SPDX-License-Identifier: GPL-2.0-or-later
/* Streams of accesses whose events theory gives exactly. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "machine/machines.h"

#define L1_LINES	(32 * 1024 / 64)
#define L2_LINES	(256 * 1024 / 64)
#define LLC_LINES	(8 * 1024 * 1024 / 64)
#define NODE_LINES	(1UL << 30 >> CACHES_LINE_SHIFT)

static struct caches *c;
static uint64_t seen[SOURCES];

/* Two sockets of two processors, 1 GiB each. */
static int setup(void **state)
{
	struct layout layout = {
		.cpus = 4, .nodes = 2, .socket = { 0, 0, 1, 1 }, .ends = { 1UL << 30, 2UL << 30 },
	};

	(void)state;
	memset(seen, 0, sizeof(seen));
	c = caches_new(machine_find("server"), &layout);
	return c ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	caches_free(c);
	return 0;
}

static void walk(unsigned int cpu, uint64_t from, uint64_t lines, uint64_t stride, bool store)
{
	for (uint64_t i = 0; i < lines; i++)
		seen[caches_access(c, cpu, from + i * stride, store)]++;
}

/* All others are 0. */
static void expect(enum source source, uint64_t n)
{
	assert_int_equal(seen[source], n);
	seen[source] = 0;
	for (int i = 0; i < SOURCES; i++)
		assert_int_equal(seen[i], 0);
}

static void test_what_fits_is_missed_once(void **state)
{
	(void)state;
	walk(0, 0, L1_LINES, 1, false);
	expect(FROM_LOCAL, L1_LINES);
	walk(0, 0, L1_LINES, 1, false);
	expect(FROM_L1, L1_LINES);
	walk(0, 0, L1_LINES, 1, true);
	expect(FROM_L1, L1_LINES);
}

/* LRU: a ring of one line more than fits is always missed. */
static void test_each_level_in_turn(void **state)
{
	static const struct {
		uint64_t lines;
		enum source again;
	} rings[] = {
		{ 2 * L1_LINES, FROM_L2 }, { 2 * L2_LINES, FROM_LLC },
		{ 2 * LLC_LINES, FROM_LOCAL },
	};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		teardown(NULL);
		setup(NULL);
		walk(0, 0, rings[i].lines, 1, false);
		expect(FROM_LOCAL, rings[i].lines);
		walk(0, 0, rings[i].lines, 1, false);
		expect(rings[i].again, rings[i].lines);
	}
}

/* 64 sets: lines that are 64 apart share the 8 ways of one. */
static void test_a_stride_fills_one_set(void **state)
{
	(void)state;
	walk(0, 0, 8, 64, false);
	expect(FROM_LOCAL, 8);
	walk(0, 0, 8, 64, false);
	expect(FROM_L1, 8);
	walk(0, 0, 9, 64, false);
	walk(0, 0, 9, 64, false);
	assert_int_equal(seen[FROM_LOCAL], 1);
	assert_int_equal(seen[FROM_L2], 9);
}

/*
 * What a level answers, the level below does not see used: there it grows old, though another
 * is used less. 8 lines that are 512 apart share a set of L1 and of L2.
 */
static void test_a_hit_in_l1_is_not_seen_by_l2(void **state)
{
	(void)state;
	walk(0, 0, 1, 0, false);
	for (int i = 1; i < 8; i++) {
		walk(0, i * 512, 1, 0, false);
		walk(0, 0, 1, 0, false);
	}
	assert_int_equal(seen[FROM_LOCAL], 8);
	assert_int_equal(seen[FROM_L1], 7);
	/* gone from L2, and from L1 with it */
	walk(0, 8 * 512, 1, 0, false);
	walk(0, 0, 1, 0, false);
	assert_int_equal(seen[FROM_LLC], 1);
}

/* A ring of 16 lines in one set of the last level, which has 16 ways, and one in L2. */
static void test_a_hit_in_l2_is_not_seen_by_llc(void **state)
{
	(void)state;
	for (int round = 0; round < 10; round++)
		for (int i = 1; i <= 16; i++) {
			walk(0, 0, 1, 0, false);
			/* out of L1: they are in sets of L2 of their own */
			walk(0, 64, 7, 64, false);
			walk(0, i * LLC_LINES / 16, 1, 0, false);
		}
	assert_int_equal(seen[FROM_LOCAL], 1 + 7 + 16);
	assert_int_equal(seen[FROM_LLC], 9 * 16);
	/* and gone from L2 it is in the last level again */
	walk(0, 512, 8, 512, false);
	memset(seen, 0, sizeof(seen));
	walk(0, 0, 1, 0, false);
	expect(FROM_LLC, 1);
}

static void test_memory_has_a_home(void **state)
{
	(void)state;
	walk(0, NODE_LINES, 1000, 1, false);
	expect(FROM_REMOTE, 1000);
	walk(2, NODE_LINES + 5000, 1000, 1, false);
	expect(FROM_LOCAL, 1000);
	/* The other socket's last level has it, and this one's has not. */
	walk(2, NODE_LINES, 1000, 1, false);
	expect(FROM_LOCAL, 1000);
}

/* Two processors write one line in turn: each time it is handed over. */
static void test_ping_pong(void **state)
{
	(void)state;
	walk(0, 7, 1, 1, true);
	expect(FROM_LOCAL, 1);
	for (int i = 0; i < 100; i++) {
		walk(1, 7, 1, 1, true);
		walk(0, 7, 1, 1, true);
	}
	expect(FROM_CORE, 200);
	walk(3, 7, 1, 1, true);
	expect(FROM_SOCKET, 1);
	walk(3, 7, 10, 0, true);
	expect(FROM_L1, 10);
}

/* One writes, another reads: one transfer to read it, one to write it again. */
static void test_reader_and_writer(void **state)
{
	(void)state;
	walk(0, 7, 1, 1, true);
	expect(FROM_LOCAL, 1);
	walk(1, 7, 1, 1, false);
	expect(FROM_CORE, 1);
	walk(1, 7, 5, 0, false);
	walk(0, 7, 5, 0, false);
	expect(FROM_L1, 10);
	walk(0, 7, 1, 1, true);
	expect(FROM_CORE, 1);
	walk(2, 7, 1, 1, false);
	expect(FROM_SOCKET, 1);
	/* Of three readers the farthest is waited for. */
	walk(1, 7, 1, 1, false);
	expect(FROM_LLC, 1);
	walk(1, 7, 1, 1, true);
	expect(FROM_SOCKET, 1);
}

/* What was written and had to go is found in the last level, by anyone of the socket. */
static void test_written_back(void **state)
{
	(void)state;
	walk(0, 0, 2 * L2_LINES, 1, true);
	expect(FROM_LOCAL, 2 * L2_LINES);
	walk(1, 0, L2_LINES, 1, false);
	expect(FROM_LLC, L2_LINES);
	/* and what is still in the L2 of its writer is handed over */
	walk(1, L2_LINES, L2_LINES, 1, false);
	expect(FROM_CORE, L2_LINES);
}

static void test_empty_again(void **state)
{
	(void)state;
	walk(0, 0, L1_LINES, 1, true);
	expect(FROM_LOCAL, L1_LINES);
	caches_clear(c);
	walk(1, 0, L1_LINES, 1, true);
	expect(FROM_LOCAL, L1_LINES);
}

/* What a socket keeps of a line is gone when the other one writes it, read there or not. */
static void test_kept_by_no_processor(void **state)
{
	uint64_t ring = L2_LINES / 8;	/* all in one set of L1 and of L2 */

	(void)state;
	walk(2, 0, 17, ring, false);
	expect(FROM_REMOTE, 17);
	walk(2, 0, 1, 1, false);
	expect(FROM_LLC, 1);
	walk(2, ring, 16, ring, false);
	memset(seen, 0, sizeof(seen));
	walk(0, 0, 1, 1, true);
	expect(FROM_LOCAL, 1);
	walk(0, ring, 16, ring, false);
	memset(seen, 0, sizeof(seen));
	walk(2, 0, 1, 1, false);
	expect(FROM_REMOTE, 1);
}

int main(void)
{
#define TEST(name)	cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(test_kept_by_no_processor),
		TEST(test_what_fits_is_missed_once), TEST(test_each_level_in_turn),
		TEST(test_a_stride_fills_one_set),
		TEST(test_a_hit_in_l1_is_not_seen_by_l2), TEST(test_a_hit_in_l2_is_not_seen_by_llc),
		TEST(test_memory_has_a_home),
		TEST(test_ping_pong), TEST(test_reader_and_writer), TEST(test_written_back),
		TEST(test_empty_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
