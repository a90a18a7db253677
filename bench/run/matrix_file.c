// SPDX-License-Identifier: GPL-2.0-or-later
#include "matrix_file.h"

#include <assert.h>
#include <cyaml/cyaml.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../common/axes.h"
#include "../common/err.h"
#include "yaml_where.h"

#define FILE_SIZE_MAX	(1 << 20)
#define PATH_PARTS_MAX	8
#define PART_MAX	64
#define TEXT_MAX	256

/**
 * struct schema - what libcyaml is told of the file
 * @axes:	a list per axis of axes_table, then an end
 * @product:	one entry of include or exclude: those axes
 */
struct schema {
	cyaml_schema_field_t *axes;
	cyaml_schema_value_t product;
	cyaml_schema_field_t plan[11];
	cyaml_schema_field_t top[7];
	cyaml_schema_value_t root;
};

struct matrix_file {
	char *path;
	struct schema schema;
	struct yaml_where *where;
	struct matrix_text *text;
};

/* The first error that libcyaml logs, and where it was; its parts run inside out. */
struct complaint {
	char message[TEXT_MAX];
	char parts[PATH_PARTS_MAX][PART_MAX];
	size_t count;
};

static const cyaml_schema_value_t value_schema = {
	CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 0, CYAML_UNLIMITED),
};

/*
 * Every field is optional here and every value a string: libcyaml takes "12x"
 * for 12, and misplaces a missing field. What must be there, and the numbers,
 * are checked by matrix.c.
 */
#define TEXT_FIELD(_key, _type, _member) \
	CYAML_FIELD_STRING_PTR(_key, CYAML_FLAG_OPTIONAL, _type, _member, 0, CYAML_UNLIMITED)

static void schema_product(struct schema *schema)
{
	for (size_t i = 0; i < axes_count; i++) {
		size_t at = i * sizeof(struct matrix_list);

		schema->axes[i] = (cyaml_schema_field_t)CYAML_FIELD_SEQUENCE(
			axes_table[i].name, CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL,
			struct matrix_list, values, &value_schema, 0, CYAML_UNLIMITED);
		schema->axes[i].data_offset += at;
		schema->axes[i].count_offset += at;
	}
	schema->axes[axes_count] = (cyaml_schema_field_t)CYAML_FIELD_END;
	schema->product = (cyaml_schema_value_t){
		.type = CYAML_MAPPING,
		.data_size = axes_count * sizeof(struct matrix_list),
		.mapping = { .fields = schema->axes },
	};
}

/* A field of struct matrix_text whose size only axes_table knows. */
static cyaml_schema_field_t product_field(const struct schema *schema, const char *key,
					  size_t offset)
{
	cyaml_schema_field_t field = {
		.key = key,
		.data_offset = offset,
		.value = schema->product,
	};

	field.value.flags = CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL;
	return field;
}

static cyaml_schema_field_t products_field(const struct schema *schema, const char *key,
					   size_t offset, size_t count_offset)
{
	cyaml_schema_field_t field = product_field(schema, key, offset);

	field.count_offset = count_offset;
	field.count_size = sizeof(uint32_t);
	field.value.type = CYAML_SEQUENCE;
	field.value.sequence.entry = &schema->product;
	field.value.sequence.min = 0;
	field.value.sequence.max = CYAML_UNLIMITED;
	return field;
}

