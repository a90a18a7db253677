/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the kernel that runs says of itself. */
#ifndef HMMBENCH_KERNEL_H
#define HMMBENCH_KERNEL_H

#include <stdbool.h>
#include <stddef.h>

/** kernel_read_line() - first line of a file, allocated; NULL if there is none. */
char *kernel_read_line(const char *path);

/** kernel_from() - is its release @major.@minor or later? */
bool kernel_from(unsigned int major, unsigned int minor);

/** base_page_size() - the base page size in bytes. */
size_t base_page_size(void);

#endif
