// SPDX-License-Identifier: GPL-2.0-or-later
/* The order of the samples: nothing left out, no strategy with a place of its own. */
#include "matrix_text.h"

#include "run/plan/cost.h"
#include "run/plan/plan.h"

#define STRATEGIES_MAX	9

/* A matrix of @strategies strategies over three sizes. */
static void make_matrix(size_t strategies, const char *sampling, uint64_t seed,
			struct matrix *matrix)
{
	char text[512];
	size_t used;

	used = snprintf(text, sizeof(text), "name: x\nseed: %llu\nplan: {%s}\n"
			"axes: {pages: [1, 2, 3], strategy: [", (unsigned long long)seed, sampling);
	for (size_t i = 0; i < strategies; i++)
		used += snprintf(text + used, sizeof(text) - used, "s%zu,", i);
	snprintf(text + used, sizeof(text) - used, "]}\n");
	matrix_good(text, matrix);
}

static void make_plan(size_t strategies, const char *sampling, uint64_t seed,
		      struct matrix *matrix, struct plan *plan)
{
	make_matrix(strategies, sampling, seed, matrix);
	assert_int_equal(plan_make(matrix, 0, plan), 0);
}

static size_t strategy_of(const struct matrix *matrix, const struct plan_step *step)
{
	return strtoul(matrix->cells[step->cell].strategy + 1, NULL, 10);
}

/* Every (cell, round) exactly once, with the mode that its round has. */
static void each_cell_once_a_round(void **state)
{
	int seen[3 * STRATEGIES_MAX][7] = { 0 };
	struct matrix matrix;
	struct plan plan;

	(void)state;
	make_plan(STRATEGIES_MAX, "rounds: 4, warmup: 2, counting: 1", 3, &matrix, &plan);
	assert_int_equal(plan.count, matrix.count * 7);
	for (size_t i = 0; i < plan.count; i++) {
		const struct plan_step *step = &plan.steps[i];

		assert_in_range(step->cell, 0, matrix.count - 1);
		assert_in_range(step->round, 0, 6);
		assert_int_equal(step->mode, step->round < 2 ? MODE_WARMUP :
				 step->round < 6 ? MODE_TIME : MODE_COUNT);
		assert_int_equal(seen[step->cell][step->round]++, 0);
	}
	plan_free(&plan);
	matrix_free(&matrix);
}

static void rounds_do_not_mix(void **state)
{
	struct matrix matrix;
	struct plan plan;

	(void)state;
	make_plan(5, "rounds: 4, warmup: 2, counting: 1", 3, &matrix, &plan);
	for (size_t i = 1; i < plan.count; i++)
		if (plan.steps[i].block == plan.steps[i - 1].block)
			assert_true(plan.steps[i].round >= plan.steps[i - 1].round);
	plan_free(&plan);
	matrix_free(&matrix);
}

/* Over @n rounds each strategy stands in each place once. */
static void assert_places(size_t n)
{
	int seen[3][STRATEGIES_MAX][STRATEGIES_MAX] = { 0 };
	struct matrix matrix;
	struct plan plan;
	char sampling[64];

	snprintf(sampling, sizeof(sampling), "rounds: %zu, warmup: 1, counting: 1", 2 * n);
	make_plan(n, sampling, n, &matrix, &plan);
	for (size_t i = 0; i < plan.count; i++) {
		const struct plan_step *step = &plan.steps[i];

		if (step->mode == MODE_TIME)
			seen[step->block][strategy_of(&matrix, step)][i % n]++;
		if (step->mode == MODE_TIME && step->round == n && i % n == n - 1)
			for (size_t j = 0; j < n * n; j++)
				assert_int_equal(seen[step->block][j / n][j % n], 1);
	}
	for (size_t i = 0; i < 3 * n * n; i++)
		assert_int_equal(seen[i / (n * n)][i / n % n][i % n], 2);
	plan_free(&plan);
	matrix_free(&matrix);
}

static void latin_square(void **state)
{
	(void)state;
	for (size_t n = 1; n <= STRATEGIES_MAX; n++)
		assert_places(n);
}

