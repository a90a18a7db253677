// SPDX-License-Identifier: GPL-2.0-or-later
/* What a dropped lock costs under each strategy: walks, faults, PTEs looked at. */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "vm_tests.h"

/*
 * PTE visits, for N missing pages and tables that exist. Page tables hold 512
 * entries; P = ceil(N / 512) is how many the range takes.
 *
 * From the start each time: the k-th of N faulting passes sees the k - 1 pages
 * that are there and the one that is not, and a last pass sees all N:
 * N (N + 1) / 2 + N. In K-page pieces: the sum of that over the pieces.
 * Going on at the fault: 1 for the first pass, then each sees the page that has
 * come and the next one, and the last sees the last page: 2 N. A page whose
 * successor is in another table is seen the same way.
 * TRIED: one pass faults the rest of a table in without looking, the next sees
 * what was faulted: N, and one more for the first page of each table.
 */
static uint64_t visits_restart(uint64_t n)
{
	return n * (n + 3) / 2;
}

static uint64_t visits_step(uint64_t n, uint64_t k)
{
	return n / k * visits_restart(k) + visits_restart(n % k);
}

static uint64_t tables_of(uint64_t n)
{
	return (n + 511) / 512;
}

/**
 * struct model - what a strategy does about a drop
 * @chunk:	of step:K, else 0
 * @refaults:	with nothing done, the same fault comes again with no walk before it
 * @next:	with the fault done, the next one comes with no walk before it
 * @own_seq:	reads the seq once, whatever happens
 */
static const struct model {
	const char *strategy;
	uint64_t chunk;
	bool refaults, next, own_seq;
} models[] = {
	{ .strategy = "plain" },
	{ .strategy = "rfc", .own_seq = true },
	{ .strategy = "optin", .own_seq = true },
	{ .strategy = "unlockable" },
	{ .strategy = "tried", .refaults = true, .next = true, .own_seq = true },
	{ .strategy = "ebusy" },
	{ .strategy = "unlocked" },
	{ .strategy = "unlocked-1s" },
	{ .strategy = "step:4", .chunk = 4 },
	{ .strategy = "step:64", .chunk = 64 },
	{ .strategy = "resume", .own_seq = true },
	{ .strategy = "advance", .next = true, .own_seq = true },
	{ .strategy = "tried-first" },
	{ .strategy = "stale", .own_seq = true },
};
#define MODELS	(sizeof(models) / sizeof(*models))

static uint64_t pieces_of(const struct model *m, uint64_t n)
{
	return m->chunk ? (n + m->chunk - 1) / m->chunk : 1;
}

static uint64_t model_visits(const struct model *m, uint64_t n)
{
	if (m->refaults)
		return n + tables_of(n);
	if (!strategy_find(m->strategy)->restarts)
		return 2 * n;
	return m->chunk ? visits_step(n, m->chunk) : visits_restart(n);
}

/*
 * A table that does not exist is a hole: the pass that finds it visits no PTE.
 * Every strategy meets each table once that way, and saves one visit.
 */
static void check_model(const struct model *m, uint64_t n, uint64_t tables)
{
	struct axes axes = axes_of(m->strategy, n);
	struct sample s;

	axes.tables = tables;
	take(&axes, MODE_COUNT, &s);
	assert_int_equal(s.messages, n);
	assert_int_equal(s.counts.lock_drops, n);
	assert_int_equal(s.counts.faults, m->refaults ? 2 * n : n);
	assert_int_equal(s.counts.seq_reads, m->own_seq ? 1 : n + pieces_of(m, n));
	assert_int_equal(s.counts.pte_visits, model_visits(m, n) -
			 (tables == TABLES_COLD ? tables_of(n) : 0));
	/* A hole is faulted in whole, however many tables it lacks. */
	if (m->refaults)
		assert_int_equal(s.counts.passes, 1 +
				 (tables == TABLES_COLD ? 1 : tables_of(n)));
	else
		assert_int_equal(s.counts.passes, n + pieces_of(m, n));
}

static bool has_model(const struct strategy *strategy)
{
	for (size_t i = 0; i < MODELS; i++)
		if (strategy_find(models[i].strategy) == strategy)
			return true;
	return false;
}

void test_cost_model(void **state)
{
	static const uint64_t sizes[] = { 1, 4, 16, 64, 256, 1024 };

	(void)state;
	for (size_t i = 0; i < strategies_count; i++)
		if (strategies[i].returns && strategies[i].role != STRATEGY_REFERENCE &&
		    !has_model(&strategies[i]))
			fail_msg("no model of %s", strategies[i].name);
	for (size_t i = 0; i < MODELS; i++) {
		/* test_plain: it cannot drop the lock for userfaultfd */
		for (size_t k = 0; k < sizeof(sizes) / sizeof(*sizes) &&
		     !strategy_find(models[i].strategy)->refused; k++) {
			check_model(&models[i], sizes[k], TABLES_WARM);
			check_model(&models[i], sizes[k], TABLES_COLD);
		}
	}
}

/*
 * What N drops cost that are done, in a range without page tables. Going on from the start
 * sees the k - 1 pages that are there, for each k, and all N at the end; going on at the
 * fault sees each page twice; the next fault without a walk sees them once, at the end.
 * Without a drop likewise. The table does not exist for the first walk.
 */
static void check_completed(const struct model *m, uint64_t n)
{
	const struct strategy *strategy = strategy_find(m->strategy);
	bool drops = !strategy->waits && !strategy->refused;
	bool restarts = drops && strategy->restarts, walks = drops && !m->next;
	struct axes axes = axes_of(m->strategy, n);
	struct sample s;

	axes.backing = BACKING_SHMEM;
	axes.uffd = UFFD_NONE;
	take(&axes, MODE_COUNT, &s);
	assert_int_equal(s.counts.drops_retry, 0);
	assert_int_equal(s.counts.drops_completed, drops ? n : 0);
	assert_int_equal(s.counts.faults, n);
	assert_int_equal(s.counts.seq_reads, restarts && !m->own_seq ? 1 + n : 1);
	assert_int_equal(s.counts.passes, walks ? n + 1 : 2);
	assert_int_equal(s.counts.pte_visits, restarts ? visits_restart(n) - 1 :
			 walks ? 2 * n - 1 : n);
}

void test_completed_model(void **state)
{
	static const uint64_t sizes[] = { 1, 16, 64, 256, 512 };

	(void)state;
	for (size_t i = 0; i < MODELS; i++)
		for (size_t k = 0; k < sizeof(sizes) / sizeof(*sizes) && !models[i].chunk; k++)
			check_completed(&models[i], sizes[k]);
}
