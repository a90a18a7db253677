// SPDX-License-Identifier: GPL-3.0-or-later
#include "boot_hash.h"

#include <stdlib.h>
#include <string.h>

#include "record/record.h"
#include "report/write/array.h"

/* Lines of a boot mostly follow each other: look at the last one first. */
static struct boot_hash *find(struct boot_hashes *h, int run, uint32_t boot)
{
	for (size_t i = 0; i < h->count; i++) {
		size_t at = (h->last + i) % h->count;

		if (h->hash[at].run != run || h->hash[at].boot != boot)
			continue;
		h->last = at;
		return &h->hash[at];
	}
	array_grow(&h->hash, h->count, sizeof(*h->hash));
	h->last = h->count++;
	h->hash[h->last] = (struct boot_hash){ .run = run, .boot = boot };
	SHA256Init(&h->hash[h->last].ctx);
	return &h->hash[h->last];
}

static bool is_sample(const json_t *line)
{
	const char *schema = json_string_value(json_object_get(line, "schema"));

	return schema && !strcmp(schema, SCHEMA_SAMPLE);
}

void boot_hashes_add(struct boot_hashes *h, int run, uint32_t boot, const json_t *line)
{
	struct boot_hash *hash = find(h, run, boot);
	json_t *rest = array_held(json_copy((json_t *)line));
	char *text;

	json_object_del(rest, "boot");
	text = array_held(json_dumps(rest, JSON_COMPACT | JSON_SORT_KEYS));
	json_decref(rest);
	hash->sampled |= is_sample(line);
	SHA256Update(&hash->ctx, (const uint8_t *)text, strlen(text) + 1);
	free(text);
}

static int by_hash(const void *a, const void *b)
{
	const struct boot_hash *x = a, *y = b;
	int order = strcmp(x->hex, y->hex);

	if (order)
		return order;
	if (x->run != y->run)
		return x->run < y->run ? -1 : 1;
	return x->boot < y->boot ? -1 : x->boot > y->boot;
}

bool boot_hashes_same(struct boot_hashes *h, const struct boot_hash **a,
		      const struct boot_hash **b)
{
	for (size_t i = 0; i < h->count; i++)
		SHA256End(&h->hash[i].ctx, h->hash[i].hex);
	if (h->count)
		qsort(h->hash, h->count, sizeof(*h->hash), by_hash);
	*a = NULL;
	for (size_t i = 1; i < h->count; i++) {
		const struct boot_hash *x = &h->hash[i - 1], *y = &h->hash[i];

		if (!x->sampled || strcmp(x->hex, y->hex) || (*a && (*a)->boot < x->boot))
			continue;
		*a = x;
		*b = y;
	}
	return *a;
}

void boot_hashes_free(struct boot_hashes *h)
{
	free(h->hash);
	*h = (struct boot_hashes){ 0 };
}
