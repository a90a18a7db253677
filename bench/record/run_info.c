// SPDX-License-Identifier: GPL-2.0-or-later
#include "run_info.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "fields.h"
#include "folder.h"
#include "record.h"

/* @late: runs from before it was added lack it, and it is then not known. */
struct info_field {
	const char *name;
	size_t offset;
	bool late;
};

#define FIELD(member)	{ #member, offsetof(struct run_info, member), false }
#define LATE(member)	{ #member, offsetof(struct run_info, member), true }
static const struct info_field texts[] = {
	FIELD(accelerator), FIELD(kernel),
	FIELD(kernel_version), FIELD(kernel_config_sha256), FIELD(compiler),
	FIELD(qemu), FIELD(cpu), FIELD(matrix), FIELD(matrix_sha256), FIELD(git),
	FIELD(clocksource), FIELD(governor), FIELD(mitigations), FIELD(thp),
	FIELD(started), FIELD(hwloc_xml), LATE(boot_kind), LATE(kernel_source),
	LATE(kernel_build_id), LATE(module_build_id),
	LATE(strategies_build_id), LATE(target),
	LATE(kernel_name), LATE(taint),
};
static const struct info_field numbers[] = {
	FIELD(cpus), FIELD(nodes), FIELD(memory_bytes), FIELD(seed),
	FIELD(rounds), FIELD(cells), LATE(boots), LATE(samples),
};
#define COUNT(array)	(sizeof(array) / sizeof(*(array)))

static char **text_at(struct run_info *info, const struct info_field *field)
{
	return (char **)((char *)info + field->offset);
}

static uint64_t *number_at(struct run_info *info, const struct info_field *field)
{
	return (uint64_t *)((char *)info + field->offset);
}

int run_info_write(const char *path, const struct run_info *const_info)
{
	struct run_info info = *const_info;
	json_t *o = json_pack("{ss}", "schema", SCHEMA_RUN);
	char *text;
	FILE *out;
	int ret = 0;

	if (!o)
		return -ENOMEM;
	for (size_t i = 0; i < COUNT(numbers); i++)
		json_object_set_new(o, numbers[i].name,
				    record_known(*number_at(&info, &numbers[i])));
	json_object_set_new(o, "unit", json_string(info.clock->unit));
	json_object_set_new(o, "clock", json_string(info.clock->name));
	for (size_t i = 0; i < COUNT(texts); i++) {
		char *value = *text_at(&info, &texts[i]);

		json_object_set_new(o, texts[i].name,
				    value ? json_string(value) : json_null());
	}
	text = json_dumps(o, JSON_INDENT(2));
	json_decref(o);
	if (!text)
		return -EILSEQ;
	out = fopen(path, "we");
	if (!out || fprintf(out, "%s\n", text) < 0 || fflush(out))
		ret = -errno;
	else
		ret = record_sync(out);
	if (out)
		fclose(out);
	free(text);
	return ret;
}

static uint64_t read_number(struct fields *f, const struct info_field *field)
{
	if (!field->late)
		return fields_u64(f, field->name);
	return fields_has(f, field->name) ? fields_known(f, field->name) : NOT_KNOWN;
}

static char *read_text(struct fields *f, const struct info_field *field)
{
	if (field->late && !fields_has(f, field->name))
		return NULL;
	return fields_optional_text(f, field->name);
}

/* Unit and clock must match, or instructions could be compared with nanoseconds. */
static const struct clock *read_clock(struct fields *f)
{
	char *unit = fields_optional_text(f, "unit"), *name = fields_optional_text(f, "clock");
	const struct clock *clock = name ? clock_find(name) : NULL;

	if (!clock)
		fields_blame(f, "clock", "is neither insn nor wall");
	else if (!unit || strcmp(unit, clock->unit))
		fields_blame(f, "unit", clock->exact ? "is not insn, but the clock is" :
			     "is not ns, but the clock is wall");
	free(unit);
	free(name);
	return clock;
}

