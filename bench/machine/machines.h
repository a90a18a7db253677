/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The machines that can be modelled: their numbers, and where those are published. */
#ifndef HMMBENCH_MACHINES_H
#define HMMBENCH_MACHINES_H

#include "base/reason.h"
#include "caches.h"

/** machines - a table of them, which ends with a NULL name */
extern const struct machine machines[];

/** machine_find() - by name, or NULL. */
const struct machine *machine_find(const char *name);

/**
 * machine_complete() - one of the table, with the caches of this machine where it has none
 * Return: 0, or -EINVAL with a sentence in @why.
 */
int machine_complete(const struct machine *machine, struct machine *out, struct reason *why);

/** machine_has_cycles() - or only events */
bool machine_has_cycles(const struct machine *machine);

#endif
