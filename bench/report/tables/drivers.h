/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What each driver's way of calling costs, and which piece would cost least. */
#ifndef HMMBENCH_DRIVERS_H
#define HMMBENCH_DRIVERS_H

#include "report/data/dataset.h"
#include "report/write/table.h"

/**
 * struct piece_choice - the cheapest piece for calls like some cell's
 * @best:	the cell step:K that costs least a page; NULL when there is none
 * @least, @most: K of the smallest and the largest piece that cost at most
 *		PIECE_NEAR of it more, without a gap
 */
struct piece_choice {
	const struct cell_data *best;
	uint64_t piece, least, most;
};
#define PIECE_NEAR	0.05

/**
 * drivers_piece() - of the cells step:K that differ from @like in strategy and
 *	profile alone, and follow no profile
 */
struct piece_choice drivers_piece(const struct dataset *data,
				  const struct cell_data *like);

/**
 * drivers_table() - a row for each profile, a column for each strategy: median per
 *	page in the run's unit, `-` where it was not measured; `boots` and `n`, the fewest
 *	that a cell of the row has
 *
 * Then `piece`, the one of step:K that costs least for a range of that length and
 * access, `near`, those within 5 % of it, and `cost`, its cost. A driver that cannot
 * let HMM take the mmap lock, so that `unlocked` was skipped, has none.
 * @tsv: with `unit` and `emulated` at the end
 * Return: 0, or -ENODATA when no cell has a profile.
 */
int drivers_table(const struct dataset *data, bool tsv, struct table *table);

/**
 * drivers_print() - that table, with what it was measured on
 * Return: as drivers_table()
 */
int drivers_print(FILE *out, const struct dataset *data, enum table_format format);

#endif
