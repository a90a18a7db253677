// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "record/observed.h"
#include "record/record.h"

/* Every bucket begins where the one before ends, and holds what falls in it. */
static void test_buckets(void **state)
{
	(void)state;
	for (unsigned int i = 1; i < HIST_BUCKETS; i++) {
		uint64_t low = hist_low(i);

		assert_int_equal(hist_bucket(low), i);
		assert_int_equal(hist_bucket(low - 1), i - 1);
		/* the error bound that hist.h promises */
		assert_true(low - hist_low(i - 1) <= hist_low(i - 1) / 32 + 1);
	}
	assert_int_equal(hist_bucket(UINT64_MAX), HIST_BUCKETS - 1);
}

static void test_percentiles(void **state)
{
	struct hist hist = { 0 }, twice = { 0 };

	(void)state;
	assert_int_equal(hist_percentile(&hist, 50), 0);
	for (uint64_t i = 1; i <= 1000; i++)
		hist_add(&hist, i);
	assert_int_equal(hist.n, 1000);
	assert_int_equal(hist.max, 1000);
	assert_in_range(hist_percentile(&hist, 50), 500 - 500 / 32, 500);
	assert_in_range(hist_percentile(&hist, 99), 990 - 990 / 32, 990);
	assert_int_equal(hist_percentile(&hist, 100), 1000);
	hist_merge(&twice, &hist);
	hist_merge(&twice, &hist);
	assert_int_equal(twice.n, 2000);
	assert_int_equal(hist_percentile(&twice, 50), hist_percentile(&hist, 50));
}

static char *line_of(int (*write)(FILE *out, const void *record), const void *record)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_int_equal(write(out, record), 0);
	fclose(out);
	return text;
}

static int write_counter(FILE *out, const void *record)
{
	return observed_write_counter(out, record);
}

static int write_load(FILE *out, const void *record)
{
	return observed_write_load(out, record);
}

static int write_bystander(FILE *out, const void *record)
{
	return observed_write_bystander(out, record);
}

static void reads(char *line, struct observed *o)
{
	struct reason why = { "" };

	if (observed_read(line, o, &why))
		fail_msg("%s: %s", line, why.text);
	free(line);
}

static void test_round_trip(void **state)
{
	static struct bystander_record bystander = { .cell = 7, .kind = "lock",
						     .period = 200000 };
	struct counter_record counter = { .cell = 3, .boot = 1, .name = "cycles",
					  .role = ROLE_LOAD, .value = NOT_KNOWN,
					  .samples = 4, .err = ENOENT };
	struct load_record load = { .cell = 5, .kind = "writers", .threads = 2,
				    .period = 1000, .ops = 77, .time = 123456 };
	static struct observed o;

	(void)state;
	reads(line_of(write_counter, &counter), &o);
	assert_int_equal(o.kind, OBSERVED_COUNTER);
	assert_string_equal(o.counter.name, "cycles");
	assert_int_equal(o.counter.role, ROLE_LOAD);
	assert_int_equal(o.counter.value, NOT_KNOWN);
	assert_int_equal(o.counter.err, ENOENT);
	reads(line_of(write_load, &load), &o);
	assert_int_equal(o.kind, OBSERVED_LOAD);
	assert_int_equal(o.load.ops, 77);
	for (uint64_t i = 0; i < 5000; i += 7)
		hist_add(&bystander.hist, i * i);
	reads(line_of(write_bystander, &bystander), &o);
	assert_int_equal(o.kind, OBSERVED_BYSTANDER);
	assert_memory_equal(&o.bystander, &bystander, sizeof(bystander));
}

static void refuses(const char *line, const char *want)
{
	static struct observed o;
	struct reason why = { "" };

	assert_int_equal(observed_read(line, &o, &why), -EINVAL);
	assert_string_equal(why.text, want);
}

#define BYSTANDER(n, buckets) "{\"schema\":\"hmmbench.bystander/1\",\"cell\":0,\"boot\":0," \
	"\"kind\":\"lock\",\"period\":1,\"n\":" n ",\"max\":9,\"buckets\":" buckets "}"

static void test_errors(void **state)
{
	(void)state;
	refuses("{", "not JSON: string or '}' expected near end of file at column 1");
	refuses("{\"schema\":\"x/1\"}",
		"schema: 'x/1' is not known; it was written by another version");
	refuses(BYSTANDER("3", "[[1,2]]"), "n: is not the sum of the buckets");
	refuses(BYSTANDER("2", "[[65,2]]"), "buckets: do not begin where they do");
	refuses(BYSTANDER("2", "[[1,1],[1,1]]"), "buckets: do not begin where they do");
	refuses(BYSTANDER("2", "[[1]]"), "buckets: are not pairs of numbers");
	refuses(BYSTANDER("2", "7"), "buckets: is not an array");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_buckets),
		cmocka_unit_test(test_percentiles),
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_errors),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
