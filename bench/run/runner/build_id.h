/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The linker's name for a build: another for each content. */
#ifndef HMMBENCH_BUILD_ID_H
#define HMMBENCH_BUILD_ID_H

#include <stddef.h>

/**
 * build_id_find() - in ELF notes of this machine's byte order; exported for tests
 * Return: the GNU build id in hex, allocated; NULL if there is none.
 */
char *build_id_find(const void *notes, size_t size);

/** build_id_read() - likewise, in a file of notes as the kernel has in /sys. */
char *build_id_read(const char *path);

#endif
