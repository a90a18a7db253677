/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files that are written whole or not at all: a reader never finds half of one. */
#ifndef HMMBENCH_WHOLE_FILE_H
#define HMMBENCH_WHOLE_FILE_H

#include <limits.h>
#include <stdbool.h>
#include <stdio.h>

/**
 * struct whole - a file that is being written
 * @path:	its name when it is whole; until then it has ".new" behind it
 */
struct whole {
	FILE *out;
	char path[PATH_MAX - 8];
};

/**
 * whole_lock() - wait until nobody else writes into a folder; until the program ends
 *
 * Two at once would have the same names for what is not whole yet.
 */
void whole_lock(const char *folder);

/**
 * whole_begin() - open a file of a folder
 * Return: a stream for whole_end(), or NULL with the reason reported.
 */
FILE *whole_begin(struct whole *w, const char *folder, const char *name);

/**
 * whole_end() - give the file its name, unless what was to be in it is not all there
 * @good:	it is all there, as far as the caller knows
 * Return: an enum exit_status; EXIT_UNKNOWN also when not @good. What failed while writing
 * is reported here.
 */
int whole_end(struct whole *w, bool good);

/** whole_settle() - rename PATH.new to PATH, or remove it. Return: 0 or -errno. */
int whole_settle(const char *path, bool keep);

#endif
