/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Is a sample what its cell asked for? */
#ifndef HMMBENCH_VERIFY_H
#define HMMBENCH_VERIFY_H

#include <stddef.h>

#include "record/record.h"
#include "bench.h"

/**
 * verify_sample() - hold the module's account, the contents and the place against
 *	what the cell must give
 * @out: filled but for check, which says "ok" or what was wrong
 */
void verify_sample(struct bench *bench, const struct range *range,
		   const struct recipe *recipe, const struct hmm_bench_call *call,
		   struct sample *out);

/**
 * verify_place() - every page on its node, every thread on its core; exported for tests
 * @check: a sentence when not; else left as it is
 */
void verify_place(const struct bench *bench, const struct range *range,
		  const struct hmm_bench_call *call, char *check, size_t size);

#endif
