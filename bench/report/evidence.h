/* SPDX-License-Identifier: GPL-3.0-or-later */
/* evidence.txt: what an author pastes into a cover letter. */
#ifndef HMMBENCH_EVIDENCE_H
#define HMMBENCH_EVIDENCE_H

#include <stdio.h>

#include "../common/reason.h"
#include "dataset.h"
#include "index.h"

/**
 * struct evidence - a run that is given as evidence
 * @tables:	for which the run has cells
 * @refused:	of these, those in whose place it says why there is none
 */
struct evidence {
	FILE *out;
	const struct dataset *data;
	struct index index;
	int tables, refused;
};

/**
 * evidence_write() - all of evidence.txt
 * @bases: runs that it is compared with, of the same clock: @count of them
 * @refused: gets how many tables were refused
 * Return: 0 or -ENOMEM.
 */
int evidence_write(FILE *out, const struct dataset *data, const struct dataset *bases,
		   size_t count, int *refused);

/**
 * evidence_trace() - the raw lines of each cell whose key matches @pattern, as of
 *	fnmatch(3), and what the figures make of them
 * Return: 0, -ENOENT when there is no such cell, or -errno with a line in @why.
 */
int evidence_trace(FILE *out, const struct dataset *data, const char *pattern, struct reason *why);

/* The parts, in their order; each prints itself, or nothing when there is nothing. */
void evidence_head(struct evidence *e);
int evidence_tables(struct evidence *e);
int evidence_against(struct evidence *e, const struct dataset *base);
void evidence_mechanism(struct evidence *e);
void evidence_bystanders(struct evidence *e);
void evidence_plot(struct evidence *e);
void evidence_reproduce(struct evidence *e);
void evidence_gaps(struct evidence *e);

/** evidence_refuse() - say in place of a table why there is none. */
void evidence_refuse(struct evidence *e, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/** evidence_times_refused() - may times of @data, this run or a base, not be shown? Says so. */
int evidence_times_refused(struct evidence *e, const struct dataset *data);

/**
 * evidence_refused_for() - is a cell of @data that @takes takes invalid, or did it fail?
 *	Says so, and names the first.
 */
int evidence_refused_for(struct evidence *e, const struct dataset *data,
			 bool (*takes)(const struct cell_data *cell));

/** evidence_base() - of what the cells of @base are that @takes takes, below its heading. */
void evidence_base(struct evidence *e, const struct dataset *base,
		   bool (*takes)(const struct cell_data *cell));

/** evidence_main() - is a cell at the default of every axis but strategy and pages? */
bool evidence_main(const struct cell_data *cell);

/**
 * evidence_per_page() - median over boots of the medians of each, per page
 * @width:	the wider half of its interval at level 0.95 over boots, as a share; NAN
 *		when there is none
 * @boots:	over how many
 * Return: NAN when out of memory.
 */
double evidence_per_page(const struct dataset *data, const struct cell_data *cell,
			 double *width, size_t *boots);

#endif
