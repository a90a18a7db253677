// SPDX-License-Identifier: GPL-2.0-or-later
#include "fields.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"
#include "sample.h"

void fields_blame(struct fields *f, const char *name, const char *what)
{
	if (!f->bad) {
		reason_set(f->why, "%s: %s", name, what);
		err_one_line(f->why->text, sizeof(f->why->text));
	}
	f->bad = 1;
}

int fields_open(struct fields *f, const char *line)
{
	json_error_t error;

	f->object = json_loads(line, JSON_REJECT_DUPLICATES, &error);
	if (f->object)
		return 0;
	reason_set(f->why, "not JSON: %s at column %d", error.text, error.column);
	err_one_line(f->why->text, sizeof(f->why->text));	/* it quotes the line */
	f->bad = 1;
	return -EINVAL;
}

static json_t *take(struct fields *f, const char *name)
{
	json_t *value;

	if (f->bad)
		return NULL;
	value = json_object_get(f->object, name);
	if (!value)
		fields_blame(f, name, "is missing");
	f->taken++;
	return value;
}

bool fields_has(const struct fields *f, const char *name)
{
	return json_object_get(f->object, name);
}

uint64_t fields_u64(struct fields *f, const char *name)
{
	json_t *value = take(f, name);

	if (!value)
		return 0;
	if (!json_is_integer(value) || json_integer_value(value) < 0) {
		fields_blame(f, name, "is not a whole number");
		return 0;
	}
	return json_integer_value(value);
}

static uint32_t at_most(struct fields *f, const char *name, uint32_t max, const char *what)
{
	uint64_t value = fields_u64(f, name);

	if (value > max) {
		fields_blame(f, name, what);
		return 0;
	}
	return value;
}

uint32_t fields_u32(struct fields *f, const char *name)
{
	return at_most(f, name, UINT32_MAX, "is larger than 4294967295");
}

int fields_errno(struct fields *f, const char *name)
{
	return at_most(f, name, ERRNO_MAX, "is not an errno");
}

uint64_t fields_known(struct fields *f, const char *name)
{
	if (!f->bad && json_is_null(json_object_get(f->object, name))) {
		f->taken++;
		return NOT_KNOWN;
	}
	return fields_u64(f, name);
}

static const char *text_of(struct fields *f, const char *name)
{
	json_t *value = take(f, name);

	if (!value)
		return NULL;
	if (!json_is_string(value)) {
		fields_blame(f, name, "is not a text");
		return NULL;
	}
	return json_string_value(value);
}

void fields_text(struct fields *f, const char *name, char *buf, size_t size)
{
	const char *text = text_of(f, name);

	buf[0] = 0;
	if (!text)
		return;
	if (strlen(text) >= size)
		fields_blame(f, name, "is too long");
	else
		memcpy(buf, text, strlen(text) + 1);
}

int fields_name(struct fields *f, const char *name, const char *const *names)
{
	const char *text = text_of(f, name);

	if (!text)
		return 0;
	for (int i = 0; names[i]; i++)
		if (!strcmp(names[i], text))
			return i;
	fields_blame(f, name, "is not a known word");
	return 0;
}

json_t *fields_object(struct fields *f, const char *name)
{
	json_t *value = take(f, name);

	if (value && !json_is_object(value)) {
		fields_blame(f, name, "is not an object");
		return NULL;
	}
	return value;
}

json_t *fields_array(struct fields *f, const char *name)
{
	json_t *value = take(f, name);

	if (value && !json_is_array(value)) {
		fields_blame(f, name, "is not an array");
		return NULL;
	}
	return value;
}

char *fields_optional_text(struct fields *f, const char *name)
{
	const char *text;

	if (!f->bad && json_is_null(json_object_get(f->object, name))) {
		f->taken++;
		return NULL;
	}
	text = text_of(f, name);
	return text ? strdup(text) : NULL;
}

int fields_end(struct fields *f)
{
	if (!f->bad && json_object_size(f->object) != f->taken) {
		reason_set(f->why, "%zu fields, not %zu; it was "
			   "written by another version",
			   json_object_size(f->object), f->taken);
		f->bad = 1;
	}
	return f->bad;
}