/* Over 2n rounds each strategy runs equally often right after each other one. */
static void neighbours(void **state)
{
	(void)state;
	for (size_t n = 2; n <= STRATEGIES_MAX; n++) {
		int seen[STRATEGIES_MAX][STRATEGIES_MAX] = { 0 };
		struct matrix matrix;
		struct plan plan;
		char sampling[64];

		snprintf(sampling, sizeof(sampling), "rounds: %zu, counting: 0", 2 * n);
		make_plan(n, sampling, n, &matrix, &plan);
		for (size_t i = 1; i < plan.count; i++)
			if (i % n)
				seen[strategy_of(&matrix, &plan.steps[i - 1])]
				    [strategy_of(&matrix, &plan.steps[i])]++;
		for (size_t i = 0; i < n * n; i++)
			assert_int_equal(seen[i / n][i % n], i / n == i % n ? 0 : 3 * 2);
		plan_free(&plan);
		matrix_free(&matrix);
	}
}

static void abba_for_two(void **state)
{
	struct matrix matrix;
	struct plan plan;

	(void)state;
	make_plan(2, "rounds: 4, counting: 0", 1, &matrix, &plan);
	for (size_t i = 0; i < plan.count; i += 8) {
		static const int abba[] = { 0, 1, 1, 0, 0, 1, 1, 0 };
		uint32_t a = plan.steps[i].cell, b = plan.steps[i + 1].cell;

		assert_int_not_equal(a, b);
		for (size_t j = 0; j < 8; j++)
			assert_int_equal(plan.steps[i + j].cell, abba[j] ? b : a);
	}
	plan_free(&plan);
	matrix_free(&matrix);
}

static int same_order(const struct plan *a, const struct plan *b)
{
	assert_int_equal(a->count, b->count);
	for (size_t i = 0; i < a->count; i++)
		if (a->steps[i].cell != b->steps[i].cell)
			return 0;
	return 1;
}

static void seed_decides_the_order(void **state)
{
	struct matrix matrix;
	struct plan first, second;

	(void)state;
	make_plan(5, "rounds: 3", 1, &matrix, &first);
	assert_int_equal(plan_make(&matrix, 0, &second), 0);
	assert_true(same_order(&first, &second));
	plan_free(&second);
	matrix.seed = 2;
	assert_int_equal(plan_make(&matrix, 0, &second), 0);
	assert_false(same_order(&first, &second));
	plan_free(&second);
	plan_free(&first);
	matrix_free(&matrix);
}

/* Each boot has an order of its own, and the same one whenever it is made. */
static void boots_differ_in_order(void **state)
{
	struct plan plan[4], again;
	struct matrix matrix;

	(void)state;
	make_matrix(5, "rounds: 3", 1, &matrix);
	for (uint32_t i = 0; i < 4; i++) {
		assert_int_equal(plan_make(&matrix, i, &plan[i]), 0);
		assert_int_equal(plan_make(&matrix, i, &again), 0);
		assert_true(same_order(&plan[i], &again));
		plan_free(&again);
		for (uint32_t j = 0; j < i; j++)
			assert_false(same_order(&plan[i], &plan[j]));
	}
	for (uint32_t i = 0; i < 4; i++)
		plan_free(&plan[i]);
	matrix_free(&matrix);
}

/* Timed samples of a round come in a row; other modes take one. */
static void samples_in_a_row(void **state)
{
	struct matrix matrix;
	struct plan plan;
	size_t timed = 0;

	(void)state;
	make_plan(4, "rounds: 2, samples: 3, warmup: 1, counting: 1", 1, &matrix, &plan);
	assert_int_equal(plan.count, matrix.count * (1 + 2 * 3 + 1));
	for (size_t i = 0; i < plan.count; i++) {
		const struct plan_step *step = &plan.steps[i];

		if (step->mode != MODE_TIME) {
			assert_int_equal(step->sample, 0);
			continue;
		}
		assert_int_equal(step->sample, timed++ % 3);
		if (!step->sample)
			continue;
		assert_int_equal(step->cell, step[-1].cell);
		assert_int_equal(step->round, step[-1].round);
	}
	assert_int_equal(timed, matrix.count * 2 * 3);
	plan_free(&plan);
	matrix_free(&matrix);
}

/* Runs of old seeds can be repeated only as long as these numbers stay. */
static void order_is_for_ever(void **state)
{
	static const uint32_t expected[] = { 2, 5, 8, 3, 0, 6, 1, 4, 7 };
	struct matrix matrix;
	struct plan plan;

	(void)state;
	make_plan(3, "rounds: 1, counting: 0", 1, &matrix, &plan);
	assert_int_equal(plan.count, 9);
	for (size_t i = 0; i < 9; i++)
		assert_int_equal(plan.steps[i].cell, expected[i]);
	plan_free(&plan);
	matrix_free(&matrix);
}

