/* SPDX-License-Identifier: GPL-3.0-or-later */
/* evidence.txt: what an author pastes into a cover letter. */
#ifndef HMMBENCH_EVIDENCE_H
#define HMMBENCH_EVIDENCE_H

#include <stdio.h>

#include "base/reason.h"
#include "report/data/dataset.h"

/**
 * evidence_write() - all of evidence.txt
 * @bases: runs that it is compared with, of the same clock: @count of them
 * Return: how many tables were refused.
 */
int evidence_write(FILE *out, const struct dataset *data, const struct dataset *bases,
		   size_t count);

/**
 * evidence_trace() - the raw lines of each cell whose key matches @pattern, as of
 *	fnmatch(3), and what the figures make of them
 * Return: 0, -ENOENT when there is no such cell, or -errno with a line in @why.
 */
int evidence_trace(FILE *out, const struct dataset *data, const char *pattern, struct reason *why);

#endif
