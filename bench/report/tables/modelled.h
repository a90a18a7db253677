/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was modelled of a cell; and held against a real machine, loads that both count. */
#ifndef HMMBENCH_MODELLED_H
#define HMMBENCH_MODELLED_H

#include <stdio.h>

#include "report/data/dataset.h"

/**
 * modelled_per_page() - an event, or two together, of caller and responder
 * @events:	by the names of results/README.md; the second may be NULL
 * Return: NAN when it was not modelled.
 */
double modelled_per_page(const struct cell_data *cell, const char *const events[2]);

/**
 * struct modelled - two runs
 * @model:	the one that was modelled; @name, @length: the machine that was
 * @machine:	the other; @counted: it has an event of that kind
 */
struct modelled {
	const struct dataset *model, *machine;
	const char *name;
	int length;
	bool counted;
};

/** modelled_find() - which of two runs is which. Return: false when none was modelled. */
bool modelled_find(const struct dataset *runs, struct modelled *out);

/**
 * modelled_print() - for people, as text or Markdown; 0 or -EIO
 *
 * A row for each cell that was modelled. Per page, of caller and responder.
 */
int modelled_print(FILE *out, const struct modelled *m, bool markdown);

/** modelled_write_tsv() - a line for each cell and event; 0 or -EIO. */
int modelled_write_tsv(FILE *out, const struct modelled *m);

#endif
