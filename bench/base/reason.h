/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Why something is not so: a line that a function hands to its caller. */
#ifndef HMMBENCH_REASON_H
#define HMMBENCH_REASON_H

#define REASON_MAX	6144	/* a path and what is wrong with it */

/** struct reason - a sentence without its full stop, or a line with file and place */
struct reason {
	char text[REASON_MAX];
};

/** reason_set() - write the sentence; reason_add() - go on with it. What is too long is cut. */
void reason_set(struct reason *why, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void reason_add(struct reason *why, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/** reason_err() - write the sentence that goes with an error. Return: @err. */
int reason_err(struct reason *why, int err, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#endif
