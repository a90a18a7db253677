/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How real drivers call HMM: in which pieces, with what patience. */
#ifndef HMMBENCH_PROFILE_H
#define HMMBENCH_PROFILE_H

#include <stddef.h>
#include <stdint.h>

#include "base/reason.h"
#include "model/axes.h"

/**
 * struct profile - a driver's way of calling, as of Linux 7.3.4
 * @name:	of the driver
 * @help:	one line: where it calls, what it does on -EBUSY
 * @piece:	pages that it asks for at once, aligned; 0 for the whole range
 * @timeout_ms:	patience with a piece, 0 for no end. A deadline, of which HMM gets
 *		what is left; with HMM_BENCH_PERSIST it begins anew whenever the
 *		result was invalidated, so that only HMM's -EBUSY ends the call
 * @flags:	HMM_BENCH_DOWNGRADE, HMM_BENCH_NO_RETRY, ...
 * @locked:	it holds the mmap lock around the call
 * @reads:	it only ever reads
 * @writes:	it only ever writes
 */
struct profile {
	const char *name;
	const char *help;
	uint32_t piece;
	uint32_t timeout_ms;
	uint32_t flags;
	int reads, writes, locked;
};

extern const struct profile profiles[];
extern const size_t profiles_count;

/** profile_find() - by name, or NULL; "none" is one too. */
const struct profile *profile_find(const char *name);

/**
 * profile_check_axes() - does the cell fit the driver?
 * Return: 0, or -EINVAL with the axis to blame and a sentence in @why.
 */
int profile_check_axes(const struct axes *axes, const struct axis **wrong,
		       struct reason *why);

#endif
