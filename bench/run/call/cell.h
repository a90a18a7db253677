/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One sample of a cell: prepare the range, make the call, check the result. */
#ifndef HMMBENCH_CELL_H
#define HMMBENCH_CELL_H

#include "record/record.h"
#include "run/seen/observe.h"
#include "bench.h"

/* Whether counting samples also take the phase times; on unless a test asks. */
extern int cell_count_phases;

/**
 * cell_sample() - take one sample
 * @seed: fills the pages
 * @seen: what is observed beside it is added there; may be NULL
 * @out: all but cell, boot, seq and round is set; out->check says "ok" or what
 *	was wrong with what the call left behind
 * Return: 0, or -errno when the sample could not be taken, with a sentence in
 *	@why.
 */
int cell_sample(struct bench *bench, const struct recipe *recipe,
		enum sample_mode mode, uint64_t seed, struct observation *seen,
		struct sample *out, struct reason *why);

#endif