static void blocks(void **state)
{
	struct matrix matrix;
	struct plan plan;
	uint32_t block = 0;
	int lasts = 0;

	(void)state;
	make_plan(4, "rounds: 2, warmup: 1", 1, &matrix, &plan);
	assert_int_equal(plan.blocks, 3);
	for (size_t i = 0; i < plan.count; i++) {
		const struct plan_step *step = &plan.steps[i];
		int ends = i + 1 == plan.count || step[1].block != step->block;

		assert_in_range(step->block, block, block + 1);
		if (i && step->block == block)
			assert_int_equal(matrix.cells[step->cell].pages,
					 matrix.cells[step[-1].cell].pages);
		block = step->block;
		assert_int_equal(step->last, ends);
		lasts += step->last;
	}
	assert_int_equal(lasts, 3);
	plan_free(&plan);
	matrix_free(&matrix);
}

/* Each step is one guest's, whole blocks, in the same order, and none has much more. */
static void shards_share_the_plan(void **state)
{
	struct matrix matrix;
	struct plan all, part[2];
	uint64_t load[2] = { 0 };
	size_t at[2] = { 0 };

	(void)state;
	matrix_good("name: x\naxes: {strategy: [rfc, unlocked, touch], "
		  "pages: [1, 2, 4, 8, 16, 32, 64, 128], access: [read, write]}\n", &matrix);
	assert_int_equal(plan_make(&matrix, 0, &all), 0);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(plan_make(&matrix, 0, &part[i]), 0);
		assert_int_equal(plan_shard(&matrix, &part[i], i, 2), 0);
		for (size_t k = 0; k < part[i].count; k++)
			load[i] += cost_ns(&matrix.cells[part[i].steps[k].cell]);
	}
	assert_int_equal(part[0].count + part[1].count, all.count);
	for (size_t i = 0; i < all.count; i++) {
		int who = at[1] < part[1].count &&
			  !memcmp(&part[1].steps[at[1]], &all.steps[i], sizeof(all.steps[i]));

		assert_true(at[who] < part[who].count);
		assert_memory_equal(&part[who].steps[at[who]++], &all.steps[i],
				    sizeof(all.steps[i]));
		assert_true(!i || all.steps[i - 1].last ||
			    part[who].steps[at[who] - 1].block == all.steps[i - 1].block);
	}
	assert_true(load[0] < load[1] * 2 && load[1] < load[0] * 2);
	for (int i = 0; i < 2; i++)
		plan_free(&part[i]);
	plan_free(&all);
	matrix_free(&matrix);
}

/* Rounds that fit, for the costliest of a block; one if none does. */
static void budget_limits_rounds(void **state)
{
	static const struct { const char *sampling; uint64_t rounds; } cases[] = {
		{ "rounds: 4, counting: 0", 4 },
		{ "rounds: 4, counting: 0, budget: 1000000", 4 },
		{ "rounds: 4, counting: 0, budget: 210", 2 },
		{ "rounds: 4, counting: 0, budget: 1", 1 },
		{ "rounds: 2, samples: 2, counting: 0, budget: 210", 2 },
		{ "rounds: 4, warmup: 1, counting: 0, watching: 1, budget: 210", 4 },
		{ "rounds: 4, warmup: 1, counting: 0, watching: 1, budget: 1", 1 },
		{ "rounds: 4, samples: 2, counting: 0, budget: 420", 4 },
		{ "rounds: 4, counting: 1, budget: 210", 3 },
		{ "rounds: 4, counting: 1, budget: 1", 1 },
	};
	struct matrix matrix;
	struct plan plan;
	char text[256];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		snprintf(text, sizeof(text), "name: x\nplan: {%s}\naxes: {strategy: "
			 "[rfc, ebusy], pages: [1024]}\n", cases[i].sampling);
		matrix_good(text, &matrix);
		assert_int_equal(plan_make(&matrix, 0, &plan), 0);
		assert_int_equal(plan.count, 2 * cases[i].rounds);
		plan_free(&plan);
		matrix_free(&matrix);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_cell_once_a_round),
		cmocka_unit_test(rounds_do_not_mix),
		cmocka_unit_test(latin_square),
		cmocka_unit_test(neighbours),
		cmocka_unit_test(abba_for_two),
		cmocka_unit_test(seed_decides_the_order),
		cmocka_unit_test(boots_differ_in_order),
		cmocka_unit_test(samples_in_a_row),
		cmocka_unit_test(order_is_for_ever),
		cmocka_unit_test(blocks),
		cmocka_unit_test(shards_share_the_plan),
		cmocka_unit_test(budget_limits_rounds),
	};

	return cmocka_run_group_tests(tests, matrix_folder_make, matrix_folder_remove);
}
