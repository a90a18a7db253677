// SPDX-License-Identifier: GPL-3.0-or-later
/* What the boots of a cell observed, put together. */
#include <errno.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "record/record.h"
#include "report/data/observations.h"

static void count(struct observations *o, uint64_t value, uint64_t ena, uint64_t run, int err)
{
	struct observed record = {
		.kind = OBSERVED_COUNTER,
		.counter = { .role = ROLE_CALLER, .name = "cycles", .value = value,
			     .ena = ena, .run = run, .samples = 2, .err = err },
	};

	observations_add(o, &record);
}

/* A boot that did not count adds neither to the sum nor to what it is divided by. */
static void test_counters(void **state)
{
	struct observations o = { 0 };

	(void)state;
	count(&o, NOT_KNOWN, 0, 0, ENOENT);
	assert_int_equal(o.counters[0].samples, 0);
	assert_int_equal(o.counters[0].err, ENOENT);
	count(&o, 100, 50, 50, 0);
	assert_false(o.counters[0].scaled);
	count(&o, 100, 80, 20, 0);
	count(&o, 0, 80, 0, 0);
	assert_int_equal(o.n_counters, 1);
	assert_true(o.counters[0].value == 500);
	assert_int_equal(o.counters[0].samples, 4);
	assert_true(o.counters[0].scaled);
	observations_free(&o);
}

static void name(struct observations *o, enum role role, const char *name, uint64_t value,
		 uint64_t run)
{
	struct observed record = {
		.kind = OBSERVED_COUNTER,
		.counter = { .role = role, .value = value, .ena = 4, .run = run, .samples = 2 },
	};

	strcpy(record.counter.name, name);
	observations_add(o, &record);
}

/* A model's event is not the machine's of that name, and half of a sum is none. */
static void test_model_and_machine(void **state)
{
	struct observations o = { 0 };
	bool scaled = false;

	(void)state;
	assert_null(observations_event("LLC-loads"));
	assert_null(observations_event("modelled-x"));
	assert_null(observations_event("modelled-:LLC-loads"));
	assert_null(observations_event("modelled-x;y:LLC-loads"));
	assert_string_equal(observations_event("modelled-x:LLC-loads"), "LLC-loads");
	name(&o, ROLE_CALLER, "modelled-x:LLC-loads", 10, 4);
	name(&o, ROLE_RESPONDER, "modelled-x:LLC-loads", 4, 4);
	name(&o, ROLE_LOAD, "modelled-x:LLC-loads", 1000, 4);
	assert_true(observations_per_call(&o, "LLC-loads", true, NULL) == 7);
	assert_true(isnan(observations_per_call(&o, "LLC-loads", false, NULL)));
	name(&o, ROLE_CALLER, "LLC-loads", 10, 2);
	assert_true(observations_per_call(&o, "LLC-loads", false, &scaled) == 10);
	assert_true(scaled);
	name(&o, ROLE_RESPONDER, "LLC-loads", NOT_KNOWN, 0);
	assert_true(isnan(observations_per_call(&o, "LLC-loads", false, NULL)));
	observations_free(&o);
}

static int of(char *machine, const char *counter, struct reason *why)
{
	struct observed record = { .kind = OBSERVED_COUNTER };

	strcpy(record.counter.name, counter);
	return observations_one_machine(machine, &record, why);
}

static void test_one_machine(void **state)
{
	char machine[OBSERVED_NAME_MAX] = "";
	struct observed load = { .kind = OBSERVED_LOAD };
	struct reason why;

	(void)state;
	assert_int_equal(of(machine, "LLC-loads", &why), 0);
	assert_int_equal(observations_one_machine(machine, &load, &why), 0);
	assert_string_equal(machine, "");
	assert_int_equal(of(machine, "modelled-server:cycles", &why), 0);
	assert_string_equal(machine, "server");
	assert_int_equal(of(machine, "modelled-server:L1-misses", &why), 0);
	assert_int_equal(of(machine, "LLC-loads", &why), 0);
	assert_int_equal(of(machine, "modelled-serve:cycles", &why), -EINVAL);
	assert_int_equal(of(machine, "modelled-servers:cycles", &why), -EINVAL);
	assert_string_equal(why.text, "counter: machine servers, and server in a line before; "
			    "a run has one");
}

static void test_roles_apart(void **state)
{
	struct observations o = { 0 };
	struct observed record = {
		.kind = OBSERVED_COUNTER,
		.counter = { .role = ROLE_LOAD, .name = "cycles", .value = 7, .ena = 1,
			     .run = 1, .samples = 1 },
	};

	(void)state;
	count(&o, 100, 1, 1, 0);
	observations_add(&o, &record);
	assert_int_equal(o.n_counters, 2);
	assert_true(o.counters[0].value == 100 && o.counters[1].value == 7);
	observations_free(&o);
}

static void test_delays(void **state)
{
	struct observed record = { .kind = OBSERVED_BYSTANDER,
				   .bystander = { .kind = "lock" } };
	struct observations o = { 0 };

	(void)state;
	observations_add(&o, &record);
	assert_null(observations_delays(&o, "lock"));	/* of nothing */
	hist_add(&record.bystander.hist, 10);
	observations_add(&o, &record);
	hist_add(&record.bystander.hist, 20);
	observations_add(&o, &record);
	assert_int_equal(observations_delays(&o, "lock")->n, 3);
	assert_int_equal(observations_delays(&o, "lock")->max, 20);
	assert_null(observations_delays(&o, "fault"));
	observations_free(&o);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_counters),
		cmocka_unit_test(test_model_and_machine),
		cmocka_unit_test(test_one_machine),
		cmocka_unit_test(test_roles_apart),
		cmocka_unit_test(test_delays),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