static int schema_make(struct schema *schema)
{
	const cyaml_schema_field_t plan_fields[] = {
		TEXT_FIELD("boots", struct matrix_plan, boots),
		TEXT_FIELD("max_boots", struct matrix_plan, max_boots),
		TEXT_FIELD("target", struct matrix_plan, target),
		TEXT_FIELD("rounds", struct matrix_plan, rounds),
		TEXT_FIELD("samples", struct matrix_plan, samples),
		TEXT_FIELD("budget", struct matrix_plan, budget),
		TEXT_FIELD("warmup", struct matrix_plan, warmup),
		TEXT_FIELD("counting", struct matrix_plan, counting),
		TEXT_FIELD("watching", struct matrix_plan, watching),
		TEXT_FIELD("hang_seconds", struct matrix_plan, hang_seconds),
		CYAML_FIELD_END,
	};
	const cyaml_schema_field_t top_fields[] = {
		TEXT_FIELD("name", struct matrix_text, name),
		TEXT_FIELD("seed", struct matrix_text, seed),
		CYAML_FIELD_MAPPING("plan", CYAML_FLAG_OPTIONAL, struct matrix_text, plan,
				    schema->plan),
		[6] = CYAML_FIELD_END,
	};

	schema->axes = calloc(axes_count + 1, sizeof(*schema->axes));
	if (!schema->axes)
		return -ENOMEM;
	schema_product(schema);
	static_assert(sizeof(schema->plan) == sizeof(plan_fields) &&
		      sizeof(schema->top) == sizeof(top_fields), "a field more or less");
	memcpy(schema->plan, plan_fields, sizeof(plan_fields));
	memcpy(schema->top, top_fields, sizeof(top_fields));
	schema->top[3] = product_field(schema, "axes", offsetof(struct matrix_text, axes));
	schema->top[4] = products_field(schema, "include", offsetof(struct matrix_text, include),
					offsetof(struct matrix_text, include_count));
	schema->top[5] = products_field(schema, "exclude", offsetof(struct matrix_text, exclude),
					offsetof(struct matrix_text, exclude_count));
	schema->root = (cyaml_schema_value_t){
		CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct matrix_text, schema->top),
	};
	return 0;
}

/*
 * libcyaml logs "Load: MESSAGE", then a backtrace from the innermost value
 * outwards, a line of log for each step.
 */
static void complaint_log(cyaml_log_t level, void *ctx, const char *fmt, va_list args)
{
	struct complaint *complaint = ctx;
	char line[TEXT_MAX], *part = NULL;
	unsigned int entry;

	if (level < CYAML_LOG_ERROR)
		return;
	vsnprintf(line, sizeof(line), fmt, args);
	line[strcspn(line, "\n")] = '\0';
	if (!strncmp(line, "Load: ", 6)) {
		if (!*complaint->message && strcmp(line, "Load: Backtrace:"))
			snprintf(complaint->message, sizeof(complaint->message), "%s", line + 6);
		return;
	}
	if (complaint->count == PATH_PARTS_MAX)
		return;
	part = complaint->parts[complaint->count];
	if (sscanf(line, " in mapping field '%63[^']'", part) == 1)
		complaint->count++;
	else if (sscanf(line, " in sequence entry '%u'", &entry) == 1 && entry > 0)
		complaint->count += snprintf(part, PART_MAX, "[%u]", entry - 1) > 0;
}

static void complaint_field(const struct complaint *complaint, char *field, size_t size)
{
	const char *key = complaint->message;
	size_t used = 0;

	*field = '\0';
	for (size_t i = complaint->count; i-- && used < size; ) {
		const char *part = complaint->parts[i];

		used += snprintf(field + used, size - used, "%s%s",
				 used && *part != '[' ? "." : "", part);
	}
	if (!strncmp(key, "Unexpected key: ", 16) && used < size)
		used += snprintf(field + used, size - used, "%s%.63s", used ? "." : "", key + 16);
	if (!used)
		snprintf(field, size, "file");
}

static void key_names(const cyaml_schema_field_t *fields, char *names, size_t size)
{
	size_t used = 0;

	*names = '\0';
	for (; fields->key && used < size; fields++)
		used += snprintf(names + used, size - used, "%s%s", used ? ", " : "", fields->key);
}

static int unknown_key(const struct matrix_file *file, const char *field, struct reason *why)
{
	const cyaml_schema_field_t *fields = file->schema.axes;
	char names[TEXT_MAX];

	if (!strncmp(field, "plan.", 5))
		fields = file->schema.plan;
	else if (strncmp(field, "axes.", 5) && !strstr(field, "]."))
		fields = file->schema.top;
	key_names(fields, names, sizeof(names));
	return matrix_file_error(file, field, why, "unknown key; allowed: %s", names);
}

