/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run folder, loaded. */
#ifndef HMMBENCH_DATASET_H
#define HMMBENCH_DATASET_H

#include <stdbool.h>

#include "base/reason.h"
#include "record/record.h"
#include "record/run_info.h"
#include "observations.h"

/**
 * struct timed - a timed call
 * @total:	in the run's unit
 * @boot, @round, @seq: as in struct sample
 */
struct timed {
	uint64_t total;
	uint32_t boot, round, seq;
};

/**
 * struct cell_data - a cell and its samples, over all boots
 * @closed:	boots that closed it; 0 when it was never finished
 * @status:	the worst of its boots; of a boot that closed it `ok` with a sample that
 *		failed, CELL_INVALID, and @reason names the sample
 * @times:	the timed samples, by boot, then in the order they were taken; those
 *		whose total is not known are left out
 * @totals:	their totals, ascending: @n_times of them
 * @startups:	the first call of the cell in each boot, when it was a warmup
 * @warmups:	all warmups, in the order of @times
 * @counts:	the counting samples
 * @count_totals: the time of each of them, which is no result; NOT_KNOWN if so
 * @seen:	what was observed beside the samples, in boots that closed it `ok`
 *
 * Samples of a boot that did not close the cell are not among them.
 */
struct cell_data {
	struct axes axes;
	uint32_t closed;
	enum cell_status status;
	int err;
	char reason[RECORD_TEXT_MAX];
	struct timed *times;
	uint64_t *totals;
	size_t n_times;
	struct timed *startups;
	size_t n_startups;
	struct timed *warmups;
	size_t n_warmups;
	struct counts *counts;
	uint64_t *count_totals;
	size_t n_counts;
	struct observations seen;
};

/* A cell that a boot closed. */
struct closure {
	uint32_t cell, boot;
	enum cell_status status;
};

/**
 * struct dataset - a run
 * @folder:	where it was read from
 * @cells:	by the cell's index in the plan
 * @count:	highest index + 1; cells that are in the plan beyond it, or were
 *		never closed, are missing
 * @closures:	by cell, then by boot: @n_closures
 * @orphans:	samples that no closure covers
 * @stray_observations: records of counters.jsonl that no closure covers
 * @machine:	that was modelled; empty when none was
 * @boots:	the records that ended them, by boot: @n_boots; a boot whose guest died, or
 *		of an older run, has none
 * @cut_off:	the last line of samples.jsonl was not finished
 * @observed_cut_off: likewise of counters.jsonl
 */
struct dataset {
	const char *folder;
	struct run_info info;
	struct cell_data *cells;
	size_t count;
	struct closure *closures;
	size_t n_closures;
	size_t orphans, stray_observations;
	char machine[OBSERVED_NAME_MAX];
	struct boot_record *boots;
	size_t n_boots;
	int cut_off, observed_cut_off;
};

/** for_each_cell() - each cell of a run in the order of the plan, missing ones too. */
#define for_each_cell(cell, data)					\
	for (const struct cell_data *cell = (data)->cells;		\
	     cell < (data)->cells + (data)->count; cell++)

/**
 * dataset_load() - read FOLDER/run.json, samples.jsonl and, if there is one,
 *	counters.jsonl
 * Return: 0, or -errno with a line in @why that names file, line and field.
 */
int dataset_load(const char *folder, struct dataset *data, struct reason *why);
void dataset_free(struct dataset *data);

/** dataset_closure() - how @boot closed @cell; NULL when it did not. */
const struct closure *dataset_closure(const struct dataset *data, uint32_t cell,
				      uint32_t boot);

/** cell_measured() - has it timed samples, and did all of them pass? */
bool cell_measured(const struct cell_data *cell);

/** dataset_missing() - cells of the plan that were never finished. */
size_t dataset_missing(const struct dataset *data);

/* Times that are an emulator's, or may be, are no evidence: only EMULATED_NO is false. */
enum emulated { EMULATED_NO, EMULATED_YES, EMULATED_UNKNOWN };

/**
 * dataset_emulated() - are its times those of an emulator?
 *
 * On the wall clock they are not where the accelerator is `none` or `kvm`; a run that
 * names no accelerator, or another, may have been made in anything.
 */
enum emulated dataset_emulated(const struct dataset *data);

/** dataset_emulated_name() - the same as a field: "no", "yes", or "-", not known. */
const char *dataset_emulated_name(const struct dataset *data);

/** dataset_doubt() - the same for the end of a heading; empty for EMULATED_NO. */
const char *dataset_doubt(const struct dataset *data);

/**
 * dataset_unbound() - are its nodes a guest's, so that placements are no evidence?
 *
 * Memory and processors of a guest are wherever the host puts them, and the distance
 * between its nodes is invented. Not of the insn clock, which shows work; an emulated
 * wall clock has no evidence of any kind.
 */
bool dataset_unbound(const struct dataset *data);

#endif
