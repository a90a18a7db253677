// SPDX-License-Identifier: GPL-2.0-or-later
#include "record.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>
#include <unistd.h>

#include "fields.h"
#include "record_fast.h"

static const char *const status_names[] = {
	"ok", "invalid", "unsupported", "skipped", "failed", NULL
};

const char *cell_status_name(enum cell_status status)
{
	return status_names[status];
}

json_t *record_known(uint64_t value)
{
	return value == NOT_KNOWN ? json_null() : json_integer(value);
}

static void fields_to_json(json_t *o, const struct count_field *fields, size_t count,
			   const void *from)
{
	for (size_t i = 0; i < count; i++)
		json_object_set_new(o, fields[i].name, record_known(
			*(const uint64_t *)((const char *)from + fields[i].offset)));
}

static json_t *sample_to_json(const struct sample *s)
{
	json_t *o = json_pack("{ss sI sI sI sI ss so}", "schema", SCHEMA_SAMPLE,
			      "cell", (json_int_t)s->cell, "boot", (json_int_t)s->boot,
			      "seq", (json_int_t)s->seq, "round", (json_int_t)s->round,
			      "mode", sample_modes[s->mode],
			      "total", record_known(s->total));

	fields_to_json(o, count_fields, count_fields_count, &s->counts);
	fields_to_json(o, result_fields, result_fields_count, s);
	json_object_set_new(o, "err", json_integer(s->err));
	json_object_set_new(o, "check", json_string(s->check));
	return o;
}

json_t *record_axes(const struct axes *axes)
{
	json_t *o = json_object();
	char value[AXIS_TEXT_MAX];

	for (const struct axis *axis = axes_table; axis < axes_table + axes_count; axis++) {
		axis_format(axis, axes, value, sizeof(value));
		json_object_set_new(o, axis->name, axis->kind == AXIS_NUMBER ?
			json_integer(*(const uint64_t *)((const char *)axes +
							 axis->offset)) :
			json_string(value));
	}
	return o;
}

/* One write per line: a reader never sees half of one from a live run. */
int record_write_line(FILE *out, json_t *o)
{
	char line[RECORD_LINE_MAX];
	size_t n;

	if (!o)
		return -ENOMEM;
	n = json_dumpb(o, line, sizeof(line) - 1, JSON_COMPACT);
	json_decref(o);
	if (!n || n >= sizeof(line) - 1)
		return -EOVERFLOW;
	line[n++] = '\n';
	if (fwrite(line, 1, n, out) != n || fflush(out))
		return errno ? -errno : -EIO;
	return 0;
}

int record_sync(FILE *out)
{
	/* EINVAL: a port of the host's, which nothing can be done about in a guest */
	return fdatasync(fileno(out)) && errno != EINVAL ? -errno : 0;
}

int record_write_sample(FILE *out, const struct sample *sample)
{
	return record_write_line(out, sample_to_json(sample));
}

int record_write_cell(FILE *out, const struct cell_record *c)
{
	return record_write_line(out, json_pack("{ss sI sI so ss si ss}",
		"schema", SCHEMA_CELL, "cell", (json_int_t)c->cell,
		"boot", (json_int_t)c->boot,
		"axes", record_axes(&c->axes),
		"status", status_names[c->status], "err", c->err,
		"reason", c->reason));
}

int record_write_boot(FILE *out, const struct boot_record *b)
{
	return record_write_line(out, json_pack("{ss sI sI sI sI ss?}",
		"schema", SCHEMA_BOOT, "boot", (json_int_t)b->boot, "first", (json_int_t)b->first,
		"end", (json_int_t)b->end, "timed", (json_int_t)b->timed,
		"start", b->start[0] ? b->start : NULL));
}

static void read_fields(struct fields *f, const struct count_field *fields, size_t count,
			void *to)
{
	for (size_t i = 0; i < count; i++)
		*(uint64_t *)((char *)to + fields[i].offset) =
			fields[i].newer && !fields_has(f, fields[i].name) ?
			NOT_KNOWN : fields_known(f, fields[i].name);
}

static int read_sample(struct fields *f, struct sample *s)
{
	memset(s, 0, sizeof(*s));
	s->cell = fields_u32(f, "cell");
	s->boot = fields_u32(f, "boot");
	s->seq = fields_u32(f, "seq");
	s->round = fields_u32(f, "round");
	s->mode = fields_name(f, "mode", sample_modes);
	s->total = fields_known(f, "total");
	read_fields(f, count_fields, count_fields_count, &s->counts);
	read_fields(f, result_fields, result_fields_count, s);
	s->err = fields_errno(f, "err");
	fields_text(f, "check", s->check, sizeof(s->check));
	return fields_end(f) ? -EINVAL : RECORD_SAMPLE;
}

