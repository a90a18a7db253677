/* SPDX-License-Identifier: GPL-3.0-or-later */
/* HTML that is well-formed XML too; whatever comes from data is escaped. */
#ifndef HMMBENCH_HTML_H
#define HMMBENCH_HTML_H

#include <stddef.h>
#include <stdio.h>

/**
 * html_put() - as fprintf(), and each %s is escaped
 * @format:	itself written as it is; conversions are %s, %d, %zu, %g with flags, width
 *		and precision but for %s, and %%
 *
 * A %s of NULL is "-".
 */
void html_put(FILE *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

/**
 * html_bytes() - @size bytes from outside as text
 *
 * What is not UTF-8, and characters that HTML or XML have no place for, are U+FFFD; a
 * carriage return is left out.
 */
void html_bytes(FILE *out, const void *bytes, size_t size);

/** html_base64() - @size bytes for a data: address, or a hash */
void html_base64(FILE *out, const void *bytes, size_t size);

/**
 * html_number() - a number; what is not finite is "-"
 *
 * Below 10000 with at most @digits after the point. From there on whole, in groups of three,
 * and in <data>, whose value is what a script reads.
 */
void html_number(FILE *out, double value, int digits);

#endif
