/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How to make a run again: what is typed, and how far the result will be the same. */
#ifndef HMMBENCH_RERUN_H
#define HMMBENCH_RERUN_H

#include <stdbool.h>

#include "record/run_info.h"
#include "dataset.h"

/**
 * rerun_command() - what makes the run again in @folder, as a shell takes it
 *
 * What was run on the spot is hmmbench itself, unless the name of the kernel says that it
 * was scripts/bench --here. run.json has the name of the matrix and not where its file is:
 * of one that is not in bench/matrices the command has FILE, for rerun_own_matrix(). Nor has it
 * the machine that was modelled: its counters do.
 */
void rerun_command(const struct dataset *data, const char *folder, struct reason *command);

/** rerun_own_matrix() - does FILE stand for a matrix that is not among those of hmmbench? */
bool rerun_own_matrix(const struct run_info *info);

/** rerun_revision() - of hmmbench; NULL when it is not known, or the tree was changed since. */
const char *rerun_revision(const struct run_info *info);

#endif
