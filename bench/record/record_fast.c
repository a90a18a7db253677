// SPDX-License-Identifier: GPL-2.0-or-later
#include "record_fast.h"

#include <string.h>

#include "fields.h"

#define DIGITS_MAX	18	/* as many cannot overflow; more are left to jansson */

/* What stands before a value, in the order in which they are written. */
struct key {
	const char *text;
	unsigned char length;
	unsigned short offset;
};

#define KEY(name, member) \
	{ ",\"" name "\":", sizeof(",\"" name "\":") - 1, offsetof(struct sample, member) }
#define COUNT_KEY(name, newer)	KEY(#name, counts.name),
#define RESULT_KEY(name, newer)	KEY(#name, name),

static const char head[] = "{\"schema\":\"" SCHEMA_SAMPLE "\"";

static const struct key places[] = {
	KEY("cell", cell), KEY("boot", boot), KEY("seq", seq), KEY("round", round),
};
static const struct key mode_key = KEY("mode", mode);
static const struct key numbers[] = {
	KEY("total", total), SAMPLE_COUNTS(COUNT_KEY) SAMPLE_RESULTS(RESULT_KEY)
};
static const struct key err_key = KEY("err", err);
static const struct key check_key = KEY("check", check);
#define COUNT(array)	(sizeof(array) / sizeof(*(array)))

/* What is left of a line. */
struct rest {
	const char *at, *end;
};

static bool literal(struct rest *r, const char *text, size_t length)
{
	if ((size_t)(r->end - r->at) < length || memcmp(r->at, text, length))
		return false;
	r->at += length;
	return true;
}

static bool key(struct rest *r, const struct key *k)
{
	return literal(r, k->text, k->length);
}

/* JSON has no leading zeros; the line ends in NUL, which is no digit. */
static bool number(struct rest *r, uint64_t *value)
{
	const char *from = r->at;

	*value = 0;
	while (*r->at >= '0' && *r->at <= '9' && r->at - from <= DIGITS_MAX)
		*value = *value * 10 + (*r->at++ - '0');
	return r->at > from && r->at - from <= DIGITS_MAX &&
	       (*from != '0' || r->at - from == 1);
}

static bool number32(struct rest *r, uint32_t *value)
{
	uint64_t wide;

	if (!number(r, &wide) || wide > UINT32_MAX)
		return false;
	*value = wide;
	return true;
}

static bool known(struct rest *r, uint64_t *value)
{
	if (*r->at != 'n')
		return number(r, value);
	*value = NOT_KNOWN;
	return literal(r, "null", 4);
}

/* A text of plain characters; what has been escaped is for jansson. */
static bool text(struct rest *r, const char **from, size_t *length)
{
	if (!literal(r, "\"", 1))
		return false;
	*from = r->at;
	while (*r->at >= ' ' && *r->at <= '~' && *r->at != '"' && *r->at != '\\')
		r->at++;
	*length = r->at - *from;
	return literal(r, "\"", 1);
}

static bool mode(struct rest *r, enum sample_mode *mode)
{
	const char *word;
	size_t length;

	if (!text(r, &word, &length))
		return false;
	for (int m = MODE_TIME; m <= MODE_WATCH; m++) {
		const char *name = sample_mode_name(m);

		if (strlen(name) == length && !memcmp(name, word, length)) {
			*mode = m;
			return true;
		}
	}
	return false;
}

static bool fields(struct rest *r, struct sample *s)
{
	uint32_t err;

	for (size_t i = 0; i < COUNT(places); i++)
		if (!key(r, &places[i]) ||
		    !number32(r, (uint32_t *)((char *)s + places[i].offset)))
			return false;
	if (!key(r, &mode_key) || !mode(r, &s->mode))
		return false;
	for (size_t i = 0; i < COUNT(numbers); i++)
		if (!key(r, &numbers[i]) ||
		    !known(r, (uint64_t *)((char *)s + numbers[i].offset)))
			return false;
	if (!key(r, &err_key) || !number32(r, &err) || err > ERRNO_MAX)
		return false;
	s->err = err;
	return true;
}

bool record_read_fast(const char *line, struct sample *sample)
{
	struct rest r = { line, line + strlen(line) };
	struct sample s = { 0 };
	const char *check;
	size_t length;

	if (!literal(&r, head, sizeof(head) - 1) || !fields(&r, &s) ||
	    !key(&r, &check_key) || !text(&r, &check, &length) ||
	    length >= sizeof(s.check) || !literal(&r, "}", 1))
		return false;
	literal(&r, "\n", 1);
	if (r.at != r.end)
		return false;
	memcpy(s.check, check, length);
	*sample = s;
	return true;
}
