/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What to call the kernels of several runs. */
#ifndef HMMBENCH_KERNELS_H
#define HMMBENCH_KERNELS_H

#include "report/data/dataset.h"

#define KERNEL_NAME_MAX	96	/* with its NUL */

/**
 * kernel_name() - what to call the kernel of @run beside those of @count @others
 *
 * kernel_name of run.json, or where nobody named it the release up to its first '+' or '-'.
 * With a folder behind it, as in "7.3 (b)", where another run has the same name. @run may be
 * among @others.
 * Return: @buf.
 */
char *kernel_name(const struct dataset *run, const struct dataset *others, size_t count,
		  char *buf, size_t size);

/** kernel_differs() - are the runs of two kernels, by name, release, configuration or build? */
bool kernel_differs(const struct dataset *a, const struct dataset *b);


/**
 * kernels_join() - the runs as one, in which "7.2 plain" is a strategy
 * @strategies: which of them, as "plain,unlocked"; NULL for all. Never null, the floor
 * @folder: of the whole
 *
 * The cells are those of @data, which must outlive it: end it with kernels_unjoin(), not with
 * dataset_free(). What is said of its times is what is said of the most doubtful of them.
 */
void kernels_join(const struct dataset *data, size_t count, const char *strategies,
		  const char *folder, struct dataset *out);
void kernels_unjoin(struct dataset *joined);

/** kernels_lines() - how many strategies of it were measured. */
size_t kernels_lines(const struct dataset *joined);

#endif
