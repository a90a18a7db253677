/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Is one cell faster than another? Over boots, against the machine's own noise. */
#ifndef HMMBENCH_VERDICT_H
#define HMMBENCH_VERDICT_H

#include "report/data/dataset.h"

#define VERDICT_LEVEL		0.05	/* of p after Holm: one table in twenty */
/*
 * Two builds or two boots differ by this much for reasons that nobody changed (where
 * code and data happen to lie), so no smaller difference is ever called one. It is also
 * half of the interval that the sampling plan aims at.
 */
#define VERDICT_RESOLUTION	0.005
#define EXACT_SLACK		1	/* %: two builds differ by less, in exact ratios */
/*
 * A margin keeps small differences from being called one; it must not hide large ones. The
 * noisier the machine, the wider it is, so beyond this, as much as check lets pass, nothing is
 * called equal by it.
 */
#define VERDICT_EQUAL_MAX	0.02

/* Why runs of which one is on metal, where a boot is a process, get no verdict. */
#define VERDICT_ONE_START \
	"boots share one kernel start; restart the machine between boots"

enum verdict {
	VERDICT_FASTER, VERDICT_SLOWER, VERDICT_EQUIVALENT, VERDICT_INCONCLUSIVE,
	VERDICT_EXACT,	/* deterministic clock: the ratio is exact, there is no p */
	VERDICT_OVERLAP, /* deterministic clock, but samples of one are among the other's */
	VERDICT_NONE,	/* a cell without samples that passed, or times that are no evidence:
			 * see contrast.why
			 */
};

/**
 * struct contrast - one cell against its baseline
 * @base, @other: the cells; of one run or of two. Of the two the one that does not
 *		exist is NULL, and the verdict VERDICT_NONE
 * @clock:	of @base_median and @other_median, which are per call
 * @boots:	boots that have both (one run), or the fewer of the two (two runs)
 * @boots_most:	of two runs the more of the two
 * @n_base, @n_other: timed samples
 * @base_median, @other_median: the median over boots of the median of each boot
 * @ratio:	other / base; below 1 is faster. Of one run: the median over boots of
 *		each boot's ratio of medians, in which what a boot does to both cancels;
 *		it need not be @other_median / @base_median to the last digit. Of two
 *		runs, and with one boot, it is
 * @lo, @hi:	of the ratio at level 0.95; NAN when there are too few boots
 * @p_sign, @p_rank: two-sided, exact; NAN likewise. Of one run over the log ratios of
 *		its boots: sign test and Wilcoxon's signed-rank test. Of two runs,
 *		whose boots are no pairs: @p_rank is Wilcoxon's rank-sum test over the
 *		medians of the boots, and @p_sign NAN
 * @p:		@p_rank after Holm over the table
 * @margin:	ratios within 1 / (1 + margin) .. 1 + margin are no difference on
 *		this machine; NAN when the run has no A/A pair to tell
 * @one_start:	of two runs, of which one has boots that are processes on one kernel: the
 *		run is then one start, and there is neither interval nor p nor margin
 * @why:	VERDICT_NONE, VERDICT_EXACT, VERDICT_OVERLAP and VERDICT_INCONCLUSIVE: the
 *		reason, or what is missing for more: "need >= 6 boots ..."
 */
struct contrast {
	const struct cell_data *base, *other;
	const struct clock *clock;
	size_t boots, boots_most, n_base, n_other;
	double base_median, other_median;
	double ratio, lo, hi;
	double p_sign, p_rank, p;
	double margin;
	bool one_start;
	enum verdict verdict;
	char why[160];
};

/**
 * struct contrasts - those of one table, which share Holm's correction
 * @margin, @margin_from: the largest A/A margin and, in words, where it is from
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

/** verdict_equal() - the share that a margin lets pass as equivalent; NAN without one. */
double verdict_equal(double margin);

/** contrast_costs_less(), contrast_costs_more() - by its verdict; exact ratios from 1 % on */
bool contrast_costs_less(const struct contrast *contrast);
bool contrast_costs_more(const struct contrast *contrast);

/**
 * verdict_judge() - fill p, verdict and why of each contrast of a table
 *
 * Wants everything else filled, in contrasts->c with their margins. The rule, on the
 * wall clock, with m the margin or VERDICT_RESOLUTION where no A/A pair tells:
 *   faster, slower	p after Holm < VERDICT_LEVEL and ratio beyond 1 / (1 + m) .. 1 + m
 *   equivalent		not so, there is a margin, and lo and hi are both within it and
 *			within VERDICT_EQUAL_MAX
 *   inconclusive	neither; and always with @one_start
 * Holm bounds the chance that any row of a table without differences is called one, and
 * the margin keeps out what is a difference of the machine and not of the code. So a
 * verdict says that there is a difference, and that it is larger than the margin as far
 * as the estimate goes; how much larger is for @lo and @hi to say.
 *
 * On the insn clock a contrast is VERDICT_OVERLAP when its medians differ and the ranges of
 * its timed samples, smallest to largest, overlap: in which state the page allocator is, or
 * when the timer ticks, moves samples of one strategy as far. Else it is VERDICT_EXACT.
 * Also fills geomean and matched.
 */
void verdict_judge(struct contrasts *contrasts);

#endif
