/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is a run folder what it says it is? */
#ifndef HMMBENCH_VALIDATE_H
#define HMMBENCH_VALIDATE_H

#include <stdio.h>

/**
 * validate_run() - check every record of a run, and the run as a whole
 * @matrix: a matrix file that it should be of, or NULL
 *
 * Prints a line for each finding, "FILE:LINE: FIELD: what is wrong", then what the
 * run holds. Return: an enum exit_status; EXIT_UNKNOWN when a file cannot be read.
 */
int validate_run(FILE *out, const char *folder, const char *matrix);

#endif
