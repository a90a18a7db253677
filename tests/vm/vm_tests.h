/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef HMMBENCH_VM_TESTS_H
#define HMMBENCH_VM_TESTS_H

#include "run/call/cell.h"
#include "run/memory/prepare.h"

extern struct bench bench;
extern int no_costs;	/* a debug kernel costs what it costs */

/* Of a group of tests; /scratch is the disk for files. */
int open_bench(void **state);
int close_bench(void **state);

/* The fallback of each axis, and these two. */
struct axes axes_of(const char *strategy, uint64_t pages);

/* Of a cell that makes sense. */
struct recipe recipe_of(const struct axes *axes);

/* Can this guest measure it? */
bool supported(const struct axes *axes, struct reason *why);

/* A sample, whatever its check says; fails when it cannot be taken. */
void take_any(const struct axes *axes, enum sample_mode mode, struct observation *seen,
	      struct sample *s);

/* A sample that is right. */
void take(const struct axes *axes, enum sample_mode mode, struct sample *s);

void test_backings(void **state);
void test_drops(void **state);
void test_silent(void **state);
void test_folios(void **state);
void test_cost_model(void **state);
void test_completed_model(void **state);
void test_tried_first(void **state);
void test_clean(void **state);
void test_placements(void **state);
void test_misplaced(void **state);
void test_restarts(void **state);
void test_counters_agree(void **state);
void test_responder_is_cheap(void **state);
void test_profiles(void **state);
void test_patience(void **state);
void test_bystanders(void **state);
void test_only_the_call_counts(void **state);
void test_everything(void **state);

#endif
