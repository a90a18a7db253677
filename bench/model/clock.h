/* SPDX-License-Identifier: GPL-2.0-or-later */
/* By what a run measures, and the words for it. */
#ifndef HMMBENCH_CLOCK_H
#define HMMBENCH_CLOCK_H

#include <stdbool.h>

/**
 * struct clock - a clock
 * @name:	as on the command line and in run.json
 * @unit:	of every time of a run, as in records and tables
 * @noun:	the unit in a sentence; @counts: whole, for a title; @label: with its clock
 * @exact:	the machine is deterministic: the same build gives the same counts again, so
 *		that they have neither interval nor p, and one boot is enough
 */
struct clock {
	const char *name, *unit, *noun, *counts, *label;
	bool exact;
	const char *help;
};

extern const struct clock clock_insn, clock_wall;
extern const struct clock *const clocks[];	/* to NULL */

/** clock_find() - by name, or NULL. */
const struct clock *clock_find(const char *name);

#endif
