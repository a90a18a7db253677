// SPDX-License-Identifier: GPL-2.0-or-later
/* The form of a matrix file: which keys there are, and what shape each value has. */
#include "matrix_file.h"

#include <errno.h>
#include <sha256.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "base/err.h"
#include "model/axes.h"

#ifndef FILE_SIZE_MAX		/* the fuzzers' is small: it is met */
#define FILE_SIZE_MAX	(1 << 20)
#endif
#define TEXT_MAX	256
#define DEPTH_MAX	8	/* include: [{pages: [1]}] has four */

/* Memory that lives as long as the file. */
struct block {
	struct block *next;
	max_align_t data[];
};

struct matrix_file {
	char *path;
	char sha256[SHA256_DIGEST_STRING_LENGTH];
	yaml_document_t document;
	struct matrix_text text;
	struct block *blocks;
	struct reason *why;
};

/**
 * struct key - a key of a mapping
 * @read: takes its value, at @path, to what is at @offset
 */
struct key {
	const char *name;
	int (*read)(struct matrix_file *file, const yaml_node_t *node, const char *path,
		    void *to);
	size_t offset;
};

#define fail(file, path, ...) \
	matrix_file_error(file, path, (file)->why, __VA_ARGS__)

static void *get_memory(struct matrix_file *file, size_t count, size_t size)
{
	struct block *block = calloc(1, sizeof(*block) + count * size);

	if (!block) {
		reason_set(file->why, "%s: out of memory", file->path);
		return NULL;
	}
	block->next = file->blocks;
	file->blocks = block;
	return block->data;
}

static yaml_node_t *get_node(const struct matrix_file *file, int index)
{
	/* libyaml's readers of a document take no const */
	return yaml_document_get_node((yaml_document_t *)&file->document, index);
}

static size_t items_count(const yaml_node_t *list)
{
	return list->data.sequence.items.top - list->data.sequence.items.start;
}

static bool is_key(const yaml_node_t *node, const char *key, size_t length)
{
	return node->type == YAML_SCALAR_NODE && node->data.scalar.length == length &&
	       !memcmp(node->data.scalar.value, key, length);
}

/* Each check_...() and read_...() returns 0, -ENOMEM or -EINVAL, with a line in file->why. */

/* Nothing is kept of it: matrix_file_value() finds it again. */
static int check_text(struct matrix_file *file, const yaml_node_t *node, const char *path,
		      void *to)
{
	(void)to;
	if (node->type == YAML_SCALAR_NODE)
		return 0;
	return fail(file, path, "not a single value; allowed: a name or a number");
}

static int read_text(struct matrix_file *file, const yaml_node_t *node, const char *path,
		     void *to)
{
	int ret = check_text(file, node, path, to);

	if (!ret)
		*(const char **)to = (const char *)node->data.scalar.value;
	return ret;
}

/* A path would not lead to a key with a dot in it: the node knows its line. */
static int unknown_key(struct matrix_file *file, const yaml_node_t *name, const char *path,
		       const struct key *keys, size_t count)
{
	char names[TEXT_MAX] = "";
	size_t used = 0;

	for (size_t i = 0; i < count && used < sizeof(names); i++)
		used += snprintf(names + used, sizeof(names) - used, "%s%s", used ? ", " : "",
				 keys[i].name);
	reason_set(file->why, "%s:%zu: %s: unknown key; allowed: %s", file->path,
		   name->start_mark.line + 1, path, names);
	err_one_line(file->why->text, sizeof(file->why->text));
	return -EINVAL;
}

