// SPDX-License-Identifier: GPL-3.0-or-later
/* Text for mails: never beyond 72 columns, never lost a word. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "report/write/number.h"
#include "report/write/plain.h"

static char *text;
static size_t size;

static FILE *begin(void)
{
	free(text);
	text = NULL;
	return open_memstream(&text, &size);
}

static void within_width(void)
{
	for (const char *line = text; *line; line += strcspn(line, "\n") + 1)
		assert_true(strcspn(line, "\n") <= PLAIN_WIDTH);
}

static void test_wrap(void **state)
{
	FILE *out = begin();

	(void)state;
	plain_paragraph(out, "Key: ", 5, "%s", "one two three four five six seven eight nine "
			"ten eleven twelve thirteen fourteen");
	fclose(out);
	assert_string_equal(text, "Key: one two three four five six seven eight nine ten eleven "
			    "twelve\n     thirteen fourteen\n");
}

/* A line that is exactly full, and a word of 73. */
static void test_edges(void **state)
{
	char word[PLAIN_WIDTH + 2], want[3 * PLAIN_WIDTH];
	FILE *out = begin();

	(void)state;
	memset(word, 'x', sizeof(word));
	word[PLAIN_WIDTH] = 0;
	plain_paragraph(out, "", 0, "%s", word);
	word[PLAIN_WIDTH] = 'x';
	word[PLAIN_WIDTH + 1] = 0;
	plain_paragraph(out, "", 2, "%s", word);
	fclose(out);
	within_width();
	snprintf(want, sizeof(want), "%.*s\n%.*s\n  x\n", PLAIN_WIDTH, word, PLAIN_WIDTH, word);
	assert_string_equal(text, want);
}

/* A word that would end one column beyond is put into the next line, not broken. */
static void test_one_beyond(void **state)
{
	char word[PLAIN_WIDTH], want[2 * PLAIN_WIDTH];
	FILE *out = begin();

	(void)state;
	memset(word, 'x', sizeof(word));
	word[PLAIN_WIDTH - 2] = 0;
	plain_paragraph(out, "", 0, "%s yy", word);
	fclose(out);
	snprintf(want, sizeof(want), "%s\nyy\n", word);
	assert_string_equal(text, want);
}

/* Each width of words at each indent: within the width, and all letters there. */
static void test_sweep(void **state)
{
	(void)state;
	for (int indent = 0; indent < 20; indent++) {
		for (size_t length = 1; length < 160; length++) {
			char words[512];
			size_t letters = 0;
			FILE *out = begin();

			memset(words, 'w', sizeof(words));
			for (size_t i = length; i < sizeof(words); i += length + 1)
				words[i] = ' ';
			words[sizeof(words) - 1] = 0;
			plain_paragraph(out, "", indent, "%s", words);
			fclose(out);
			within_width();
			for (const char *c = text; *c; c++)
				letters += *c == 'w';
			for (const char *c = words; *c; c++)
				letters -= *c == 'w';
			assert_int_equal(letters, 0);
		}
	}
}

static void test_ascii(void **state)
{
	FILE *out = begin();

	(void)state;
	plain_paragraph(out, "", 0, "%s", "a \xc2\xb5s\tand \x7f");
	fclose(out);
	assert_string_equal(text, "a ??s?and ?\n");
}

/* What is pasted into a shell goes on after a backslash, within the width. */
static void test_command(void **state)
{
	FILE *out = begin();

	(void)state;
	plain_command(out, "%s", "hmmbench run --matrix=bench/matrices/default.yaml "
		      "--clock=wall --seed=1 --out=DIR");
	fclose(out);
	within_width();
	assert_string_equal(text, "  hmmbench run --matrix=bench/matrices/default.yaml "
			    "--clock=wall \\\n    --seed=1 --out=DIR\n");
}

static void test_number(void **state)
{
	static const struct {
		double value;
		const char *want;
	} cases[] = {
		{ 0, "0" }, { 7, "7" }, { 0.123456, "0.12" }, { 12.3456, "12.35" },
		{ 99.99, "99.99" }, { 99.996, "100.0" }, { 183.64, "183.6" },
		{ 999.96, "1000" }, { 66184.2, "66184" }, { 847454, "847454" },
		{ 999999, "999999" }, { 1234567, "1.235e6" }, { 14511104, "14.51e6" },
		{ 123456789, "0.123e9" }, { NAN, "-" },
	};
	char buf[NUMBER_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_string_equal(number_plain(cases[i].value, buf),
				    cases[i].want);
		assert_true(strlen(buf) <= 7);
	}
	assert_string_equal(number_real(123456.78, buf), "123457");
	assert_string_equal(number_real(1234567.8, buf), "1234568");
	assert_string_equal(number_real(NAN, buf), "-");
	assert_string_equal(number_whole(UINT64_MAX - 1, buf), "18446744073709551614");
	assert_string_equal(number_whole(UINT64_MAX, buf), "-");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wrap), cmocka_unit_test(test_edges),
		cmocka_unit_test(test_one_beyond),
		cmocka_unit_test(test_sweep), cmocka_unit_test(test_ascii),
		cmocka_unit_test(test_command), cmocka_unit_test(test_number),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	free(text);
	return failed;
}
