// SPDX-License-Identifier: GPL-2.0-or-later
/* Which events a watched call counts, on a machine whose cache events are page faults. */
#include <errno.h>
#include <linux/perf_event.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

#include <cmocka.h>

#include "machine/events.h"
#include "run/seen/watch.h"

#define PAGE	4096

static unsigned int turns_there;	/* of which the machine has events */

static const struct counter *find(const char *name)
{
	size_t i = 0;

	while (i < counters_count && strcmp(counters[i].name, name))
		i++;
	return i < counters_count ? &counters[i] : NULL;
}

int __real_counter_open(const struct counter *counter, const pid_t *tids, size_t n,
			struct perf_evsel **evsel);
int __wrap_counter_open(const struct counter *counter, const pid_t *tids, size_t n,
			struct perf_evsel **evsel);
int __wrap_counter_open(const struct counter *counter, const pid_t *tids, size_t n,
			struct perf_evsel **evsel)
{
	if (counter->type == PERF_TYPE_SOFTWARE)
		return __real_counter_open(counter, tids, n, evsel);
	if (counter->type != PERF_TYPE_HW_CACHE || counter->turn >= turns_there)
		return -ENOENT;
	return __real_counter_open(find("page-faults"), tids, n, evsel);
}

int __wrap_counter_try(const struct counter *counter);
int __wrap_counter_try(const struct counter *counter)
{
	return counter->turn < turns_there ? 0 : -ENOENT;
}

/* A name that only one side has would be held against nothing. */
static void test_names_are_the_models(void **state)
{
	size_t n = 0;

	(void)state;
	for (const struct load_event *e = load_events; e->name; e++, n++) {
		assert_non_null(find(e->name));
		assert_true(find(e->name)->turn > 0);
	}
	for (size_t i = 0; i < counters_count; i++)
		n -= counters[i].turn > 0;
	assert_int_equal(n, 0);
}

/* cycles and instructions have counters of their own; of the others there are 4. */
static void test_turns_fit_the_hardware(void **state)
{
	unsigned int general[8] = { 0 };

	(void)state;
	for (size_t i = 0; i < counters_count; i++) {
		const struct counter *c = &counters[i];

		assert_true(c->turn < 8);
		general[c->turn] += c->type == PERF_TYPE_HW_CACHE ||
				    (c->type == PERF_TYPE_HARDWARE &&
				     c->config != PERF_COUNT_HW_CPU_CYCLES &&
				     c->config != PERF_COUNT_HW_INSTRUCTIONS);
	}
	for (size_t i = 0; i < 8; i++)
		assert_true(general[i] <= 4);
}

static void touch(char *memory, size_t pages)
{
	for (size_t i = 0; i < pages; i++)
		*(volatile char *)(memory + i * PAGE) = 1;
}

static void take_turn(struct watch *watch, unsigned int turn, size_t pages,
		      struct watch_sum *sums)
{
	char *memory = mmap(NULL, pages * PAGE, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	assert_true(memory != MAP_FAILED);
	madvise(memory, pages * PAGE, MADV_NOHUGEPAGE);
	watch_enable(watch, turn, true);
	touch(memory, pages);
	watch_enable(watch, turn, false);
	watch_add(watch, turn, sums);
	munmap(memory, pages * PAGE);
}

/* What one turn counts no other does, and what there is not is never 0. */
static void test_turns_apart(void **state)
{
	struct watch_sum sums[ROLE_COUNT * counters_count], *of[3];
	struct watch *watch;

	(void)state;
	memset(sums, 0, sizeof(sums));
	turns_there = 2;
	assert_int_equal(watch_turns(), 2);
	of[0] = &sums[find("page-faults") - counters];
	of[1] = &sums[find("LLC-loads") - counters];
	of[2] = &sums[find("node-loads") - counters];
	assert_int_equal(watch_open(&watch), 0);
	assert_int_equal(watch_role(watch, ROLE_CALLER, NULL, 1), 0);
	take_turn(watch, 0, 100, sums);
	if (of[0]->err) {
		watch_close(watch);
		skip();
	}
	take_turn(watch, 1, 300, sums);
	take_turn(watch, 0, 100, sums);
	watch_close(watch);
	assert_in_range(of[0]->value, 200, 220);
	assert_int_equal(of[0]->samples, 2);
	assert_in_range(of[1]->value, 300, 320);
	assert_int_equal(of[1]->samples, 1);
	assert_true(of[1]->run > 0 && of[1]->run == of[1]->ena);
	assert_int_equal(of[2]->err, ENOENT);
	assert_int_equal(of[2]->samples, 3);
	assert_int_equal(sums[counters_count].samples, 0);	/* no responder */
}

static void test_no_pmu_has_one_turn(void **state)
{
	(void)state;
	turns_there = 1;
	assert_int_equal(watch_turns(), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names_are_the_models),
		cmocka_unit_test(test_turns_fit_the_hardware),
		cmocka_unit_test(test_turns_apart),
		cmocka_unit_test(test_no_pmu_has_one_turn),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
