// SPDX-License-Identifier: GPL-2.0-or-later
#include "plan.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/prng.h"
#include "cost.h"

/* Cells that differ in strategy alone, within a sorted array of them. */
struct block {
	size_t start, count;
};

static int compare_blocks(const struct axes *a, const struct axes *b)
{
	static const char *const but[] = { "strategy", NULL };

	return axes_compare(a, b, but);
}

static int compare_cells(const void *a, const void *b)
{
	const struct axes *x = *(const struct axes *const *)a;
	const struct axes *y = *(const struct axes *const *)b;
	int order = compare_blocks(x, y);

	return order ? order : (x > y) - (x < y);
}

/* Sort the cells block by block; returns the number of blocks. */
static uint32_t find_blocks(const struct matrix *matrix, const struct axes **cells,
			    struct block *blocks)
{
	uint32_t found = 0;

	for (size_t i = 0; i < matrix->count; i++)
		cells[i] = &matrix->cells[i];
	qsort(cells, matrix->count, sizeof(*cells), compare_cells);
	for (size_t i = 0; i < matrix->count; i++) {
		if (!i || compare_blocks(cells[i - 1], cells[i]))
			blocks[found++].start = i;
		blocks[found - 1].count++;
	}
	return found;
}

static void shuffle(struct prng *prng, void *items, size_t count, size_t size)
{
	char swap[sizeof(struct block)], *item = items;

	for (size_t i = count; i > 1; i--) {
		size_t j = prng_below(prng, i);

		memcpy(swap, item + (i - 1) * size, size);
		memcpy(item + (i - 1) * size, item + j * size, size);
		memcpy(item + j * size, swap, size);
	}
}

/*
 * Which of @n shuffled cells runs at @place of the @row-th round: Williams'
 * Latin square (1949), whose first row is 0, 1, n-1, 2, n-2, ... and whose
 * others add 1 each. Beyond putting each cell in each place once in n rounds,
 * for even n it has each cell follow each other equally often; for odd n that
 * takes every other square backwards. For n = 2 it is AB BA AB BA.
 */
static size_t latin_square(size_t n, size_t row, size_t place)
{
	bool backwards = n % 2 && row / n % 2;
	size_t at = backwards ? n - 1 - place : place;
	size_t first = at % 2 ? (at + 1) / 2 : (n - at / 2) % n;

	return (first + row) % n;
}

static void add_samples(struct plan *plan, struct plan_step step, uint32_t samples)
{
	for (step.sample = 0; step.sample < samples; step.sample++)
		plan->steps[plan->count++] = step;
}

/* Rows count from 0 in each mode, so that the timed rounds are balanced alone. */
static void add_rounds(struct plan *plan, const struct matrix *matrix, const struct axes **cells,
		       size_t count, enum sample_mode mode, uint32_t first, uint32_t rounds)
{
	uint32_t samples = mode == MODE_TIME ? matrix->sampling.samples : 1;

	for (uint32_t row = 0; row < rounds; row++) {
		for (size_t place = 0; place < count; place++) {
			const struct axes *cell = cells[latin_square(count, row, place)];

			add_samples(plan, (struct plan_step){
				.cell = cell - matrix->cells,
				.block = plan->blocks,
				.round = first + row,
				.mode = mode,
			}, samples);
		}
	}
}

/*
 * As many as the costliest cell may have; the others keep step with it. Where it may
 * not even have one, it has one and nothing else.
 */
static struct sampling block_sampling(const struct sampling *all, const struct axes **cells,
				      size_t count)
{
	struct sampling s = *all;
	uint64_t most = 1, fit;

	for (size_t i = 0; i < count; i++) {
		uint64_t cost = cost_insn(cells[i]);

		if (cost > most)
			most = cost;
	}
	fit = s.budget * 1000000ULL / most / s.samples;
	if (!s.budget || fit >= s.rounds)
		return s;
	s.rounds = fit;
	if (!fit) {
		s.rounds = 1;
		s.warmup = 0;
		s.counting = 0;
		s.watching = 0;
	}
	return s;
}

