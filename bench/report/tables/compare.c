// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/data/stats.h"

static void add_run(struct compare *out, size_t column)
{
	struct grid *grid = &out->grid;
	struct grid_column *c = &grid->columns[column];
	struct contrasts more;

	contrasts_of_runs(grid->columns[grid->base].data, c->data, NULL, &more);
	c->from = out->all.count;
	c->count = more.count;
	contrasts_append(&out->all, &more);
	contrasts_free(&more);
}

void compare_runs(const struct dataset *data, size_t count, size_t base, struct compare *out)
{
	*out = (struct compare){ .by = COMPARE_RUNS, .grid.base = base, .all.margin = NAN };
	for (size_t i = 0; i < count; i++)
		grid_add_column(&out->grid, &data[i], NULL, data[i].folder);
	for (size_t i = 0; i < count; i++)
		if (i != base)
			add_run(out, i);
	grid_add_rows(&out->grid, &data[base], NULL);
	grid_fill(&out->grid);
	verdict_judge(&out->all);
}

static bool has_strategy(const struct cell_data *cell, const void *strategy)
{
	return !strcmp(cell->axes.strategy, strategy);
}

/* Strategies as they first come in the matrix, the baseline ahead. */
void compare_strategies(const struct dataset *data, const char *baseline, struct compare *out)
{
	const struct selection of_baseline = { has_strategy, baseline };
	struct grid *grid = &out->grid;

	*out = (struct compare){ .by = COMPARE_STRATEGIES };
	grid_add_column(grid, data, baseline, baseline);
	for_each_cell(cell, data)
		if (cell->closed)
			grid_add_column(grid, data, cell->axes.strategy, cell->axes.strategy);
	grid_add_rows(grid, data, &of_baseline);
	grid_fill(grid);
	contrasts_of_strategies(data, baseline, NULL, &out->all);
	grid_share(grid, &out->all);
}

void compare_free(struct compare *compare)
{
	grid_free(&compare->grid);
	free(compare->kernels);
	contrasts_free(&compare->all);
	memset(compare, 0, sizeof(*compare));
}

char *compare_row_name(const struct compare *compare, size_t row, char *buf, size_t size)
{
	char key[AXES_KEY_MAX], *slash;

	if (compare->by == COMPARE_KERNELS)
		return compare_place_name(compare, row, buf, size);
	axes_key(&compare->grid.rows[row]->axes, key, sizeof(key));
	slash = strchr(key, '/');
	snprintf(buf, size, "%s", compare->by != COMPARE_RUNS && slash ? slash + 1 : key);
	return buf;
}

double compare_geomean(const struct compare *compare, size_t column, size_t *matched)
{
	struct geomean mean = { 0 };

	for (size_t i = 0; i < compare->grid.n_rows; i++) {
		const struct contrast *c = compare_find(compare, i, column);

		geomean_add(&mean, c ? c->ratio : NAN);
	}
	*matched = mean.n;
	return geomean_of(&mean);
}

/* What a column of another kernel is expected to differ in, and what counts for one alone. */
enum setting_of { ALWAYS, OF_RUNS, OF_KERNELS };

struct setting {
	const char *what;
	size_t offset;
	enum setting_of of;
};

#define SETTING(what, member, of) { what, offsetof(struct run_info, member), of }
static const struct setting texts[] = {
	SETTING("kernel config", kernel_config_sha256, OF_RUNS),
	SETTING("machine (cpu)", cpu, ALWAYS), SETTING("matrix", matrix_sha256, ALWAYS),
	SETTING("accelerator", accelerator, ALWAYS),
	SETTING("mitigations", mitigations, ALWAYS), SETTING("governor", governor, ALWAYS),
	SETTING("THP setting", thp, ALWAYS), SETTING("clock source", clocksource, ALWAYS),
	SETTING("compiler", compiler, OF_KERNELS), SETTING("QEMU", qemu, OF_KERNELS),
	SETTING("hmmbench", git, OF_KERNELS),
};
#define TEXTS	(sizeof(texts) / sizeof(*texts))
static const struct setting numbers[] = {
	SETTING("machine (cpus)", cpus, ALWAYS), SETTING("machine (nodes)", nodes, ALWAYS),
	SETTING("machine (memory)", memory_bytes, ALWAYS),
};
#define NUMBERS	(sizeof(numbers) / sizeof(*numbers))

static bool texts_differ(const struct dataset *a, const struct dataset *b,
			 const struct setting *setting)
{
	const char *x = *(char *const *)((const char *)&a->info + setting->offset);
	const char *y = *(char *const *)((const char *)&b->info + setting->offset);

	return x && y ? strcmp(x, y) : x != y;
}

/* A kernel has a little more or less of the same memory for itself than another. */
static bool numbers_differ(const struct dataset *a, const struct dataset *b,
			   const struct setting *setting, bool kernels)
{
	uint64_t x = *(const uint64_t *)((const char *)&a->info + setting->offset);
	uint64_t y = *(const uint64_t *)((const char *)&b->info + setting->offset);

	if (kernels && setting->offset == offsetof(struct run_info, memory_bytes))
		return (x > y ? x - y : y - x) > x / 50;
	return x != y;
}

void compare_warnings(const struct dataset *base, const struct dataset *other, bool kernels,
		      void (*warn)(void *arg, const char *text), void *arg)
{
	char text[2 * PATH_MAX + 128];

	for (size_t i = 0; i < TEXTS + NUMBERS; i++) {
		const struct setting *s = i < TEXTS ? &texts[i] : &numbers[i - TEXTS];

		if (s->of == (kernels ? OF_RUNS : OF_KERNELS) ||
		    !(i < TEXTS ? texts_differ(base, other, s) :
				  numbers_differ(base, other, s, kernels)))
			continue;
		snprintf(text, sizeof(text), "%s: its %s is not that of %s; what differs may be "
			 "due to it", other->folder, s->what, base->folder);
		warn(arg, text);
	}
}
