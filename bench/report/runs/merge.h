/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several runs of one matrix as one run of more boots. */
#ifndef HMMBENCH_MERGE_H
#define HMMBENCH_MERGE_H

/**
 * merge_runs() - write the runs in @folders, which must agree, as one into @out
 * @count: at least 2
 *
 * Boots are numbered on from run to run; run.json is the first one's. Prints a line
 * for each run: which boots are its.
 * Return: an enum exit_status, with what is wrong on stderr; @out is then not made.
 */
int merge_runs(const char *const *folders, int count, const char *out);

#endif
