/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a sample will cost, roughly: to plan with, never shown as a result. */
#ifndef HMMBENCH_COST_H
#define HMMBENCH_COST_H

#include <stdint.h>

#include "model/axes.h"

/**
 * cost_insn() - instructions that one sample of a cell takes
 *
 * From the cost model of README.md: preparation and checks, faults, and page
 * table visits.
 */
uint64_t cost_insn(const struct axes *axes);

/** cost_ns() - nanoseconds that emulating it takes one processor of the host */
uint64_t cost_ns(const struct axes *axes);

#endif
