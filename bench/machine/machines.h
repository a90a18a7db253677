/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The machines that can be modelled: their numbers, and where those are published. */
#ifndef HMMBENCH_MACHINES_H
#define HMMBENCH_MACHINES_H

#include "caches.h"

/** machines - a table of them, which ends with a NULL name */
extern const struct machine machines[];

/** machine_find() - by name, or NULL. */
const struct machine *machine_find(const char *name);

#endif
