// SPDX-License-Identifier: GPL-2.0-or-later
/* Caches as sysfs says them, in a folder of the test's own. */
#include <errno.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "machine/here.h"
#include "machine/machines.h"

static char root[] = "/tmp/hmmbench-here.XXXXXX", nodes[128];
static struct machine m;
static struct reason why;

static void say(int index, const char *name, const char *text)
{
	char path[128];
	FILE *f;

	snprintf(path, sizeof(path), "%s/index%d", root, index);
	mkdir(path, 0700);
	snprintf(path, sizeof(path), "%s/index%d/%s", root, index, name);
	f = fopen(path, "w");
	assert_non_null(f);
	fprintf(f, "%s\n", text);
	fclose(f);
}

static void put(int index, const char *level, const char *type, const char *size, const char *ways)
{
	say(index, "level", level);
	say(index, "type", type);
	say(index, "size", size);
	say(index, "ways_of_associativity", ways);
	say(index, "coherency_line_size", "64");
}

static int remove_all(void **state)
{
	static const char *const names[] = {
		"level", "type", "size", "ways_of_associativity", "coherency_line_size", "nodes", "",
	};
	char path[128];

	(void)state;
	for (int i = 0; i < 5; i++)
		for (size_t k = 0; k < sizeof(names) / sizeof(*names); k++) {
			snprintf(path, sizeof(path), "%s/index%d/%s", root, i, names[k]);
			remove(path);
		}
	remove(root);
	return 0;
}

/* As a machine of three levels has it, whose last has no power of two of sets. */
static int put_all(void **state)
{
	(void)state;
	strcpy(root + sizeof(root) - 7, "XXXXXX");
	if (!mkdtemp(root))
		return -1;
	put(0, "1", "Data", "48K", "12");
	put(1, "1", "Instruction", "32K", "8");
	put(2, "2", "Unified", "2M", "16");
	put(3, "3", "Unified", "30720K", "12");
	snprintf(nodes, sizeof(nodes), "%s/index0/nodes", root);
	return 0;
}

static void refused(const char *text)
{
	assert_int_equal(here_read(root, nodes, &m, &why), -EINVAL);
	if (!strstr(why.text, text))
		fail_msg("not '%s': %s", text, why.text);
	assert_int_equal(strncmp(why.text, root, strlen(root)), 0);
}

static void test_three_levels(void **state)
{
	(void)state;
	assert_int_equal(here_read(root, nodes, &m, &why), 0);
	assert_int_equal(m.l1.bytes, 48 << 10);
	assert_int_equal(m.l1.ways, 12);
	assert_int_equal(m.l2.bytes, 2 << 20);
	assert_int_equal(m.l2.ways, 16);
	assert_int_equal(m.llc.bytes, 30 << 20);
	assert_int_equal(m.llc.ways, 12);
}

/* A line of sysfs for each of them, and none of a kernel without nodes. */
static void test_sockets(void **state)
{
	static const struct {
		const char *list;
		unsigned int sockets;
	} lines[] = {
		{ "0", 1 }, { "0-1", 2 }, { "0,4", 2 }, { "0-1,3,6-7", 5 }, { "2-3", 2 }, { "", 1 },
	};

	(void)state;
	assert_int_equal(here_read(root, nodes, &m, &why), 0);
	assert_int_equal(m.sockets, 1);
	for (size_t i = 0; i < sizeof(lines) / sizeof(*lines); i++) {
		say(0, "nodes", lines[i].list);
		assert_int_equal(here_read(root, nodes, &m, &why), 0);
		assert_int_equal(m.sockets, lines[i].sockets);
	}
}

static void test_four_levels(void **state)
{
	(void)state;
	put(4, "4", "Unified", "128M", "16");
	assert_int_equal(here_read(root, nodes, &m, &why), 0);
	assert_int_equal(m.llc.bytes, 128 << 20);
}

/*
 * 40960 sets: as many lines fit as there are, and 40 that are so far apart share 12 ways, and
 * 16 of L2.
 */
static void test_any_number_of_sets(void **state)
{
	const struct layout layout = { .cpus = 1, .nodes = 1, .ends = { 1UL << 30 } };
	const uint64_t lines = (30 << 20) / 64;
	struct caches *c;

	(void)state;
	assert_int_equal(here_read(root, nodes, &m, &why), 0);
	c = caches_new(&m, &layout);
	assert_non_null(c);
	for (uint64_t i = 0; i < lines; i++)
		assert_int_equal(caches_access(c, 0, i, false), FROM_LOCAL);
	for (uint64_t i = 0; i < lines; i++)
		assert_int_equal(caches_access(c, 0, i, false), FROM_LLC);
	caches_clear(c);
	for (int round = 0; round < 2; round++)
		for (uint64_t i = 0; i < 40; i++)
			assert_int_equal(caches_access(c, 0, i * 40960, false), FROM_LOCAL);
	caches_free(c);
}

static void test_levels_that_are_not_there(void **state)
{
	(void)state;
	say(3, "level", "2");
	refused(": no cache beyond level 2: model another machine");
	say(2, "level", "3");
	say(3, "level", "4");
	refused(": no cache of level 2: model another machine");
	say(0, "type", "Instruction");
	refused(": no cache of level 1: model another machine");
}

static void test_what_is_not_modelled(void **state)
{
	char path[128];

	(void)state;
	say(3, "coherency_line_size", "128");
	refused("/index3: lines of 128 bytes, and those of the model have 64: model another machine");
	put(3, "3", "Unified", "30720K", "0");
	refused("/index3/ways_of_associativity: 0 is no size that is known: model another machine");
	put(3, "3", "Unified", "30721K", "12");
	refused("/index3: 31458304 bytes are no whole sets of 12 ways: model another machine");
	put(3, "3", "Unified", "4096M", "16");
	refused("/index3/size: 4096M is no size that is known: model another machine");
	put(3, "3", "Unified", "30G", "12");
	refused("/index3/size: 30G is no size");
	say(3, "size", "");
	refused("/index3/size: says nothing of this cache: model another machine");
	snprintf(path, sizeof(path), "%s/index3/size", root);
	remove(path);
	refused("/index3/size: says nothing");
}

static void test_its_cycles_are_not_known(void **state)
{
	(void)state;
	assert_false(machine_has_cycles(machine_find("here")));
	assert_true(machine_has_cycles(machine_find("server")));
	assert_int_equal(machine_complete(machine_find("server"), &m, &why), 0);
	assert_int_equal(m.l2.bytes, 256 << 10);
}

int main(void)
{
#define TEST(name)	cmocka_unit_test_setup_teardown(name, put_all, remove_all)
	const struct CMUnitTest tests[] = {
		TEST(test_three_levels), TEST(test_four_levels), TEST(test_sockets), TEST(test_any_number_of_sets),
		TEST(test_levels_that_are_not_there), TEST(test_what_is_not_modelled),
		TEST(test_its_cycles_are_not_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