static int read_pair(struct matrix_file *file, const yaml_node_pair_t *pair, const char *path,
		     const struct key *keys, size_t count, uint64_t *seen, void *to)
{
	const yaml_node_t *name = get_node(file, pair->key);
	const char *text = name->type == YAML_SCALAR_NODE ?
			   (const char *)name->data.scalar.value : "?";
	char at[MATRIX_FIELD_MAX];
	size_t i = 0;

	snprintf(at, sizeof(at), "%s%s%.63s", path, *path ? "." : "", text);
	while (i < count && !is_key(name, keys[i].name, strlen(keys[i].name)))
		i++;
	if (i == count)
		return unknown_key(file, name, at, keys, count);
	if (*seen & 1ULL << i)
		return fail(file, at, "given twice; keep one of them");
	*seen |= 1ULL << i;
	return keys[i].read(file, get_node(file, pair->value), at, (char *)to + keys[i].offset);
}

static int read_mapping(struct matrix_file *file, const yaml_node_t *node, const char *path,
			const struct key *keys, size_t count, void *to)
{
	uint64_t seen = 0;
	int ret = 0;

	if (node->type != YAML_MAPPING_NODE)
		return fail(file, path, "not a mapping; allowed: keys and values, as in "
			    "{key: value}");
	for (const yaml_node_pair_t *pair = node->data.mapping.pairs.start;
	     pair < node->data.mapping.pairs.top && !ret; pair++)
		ret = read_pair(file, pair, path, keys, count, &seen, to);
	return ret;
}

static int read_sequence(struct matrix_file *file, const yaml_node_t *node, const char *path,
			 int (*read)(struct matrix_file *file, const yaml_node_t *node,
				     const char *path, void *to),
			 size_t size, void **items, uint32_t *count)
{
	char at[MATRIX_FIELD_MAX];
	int ret = 0;

	if (node->type != YAML_SEQUENCE_NODE)
		return fail(file, path, "not a list; allowed: a list, as in [1, 4]");
	*count = items_count(node);
	*items = get_memory(file, *count, size);
	if (!*items)
		return -ENOMEM;
	for (size_t i = 0; i < *count && !ret; i++) {
		snprintf(at, sizeof(at), "%s[%zu]", path, i);
		ret = read(file, get_node(file, node->data.sequence.items.start[i]), at,
			   (char *)*items + i * size);
	}
	return ret;
}

static int read_list(struct matrix_file *file, const yaml_node_t *node, const char *path,
		     void *to)
{
	struct matrix_list *list = to;

	return read_sequence(file, node, path, read_text, sizeof(*list->values),
			     (void **)&list->values, &list->values_count);
}

/* One combination of axes, into axes_count lists. */
static int read_lists(struct matrix_file *file, const yaml_node_t *node, const char *path,
		      void *to)
{
	struct key *keys = get_memory(file, axes_count, sizeof(*keys));

	for (size_t i = 0; keys && i < axes_count; i++)
		keys[i] = (struct key){ axes_table[i].name, read_list,
					i * sizeof(struct matrix_list) };
	return keys ? read_mapping(file, node, path, keys, axes_count, to) : -ENOMEM;
}

static int read_product(struct matrix_file *file, const yaml_node_t *node, const char *path,
			void *to)
{
	struct matrix_list **lists = to;

	*lists = get_memory(file, axes_count, sizeof(**lists));
	return *lists ? read_lists(file, node, path, *lists) : -ENOMEM;
}

static int read_products(struct matrix_file *file, const yaml_node_t *node, const char *path,
			 void *to)
{
	struct matrix_products *products = to;

	return read_sequence(file, node, path, read_lists,
			     axes_count * sizeof(*products->lists), (void **)&products->lists,
			     &products->count);
}

#define TEXT(name)	{ name, check_text, 0 }

static int check_plan(struct matrix_file *file, const yaml_node_t *node, const char *path,
		      void *to)
{
	static const struct key keys[] = {
		TEXT("boots"), TEXT("max_boots"), TEXT("target"), TEXT("rounds"),
		TEXT("samples"), TEXT("budget"), TEXT("warmup"), TEXT("counting"),
		TEXT("watching"), TEXT("hang_seconds"), TEXT("turn_us"),
	};

	return read_mapping(file, node, path, keys, sizeof(keys) / sizeof(*keys), to);
}

