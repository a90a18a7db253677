/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Error reporting and exit statuses, for both programs. */
#ifndef HMMBENCH_ERR_H
#define HMMBENCH_ERR_H

#include <stddef.h>

enum exit_status {
	EXIT_FINE	= 0,
	EXIT_BAD	= 1,	/* failed cells, or a slow-down */
	EXIT_USAGE	= 2,
	EXIT_UNKNOWN	= 3,	/* cannot tell: the machine or the data does not allow it */
	EXIT_SKIPPED	= 77,
};

/**
 * err_msg() - one line on stderr: "program: what, where, what to do"
 *
 * The line is written with a single write(2), so that lines of several
 * threads or programs do not mix.
 */
void err_msg(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/** err_exit() - err_msg(), then exit with @status. */
void err_exit(enum exit_status status, const char *fmt, ...)
	__attribute__((format(printf, 2, 3), noreturn));

/**
 * err_one_line() - make a message one line that can be read, whatever it quotes
 * @size: of the array of @text; what does not fit is cut
 *
 * Control characters become '?', and a character of UTF-8 that looks like a blank or like
 * nothing becomes its number, as in <U+00A0>.
 * Return: @text.
 */
char *err_one_line(char *text, size_t size);

#endif
