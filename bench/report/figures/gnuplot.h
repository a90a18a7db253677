/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running gnuplot. */
#ifndef HMMBENCH_GNUPLOT_H
#define HMMBENCH_GNUPLOT_H

#include <stddef.h>

#include "base/reason.h"

/**
 * gnuplot_run() - run it on a script, without the user's own settings
 * @why: filled with its complaint, a line
 * Return: 0 or -errno; -ENOTSUP when the script says by status 77 that this machine cannot,
 *	-EIO when it failed.
 */
int gnuplot_run(const char *script, struct reason *why);

/** gnuplot_mend_svg() - an & of the text is escaped, which gnuplot 5 forgets; 0 or -errno. */
int gnuplot_mend_svg(const char *path);

#endif