/* libcyaml's words are about its events and types; say what to write instead. */
static int complaint_report(const struct matrix_file *file, const struct complaint *complaint,
			    cyaml_err_t err, struct reason *why)
{
	static const struct {
		const char *start, *say;
	} said[] = {
		{ "Expecting SEQUENCE", "not a list; allowed: a list, as in [1, 4]" },
		{ "Expecting MAPPING",
		  "not a mapping; allowed: keys and values, as in {key: value}" },
		{ "Expecting STRING", "not a single value; allowed: a name or a number" },
		{ "Mapping field already seen", "given twice; keep one of them" },
	};
	const char *message = complaint->message;
	char field[MATRIX_FIELD_MAX];

	complaint_field(complaint, field, sizeof(field));
	if (err == CYAML_ERR_INVALID_KEY)
		return unknown_key(file, field, why);
	for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++)
		if (!strncmp(message, said[i].start, strlen(said[i].start)))
			message = said[i].say;
	return matrix_file_error(file, field, why, "%s",
				 *message ? message : cyaml_strerror(err));
}

static int load_text(struct matrix_file *file, const char *content, size_t size, struct reason *why)
{
	struct complaint complaint = { .count = 0 };
	cyaml_config_t config = {
		.log_fn = complaint_log,
		.log_ctx = &complaint,
		.log_level = CYAML_LOG_ERROR,
		.mem_fn = cyaml_mem,
	};
	cyaml_err_t err;

	err = cyaml_load_data((const uint8_t *)content, size, &config, &file->schema.root,
			      (cyaml_data_t **)&file->text, NULL);
	if (!err)
		return 0;
	file->text = NULL;
	if (err == CYAML_ERR_OOM) {
		reason_set(why, "%s: out of memory", file->path);
		return -ENOMEM;
	}
	return complaint_report(file, &complaint, err, why);
}

static int load_where(struct matrix_file *file, const char *content, size_t size,
		      struct reason *why)
{
	struct reason problem;
	size_t line;
	int ret;

	ret = yaml_where_open(content, size, &file->where, &line, &problem);
	if (ret == -EINVAL)
		reason_set(why, "%s:%zu: file: %s", file->path, line, problem.text);
	else if (ret)
		reason_set(why, "%s: out of memory", file->path);
	return ret;
}

static int read_error(const char *path, int err, struct reason *why)
{
	reason_set(why, "%s: cannot read: %s; name a matrix file that can be read", path,
		   strerror(err));
	return -err;
}

static int read_content(const char *path, char *content, size_t *size)
{
	FILE *in = fopen(path, "re");
	int err = 0;

	if (!in)
		return errno;
	*size = fread(content, 1, FILE_SIZE_MAX + 1, in);
	if (ferror(in))
		err = errno;
	else if (*size > FILE_SIZE_MAX)
		err = EFBIG;
	fclose(in);
	return err;
}

static int file_load(struct matrix_file *file, char *content, struct reason *why)
{
	size_t size = 0;
	int ret = read_content(file->path, content, &size);

	if (ret)
		return read_error(file->path, ret, why);
	if (schema_make(&file->schema))
		return read_error(file->path, ENOMEM, why);
	ret = load_where(file, content, size, why);
	if (!ret)
		ret = load_text(file, content, size, why);
	return ret;
}

int matrix_file_open(const char *path, struct matrix_file **file, struct reason *why)
{
	struct matrix_file *new = calloc(1, sizeof(*new));
	char *content = malloc(FILE_SIZE_MAX + 1);
	int ret;

	if (new)
		new->path = strdup(path);
	if (!new || !new->path || !content)
		ret = read_error(path, ENOMEM, why);
	else
		ret = file_load(new, content, why);
	free(content);
	if (ret)
		matrix_file_close(new);
	else
		*file = new;
	return ret;
}

void matrix_file_close(struct matrix_file *file)
{
	const cyaml_config_t config = { .mem_fn = cyaml_mem };

	if (!file)
		return;
	if (file->text)
		cyaml_free(&config, &file->schema.root, file->text, 0);
	yaml_where_close(file->where);
	free(file->schema.axes);
	free(file->path);
	free(file);
}

const struct matrix_text *matrix_file_text(const struct matrix_file *file)
{
	return file->text;
}

bool matrix_file_has(const struct matrix_file *file, const char *field)
{
	return yaml_where_has(file->where, field);
}

int matrix_file_error(const struct matrix_file *file, const char *field,
		      struct reason *why, const char *fmt, ...)
{
	char message[2 * TEXT_MAX];
	va_list args;

	va_start(args, fmt);
	vsnprintf(message, sizeof(message), fmt, args);
	va_end(args);
	reason_set(why, "%s:%zu: %s: %s", file->path, yaml_where_line(file->where, field),
		   field, message);
	err_one_line(why->text);
	return -EINVAL;
}