static int read_root(struct matrix_file *file)
{
	static const struct key keys[] = {
		TEXT("name"), TEXT("seed"),
		{ "plan", check_plan, 0 },
		{ "axes", read_product, offsetof(struct matrix_text, axes) },
		{ "include", read_products, offsetof(struct matrix_text, include) },
		{ "exclude", read_products, offsetof(struct matrix_text, exclude) },
	};

	return read_mapping(file, get_node(file, 1), "", keys, sizeof(keys) / sizeof(*keys),
			    &file->text);
}

static int wrong_line(const struct matrix_file *file, size_t line, const char *what)
{
	return reason_err(file->why, -EINVAL, "%s:%zu: file: %s", file->path, line, what);
}

/* libyaml marks a line for what it parses, only an offset for what it cannot read. */
static int parser_error(const struct matrix_file *file, const yaml_parser_t *parser,
			const char *text, size_t size)
{
	size_t line = parser->problem_mark.line + 1;
	char what[TEXT_MAX];

	if (parser->error == YAML_MEMORY_ERROR)
		return reason_err(file->why, -ENOMEM, "%s: out of memory", file->path);
	if (parser->error == YAML_READER_ERROR) {
		line = 1;
		for (size_t i = 0; i < size && i < parser->problem_offset; i++)
			line += text[i] == '\n';
	}
	snprintf(what, sizeof(what), "not YAML: %s",
		 parser->problem ? parser->problem : "unknown");
	return wrong_line(file, line, what);
}

/*
 * libyaml's time grows with the square of the depth. What else is wrong here, the loader of the
 * document finds again.
 */
static int check_depth(const struct matrix_file *file, const char *text, size_t size)
{
	yaml_event_type_t type = YAML_NO_EVENT;
	yaml_parser_t parser;
	yaml_event_t event;
	int depth = 0, ret = 0;

	if (!yaml_parser_initialize(&parser))
		return reason_err(file->why, -ENOMEM, "%s: out of memory", file->path);
	yaml_parser_set_input_string(&parser, (const unsigned char *)text, size);
	while (!ret && type != YAML_STREAM_END_EVENT && yaml_parser_parse(&parser, &event)) {
		type = event.type;
		depth += (type == YAML_SEQUENCE_START_EVENT || type == YAML_MAPPING_START_EVENT) -
			 (type == YAML_SEQUENCE_END_EVENT || type == YAML_MAPPING_END_EVENT);
		if (depth > DEPTH_MAX)
			ret = wrong_line(file, event.start_mark.line + 1,
					 "nested deeper than a matrix can be");
		yaml_event_delete(&event);
	}
	yaml_parser_delete(&parser);
	return ret;
}

/* A second document would be ignored in silence. */
static int check_alone(const struct matrix_file *file, yaml_parser_t *parser, const char *text,
		       size_t size)
{
	yaml_document_t second;
	int ret = 0;

	if (!yaml_parser_load(parser, &second))
		return parser_error(file, parser, text, size);
	if (yaml_document_get_root_node(&second))
		ret = wrong_line(file, second.start_mark.line + 1,
				 "a second document; write one to a file");
	yaml_document_delete(&second);
	return ret;
}

