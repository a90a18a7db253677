/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The record schema of a run folder: what is written, what is read.
 * results/README.md says the same to people.
 */
#ifndef HMMBENCH_RECORD_H
#define HMMBENCH_RECORD_H

#include <stdio.h>

#include "base/reason.h"
#include "model/axes.h"
#include "sample.h"

#define SCHEMA_RUN	"hmmbench.run/1"
#define SCHEMA_CELL	"hmmbench.cell/1"
#define SCHEMA_BOOT	"hmmbench.boot/1"

#define RECORD_START_MAX 40	/* a boot_id, with its NUL */
#define RECORD_LINE_MAX	16384	/* longest line of a record file, with its NUL */
#define BOOTS_MIN	6	/* fewer give no interval, and no p, at level 0.95 */

enum cell_status {
	CELL_OK,
	CELL_INVALID,		/* a sample failed its check */
	CELL_UNSUPPORTED,	/* the kernel refuses the combination, with an errno */
	CELL_SKIPPED,		/* this machine lacks what the cell needs */
	CELL_FAILED,		/* the guest died, hung or complained in it */
};

/**
 * struct cell_record - closes a cell in a boot; its samples count only with it
 * @reason:	empty when @status is CELL_OK
 * @err:	CELL_UNSUPPORTED: the errno of the call, else 0
 */
struct cell_record {
	uint32_t cell, boot;
	struct axes axes;
	enum cell_status status;
	int err;
	char reason[RECORD_TEXT_MAX];
};

/**
 * struct boot_record - ends a boot that took samples
 * @boot:	its number; the others of the boot have it too
 * @first:	ns on the machine's clock from the start of the boot, which is that of
 *		the kernel in a VM and that of the process on metal, to the first sample
 * @end:	likewise to the end of the last one
 * @timed:	ns of these that timed samples took, with what prepares and checks them
 * @start:	the boot_id of the kernel, which other processes on it share; "" when it is
 *		not known, as on the insn clock, where two boots are the same bytes
 */
struct boot_record {
	uint32_t boot;
	uint64_t first, end, timed;
	char start[RECORD_START_MAX];
};

const char *cell_status_name(enum cell_status status);

/**
 * record_write_sample() - append one line to @out and flush it
 * Return: 0 or -errno; -EOVERFLOW if the line would exceed RECORD_LINE_MAX.
 */
int record_write_sample(FILE *out, const struct sample *sample);
int record_write_cell(FILE *out, const struct cell_record *cell);
int record_write_boot(FILE *out, const struct boot_record *boot);

/** record_sync() - what was written to @out outlives a loss of power. Return: 0 or -errno. */
int record_sync(FILE *out);

/**
 * record_write_line() - append one object as a line to @out and flush it
 * @o: is given up
 * Return: 0 or -errno; -EOVERFLOW if the line would exceed RECORD_LINE_MAX.
 */
struct json_t;
int record_write_line(FILE *out, struct json_t *o);

/** record_known() - a number, or null for NOT_KNOWN. */
struct json_t *record_known(uint64_t value);

/** record_axes() - the axes as a record has them. */
struct json_t *record_axes(const struct axes *axes);

enum record_kind { RECORD_SAMPLE, RECORD_CELL, RECORD_BOOT };

/**
 * record_read() - parse one line of samples.jsonl
 * @why: filled with field and reason on error
 *
 * Of RECORD_BOOT it finds the kind alone: record_read_boot() reads the line.
 *
 * Return: an enum record_kind, or -EINVAL with a sentence in @why.
 */
int record_read(const char *line, struct sample *sample,
		struct cell_record *cell, struct reason *why);

/** record_read_any() - record_read() without the fast way; exported for tests. */
int record_read_any(const char *line, struct sample *sample,
		    struct cell_record *cell, struct reason *why);

/**
 * record_read_boot() - parse a line that record_read() found to be RECORD_BOOT
 * Return: 0, or -EINVAL with a sentence in @why.
 */
int record_read_boot(const char *line, struct boot_record *boot, struct reason *why);

#endif
