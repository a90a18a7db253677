// SPDX-License-Identifier: GPL-2.0-or-later
#include "marks.h"

#define VALUES	4096

/* The byte that is touched is the value. */
static const char values[VALUES] __attribute__((aligned(VALUES)));

void marks_role(enum role role)
{
	hmm_bench_mark_at(HMM_BENCH_MARK_ROLE, values + (role == ROLE_COUNT ? 0 : role + 1));
}

static void name(uint32_t cell, uint32_t boot)
{
	hmm_bench_mark_at(HMM_BENCH_MARK_CELL_LOW, values + cell % VALUES);
	hmm_bench_mark_at(HMM_BENCH_MARK_CELL_HIGH, values + cell / VALUES % VALUES);
	hmm_bench_mark_at(HMM_BENCH_MARK_BOOT, values + boot % VALUES);
}

void marks_warm(uint32_t cell, uint32_t boot)
{
	name(cell, boot);
	marks_role(ROLE_CALLER);
	hmm_bench_mark(HMM_BENCH_MARK_WARM);
}

void marks_cold(void)
{
	hmm_bench_mark(HMM_BENCH_MARK_COLD);
	marks_role(ROLE_COUNT);
}

void marks_begin(void)
{
	hmm_bench_mark(HMM_BENCH_MARK_BEGIN);
}

void marks_close(uint32_t cell, uint32_t boot)
{
	name(cell, boot);
	hmm_bench_mark(HMM_BENCH_MARK_CLOSE);
}
