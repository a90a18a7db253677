/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What makes calls: the module, or a driver of the kernel's beside it. */
#ifndef HMMBENCH_CALLER_H
#define HMMBENCH_CALLER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/reason.h"
#include "record/record.h"

enum caller_id {
	CALLER_MODULE,
	CALLER_RXE,
	CALLER_COUNT,
};

/**
 * struct caller - one of them
 * @name:	in what probe prints
 * @help:	one line: what it is
 * @open:	a handle, or -errno with what is missing, and what to do, in @why
 * @close:	what @open returned
 * @advice:	what to do about the errno of a call, or NULL; may be NULL itself
 */
struct caller {
	const char *name;
	const char *help;
	int (*open)(struct reason *why);
	void (*close)(int handle);
	const char *(*advice)(int err);
};

extern const struct caller callers[CALLER_COUNT];

/**
 * struct caller_state - what became of a caller in this process
 * @opened:	it was asked for; else the rest says nothing
 * @handle:	of its @open
 * @why:	what is missing, when that failed
 */
struct caller_state {
	bool opened;
	int handle;
	struct reason why;
};

/**
 * caller_get() - open it, the first time; later the answer is the same
 * @states: CALLER_COUNT of them, zeroes to begin with
 * Return: its handle, or -errno with a line in @why.
 */
int caller_get(struct caller_state *states, enum caller_id id, struct reason *why);

/**
 * caller_blame_module() - say of which version it is and what to do. For tests.
 * @version: of device_version()
 * @err: with which it refused ours
 */
void caller_blame_module(uint32_t version, int err, struct reason *why);

/** callers_close() - those that are open. */
void callers_close(struct caller_state *states);

/** caller_advice() - ": what to do" about the errno of a call, or "". */
const char *caller_advice(enum caller_id id, int err);

#endif
