// SPDX-License-Identifier: GPL-2.0-or-later
#include "help.h"

#include <errno.h>
#include <string.h>

#include "backing_kind.h"
#include "../common/clock.h"
#include "load_parts.h"
#include "placement.h"
#include "profile.h"
#include "strategy.h"
#include "uffd.h"

static void say(FILE *out, const char *name, const char *help)
{
	fprintf(out, "%-18s %s\n", name, help);
}

static void say_axes(FILE *out)
{
	for (size_t i = 0; i < axes_count; i++) {
		const struct axis *axis = &axes_table[i];

		say(out, axis->name, axis->help);
		if (axis->kind == AXIS_NUMBER)
			fprintf(out, "%-18s %llu to %llu", "", (unsigned long long)axis->min,
				(unsigned long long)axis->max);
		else
			fprintf(out, "%-18s", "");
		for (size_t v = 0; axis->kind == AXIS_ENUM && axis->values[v]; v++)
			fprintf(out, " %s", axis->values[v]);
		if (axis->fallback)
			fprintf(out, "%s(default: %s)", axis->kind == AXIS_NAME ? " " : "  ",
				axis->fallback);
		fprintf(out, "\n");
	}
}

static void say_strategies(FILE *out)
{
	char name[AXIS_TEXT_MAX];

	for (size_t i = 0; i < strategies_count; i++) {
		snprintf(name, sizeof(name), "%s%s", strategies[i].name,
			 strategies[i].takes_chunk ? ":K" : "");
		say(out, name, strategies[i].help);
	}
}

static void say_backings(FILE *out)
{
	const struct axis *axis = axis_find("backing");
	struct axes axes;

	axes_defaults(&axes);
	for (axes.backing = 0; axes.backing < BACKING_COUNT; axes.backing++)
		say(out, axis->values[axes.backing], backing_kind_of(&axes)->help);
}

static void say_uffd(FILE *out)
{
	const struct axis *axis = axis_find("uffd");

	say(out, axis->values[UFFD_NONE], "not registered");
	for (uint64_t mode = UFFD_NONE + 1; mode < UFFD_COUNT; mode++)
		say(out, axis->values[mode], uffd_kind_of(mode)->help);
}

static void say_loads(FILE *out)
{
	for (size_t i = 0; load_level_name(i); i++)
		fprintf(out, "%s%s", i ? " " : "", load_level_name(i));
	fprintf(out, " levels, which grow with the cores that are free\n");
	for (size_t i = 0; i < load_kinds_count; i++)
		say(out, load_kinds[i].name, load_kinds[i].help);
	say(out, "KIND:THREADS:PERIOD:PAGES", "joined by '+', as in writers:2:100us:16");
}

static void say_placements(FILE *out)
{
	for (size_t i = 0; i < placement_kinds_count; i++)
		say(out, placement_kinds[i].name, placement_kinds[i].help);
	say(out, "A-B-C-D", "nodes of caller, responder, memory and source");
}

static void say_profiles(FILE *out)
{
	for (size_t i = 0; i < profiles_count; i++)
		say(out, profiles[i].name, profiles[i].help);
}

static void say_clocks(FILE *out)
{
	for (size_t i = 0; clocks[i]; i++)
		say(out, clocks[i]->name, clocks[i]->help);
}

static const struct topic {
	const char *name;
	const char *help;
	void (*say)(FILE *out);
} topics[] = {
	{ "axes", "what a matrix file can vary", say_axes },
	{ "strategies", "how a dropped mmap lock is retried", say_strategies },
	{ "backings", "what memory the range is", say_backings },
	{ "uffd", "how the range is registered with userfaultfd", say_uffd },
	{ "loads", "what else the mm is busy with", say_loads },
	{ "placements", "which node each thread and each piece of memory is on", say_placements },
	{ "profiles", "how drivers call HMM", say_profiles },
	{ "clocks", "what a unit of time is", say_clocks },
};

int help_print(FILE *out, const char *topic)
{
	for (size_t i = 0; i < sizeof(topics) / sizeof(*topics); i++) {
		if (!topic) {
			say(out, topics[i].name, topics[i].help);
		} else if (!strcmp(topics[i].name, topic)) {
			topics[i].say(out);
			return 0;
		}
	}
	return topic ? -EINVAL : 0;
}
