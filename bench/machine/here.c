// SPDX-License-Identifier: GPL-2.0-or-later
#include "here.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define OTHER	"model another machine"

/* One of sysfs' folders index0, index1 and so on. */
struct index {
	char path[PATH_MAX / 2];
	struct reason *why;
};

static int read_word(const struct index *x, const char *name, char word[32])
{
	char path[PATH_MAX];
	FILE *f;
	int n;

	snprintf(path, sizeof(path), "%s/%s", x->path, name);
	f = fopen(path, "re");
	n = f ? fscanf(f, "%31s", word) : 0;
	if (f)
		fclose(f);
	if (n == 1)
		return 0;
	reason_set(x->why, "%s: says nothing of this cache: " OTHER, path);
	return -EINVAL;
}

/* Below 4 GiB; K and M as sysfs has them. */
static int read_number(const struct index *x, const char *name, uint32_t *number)
{
	unsigned long long value;
	char word[32], *end;

	if (read_word(x, name, word))
		return -EINVAL;
	value = strtoull(word, &end, 10);
	if (*end == 'K' || *end == 'M')
		value <<= *end++ == 'K' ? 10 : 20;
	*number = value;
	if (end > word && !*end && value && value <= UINT32_MAX)
		return 0;
	reason_set(x->why, "%s/%s: %s is no size that is known: " OTHER, x->path, name, word);
	return -EINVAL;
}

static int read_shape(const struct index *x, struct cache_shape *shape)
{
	uint32_t line;

	if (read_number(x, "size", &shape->bytes) ||
	    read_number(x, "ways_of_associativity", &shape->ways) ||
	    read_number(x, "coherency_line_size", &line))
		return -EINVAL;
	if (line != 1U << CACHES_LINE_SHIFT) {
		reason_set(x->why, "%s: lines of %u bytes, and those of the model have 64: " OTHER,
			   x->path, line);
		return -EINVAL;
	}
	if (shape->bytes % ((uint64_t)shape->ways << CACHES_LINE_SHIFT)) {
		reason_set(x->why, "%s: %u bytes are no whole sets of %u ways: " OTHER, x->path,
			   shape->bytes, shape->ways);
		return -EINVAL;
	}
	return 0;
}

/* One of instructions alone is not modelled; the last of all is the last level. */
static int read_index(const struct index *x, struct machine *m)
{
	struct cache_shape shape;
	uint32_t level;
	char type[32];

	if (read_word(x, "type", type) || read_number(x, "level", &level))
		return -EINVAL;
	if (!strcmp(type, "Instruction"))
		return 0;
	if (read_shape(x, &shape))
		return -EINVAL;
	*(level == 1 ? &m->l1 : level == 2 ? &m->l2 : &m->llc) = shape;
	return 0;
}

/* How many "0-1,4" are; at least one. */
static unsigned int count_nodes(const char *path)
{
	unsigned int first, last, count = 0;
	FILE *f = fopen(path, "re");

	while (f && fscanf(f, "%u", &first) == 1) {
		last = first;	/* of one alone, whose comma is left to read */
		if (fscanf(f, "-%u", &last) == EOF || last < first)
			last = first;
		count += last - first + 1;
		if (getc(f) != ',')
			break;
	}
	if (f)
		fclose(f);
	return count ? count : 1;
}

int here_read(const char *root, const char *nodes, struct machine *m, struct reason *why)
{
	static const struct cache_shape none;
	struct index x = { .why = why };
	const char *lacks;

	m->l1 = m->l2 = m->llc = none;
	m->sockets = count_nodes(nodes);
	for (int i = 0; ; i++) {
		snprintf(x.path, sizeof(x.path), "%s/index%d", root, i);
		if (access(x.path, F_OK))
			break;
		if (read_index(&x, m))
			return -EINVAL;
	}
	lacks = !m->l1.bytes ? "of level 1" : !m->l2.bytes ? "of level 2" :
		!m->llc.bytes ? "beyond level 2" : NULL;
	if (!lacks)
		return 0;
	reason_set(why, "%s: no cache %s: " OTHER, root, lacks);
	return -EINVAL;
}
