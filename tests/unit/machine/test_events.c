// SPDX-License-Identifier: GPL-2.0-or-later
/* What perf's names count of loads, of which there is another power of ten from each source. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "machine/events.h"

static void test_each_event(void **state)
{
	static const uint64_t loads[SOURCES] = {
		[FROM_L1] = 1, [FROM_L2] = 10, [FROM_LLC] = 100, [FROM_LOCAL] = 1000,
		[FROM_REMOTE] = 10000, [FROM_CORE] = 100000, [FROM_SOCKET] = 1000000,
	};
	static const struct {
		const char *name;
		uint64_t count;
	} want[] = {
		{ "L1-dcache-loads", 1111111 }, { "L1-dcache-load-misses", 1111110 },
		{ "LLC-loads", 1111100 }, { "LLC-load-misses", 1011000 },
		{ "node-loads", 11000 }, { "node-load-misses", 10000 },
	};
	size_t n = 0;

	(void)state;
	for (const struct load_event *e = load_events; e->name; e++, n++) {
		assert_string_equal(e->name, want[n].name);
		assert_int_equal(load_event_count(e, loads), want[n].count);
	}
	assert_int_equal(n, sizeof(want) / sizeof(*want));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_each_event) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
