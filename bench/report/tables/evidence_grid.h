/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of evidence.txt: cells in rows, strategies in columns, of this run or of two. */
#ifndef HMMBENCH_EVIDENCE_GRID_H
#define HMMBENCH_EVIDENCE_GRID_H

#include "evidence_claim.h"

#define EVIDENCE_STRATEGIES	12	/* of a table, with the NULL that ends them */

/**
 * struct evidence_kind - a kind of table; a new one is a new entry
 * @title:	of the table
 * @intro:	a sentence below it
 * @key:	how the keys of its cells look, for --trace
 * @baseline:	strategy that the others are compared with
 * @columns:	the other strategies, ended by NULL; as many side by side as fit, and
 *		the rest in further blocks, each with the baseline first
 * @kernels:	the baseline is of the other run, and a column of its own; the columns are all
 *		of this run, and may have the baseline's strategy
 * @takes:	is a cell for it?
 * @label:	of the row that a cell is in
 * @unfit:	why no such cell may be shown, or NULL; may be NULL itself
 */
struct evidence_kind {
	const char *title, *intro, *key, *baseline;
	const char *columns[EVIDENCE_STRATEGIES];
	bool kernels;
	bool (*takes)(const struct cell_data *cell);
	void (*label)(const struct axes *axes, char *buf, size_t size);
	const char *(*unfit)(const struct dataset *data);
};

/**
 * evidence_table() - a table of the run, each cell against the baseline in its row
 * @against: another run: each cell against its own there, or with @kind->kernels against the
 *	baseline of its row there; NULL for none
 *
 * Prints nothing when the run has no cell for it.
 */
void evidence_table(struct evidence *e, const struct evidence_kind *kind,
		    const struct dataset *against);

#endif
