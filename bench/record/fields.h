/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Strict reading of a JSON object: every field is asked for once, the first
 * that is missing or wrong is blamed, and at the end nothing may be left over.
 */
#ifndef HMMBENCH_FIELDS_H
#define HMMBENCH_FIELDS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/reason.h"

#define ERRNO_MAX	4095	/* the kernel's MAX_ERRNO */

/**
 * struct fields - an object being read
 * @object:	the object
 * @why:	gets "FIELD: what is wrong" once
 * @bad:	set with the first error; all later calls return 0 or ""
 * @taken:	fields read so far
 */
struct fields {
	json_t *object;
	struct reason *why;
	int bad;
	size_t taken;
};

/**
 * fields_open() - begin with the object that a line is
 * @f: its @why is set, and nothing else; json_decref() its @object at the end
 * Return: 0, or -EINVAL when the line is not JSON, with a sentence in @why.
 */
int fields_open(struct fields *f, const char *line);

/** fields_blame() - "NAME: WHAT", in one line, unless something was blamed before. */
void fields_blame(struct fields *f, const char *name, const char *what);
uint64_t fields_u64(struct fields *f, const char *name);
uint32_t fields_u32(struct fields *f, const char *name);

/** fields_errno() - an errno, or 0. */
int fields_errno(struct fields *f, const char *name);

/** fields_has() - is there a field of that name? */
bool fields_has(const struct fields *f, const char *name);

/** fields_known() - a number, or NOT_KNOWN for null. */
uint64_t fields_known(struct fields *f, const char *name);

/** fields_text() - a string that fits @buf. */
void fields_text(struct fields *f, const char *name, char *buf, size_t size);

/** fields_name() - index of a string in @names, which NULL ends. */
int fields_name(struct fields *f, const char *name, const char *const *names);

/** fields_object() - an object inside; NULL after an error. */
json_t *fields_object(struct fields *f, const char *name);

/** fields_array() - an array inside; NULL after an error. */
json_t *fields_array(struct fields *f, const char *name);

/** fields_optional_text() - an allocated copy of a string, NULL for null. */
char *fields_optional_text(struct fields *f, const char *name);

/** fields_end() - blames a field that was not read; returns @bad. */
int fields_end(struct fields *f);

#endif
