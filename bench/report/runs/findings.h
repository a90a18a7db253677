/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What validate finds, and what it has to remember of a run to find it. */
#ifndef HMMBENCH_FINDINGS_H
#define HMMBENCH_FINDINGS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "record/observed.h"
#include "record/record.h"
#include "record/run_info.h"

#define MODES	(MODE_WATCH + 1)
#define FINDINGS_MAX	100	/* as many are printed; more would tell nobody more */

/**
 * struct visit - a cell in a boot
 * @closed:	line that closed it; 0 when none did
 * @axes:	as that line says
 * @samples:	how many of each mode
 * @seq:	of the last one
 * @round:	of the last one of each mode
 * @failed:	line of the first sample that failed its check; 0 when none did
 * @refused:	line of the first sample whose call failed; 0 likewise
 * @pages:	the most pages that a sample says are valid or writable, in line @at
 */
struct visit {
	uint32_t cell, boot, seq, round[MODES];
	unsigned long closed, failed, refused, at;
	enum cell_status status;
	struct axes axes;
	size_t samples[MODES];
	uint64_t pages;
};

/* A boot, the order of its last sample, and the line that ended it; 0 when none did. */
struct visit_boot {
	uint32_t boot, seq;
	unsigned long ended;
};

/**
 * struct findings - a run that is being validated
 * @found:	findings so far
 * @machine:	that was modelled; @machines: there was another, which was said
 */
struct findings {
	FILE *out;
	const char *folder;
	struct run_info info;
	struct visit *visits;
	struct visit_boot *boots;
	size_t n_visits, n_boots, found;
	char machine[OBSERVED_NAME_MAX];
	bool machines;
};

/**
 * findings_add() - print a finding of FOLDER/@file
 * @line: 0 when it is of no one line
 */
void findings_add(struct findings *f, const char *file, unsigned long line,
		  const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/** findings_field_line() - the line of FOLDER/run.json with that field, or 0. */
unsigned long findings_field_line(const struct findings *f, const char *field);

/** findings_visit() - the visit of @cell in @boot, or NULL when there was none. */
struct visit *findings_visit(const struct findings *f, uint32_t cell, uint32_t boot);

/** findings_whole() - check the run as a whole, once every line was seen */
void findings_whole(struct findings *f);

#endif
