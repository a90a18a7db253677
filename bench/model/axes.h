/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The axes of the matrix: their names, values, limits and defaults. */
#ifndef HMMBENCH_AXES_H
#define HMMBENCH_AXES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/reason.h"

#define AXIS_TEXT_MAX	96	/* longest value of any axis, with its NUL */
#define AXES_MAX	16	/* there are no more axes than this */
#define AXES_KEY_MAX	640	/* longest axes_key(), with its NUL */
#define AXIS_PAGES_MAX	1048576
#define AXIS_BATCH_MAX	512
#define AXIS_THREADS_MAX	64

enum access { ACCESS_READ, ACCESS_WRITE };
enum backing {
	BACKING_ANON, BACKING_THP, BACKING_ANON_16K, BACKING_ANON_64K, BACKING_SHARED_ANON,
	BACKING_SHMEM, BACKING_SHMEM_THP, BACKING_TMPFS, BACKING_FILE_PRIVATE,
	BACKING_FILE_SHARED, BACKING_HUGETLB, BACKING_HUGETLB_PRIVATE, BACKING_SWAP,
	BACKING_COUNT
};
enum uffd_mode {
	UFFD_NONE, UFFD_MISSING, UFFD_MINOR, UFFD_WP, UFFD_MOVE, UFFD_RWP, UFFD_WP_ASYNC,
	UFFD_RWP_ASYNC, UFFD_POISON, UFFD_USER_ONLY, UFFD_COUNT
};
enum tables { TABLES_COLD, TABLES_WARM, TABLES_CLEAN };
enum responder_wait { WAIT_READ, WAIT_POLL, WAIT_BUSY, WAIT_PLAIN };
enum bystanders { BYSTANDERS_OFF, BYSTANDERS_ON };

/**
 * struct axes - one value on each axis: what makes a cell the cell it is
 * @strategy:	how a dropped lock is retried, "name" or "name:K"
 * @pages:	length of the range, in base pages
 * @access:	what the call asks for; an enum access
 * @backing:	what memory the range is; an enum backing
 * @uffd:	how the range is registered; an enum uffd_mode
 * @populated:	percent of the pages that need no fault, spread evenly
 * @tables:	what the page tables of the range hold; an enum tables
 * @batch:	pages that the responder resolves for one message
 * @threads:	of the responder
 * @delay:	of the responder's page source: "0", "100us", "exp:100us"
 * @wait:	how the responder waits; an enum responder_wait
 * @placement:	nodes of caller, responder, memory and source: a name, or
 *		"0-1-0-1"
 * @load:	what else the mm is busy with: a level, or "writers:2:100us:16"
 * @bystanders:	an enum bystanders
 * @profile:	driver whose way of calling is followed, or "none"
 */
struct axes {
	char strategy[AXIS_TEXT_MAX];
	uint64_t pages;
	uint64_t access;
	uint64_t backing;
	uint64_t uffd;
	uint64_t populated;
	uint64_t tables;
	uint64_t batch;
	uint64_t threads;
	char delay[AXIS_TEXT_MAX];
	uint64_t wait;
	char placement[AXIS_TEXT_MAX];
	char load[AXIS_TEXT_MAX];
	uint64_t bystanders;
	char profile[AXIS_TEXT_MAX];
};

enum axis_kind { AXIS_NAME, AXIS_NUMBER, AXIS_ENUM };

/**
 * struct axis - one axis
 * @name:	as in matrix files, records and tables
 * @help:	one line for people
 * @kind:	AXIS_NAME is free text, checked where the names are known
 * @offset:	of the value in struct axes (char[] for AXIS_NAME, else uint64_t)
 * @values:	AXIS_ENUM: the names of 0, 1, ..., ended by NULL
 * @old:	AXIS_ENUM: what a value was called before, and what it is called now, in
 *		pairs, ended by NULL; NULL if each always had its name
 * @min:	AXIS_NUMBER: smallest value
 * @max:	AXIS_NUMBER: largest value
 * @fallback:	the value, as text, when a matrix does not name the axis;
 *		NULL when it must
 * @titled:	titles name it even at its fallback
 */
struct axis {
	const char *name;
	const char *help;
	enum axis_kind kind;
	size_t offset;
	const char *const *values;
	const char *const *old;
	uint64_t min, max;
	const char *fallback;
	bool titled;
};

extern const struct axis axes_table[];
extern const size_t axes_count;

/** axis_find() - the axis called @name, or NULL. */
const struct axis *axis_find(const char *name);

/** axis_blame() - set @wrong to the axis of that name, and a sentence. Return: -EINVAL. */
#define axis_blame(wrong, name, why, ...) \
	(*(wrong) = axis_find(name), reason_err(why, -EINVAL, __VA_ARGS__))

/** axis_number() - the value on an axis that is not a name; a word's place among @values */
uint64_t axis_number(const struct axis *axis, const struct axes *axes);

/**
 * axis_parse() - set the value of one axis from text
 *
 * Return: 0, or -EINVAL with a sentence in @why (what was wrong and what is
 * allowed), or -ERANGE likewise.
 */
int axis_parse(const struct axis *axis, const char *text, struct axes *axes,
	       struct reason *why);

/** axis_format() - the value of one axis as text, into @buf; returns @buf. */
char *axis_format(const struct axis *axis, const struct axes *axes, char *buf,
		  size_t size);

/** axes_defaults() - every axis at its fallback; those without one zeroed. */
void axes_defaults(struct axes *axes);

/** axis_is_fallback() - does the axis have the value it has when not named? */
bool axis_is_fallback(const struct axis *axis, const struct axes *axes);

/** axis_is_omitted() - is it so usual that titles leave it out? */
bool axis_is_omitted(const struct axis *axis, const struct axes *axes);

/** axis_compare() - the order of two cells by one axis; 0 when they have the same */
int axis_compare(const struct axis *axis, const struct axes *a, const struct axes *b);

/**
 * axes_compare() - the order of two cells, by each axis in turn; 0 when they have the same
 * @but: names of axes that do not count, ended by NULL; NULL when all count
 */
int axes_compare(const struct axes *a, const struct axes *b, const char *const *but);

/** axes_same_but() - do two cells have the same on all axes but those in @but? */
bool axes_same_but(const struct axes *a, const struct axes *b, const char *const *but);

/**
 * axes_key() - "unlocked/64" and what is not at its fallback, "/load=heavy"
 *
 * The name of a cell in messages, records and figures. Equal exactly when the
 * axes are.
 */
char *axes_key(const struct axes *axes, char *buf, size_t size);

#endif
