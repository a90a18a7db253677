/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef HMMBENCH_PROBE_H
#define HMMBENCH_PROBE_H

#include <stdio.h>

/**
 * probe_print() - what this machine and kernel can do, a line each
 * @scratch: folder for files, or NULL
 *
 * Return: EXIT_FINE when a matrix can be run here, else EXIT_UNKNOWN.
 */
int probe_print(FILE *out, const char *scratch);

#endif
