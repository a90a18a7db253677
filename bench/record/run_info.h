/* SPDX-License-Identifier: GPL-2.0-or-later */
/* run.json: on what, with what and of what a run was made. */
#ifndef HMMBENCH_RUN_INFO_H
#define HMMBENCH_RUN_INFO_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/reason.h"
#include "model/clock.h"

#define TAINT_NONE	"none"

/**
 * struct run_info - run.json
 *
 * A text that is not known, or does not apply, is NULL and written as null.
 * @clock:	that gave every time; written as `unit` and `clock`
 * @accelerator: what ran the machine: "none" (metal), "kvm" or "tcg"; NULL in a virtual
 *		machine of unknown kind
 * @started:	UTC; NULL on the insn clock, where two runs are the same bytes
 * @cells:	how many the matrix has
 * @boots:	the most that the plan allows, when the run began; NOT_KNOWN in runs from
 *		before there was a number
 * @samples:	timed samples that a round takes of a cell in a row; NOT_KNOWN likewise, when
 *		it was one
 * @kernel_build_id, @module_build_id, @strategies_build_id: GNU build ids, in hex, of the
 *		kernel, of hmm_bench.ko and of hmm_strategies.ko; NULL likewise
 * @kernel_name: what the user calls the kernel: "7.2", "linux@my-branch", and behind it
 *		what was appended to its command line; NULL where nobody named it
 * @boot_kind:	what a boot is: "vm", a fresh kernel in a virtual machine, or "process",
 *		a fresh process on the same kernel; NULL likewise
 * @taint:	what had gone wrong in the kernel when the run began, by word, or TAINT_NONE; NULL
 *		in runs from before it was asked
 * @all:	the whole object as it was read, with fields that this program does not know;
 *		NULL in one that was not read
 * @target:	half-width in percent at which boots end: as many as it takes for all intervals
 *		to be within it; NULL for a number of boots that was fixed beforehand
 */
struct run_info {
	const struct clock *clock;
	char *accelerator;
	char *kernel, *kernel_version, *kernel_config_sha256, *compiler;
	char *kernel_build_id, *module_build_id, *strategies_build_id;
	char *kernel_name, *kernel_source, *qemu, *cpu, *matrix, *matrix_sha256, *git;
	char *hwloc_xml, *clocksource, *governor, *mitigations, *thp, *started, *boot_kind;
	char *target, *taint;
	uint64_t cpus, nodes, memory_bytes, seed, rounds, cells, boots, samples;
	json_t *all;
};

/** run_info_write() - one JSON object, indented; 0 or -errno. */
int run_info_write(const char *path, const struct run_info *info);

/**
 * run_info_read() - the other way
 *
 * Wants the unit to be that of the clock.
 * Return: 0, or -errno with a line in @why. run_info_free() what was read.
 */
int run_info_read(const char *path, struct run_info *info, struct reason *why);
void run_info_free(struct run_info *info);

/** run_info_line() - the line of the file at @path that has @field, as written; or 0. */
unsigned long run_info_line(const char *path, const char *field);

/** run_info_on_the_spot() - did hmmbench run where it was called, and in no guest of its own? */
bool run_info_on_the_spot(const struct run_info *info);

/** run_info_broken() - what had gone wrong in the kernel, by word; NULL: nothing is known. */
const char *run_info_broken(const struct run_info *info);

/**
 * run_info_difference() - what tells two runs apart, but for when they were made
 *
 * Leaves out `started`, and `memory_bytes` and `hwloc_xml`, which differ a little from
 * boot to boot of one machine, and `boots`, which the user may change as the run goes.
 * @mine, @other: get the two values as text; @size of each. Long ones begin with the
 *	word in which they differ.
 * Return: the name of the first field that differs, or NULL.
 */
const char *run_info_difference(const struct run_info *a, const struct run_info *b,
				char *mine, char *other, size_t size);

#endif
