// SPDX-License-Identifier: GPL-2.0-or-later
#include "events.h"

#define FROM(id)	(1U << FROM_##id)
#define MEMORY		(FROM(LOCAL) | FROM(REMOTE))
#define OFF_SOCKET	(MEMORY | FROM(SOCKET))
#define OFF_CORE	(OFF_SOCKET | FROM(LLC) | FROM(CORE))

const struct load_event load_events[] = {
	{ "L1-dcache-loads", OFF_CORE | FROM(L2) | FROM(L1) },
	{ "L1-dcache-load-misses", OFF_CORE | FROM(L2) },
	{ "LLC-loads", OFF_CORE },
	{ "LLC-load-misses", OFF_SOCKET },
	{ "node-loads", MEMORY },
	{ "node-load-misses", FROM(REMOTE) },
	{ NULL, 0 },
};

uint64_t load_event_count(const struct load_event *event, const uint64_t loads[SOURCES])
{
	uint64_t count = 0;

	for (int i = 0; i < SOURCES; i++)
		count += event->from >> i & 1 ? loads[i] : 0;
	return count;
}
