/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One sample of a cell: prepare the range, make the call, check the result. */
#ifndef HMMBENCH_CELL_H
#define HMMBENCH_CELL_H

#include "../common/reason.h"
#include "../common/record.h"
#include "bench.h"
#include "observe.h"
#include "strategy.h"

/**
 * cell_supported() - does this kernel have what the cell calls?
 *
 * Opens who calls it, when that was not done yet.
 * @why: the reason when not
 * Return: 1 when it can.
 */
int cell_supported(struct bench *bench, const struct axes *axes,
		   struct reason *why);

/* Whether counting samples also take the phase times; on unless a test asks. */
extern int cell_count_phases;

/** cell_countable() - can its calls be counted? */
int cell_countable(const struct bench *bench, const struct axes *axes);

/** cell_fills() - is the range all there after the call? A snapshot asks for nothing. */
bool cell_fills(const struct axes *axes);

/**
 * cell_refused() - the errno with which the kernel must refuse this cell, or 0
 *
 * A sample with just this errno is right, and its cell `unsupported`.
 */
int cell_refused(const struct axes *axes);

/**
 * cell_check_axes() - whether a cell makes sense, as far as its axes tell
 *
 * An axes_check_fn: asks all who know an axis.
 */
int cell_check_axes(const struct axes *axes, const struct axis **culprit,
		    struct reason *why);

/**
 * cell_sample() - take one sample
 * @seed: fills the pages
 * @seen: what is observed beside it is added there; may be NULL
 * @out: all but cell, boot, seq and round is set; out->check says "ok" or what
 *	was wrong with what the call left behind
 * Return: 0, or -errno when the sample could not be taken, with a sentence in
 *	@why.
 */
int cell_sample(struct bench *bench, const struct axes *axes,
		enum sample_mode mode, uint64_t seed, struct observation *seen,
		struct sample *out, struct reason *why);

#endif
