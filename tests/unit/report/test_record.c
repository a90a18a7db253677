// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "record/record.h"

static const struct sample example = {
	.cell = 3, .boot = 1, .seq = 9, .round = 2, .mode = MODE_COUNT, .total = 12345,
	.counts = { 1, 2, 3, 4, 9, 5, 4, 6, 7, 8 }, .messages = 64, .restarts = 1,
	.invalidations = 2, .valid = 64, .writable = 63, .err = 14, .check = "ok",
};

/* The lines are what other programs read: byte for byte. */
static const char sample_line[] =
	"{\"schema\":\"hmmbench.sample/1\",\"cell\":3,\"boot\":1,\"seq\":9,\"round\":2,"
	"\"mode\":\"count\",\"total\":12345,\"walk\":1,\"lock_wait\":2,\"fault_wait\":3,"
	"\"passes\":4,\"lock_drops\":9,\"drops_retry\":5,\"drops_completed\":4,\"seq_reads\":6,\"faults\":7,\"pte_visits\":8,"
	"\"messages\":64,\"restarts\":1,\"invalidations\":2,\"valid\":64,\"writable\":63,"
	"\"err\":14,\"check\":\"ok\"}\n";
static const char cell_line[] =
	"{\"schema\":\"hmmbench.cell/1\",\"cell\":3,\"boot\":1,\"axes\":{\"strategy\":"
	"\"rfc\",\"pages\":64,\"access\":\"write\",\"backing\":\"anon\",\"uffd\":"
	"\"missing\",\"populated\":0,\"tables\":\"cold\",\"batch\":1,\"threads\":1,"
	"\"delay\":\"0\",\"wait\":\"read\",\"placement\":\"local\",\"load\":\"none\","
	"\"bystanders\":\"off\",\"profile\":\"none\"},\"status\":\"invalid\",\"err\":0,"
	"\"reason\":\"2 stale pfns\"}\n";

static char *written(int (*write)(FILE *out, const void *record), const void *record)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	assert_int_equal(write(out, record), 0);
	fclose(out);
	return text;
}

static int write_sample(FILE *out, const void *record)
{
	return record_write_sample(out, record);
}

static int write_cell(FILE *out, const void *record)
{
	return record_write_cell(out, record);
}

static int write_boot(FILE *out, const void *record)
{
	return record_write_boot(out, record);
}

static void assert_reads_back(const char *text, const struct sample *sample)
{
	struct cell_record cell;
	struct sample back;
	struct reason why;

	assert_int_equal(record_read(text, &back, &cell, &why), RECORD_SAMPLE);
	assert_memory_equal(&back, sample, offsetof(struct sample, check));
	assert_string_equal(back.check, "ok");
}

static void test_sample(void **state)
{
	char *text = written(write_sample, &example);

	(void)state;
	assert_string_equal(text, sample_line);
	assert_reads_back(text, &example);
	free(text);
}

static void test_not_known(void **state)
{
	struct sample s = example, back;
	struct cell_record cell;
	char *text;
	struct reason why;

	(void)state;
	s.counts.passes = NOT_KNOWN;
	text = written(write_sample, &s);
	assert_non_null(strstr(text, "\"passes\":null,"));
	assert_int_equal(record_read(text, &back, &cell, &why), RECORD_SAMPLE);
	assert_true(back.counts.passes == NOT_KNOWN);
	free(text);
}

/* The largest numbers that are read can be written. */
static void test_large(void **state)
{
	struct sample s = example;
	char *text;

	(void)state;
	s.cell = s.boot = s.seq = s.round = UINT32_MAX;
	text = written(write_sample, &s);
	assert_reads_back(text, &s);
	free(text);
}

static void test_cell(void **state)
{
	struct cell_record c = { .cell = 3, .boot = 1, .status = CELL_INVALID,
				 .reason = "2 stale pfns" }, back;
	char *text;
	struct reason why;
	struct sample s;

	(void)state;
	axes_defaults(&c.axes);
	strcpy(c.axes.strategy, "rfc");
	c.axes.pages = 64;
	text = written(write_cell, &c);
	assert_string_equal(text, cell_line);
	assert_int_equal(record_read(text, &s, &back, &why), RECORD_CELL);
	assert_memory_equal(&back.axes, &c.axes, sizeof(c.axes));
	assert_int_equal(back.status, CELL_INVALID);
	assert_string_equal(back.reason, "2 stale pfns");
	free(text);
}

/* @line with @from replaced by @to, into @text */
static void replaced(const char *line, const char *from, const char *to, char text[2048])
{
	const char *at = strstr(line, from);

	assert_non_null(at);
	snprintf(text, 2048, "%.*s%s%s", (int)(at - line), line, to, at + strlen(from));
}

/* Such a line must be refused with @want. */
static void refuses(const char *line, const char *from, const char *to, const char *want)
{
	char text[2048];
	struct reason why = { "" };
	struct cell_record cell;
	struct sample sample;

	replaced(line, from, to, text);
	assert_int_equal(record_read(text, &sample, &cell, &why), -EINVAL);
	assert_string_equal(why.text, want);
}

static void refuses_boot(const char *line, const char *from, const char *to, const char *want)
{
	char text[2048];
	struct reason why = { "" };
	struct boot_record boot;

	replaced(line, from, to, text);
	assert_int_equal(record_read_boot(text, &boot, &why), -EINVAL);
	assert_string_equal(why.text, want);
}

