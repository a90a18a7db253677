// SPDX-License-Identifier: GPL-2.0-or-later
#include "yaml_where.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

struct yaml_where {
	yaml_document_t document;
};

/* What a walk along a path has come to. */
struct walk {
	yaml_document_t *document;
	yaml_node_t *node;
	size_t line;
};

static bool walk_key(struct walk *walk, const char *key, size_t length)
{
	yaml_node_t *found = NULL;

	if (walk->node->type != YAML_MAPPING_NODE)
		return false;
	for (yaml_node_pair_t *pair = walk->node->data.mapping.pairs.start;
	     pair < walk->node->data.mapping.pairs.top; pair++) {
		yaml_node_t *name = yaml_document_get_node(walk->document, pair->key);

		if (name->type != YAML_SCALAR_NODE || name->data.scalar.length != length ||
		    memcmp(name->data.scalar.value, key, length))
			continue;
		/* the key's own line: a value in block style starts below it */
		walk->line = name->start_mark.line + 1;
		found = yaml_document_get_node(walk->document, pair->value);
	}
	if (found)
		walk->node = found;
	return found;
}

static bool walk_index(struct walk *walk, size_t index)
{
	yaml_node_item_t *start, *top;

	if (walk->node->type != YAML_SEQUENCE_NODE)
		return false;
	start = walk->node->data.sequence.items.start;
	top = walk->node->data.sequence.items.top;
	if (index >= (size_t)(top - start))
		return false;
	walk->node = yaml_document_get_node(walk->document, start[index]);
	walk->line = walk->node->start_mark.line + 1;
	return true;
}

static bool walk_path(struct walk *walk, const char *path)
{
	while (*path) {
		size_t length = strcspn(path, ".[");
		char *end;

		if (*path == '[') {
			if (!walk_index(walk, strtoul(path + 1, &end, 10)))
				return false;
			path = end + (*end == ']');
		} else {
			if (!walk_key(walk, path, length))
				return false;
			path += length;
		}
		path += *path == '.';
	}
	return true;
}

static struct walk walk_start(const struct yaml_where *where)
{
	/* libyaml's readers of a document take no const */
	yaml_document_t *document = (yaml_document_t *)&where->document;
	yaml_node_t *root = yaml_document_get_root_node(document);

	return (struct walk){ document, root, root->start_mark.line + 1 };
}

size_t yaml_where_line(const struct yaml_where *where, const char *path)
{
	struct walk walk = walk_start(where);

	walk_path(&walk, path);
	return walk.line;
}

bool yaml_where_has(const struct yaml_where *where, const char *path)
{
	struct walk walk = walk_start(where);

	return walk_path(&walk, path);
}

/* libyaml marks a line for what it parses, only an offset for what it cannot read. */
static size_t problem_line(const yaml_parser_t *parser, const char *text, size_t size)
{
	size_t line = 1;

	if (parser->error != YAML_READER_ERROR)
		return parser->problem_mark.line + 1;
	for (size_t i = 0; i < size && i < parser->problem_offset; i++)
		line += text[i] == '\n';
	return line;
}

static int parser_error(const yaml_parser_t *parser, struct reason *why)
{
	if (parser->error == YAML_MEMORY_ERROR)
		return -ENOMEM;
	reason_set(why, "not YAML: %s", parser->problem ? parser->problem : "unknown");
	return -EINVAL;
}

/* Anything after the first document would be ignored in silence by a loader. */
static int check_alone(yaml_parser_t *parser, const char *text, size_t size, size_t *line,
		       struct reason *why)
{
	yaml_document_t second;
	yaml_node_t *root;
	int ret = 0;

	if (!yaml_parser_load(parser, &second)) {
		*line = problem_line(parser, text, size);
		return parser_error(parser, why);
	}
	root = yaml_document_get_root_node(&second);
	if (root) {
		*line = second.start_mark.line + 1;
		reason_set(why, "a second document; write one to a file");
		ret = -EINVAL;
	}
	yaml_document_delete(&second);
	return ret;
}

static int check_mapping(yaml_document_t *document, size_t *line, struct reason *why)
{
	yaml_node_t *root = yaml_document_get_root_node(document);

	if (root && root->type == YAML_MAPPING_NODE)
		return 0;
	*line = root ? root->start_mark.line + 1 : 1;
	reason_set(why, root ? "not a mapping of keys to values" : "nothing in it");
	return -EINVAL;
}

int yaml_where_open(const char *text, size_t size, struct yaml_where **where,
		    size_t *line, struct reason *why)
{
	struct yaml_where *new = calloc(1, sizeof(*new));
	yaml_parser_t parser;
	int ret;

	if (!new || !yaml_parser_initialize(&parser)) {
		free(new);
		return -ENOMEM;
	}
	yaml_parser_set_input_string(&parser, (const unsigned char *)text, size);
	if (!yaml_parser_load(&parser, &new->document)) {
		*line = problem_line(&parser, text, size);
		ret = parser_error(&parser, why);
		free(new);
		goto out;
	}
	ret = check_mapping(&new->document, line, why);
	if (!ret)
		ret = check_alone(&parser, text, size, line, why);
	if (ret)
		yaml_where_close(new);
	else
		*where = new;
out:
	yaml_parser_delete(&parser);
	return ret;
}

void yaml_where_close(struct yaml_where *where)
{
	if (!where)
		return;
	yaml_document_delete(&where->document);
	free(where);
}
