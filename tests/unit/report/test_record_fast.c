// SPDX-License-Identifier: GPL-2.0-or-later
/* The fast way and jansson agree on every line, be it sound or not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "record/record.h"
#include "record/record_fast.h"

#define LINE_MAX_TEST	2048
#define MUTATIONS	100000

/* A generator of our own: the same lines on each machine. */
static uint64_t state = 0x9e3779b97f4a7c15;

static uint64_t draw(uint64_t below)
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return state % below;
}

static uint64_t draw_number(void)
{
	return draw(8) ? draw(UINT64_C(1) << draw(60)) : NOT_KNOWN;
}

static void draw_sample(struct sample *s)
{
	static const char *const checks[] = {
		"ok", "2 stale pfns", "", "a \"quoted\" word", "back\\slash", "\xc3\xa4", "tab\t",
	};

	memset(s, 0, sizeof(*s));
	s->cell = draw(UINT32_C(1) << draw(31));
	s->boot = draw(100);
	s->seq = draw(1000000);
	s->round = draw(20);
	s->mode = draw(4);
	s->total = draw_number();
	for (size_t i = 0; i < count_fields_count; i++)
		*(uint64_t *)((char *)&s->counts + count_fields[i].offset) = draw_number();
	s->messages = draw_number();
	s->restarts = draw_number();
	s->invalidations = draw_number();
	s->valid = draw_number();
	s->writable = draw_number();
	s->err = draw(134);
	strcpy(s->check, checks[draw(3) ? draw(2) : draw(sizeof(checks) / sizeof(*checks))]);
}

static void write_line(const struct sample *s, char *line)
{
	FILE *out = fmemopen(line, LINE_MAX_TEST, "w");

	assert_int_equal(record_write_sample(out, s), 0);
	fclose(out);
}

/* Both ways on one line. Returns what they say. */
static int agree(const char *line)
{
	struct sample ours, theirs;
	struct cell_record cell;
	struct reason our = { "" }, their = { "" };
	int kind;

	memset(&ours, 0, sizeof(ours));
	memset(&theirs, 0, sizeof(theirs));
	kind = record_read_any(line, &theirs, &cell, &their);
	assert_int_equal(record_read(line, &ours, &cell, &our), kind);
	assert_string_equal(our.text, their.text);
	if (kind == RECORD_SAMPLE)
		assert_memory_equal(&ours, &theirs, sizeof(ours));
	return kind;
}

/* What hmmbench writes is taken: a new field of the record must not go unnoticed. */
static void test_taken(void **unused)
{
	char line[LINE_MAX_TEST];
	struct sample s, back;

	(void)unused;
	for (int i = 0; i < 10000; i++) {
		draw_sample(&s);
		write_line(&s, line);
		assert_int_equal(agree(line), RECORD_SAMPLE);
		if (strpbrk(s.check, "\"\\\t\xc3"))
			assert_false(record_read_fast(line, &back));
		else
			assert_true(record_read_fast(line, &back));
	}
}

