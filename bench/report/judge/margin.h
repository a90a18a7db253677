/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a machine calls different when nothing is: strategies written twice. */
#ifndef HMMBENCH_MARGIN_H
#define HMMBENCH_MARGIN_H

#include "report/data/dataset.h"

/**
 * struct aa_pair - a strategy under two labels, "unlocked" and "unlocked@b"
 * @base, @other: the cells, alike in every axis but the label
 * @bound:	the end of the interval of their ratio that is further from 1, as a
 *		share: 0.013 when the ratio is within 1 / 1.013 .. 1.013
 */
struct aa_pair {
	const struct cell_data *base, *other;
	double bound;
};

/**
 * struct margins - the A/A pairs of the runs of a table
 * @labelled:	cells with a label that have a counterpart, counted or not
 */
struct margins {
	struct aa_pair *pairs;
	size_t count, labelled;
};

/**
 * margins_add() - the A/A pairs of a run: each cell whose strategy has a label against
 *	the one of the same strategy that comes first in the matrix
 * @apart: for cells of two runs: boots do not cancel, so they must not here
 *
 * Only pairs with an interval count: BOOTS_MIN boots on the wall clock.
 * margins_free() what was made.
 */
void margins_add(struct margins *margins, const struct dataset *data, bool apart);
void margins_free(struct margins *margins);

/**
 * margin_of() - the margin for one cell against another
 *
 * The largest bound among the A/A pairs that have the axes of @other but for the
 * strategy: noise depends on the length of a call and on what else is going on. Where
 * there are none, the largest of all. Never below VERDICT_RESOLUTION. @base and @other
 * being an A/A pair themselves do not count: they would be within any margin of their own
 * making.
 * Return: the margin as a share, NAN without an A/A pair.
 */
double margin_of(const struct margins *margins, const struct cell_data *base,
		 const struct cell_data *other);

/**
 * margin_largest() - the largest margin; NAN when there is none
 * @from: where it is from, or what to do to have one, in words
 */
double margin_largest(const struct margins *margins, char *from, size_t size);

/** strategy_same() - are the strategies the same but for their labels? */
bool strategy_same(const struct axes *a, const struct axes *b);

#endif
