/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Did a kernel get slower? For those who run it nightly. */
#ifndef HMMBENCH_CHECK_H
#define HMMBENCH_CHECK_H

#include <stdio.h>

#include "report/data/dataset.h"

/**
 * check_runs() - each cell of @base against that of @now, with a limit to its ratio
 * @limit:	largest share that a cell may be slower by: 0.02 for 2 %
 * @tsv:	print a table instead of sentences
 *
 * Prints a line for each cell that is slower or that it cannot judge, and in the end how
 * many there are. On the insn clock a cell is slower when its ratio is above 1 + @limit.
 * On the wall clock it is slower when verdict_judge() says so and its whole interval is
 * above, fine when its whole interval is not above, and else unknown; so is
 * one with fewer than BOOTS_MIN boots, one that did not pass or is missing in either, or any
 * of an emulator or on metal, where the boots of a run share one kernel start. What @base
 * skips, or its kernel refuses, is not compared.
 * Return: an enum exit_status: EXIT_BAD when a cell is slower, else EXIT_UNKNOWN when
 * one is unknown or none was compared, else EXIT_FINE.
 */
int check_runs(FILE *out, const struct dataset *base, const struct dataset *now,
	       double limit, bool tsv);

/** check_limit() - "2%" as 0.02; NAN when it is no percentage from 0 to 1000. */
double check_limit(const char *text);

#endif