static void test_edges(void **unused)
{
	static const struct {
		const char *from, *to;
		int fast;
	} edges[] = {
		{ "\"total\":7,", "\"total\":07,", 0 },
		{ "\"total\":7,", "\"total\":-0,", 0 },
		{ "\"total\":7,", "\"total\":7.0,", 0 },
		{ "\"total\":7,", "\"total\":,", 0 },
		{ "\"total\":7,", "\"total\":nul,", 0 },
		{ "\"total\":7,", "\"total\":nullx,", 0 },
		{ "\"total\":7,", "\"total\":0,", 1 },
		{ "\"total\":7,", "\"total\":null,", 1 },
		{ "\"total\":7,", "\"total\":999999999999999999,", 1 },
		{ "\"total\":7,", "\"total\":1000000000000000000,", 0 },
		{ "\"total\":7,", "\"total\":9223372036854775808,", 0 },
		{ "\"total\":7,", "\"total\": 7,", 0 },
		{ "\"cell\":1,", "\"cell\":4294967295,", 1 },
		{ "\"cell\":1,", "\"cell\":4294967296,", 0 },
		{ "\"cell\":1,", "\"cell\":null,", 0 },
		{ "\"err\":0,", "\"err\":null,", 0 },
		{ "\"time\"", "\"tim\"", 0 },
		{ "\"time\"", "\"timed\"", 0 },
		{ "\"time\"", "\"watch\"", 1 },
		{ "\"ok\"}", "\"\"}", 1 },
		{ "\"ok\"}", "\"o\\u006b\"}", 0 },
		{ "\"ok\"}", "\"ok\"} ", 0 },
		{ "\"ok\"}", "\"ok\"}}", 0 },
		{ "\"ok\"}", "\"ok\",\"more\":1}", 0 },
		{ "\"ok\"}", "\"ok\"", 0 },
	};
	char line[LINE_MAX_TEST], text[LINE_MAX_TEST];
	struct sample s = { .cell = 1, .total = 7, .check = "ok" }, back;

	(void)unused;
	write_line(&s, line);
	assert_true(record_read_fast(line, &back));
	for (size_t i = 0; i < sizeof(edges) / sizeof(*edges); i++) {
		const char *at = strstr(line, edges[i].from);

		assert_non_null(at);
		snprintf(text, sizeof(text), "%.*s%s%s", (int)(at - line), line,
			 edges[i].to, at + strlen(edges[i].from));
		agree(text);
		assert_int_equal(record_read_fast(text, &back), edges[i].fast);
	}
}

/* A text as long as it may be, and one longer. */
static void test_long_check(void **unused)
{
	char line[LINE_MAX_TEST];
	struct sample s = { .check = "" }, back;
	char *end;

	(void)unused;
	memset(s.check, 'x', sizeof(s.check) - 1);
	write_line(&s, line);
	assert_true(record_read_fast(line, &back));
	assert_int_equal(agree(line), RECORD_SAMPLE);
	end = strstr(line, "\"}");
	strcpy(end, "x\"}\n");
	assert_false(record_read_fast(line, &back));
	assert_true(agree(line) < 0);
}

static void mutate(char *line)
{
	static const char bytes[] = "0123456789\"\"{}:,,.-+eEnul []\\/\n\t abtxyz\x7f\xff";
	size_t length = strlen(line), at = length ? draw(length) : 0;
	size_t n = 1 + draw(8), from;

	switch (draw(5)) {
	case 0:
		line[at] = bytes[draw(sizeof(bytes))];	/* may be NUL */
		break;
	case 1:
		memmove(line + at + 1, line + at, length + 1 - at);
		line[at] = bytes[draw(sizeof(bytes) - 1)];
		break;
	case 2:
		n = n < length - at ? n : length - at;
		memmove(line + at, line + at + n, length + 1 - at - n);
		break;
	case 3:			/* a piece once more */
		n = draw(30) < length - at ? draw(30) : length - at;
		n = at + n <= length ? n : length - at;
		memmove(line + at + n, line + at, length + 1 - at);
		break;
	default:		/* a digit for a digit: often a sound line */
		from = strcspn(line + at, "0123456789");
		if (line[at + from])
			line[at + from] = '0' + draw(10);
	}
}

static void test_mutations(void **unused)
{
	char line[LINE_MAX_TEST];
	size_t fast = 0, sound = 0, refused = 0;
	struct sample s, back;

	(void)unused;
	for (int i = 0; i < MUTATIONS; i++) {
		draw_sample(&s);
		write_line(&s, line);
		for (uint64_t n = 1 + draw(3); n; n--)
			mutate(line);
		fast += record_read_fast(line, &back);
		if (agree(line) == RECORD_SAMPLE)
			sound++;
		else
			refused++;
	}
	/* Or it would not have tried all three ways. */
	assert_true(fast > MUTATIONS / 20);
	assert_true(sound > fast);
	assert_true(refused > MUTATIONS / 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_taken),
		cmocka_unit_test(test_edges),
		cmocka_unit_test(test_long_check),
		cmocka_unit_test(test_mutations),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
