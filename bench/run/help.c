// SPDX-License-Identifier: GPL-2.0-or-later
#include "help.h"

#include <inttypes.h>
#include <string.h>

#include "model/clock.h"
#include "run/actors/load_parts.h"
#include "run/call/strategy.h"
#include "run/memory/backing.h"
#include "run/plan/profile.h"
#include "run/system/placement.h"
#include "run/system/uffd.h"

static const struct topic *topic_of(const struct axis *axis)
{
	for (const struct topic *t = help_topics; t->name; t++)
		if (t->axis && !strcmp(t->axis, axis->name))
			return t;
	return NULL;
}

static void say_axes(const struct listing *list)
{
	for (const struct axis *axis = axes_table; axis < axes_table + axes_count; axis++) {
		const struct topic *topic = topic_of(axis);

		listing_say(list, axis->name, axis->help);
		listing_note(list, "  %-18s", "");
		if (axis->kind == AXIS_NUMBER)
			listing_note(list, " %" PRIu64 " to %" PRIu64, axis->min, axis->max);
		for (size_t v = 0; axis->kind == AXIS_ENUM && axis->values[v]; v++)
			listing_note(list, " %s", axis->values[v]);
		if (topic)
			listing_note(list, "%s see help %s",
				     axis->kind == AXIS_ENUM ? ";" : "", topic->name);
		if (axis->fallback)
			listing_note(list, " (default: %s)", axis->fallback);
		listing_note(list, "\n");
	}
}

static void say_strategies(const struct listing *list)
{
	char name[AXIS_TEXT_MAX];

	for (size_t i = 0; i < strategies_count; i++) {
		snprintf(name, sizeof(name), "%s%s", strategies[i].name,
			 strategies[i].takes_chunk ? ":K" : "");
		listing_say(list, name, strategies[i].help);
	}
}

static void say_backings(const struct listing *list)
{
	const struct axis *axis = axis_find("backing");
	struct axes axes;

	axes_defaults(&axes);
	for (axes.backing = 0; axes.backing < BACKING_COUNT; axes.backing++)
		listing_say(list, axis->values[axes.backing], backing_kind_of(&axes)->help);
}

static void say_uffd(const struct listing *list)
{
	const struct axis *axis = axis_find("uffd");

	listing_say(list, axis->values[UFFD_NONE], "not registered");
	for (uint64_t mode = UFFD_NONE + 1; mode < UFFD_COUNT; mode++)
		listing_say(list, axis->values[mode], uffd_kind_of(mode)->help);
}

static void say_loads(const struct listing *list)
{
	for (size_t i = 0; load_level_name(i); i++)
		listing_say(list, load_level_name(i),
			    i ? "a level, which grows with the cores that are free" : "nothing else");
	listing_note(list, "  KIND:THREADS:PERIOD:PAGES, joined by '+', "
		     "as in writers:2:100us:16\n");
	for (size_t i = 0; i < load_kinds_count; i++)
		listing_say(list, load_kinds[i].name, load_kinds[i].help);
}

static void say_placements(const struct listing *list)
{
	for (size_t i = 0; i < placement_kinds_count; i++)
		listing_say(list, placement_kinds[i].name, placement_kinds[i].help);
	listing_note(list, "  A-B-C-D            nodes of caller, responder, memory and source, "
		     "as in 0-1-0-1\n");
}

static void say_profiles(const struct listing *list)
{
	for (size_t i = 0; i < profiles_count; i++)
		listing_say(list, profiles[i].name, profiles[i].help);
}

static void say_clocks(const struct listing *list)
{
	for (size_t i = 0; clocks[i]; i++)
		listing_say(list, clocks[i]->name, clocks[i]->help);
}

static void say_delays(const struct listing *list)
{
	listing_note(list, "  0                  none\n"
		     "  TIME               always the same, as in 100us\n"
		     "  exp:TIME           drawn anew for each request, with that mean\n");
}

const struct topic help_topics[] = {
	{ "axes", "what a matrix file can vary", say_axes, NULL },
	{ "strategies", "how a dropped mmap lock is retried", say_strategies, "strategy" },
	{ "backings", "what memory the range is", say_backings, "backing" },
	{ "uffd", "how the range is registered with userfaultfd", say_uffd, "uffd" },
	{ "delays", "how long the responder's page source takes", say_delays, "delay" },
	{ "loads", "what else the mm is busy with", say_loads, "load" },
	{ "placements", "which node each thread and each piece of memory is on", say_placements,
	  "placement" },
	{ "profiles", "how drivers call HMM", say_profiles, "profile" },
	{ "clocks", "what a unit of time is", say_clocks, NULL },
	{ 0 },
};