static void test_boot(void **state)
{
	static const char line[] = "{\"schema\":\"hmmbench.boot/1\",\"boot\":3,"
				   "\"first\":5000000000,\"end\":7000000000,\"timed\":2000000000,"
				   "\"start\":\"a-start\"}\n";
	static const char old[] = "{\"schema\":\"hmmbench.boot/1\",\"boot\":3,"
				  "\"first\":1,\"end\":2,\"timed\":1}\n";
	struct boot_record boot = { 3, 5000000000, 7000000000, 2000000000, "a-start" }, back;
	char *text = written(write_boot, &boot);
	struct reason why;
	struct cell_record cell;
	struct sample sample;

	(void)state;
	assert_string_equal(text, line);
	assert_int_equal(record_read(text, &sample, &cell, &why), RECORD_BOOT);
	assert_int_equal(record_read_boot(text, &back, &why), 0);
	assert_int_equal(back.boot, boot.boot);
	assert_int_equal(back.first, boot.first);
	assert_int_equal(back.end, boot.end);
	assert_int_equal(back.timed, boot.timed);
	assert_string_equal(back.start, boot.start);
	free(text);
	assert_int_equal(record_read_boot(old, &back, &why), 0);
	assert_string_equal(back.start, "");
	refuses_boot(line, "\"boot\":3,", "", "boot: is missing");
	refuses_boot(line, "3", "3,\"more\":1", "7 fields, not 6; it was written by another version");
	refuses_boot(line, "2000000000", "2000000001",
		     "timed: does not fit between first and end");
	refuses_boot(line, "5000000000", "7000000001",
		     "timed: does not fit between first and end");
	refuses_boot(line, "a-start", "a-start-that-is-much-longer-than-any-boot_id-is",
		     "start: is longer than a boot_id");
	refuses_boot(line, "boot/1", "cell/1", "schema: is not hmmbench.boot/1");
}

/* A line of a run that did not know all of today's axes. */
static void test_old_cell(void **state)
{
	static const char line[] = "{\"schema\":\"hmmbench.cell/1\",\"cell\":0,\"boot\":0,"
		"\"axes\":{\"strategy\":\"rfc\",\"pages\":64,\"uffd\":\"none\"},"
		"\"status\":\"ok\",\"err\":0,\"reason\":\"\"}\n";
	char key[AXES_KEY_MAX];
	struct reason why;
	struct cell_record back;
	struct sample s;

	(void)state;
	assert_int_equal(record_read(line, &s, &back, &why), RECORD_CELL);
	assert_string_equal(axes_key(&back.axes, key, sizeof(key)), "rfc/64/uffd=none");
}

static void test_strict(void **state)
{
	(void)state;
	refuses(sample_line, "\"seq\":9,", "", "seq: is missing");
	refuses(sample_line, "\"seq\":9", "\"seq\":\"9\"", "seq: is not a whole number");
	refuses(sample_line, "\"seq\":9", "\"seq\":-9", "seq: is not a whole number");
	refuses(sample_line, "\"seq\":9", "\"seq\":4294967296",
		"seq: is larger than 4294967295");
	refuses(sample_line, "\"seq\":9", "\"seq\":9,\"more\":1",
		"25 fields, not 24; it was written by another version");
	refuses(sample_line, "\"err\":14", "\"err\":4294967295", "err: is not an errno");
	/* what a message quotes cannot break it into lines */
	refuses(cell_line, "\"rfc\"", "\"r\\nfc\"", "strategy: 'r?fc' is not a name; it has 1 to 95 "
		"characters, no spaces, quotes or slashes");
	refuses(sample_line, "sample/1", "sample/\\n", "schema: 'hmmbench.sample/?' is not one of "
		"hmmbench.sample/1, hmmbench.cell/1 and hmmbench.boot/1; it was written by "
		"another version");
	refuses(sample_line, "\"seq\"", "\"\\u0\n\"", "not JSON: invalid escape near '\"\\u0?' "
		"at column 0");
	refuses(sample_line, "\"count\"", "\"guess\"", "mode: is not a known word");
	refuses(sample_line, "\"ok\"", "1", "check: is not a text");
	refuses(sample_line, "sample/1", "sample/2", "schema: 'hmmbench.sample/2' is "
		"not one of hmmbench.sample/1, hmmbench.cell/1 and hmmbench.boot/1; it was "
		"written by another version");
	refuses(cell_line, "\"pages\":64", "\"pages\":0",
		"pages: 0 is not from 1 to 1048576");
	refuses(cell_line, "\"missing\"", "\"lost\"",
		"uffd: 'lost' is not one of none missing minor wp move rwp "
		"wp-async rwp-async poison user-only");
	refuses(cell_line, "\"pages\":64,", "", "pages: is missing");
	refuses(cell_line, "\"batch\":1", "\"batch\":1,\"x\":1",
		"16 fields, not 15; it was written by another version");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sample),
		cmocka_unit_test(test_not_known),
		cmocka_unit_test(test_large),
		cmocka_unit_test(test_cell),
		cmocka_unit_test(test_old_cell),
		cmocka_unit_test(test_boot),
		cmocka_unit_test(test_strict),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
