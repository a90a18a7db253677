/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What an emulator is told of a run, by marks that do nothing (hmm_bench_marks.h): on any
 * machine a few instructions, none of them in what is timed in the kernel.
 */
#ifndef HMMBENCH_MARKS_H
#define HMMBENCH_MARKS_H

#include <stdint.h>

#include "record/observed.h"

#include "../../../kernel-helpers/hmm_bench/hmm_bench_marks.h"

/** marks_role() - who runs on this processor from here on; ROLE_COUNT: none of them. */
void marks_role(enum role role);

/** marks_warm() - caches are filled from here on, for a timed call of this cell. */
void marks_warm(uint32_t cell, uint32_t boot);

/** marks_cold() - until here. */
void marks_cold(void);

/** marks_begin() - a timed call in user space, up to marks_cold(); the module has its own. */
void marks_begin(void);

/** marks_close() - of the cell that was last measured all is told; of none, where there was none. */
void marks_close(uint32_t cell, uint32_t boot);

#endif
