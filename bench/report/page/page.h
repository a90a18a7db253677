/* SPDX-License-Identifier: GPL-3.0-or-later */
/* report.html: a run for people who would rather look than read. */
#ifndef HMMBENCH_PAGE_H
#define HMMBENCH_PAGE_H

#include "report/data/dataset.h"

/**
 * page_make() - write FOLDER/report.html, whole or not at all, and print its path
 * @baseline:	strategy against which the others are held; NULL: `unlocked`, or the
 *		first that was measured when the run has none
 *
 * One file that needs no other. Figures that are missing, or older than samples.jsonl,
 * are drawn first. Errors are reported here.
 * Return: an enum exit_status; EXIT_USAGE when the run has no @baseline.
 */
int page_make(const struct dataset *data, const char *baseline);

#endif
