/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run that is given as evidence: what may be shown of it, and in which words. */
#ifndef HMMBENCH_EVIDENCE_CLAIM_H
#define HMMBENCH_EVIDENCE_CLAIM_H

#include <stdio.h>

#include "report/data/dataset.h"
#include "report/data/selection.h"

/**
 * struct evidence - a run that is given as evidence
 * @tables:	for which the run has cells
 * @refused:	of these, those in whose place it says why there is none
 */
struct evidence {
	FILE *out;
	const struct dataset *data;
	int tables, refused;
};

/** evidence_refuse() - say in place of a table why there is none. */
void evidence_refuse(struct evidence *e, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/** evidence_times_refused() - may times of @data, this run or a base, not be shown? Says so. */
int evidence_times_refused(struct evidence *e, const struct dataset *data);

/**
 * evidence_refused_for() - is one of the cells of @data invalid, or did it fail?
 *	Says so, and names the first.
 */
int evidence_refused_for(struct evidence *e, const struct dataset *data,
			 const struct selection *cells);

/** evidence_main() - is a cell at the default of every axis but strategy and pages? */
bool evidence_main(const struct cell_data *cell);
extern const struct selection evidence_main_cells;

/**
 * evidence_per_page() - median over boots of the medians of each, per page
 * @width:	the wider half of its interval at level 0.95 over boots, as a share; NAN
 *		when there is none
 * @boots:	over how many
 */
double evidence_per_page(const struct dataset *data, const struct cell_data *cell,
			 double *width, size_t *boots);

#endif
