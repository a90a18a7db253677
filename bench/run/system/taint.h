/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Whether the kernel that runs says of itself that it is broken. */
#ifndef HMMBENCH_TAINT_H
#define HMMBENCH_TAINT_H

#include "record/run_info.h"

#define TAINT_FILE	"/proc/sys/kernel/tainted"

/**
 * taint_read() - what has gone wrong in the kernel since it started
 *
 * Modules of another tree, without a signature or without source are none of that, nor are
 * options of the user's.
 * @path: TAINT_FILE
 * Return: by word, "a warning (512), an oops (128)", allocated; TAINT_NONE when nothing
 *	has; NULL when the kernel does not say.
 */
char *taint_read(const char *path);

#endif