static int parse(struct matrix_file *file, const char *text, size_t size)
{
	const yaml_node_t *root;
	yaml_parser_t parser;
	int ret = check_depth(file, text, size);

	if (ret)
		return ret;
	if (!yaml_parser_initialize(&parser))
		return reason_err(file->why, -ENOMEM, "%s: out of memory", file->path);
	yaml_parser_set_input_string(&parser, (const unsigned char *)text, size);
	if (!yaml_parser_load(&parser, &file->document)) {
		ret = parser_error(file, &parser, text, size);
		memset(&file->document, 0, sizeof(file->document));
		goto out;
	}
	root = get_node(file, 1);
	if (!root)
		ret = wrong_line(file, 1, "nothing in it");
	else if (root->type != YAML_MAPPING_NODE)
		ret = wrong_line(file, root->start_mark.line + 1,
				 "not a mapping of keys to values");
	else
		ret = check_alone(file, &parser, text, size);
out:
	yaml_parser_delete(&parser);
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

int matrix_file_open(const char *path, struct matrix_file **file, struct reason *why)
{
	struct matrix_file *new = calloc(1, sizeof(*new));
	char *content = malloc(FILE_SIZE_MAX + 1);
	size_t size = 0;
	int ret = ENOMEM;

	if (new && content) {
		*new = (struct matrix_file){ .path = strdup(path), .why = why };
		ret = new->path ? read_content(path, content, &size) : ENOMEM;
	}
	if (ret)
		ret = read_error(path, ret, why);
	else
		ret = parse(new, content, size);
	if (!ret)
		SHA256Data((uint8_t *)content, size, new->sha256);
	if (!ret)
		ret = read_root(new);
	free(content);
	if (ret)
		matrix_file_close(new);
	else
		*file = new;
	return ret;
}

void matrix_file_close(struct matrix_file *file)
{
	struct block *next;

	if (!file)
		return;
	for (; file->blocks; file->blocks = next) {
		next = file->blocks->next;
		free(file->blocks);
	}
	yaml_document_delete(&file->document);
	free(file->path);
	free(file);
}

const char *matrix_file_sha256(const struct matrix_file *file)
{
	return file->sha256;
}

const struct matrix_text *matrix_file_text(const struct matrix_file *file)
{
	return &file->text;
}

/* One step of a path: NULL when it leads nowhere. @line: of the key or the item. */
static const yaml_node_t *step(const struct matrix_file *file, const yaml_node_t *node,
			       const char **path, size_t *line)
{
	size_t index, length = strcspn(*path, ".[");
	const yaml_node_t *name, *found = NULL;
	char *end;

	if (!length) {
		index = strtoul(*path + 1, &end, 10);
		*path = end + (*end == ']');
		if (node->type != YAML_SEQUENCE_NODE || index >= items_count(node))
			return NULL;
		found = get_node(file, node->data.sequence.items.start[index]);
		*line = found->start_mark.line + 1;
		return found;
	}
	for (const yaml_node_pair_t *pair = node->data.mapping.pairs.start;
	     node->type == YAML_MAPPING_NODE && pair < node->data.mapping.pairs.top; pair++) {
		name = get_node(file, pair->key);
		if (!is_key(name, *path, length))
			continue;
		/* the key's own line: a value in block style starts below it */
		*line = name->start_mark.line + 1;
		found = get_node(file, pair->value);
	}
	*path += length;
	return found;
}

static const yaml_node_t *find(const struct matrix_file *file, const char *path, size_t *line)
{
	const yaml_node_t *node = get_node(file, 1);

	*line = node->start_mark.line + 1;
	while (node && *path) {
		node = step(file, node, &path, line);
		path += *path == '.';
	}
	return node;
}

const char *matrix_file_value(const struct matrix_file *file, const char *field)
{
	size_t line;
	const yaml_node_t *node = find(file, field, &line);

	return node ? (const char *)node->data.scalar.value : NULL;
}

bool matrix_file_has(const struct matrix_file *file, const char *field)
{
	size_t line;

	return find(file, field, &line);
}

int matrix_file_error(const struct matrix_file *file, const char *field,
		      struct reason *why, const char *fmt, ...)
{
	char message[2 * TEXT_MAX];
	va_list args;
	size_t line;

	va_start(args, fmt);
	vsnprintf(message, sizeof(message), fmt, args);
	va_end(args);
	find(file, field, &line);
	reason_set(why, "%s:%zu: %s: %s", file->path, line, field, message);
	err_one_line(why->text, sizeof(why->text));
	return -EINVAL;
}
