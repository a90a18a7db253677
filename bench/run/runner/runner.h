/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Runs a plan and writes its records as they are made. */
#ifndef HMMBENCH_RUNNER_H
#define HMMBENCH_RUNNER_H

#include "run/plan/matrix.h"

#define BOOT_NEXT	UINT32_MAX

/**
 * struct run_options - of a run
 * @out:	folder for samples.jsonl, dmesg.txt
 * @resume:	folder whose samples.jsonl says what is done, or NULL
 * @progress:	file for a line before each sample, or NULL for the terminal
 * @scratch:	folder for files, or NULL
 * @siblings:	hardware threads of one core may be used as cores
 * @no_module:	without /dev/hmm_bench
 * @shard:	which part of the plan to run, of
 * @shards:	so many; 1 for all of it
 * @boot:	number of this boot, or BOOT_NEXT: the first that @resume does not hold;
 *		guests that share it out have that and @shard
 * @boots:	cells that so many boots of @resume have closed are done
 * @start:	of this boot, on now_boot_ns(): 0 for the kernel's own
 * @kernel_start: the kernel's boot_id, or NULL
 * @began:	out: the first sample was taken, or skipped, or tried
 * @guest:	the kernel was started for this run, so all of its log is the run's
 */
struct run_options {
	const char *out;
	const char *resume;
	const char *progress;
	const char *scratch;
	int siblings, no_module;
	uint32_t shard, shards;
	uint32_t boot, boots;
	uint64_t start;
	const char *kernel_start;
	bool guest, began;
};

/**
 * runner_run() - take every sample of the matrix that is not done yet
 *
 * Errors that end the run are reported here.
 * Return: an enum exit_status.
 */
int runner_run(const struct matrix *matrix, struct run_options *options);

/**
 * runner_fail() - close a cell as failed, when its guest died
 * @out: the run folder
 * @boot: in which it was lost
 * Return: an enum exit_status; EXIT_BAD, after a message, when the boot has closed the
 *	cell already.
 */
int runner_fail(const struct matrix *matrix, const char *out, uint32_t boot,
		uint32_t cell, const char *reason);

#endif