/* Rounds are numbered on through the modes: cell, round and sample name a step. */
static void add_block(struct plan *plan, const struct matrix *matrix, const struct axes **cells,
		      size_t count)
{
	struct sampling s = block_sampling(&matrix->sampling, cells, count);
	uint32_t timed = s.warmup + s.rounds;

	add_rounds(plan, matrix, cells, count, MODE_WARMUP, 0, s.warmup);
	add_rounds(plan, matrix, cells, count, MODE_TIME, s.warmup, s.rounds);
	add_rounds(plan, matrix, cells, count, MODE_COUNT, timed, s.counting);
	add_rounds(plan, matrix, cells, count, MODE_WATCH, timed + s.counting, s.watching);
	if (plan->count)
		plan->steps[plan->count - 1].last = 1;
	plan->blocks++;
}

static void order_steps(const struct matrix *matrix, uint32_t order, struct plan *plan,
			const struct axes **cells, struct block *blocks)
{
	uint32_t count = find_blocks(matrix, cells, blocks);
	uint64_t state = order;
	struct prng prng;

	/* Order 0 is the seed's own, as it was when there was no other. */
	prng_seed(&prng, order ? matrix->seed ^ prng_mix(&state) : matrix->seed);
	shuffle(&prng, blocks, count, sizeof(*blocks));
	for (uint32_t i = 0; i < count; i++) {
		shuffle(&prng, cells + blocks[i].start, blocks[i].count, sizeof(*cells));
		add_block(plan, matrix, cells + blocks[i].start, blocks[i].count);
	}
}

int plan_make(const struct matrix *matrix, uint32_t order, struct plan *plan)
{
	const struct sampling *s = &matrix->sampling;
	size_t samples = (size_t)s->rounds * s->samples + s->warmup + s->counting + s->watching;
	const struct axes **cells = calloc(matrix->count, sizeof(*cells));
	struct block *blocks = calloc(matrix->count, sizeof(*blocks));

	*plan = (struct plan){ .steps = calloc(matrix->count * samples, sizeof(*plan->steps)) };
	if (cells && blocks && plan->steps)
		order_steps(matrix, order, plan, cells, blocks);
	else
		plan_free(plan);
	free(blocks);
	free(cells);
	return plan->steps ? 0 : -ENOMEM;
}

void plan_free(struct plan *plan)
{
	free(plan->steps);
	*plan = (struct plan){ .count = 0 };
}

/* A block and what it costs, to share blocks out. */
struct share {
	uint32_t block;
	uint32_t shard;
	uint64_t cost;
};

static int by_falling_cost(const void *a, const void *b)
{
	const struct share *x = a, *y = b;

	if (x->cost != y->cost)
		return x->cost < y->cost ? 1 : -1;
	return x->block < y->block ? -1 : x->block > y->block;
}

static int by_block(const void *a, const void *b)
{
	const struct share *x = a, *y = b;

	return x->block < y->block ? -1 : x->block > y->block;
}

/* The costliest first, each to the shard with the least to do so far. */
static int share_out(struct share *shares, uint32_t blocks, uint32_t count)
{
	uint64_t *load = calloc(count, sizeof(*load));

	if (!load)
		return -ENOMEM;
	qsort(shares, blocks, sizeof(*shares), by_falling_cost);
	for (uint32_t b = 0; b < blocks; b++) {
		for (uint32_t i = 1; i < count; i++)
			if (load[i] < load[shares[b].shard])
				shares[b].shard = i;
		load[shares[b].shard] += shares[b].cost;
	}
	qsort(shares, blocks, sizeof(*shares), by_block);
	free(load);
	return 0;
}

int plan_shard(const struct matrix *matrix, struct plan *plan, uint32_t index, uint32_t count)
{
	struct share *shares = calloc(plan->blocks, sizeof(*shares));
	size_t kept = 0;
	int ret;

	if (!shares)
		return -ENOMEM;
	for (size_t i = 0; i < plan->count; i++) {
		const struct plan_step *step = &plan->steps[i];

		shares[step->block].block = step->block;
		shares[step->block].cost += cost_ns(&matrix->cells[step->cell]);
	}
	ret = share_out(shares, plan->blocks, count);
	for (size_t i = 0; !ret && i < plan->count; i++)
		if (shares[plan->steps[i].block].shard == index)
			plan->steps[kept++] = plan->steps[i];
	if (!ret)
		plan->count = kept;
	free(shares);
	return ret;
}
