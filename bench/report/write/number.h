/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How numbers are written in tables; what is not known is "-". */
#ifndef HMMBENCH_NUMBER_H
#define HMMBENCH_NUMBER_H

#include <stdint.h>

#define NUMBER_MAX	32	/* with its NUL */

/*
 * All return @buf. number_real() - @value to six digits: more than any two runs on metal
 * have in common; NAN is not known.
 */
char *number_real(double value, char buf[NUMBER_MAX]);

/** number_whole() - an integer as it is; NOT_KNOWN is not known. */
char *number_whole(uint64_t value, char buf[NUMBER_MAX]);

/** number_plain() - @value in at most 7 characters that tell it to 4 digits. */
char *number_plain(double value, char buf[NUMBER_MAX]);

/** number_short() - three digits: "14.2k"; NAN is not known. */
char *number_short(double value, char buf[NUMBER_MAX]);

#endif