static int read_axes(struct fields *outer, struct axes *axes)
{
	struct fields f = { .why = outer->why };
	char text[AXIS_TEXT_MAX];
	struct reason why;

	f.object = fields_object(outer, "axes");
	axes_defaults(axes);
	for (size_t i = 0; i < axes_count && f.object && !f.bad; i++) {
		const struct axis *axis = &axes_table[i];

		/* An axis that this run did not know is at its fallback. */
		if (axis->fallback && !fields_has(&f, axis->name))
			continue;
		if (axis->kind == AXIS_NUMBER)
			snprintf(text, sizeof(text), "%llu", (unsigned long long)
				 fields_u32(&f, axis->name));
		else
			fields_text(&f, axis->name, text, sizeof(text));
		if (!f.bad && axis_parse(axis, text, axes, &why))
			fields_blame(&f, axis->name, why.text);
	}
	if (f.object && fields_end(&f))
		outer->bad = 1;
	return outer->bad;
}

static int read_cell(struct fields *f, struct cell_record *c)
{
	memset(c, 0, sizeof(*c));
	c->cell = fields_u32(f, "cell");
	c->boot = fields_u32(f, "boot");
	if (read_axes(f, &c->axes))
		return -EINVAL;
	c->status = fields_name(f, "status", status_names);
	c->err = fields_errno(f, "err");
	fields_text(f, "reason", c->reason, sizeof(c->reason));
	return fields_end(f) ? -EINVAL : RECORD_CELL;
}

#define SCHEMA_SIZE	32

static int unknown_schema(struct fields *f, const char *schema)
{
	char what[160];

	snprintf(what, sizeof(what), "'%s' is not one of %s, %s and %s; it was written by "
		 "another version", schema, SCHEMA_SAMPLE, SCHEMA_CELL, SCHEMA_BOOT);
	fields_blame(f, "schema", what);
	return -EINVAL;
}

int record_read_any(const char *line, struct sample *sample,
		    struct cell_record *cell, struct reason *why)
{
	struct fields f = { .why = why };
	char schema[SCHEMA_SIZE];
	int ret;

	if (fields_open(&f, line))
		return -EINVAL;
	fields_text(&f, "schema", schema, sizeof(schema));
	if (f.bad)
		ret = -EINVAL;
	else if (!strcmp(schema, SCHEMA_SAMPLE))
		ret = read_sample(&f, sample);
	else if (!strcmp(schema, SCHEMA_CELL))
		ret = read_cell(&f, cell);
	else if (!strcmp(schema, SCHEMA_BOOT))
		ret = RECORD_BOOT;
	else
		ret = unknown_schema(&f, schema);
	json_decref(f.object);
	return ret;
}

/* Runs from before it was added do not name it. */
static void read_start(struct fields *f, struct boot_record *b)
{
	char *start = fields_has(f, "start") ? fields_optional_text(f, "start") : NULL;

	if (start && strlen(start) >= sizeof(b->start))
		fields_blame(f, "start", "is longer than a boot_id");
	else if (start)
		snprintf(b->start, sizeof(b->start), "%s", start);
	free(start);
}

int record_read_boot(const char *line, struct boot_record *b, struct reason *why)
{
	struct fields f = { .why = why };
	char schema[SCHEMA_SIZE];

	memset(b, 0, sizeof(*b));
	if (fields_open(&f, line))
		return -EINVAL;
	fields_text(&f, "schema", schema, sizeof(schema));
	if (!f.bad && strcmp(schema, SCHEMA_BOOT))
		fields_blame(&f, "schema", "is not " SCHEMA_BOOT);
	b->boot = fields_u32(&f, "boot");
	b->first = fields_u64(&f, "first");
	b->end = fields_u64(&f, "end");
	b->timed = fields_u64(&f, "timed");
	read_start(&f, b);
	if (!f.bad && (b->first > b->end || b->timed > b->end - b->first))
		fields_blame(&f, "timed", "does not fit between first and end");
	fields_end(&f);
	json_decref(f.object);
	return f.bad ? -EINVAL : 0;
}

int record_read(const char *line, struct sample *sample,
		struct cell_record *cell, struct reason *why)
{
	if (record_read_fast(line, sample))
		return RECORD_SAMPLE;
	return record_read_any(line, sample, cell, why);
}
