/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Loads of a modelled machine by the names of perf's generic events, so that model and machine
 * can be held against each other. Which event of its own a processor gives such a name differs:
 * results/README.md.
 */
#ifndef HMMBENCH_EVENTS_H
#define HMMBENCH_EVENTS_H

#include "caches.h"

/**
 * struct load_event - an event that counts loads
 * @name:	as perf has it
 * @from:	where the loads that it counts were answered: a bit for each enum source
 */
struct load_event {
	const char *name;
	unsigned int from;
};

/** load_events - a table of them, which ends with a NULL name */
extern const struct load_event load_events[];

/** load_event_count() - how many of these loads it counts; @loads: by where they were answered */
uint64_t load_event_count(const struct load_event *event, const uint64_t loads[SOURCES]);

#endif
