// SPDX-License-Identifier: GPL-2.0-or-later
#include "load_parts.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "delay.h"

#define PERIOD_MIN	1000ULL
#define PERIOD_MAX	1000000000ULL
#define PAGES_MAX	65536
#define BYSTANDER_PERIOD 250000		/* ns */
#define TEXT_PARTS_MAX	4		/* leaves room for the bystanders */

/* The levels, here and nowhere else. */
static const struct level {
	const char *name;
	struct {
		const char *kind;
		unsigned int threads, cores;
		uint64_t period, pages;
	} parts[TEXT_PARTS_MAX];
} levels[] = {
	{ "none", { { 0 } } },
	{ "light", { { "writers", 1, 64, 1000000, 16 },
		     { "readers", 1, 64, 1000000, 4 } } },
	{ "medium", { { "writers", 1, 2, 500000, 16 },
		      { "readers", 1, 2, 500000, 4 },
		      { "invalidators", 1, 64, 20000000, 1 } } },
	{ "heavy", { { "writers", 1, 1, 250000, 16 },
		     { "readers", 1, 1, 500000, 4 },
		     { "invalidators", 1, 64, 5000000, 1 },
		     { "peers", 1, 2, 2000000, 16 } } },
};
#define LEVELS	(sizeof(levels) / sizeof(*levels))

const char *load_level_name(size_t i)
{
	return i < LEVELS ? levels[i].name : NULL;
}

static const struct load_kind *kind_find(const char *name)
{
	for (size_t i = 0; i < load_kinds_count; i++)
		if (!strcmp(load_kinds[i].name, name))
			return &load_kinds[i];
	return NULL;
}

static void add_level(const struct level *level, struct load_parts *load)
{
	for (size_t i = 0; i < TEXT_PARTS_MAX && level->parts[i].kind; i++)
		load->part[load->count++] = (struct load_part){
			.kind = kind_find(level->parts[i].kind),
			.threads = level->parts[i].threads,
			.cores = level->parts[i].cores,
			.period = level->parts[i].period,
			.pages = level->parts[i].pages,
		};
}

static void bad_form(struct reason *why)
{
	size_t kinds = 0, last = 0;

	reason_add(why, "neither");
	for (size_t i = 0; i < LEVELS; i++)
		reason_add(why, "%s %s", i ? "," : "", levels[i].name);
	reason_add(why, " nor KIND:THREADS:PERIOD:PAGES joined by '+', with KIND");
	for (size_t i = 0; i < load_kinds_count; i++)
		last = load_kinds[i].bystander ? last : i;
	for (size_t i = 0; i <= last; i++)
		if (!load_kinds[i].bystander)
			reason_add(why, "%s %s", !kinds++ ? "" : i == last ? " or" : ",",
				   load_kinds[i].name);
}

/* KIND:THREADS:PERIOD:PAGES */
static int parse_part(char *text, struct load_part *part, struct reason *why)
{
	char *field[4], *at = text;
	char end;

	reason_set(why, "'%s': ", text);
	for (int i = 0; i < 4; i++)
		field[i] = strsep(&at, ":");
	*part = (struct load_part){ .kind = kind_find(field[0]) };
	if (at || !field[3] || !part->kind || part->kind->bystander)
		bad_form(why);
	else if (sscanf(field[1], "%u%c", &part->threads, &end) != 1 || !part->threads ||
		 part->threads > LOAD_THREADS_MAX / 2)
		reason_add(why, "threads are from 1 to %d", LOAD_THREADS_MAX / 2);
	else if (duration_parse(field[2], NULL, &part->period) ||
		 part->period < PERIOD_MIN || part->period > PERIOD_MAX)
		reason_add(why, "a period is from 1us to 1s");
	else if (sscanf(field[3], "%" SCNu64 "%c", &part->pages, &end) != 1 || !part->pages ||
		 part->pages > PAGES_MAX)
		reason_add(why, "pages are from 1 to %d", PAGES_MAX);
	else
		return 0;
	return -EINVAL;
}

static int add_parts(const char *text, struct load_parts *load, struct reason *why)
{
	char copy[AXIS_TEXT_MAX], *rest = copy, *part;

	snprintf(copy, sizeof(copy), "%s", text);
	while ((part = strsep(&rest, "+"))) {
		if (load->count == TEXT_PARTS_MAX) {
			reason_set(why, "'%s': ", part);
			bad_form(why);
			return -EINVAL;
		}
		if (parse_part(part, &load->part[load->count++], why))
			return -EINVAL;
	}
	return 0;
}

static void add_bystanders(struct load_parts *load)
{
	for (size_t i = 0; i < load_kinds_count; i++)
		if (load_kinds[i].bystander)
			load->part[load->count++] = (struct load_part){
				.kind = &load_kinds[i],
				.threads = 1,
				.period = BYSTANDER_PERIOD,
				.pages = 1,
			};
}

int load_parse(const struct axes *axes, struct load_parts *load, struct reason *why)
{
	size_t level = 0;

	*load = (struct load_parts){ 0 };
	while (level < LEVELS && strcmp(levels[level].name, axes->load))
		level++;
	if (level < LEVELS)
		add_level(&levels[level], load);
	else if (add_parts(axes->load, load, why))
		return -EINVAL;
	if (axes->bystanders == BYSTANDERS_ON)
		add_bystanders(load);
	for (size_t i = 0; i < load->count; i++) {
		load->calls |= load->part[i].kind->calls;
		load->disturbs |= load->part[i].kind->disturbs;
	}
	return 0;
}

unsigned int load_part_threads(const struct load_part *part, unsigned int cores)
{
	unsigned int threads = part->cores ? part->threads * cores / part->cores : part->threads;

	return threads ? threads : 1;
}

unsigned int load_threads(const struct load_parts *load, unsigned int cores)
{
	unsigned int threads = 0;

	for (size_t i = 0; i < load->count; i++)
		threads += load_part_threads(&load->part[i], cores);
	return threads;
}
