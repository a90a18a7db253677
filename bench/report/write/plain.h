/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Plain text for mails: ASCII, 72 columns at most. */
#ifndef HMMBENCH_PLAIN_H
#define HMMBENCH_PLAIN_H

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#define PLAIN_WIDTH	72

/**
 * plain_line() - the next line of a text: as many words as fit into @width
 * @text: set to the first of them, behind which the caller has to go on
 *
 * Return: bytes of the line; 0 at the end. A word that does not fit into a line is broken.
 */
size_t plain_line(const char **text, size_t width);

/** plain_heading() - an empty line, a title and a rule below it. */
void plain_heading(FILE *out, const char *title);

/**
 * plain_paragraph() - words, wrapped
 * @indent: columns before each line but the first, which has @first before it
 *
 * A word that does not fit into a line is broken. What is not ASCII becomes '?'.
 */
void plain_paragraph(FILE *out, const char *first, int indent, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));

/** plain_vparagraph() - likewise. */
void plain_vparagraph(FILE *out, const char *first, int indent, const char *fmt, va_list args)
	__attribute__((format(printf, 4, 0)));

/** plain_command() - a command, indented; broken lines end in a backslash. */
void plain_command(FILE *out, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

#endif