int run_info_read(const char *path, struct run_info *info, struct reason *why)
{
	struct reason reason;
	struct fields f = { .why = &reason };
	char schema[32];
	json_error_t error;
	int err;

	memset(info, 0, sizeof(*info));
	f.object = json_load_file(path, JSON_REJECT_DUPLICATES, &error);
	err = errno;
	if (!f.object) {
		if (error.line < 0)
			reason_set(why, "%s%s", error.text, folder_advice(err));
		else
			reason_set(why, "%s:%d: %s", path, error.line,
				   error.text);
		err_one_line(why->text, sizeof(why->text));	/* it quotes the file */
		return -EINVAL;
	}
	info->all = f.object;
	fields_text(&f, "schema", schema, sizeof(schema));
	if (!f.bad && strcmp(schema, SCHEMA_RUN))
		fields_blame(&f, "schema", "is not " SCHEMA_RUN
			     "; it was written by another version");
	for (size_t i = 0; i < COUNT(numbers); i++)
		*number_at(info, &numbers[i]) = read_number(&f, &numbers[i]);
	info->clock = read_clock(&f);
	for (size_t i = 0; i < COUNT(texts); i++)
		*text_at(info, &texts[i]) = read_text(&f, &texts[i]);
	if (fields_end(&f)) {
		reason_set(why, "%s: %s", path, reason.text);
		run_info_free(info);
	}
	return f.bad ? -EINVAL : 0;
}

/* The parser of JSON does not tell, but a line begins with its field. */
unsigned long run_info_line(const char *path, const char *field)
{
	unsigned long number = 0, found = 0;
	char want[64], *line = NULL;
	FILE *in = fopen(path, "re");
	size_t size = 0;

	snprintf(want, sizeof(want), "\"%s\":", field);
	while (in && !found && getline(&line, &size, in) > 0) {
		number++;
		if (!strncmp(line + strspn(line, " \t{,"), want, strlen(want)))
			found = number;
	}
	free(line);
	if (in)
		fclose(in);
	return found;
}

void run_info_free(struct run_info *info)
{
	for (size_t i = 0; i < COUNT(texts); i++) {
		free(*text_at(info, &texts[i]));
		*text_at(info, &texts[i]) = NULL;
	}
	json_decref(info->all);
	info->all = NULL;
}

bool run_info_on_the_spot(const struct run_info *info)
{
	return info->boot_kind ? !strcmp(info->boot_kind, "process") :
	       info->accelerator && !strcmp(info->accelerator, "none");
}

const char *run_info_broken(const struct run_info *info)
{
	return info->taint && strcmp(info->taint, TAINT_NONE) ? info->taint : NULL;
}

static bool of_one_boot(const char *name)
{
	return !strcmp(name, "started") || !strcmp(name, "memory_bytes") ||
	       !strcmp(name, "hwloc_xml") || !strcmp(name, "boots") ||
	       !strcmp(name, "target");
}

static void show_number(uint64_t number, char *text, size_t size)
{
	if (number == NOT_KNOWN)
		snprintf(text, size, "not known");
	else
		snprintf(text, size, "%" PRIu64, number);
}

/* QEMU's flags and the mitigations are long: whole, they would hide what differs. */
static void show_texts(const char *x, const char *y, char *mine, char *other, size_t size)
{
	size_t same = 0;

	x = x ? x : "not known";
	y = y ? y : "not known";
	if (strlen(x) >= size || strlen(y) >= size) {
		while (x[same] && x[same] == y[same])
			same++;
		while (same && x[same] != ' ')
			same--;
	}
	snprintf(mine, size, "%s%s", same ? "..." : "", x + same);
	snprintf(other, size, "%s%s", same ? "..." : "", y + same);
}

const char *run_info_difference(const struct run_info *const_a,
				const struct run_info *const_b, char *mine, char *other,
				size_t size)
{
	struct run_info a = *const_a, b = *const_b;

	for (size_t i = 0; i < COUNT(numbers); i++) {
		uint64_t x = *number_at(&a, &numbers[i]), y = *number_at(&b, &numbers[i]);

		if (x == y || of_one_boot(numbers[i].name))
			continue;
		show_number(x, mine, size);
		show_number(y, other, size);
		return numbers[i].name;
	}
	if (a.clock != b.clock) {
		show_texts(a.clock->name, b.clock->name, mine, other, size);
		return "clock";
	}
	for (size_t i = 0; i < COUNT(texts); i++) {
		const char *x = *text_at(&a, &texts[i]), *y = *text_at(&b, &texts[i]);

		if ((x && y ? !strcmp(x, y) : x == y) || of_one_boot(texts[i].name))
			continue;
		show_texts(x, y, mine, other, size);
		return texts[i].name;
	}
	return NULL;
}
