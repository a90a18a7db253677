/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The strategies: their names, what kind of thing each is, and what it does to a range. */
#ifndef HMMBENCH_STRATEGIES_H
#define HMMBENCH_STRATEGIES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/reason.h"

#define STRATEGY_PLAIN		"plain"		/* what all kernels have */
#define STRATEGY_BASELINE	"unlocked"	/* as merged in 7.3 */

enum strategy_role {
	STRATEGY_FLOOR,		/* does nothing: what the call itself costs */
	STRATEGY_MERGED,	/* the kernel has it */
	STRATEGY_POSTED,	/* was mailed and not merged */
	STRATEGY_PROPOSAL,	/* this project's */
	STRATEGY_VARIANT,	/* a change of one of these, to see what it brings */
	STRATEGY_CONTROL,	/* wrong on purpose: has to be caught */
	STRATEGY_REFERENCE,	/* not HMM: another way to get the pages */
	STRATEGY_DRIVER,	/* a driver of the kernel's, which calls HMM itself */
};

/**
 * struct strategy - a strategy, in the kernel or in user space
 * @name:	as in matrix files, without ":K"
 * @help:	one line: where it comes from
 * @role:	what it is compared as
 * @reads_only:	there is no such call for writing
 * @takes_chunk: written "name:K"
 * @restarts:	after a dropped lock it walks what was asked of it from the start
 * @waits:	its faults drop the lock for userfaultfd alone, and wait for all else
 * @fills:	the range is all there afterwards
 * @returns:	it returns pfns, which are what it is judged by
 * @needs:	what a kernel without it lacks
 * @refused:	errno with which a range under userfaultfd is refused, or 0
 * @once:	one fault a page, whatever comes of it
 * @user:	its faults are those of user space
 * @dies:	it is killed by what it cannot have
 * @poisoned:	errno with which it ends at a poisoned page, if not that of the mode
 */
struct strategy {
	const char *name;
	const char *help;
	enum strategy_role role;
	bool reads_only, takes_chunk, restarts, waits, fills, returns;
	const char *needs;
	int refused;
	bool once, user, dies;
	int poisoned;
};

/* In the order in which they are listed. */
extern const struct strategy strategies[];
extern const size_t strategies_count;

/**
 * strategy_find() - the strategy of a value of the axis: "unlocked", "step:64", "unlocked@b"
 * Return: NULL when there is none.
 */
const struct strategy *strategy_find(const char *text);

/** strategy_is() - is it one of this role? What is not known has none. */
bool strategy_is(const char *text, enum strategy_role role);

/** strategy_is_labelled() - does it end with "@LABEL"? */
bool strategy_is_labelled(const char *text);

/** strategy_listed() - is it in a list as "plain,unlocked"? In NULL all are. */
bool strategy_listed(const char *list, const char *strategy);

struct strategy_choice {
	const struct strategy *strategy;
	uint32_t chunk;
};

/**
 * strategy_parse() - "unlocked", "step:64", "unlocked@b"
 *
 * What follows '@' is a label: a second name for the same strategy, so that a
 * matrix can hold it twice and show what no difference looks like (A/A).
 *
 * Return: 0, or -EINVAL with a sentence in @why: what is wrong, what is allowed.
 */
int strategy_parse(const char *whole, struct strategy_choice *out, struct reason *why);

#endif
