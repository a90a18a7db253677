/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is one cell faster than another? Over boots, against the machine's own noise. */
#ifndef HMMBENCH_VERDICT_H
#define HMMBENCH_VERDICT_H

#include "dataset.h"

enum verdict {
	VERDICT_FASTER, VERDICT_SLOWER, VERDICT_EQUIVALENT, VERDICT_INCONCLUSIVE,
	VERDICT_EXACT,	/* deterministic clock: the ratio is exact, there is no p */
	VERDICT_NONE,	/* a cell without samples that passed: see contrast.why */
};

/**
 * struct contrast - one cell against its baseline
 * @base, @other: the cells; of one run or of two
 * @unit:	of @base_median and @other_median, per call: "insn" or "ns"
 * @boots:	boots that have both (one run), or the fewer of the two (two runs)
 * @n_base, @n_other: timed samples
 * @base_median, @other_median: over boots, of the medians of each
 * @ratio:	other / base; below 1 is faster
 * @lo, @hi:	of the ratio at level 0.95; NAN when there are too few boots
 * @p_sign, @p_rank: two-sided, exact; NAN likewise
 * @p:		@p_rank after Holm over the table
 * @margin:	ratios within 1 / (1 + margin) .. 1 + margin are no difference on
 *		this machine; NAN when the run has no A/A pair to tell
 * @why:	VERDICT_NONE, or what is missing for more: "need >= 6 boots ..."
 */
struct contrast {
	const struct cell_data *base, *other;
	const char *unit;
	size_t boots, n_base, n_other;
	double base_median, other_median;
	double ratio, lo, hi;
	double p_sign, p_rank, p;
	double margin;
	enum verdict verdict;
	char why[160];
};

/**
 * struct contrasts - those of one table, which share Holm's correction
 * @margin, @margin_from: the A/A margin and, in words, where it is from
 * @geomean:	of the ratios of the @matched cells that have both sides; NAN if none
 */
struct contrasts {
	struct contrast *c;
	size_t count;
	double margin;
	char margin_from[160];
	double geomean;
	size_t matched;
};

/** verdict_name() - "faster", ...; verdict_mark() - one ASCII character. */
const char *verdict_name(enum verdict verdict);
char verdict_mark(enum verdict verdict);

/**
 * contrasts_of_strategies() - every cell of a run against the cell that differs from
 *	it in strategy alone and has the strategy @baseline
 * @takes:	leave out cells for which it is false; NULL takes all
 * Return: 0 or -ENOMEM. contrasts_free() what was made.
 */
int contrasts_of_strategies(const struct dataset *data, const char *baseline,
			    bool (*takes)(const struct cell_data *cell),
			    struct contrasts *out);

/** contrasts_of_runs() - each cell of @base against the one with its axes in @other. */
int contrasts_of_runs(const struct dataset *base, const struct dataset *other,
		      struct contrasts *out);
void contrasts_free(struct contrasts *contrasts);

#endif
