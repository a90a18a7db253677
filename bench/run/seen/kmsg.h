/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The kernel's log: kept beside the results, and read for complaints. */
#ifndef HMMBENCH_KMSG_H
#define HMMBENCH_KMSG_H

#include <stddef.h>
#include <stdbool.h>
#include <stdio.h>

/**
 * kmsg_complaint() - is this line a kernel complaint?
 *
 * Exported for tests.
 */
int kmsg_complaint(const char *line);

/**
 * kmsg_open() - start reading /dev/kmsg
 * @whole: from the kernel's start; else what is said from now on
 * Return: a descriptor, or -errno.
 */
int kmsg_open(bool whole);

/**
 * kmsg_drain() - copy what is new
 * @first: the first complaint among it, or ""
 *
 * Records that were overwritten before they were read are a complaint too.
 * Return: complaints among it, or -errno.
 */
int kmsg_drain(int fd, FILE *copy, char *first, size_t first_size);

/**
 * kmsg_again() - let the kernel say again what it says once a boot
 *
 * Else the cell that comes first alone is blamed. Without debugfs it stays so.
 */
void kmsg_again(void);

#endif
