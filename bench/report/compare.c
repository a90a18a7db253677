// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "margin.h"
#include "summary.h"

static int make_columns(struct compare *out, size_t count)
{
	memset(out, 0, sizeof(*out));
	out->all.margin = NAN;
	out->columns = calloc(count + 1, sizeof(*out->columns));
	return out->columns ? 0 : -ENOMEM;
}

static int take_rows(struct compare *out, const struct dataset *data,
		     const char *strategy)
{
	size_t count, *order = summary_order(data, &count);

	out->rows = calloc(count + 1, sizeof(*out->rows));
	if (!order || !out->rows) {
		free(order);
		return -ENOMEM;
	}
	for (size_t i = 0; i < count; i++) {
		const struct cell_data *cell = &data->cells[order[i]];

		if (!strategy || !strcmp(cell->axes.strategy, strategy))
			out->rows[out->n_rows++] = cell;
	}
	free(order);
	return 0;
}

static int add_run(struct compare *out, size_t column)
{
	struct compare_column *c = &out->columns[column];
	struct contrasts more;
	int ret;

	c->from = out->all.count;
	ret = contrasts_of_runs(out->columns[out->base].data, c->data, NULL, &more);
	if (ret)
		return ret;
	c->count = more.count;
	ret = contrasts_append(&out->all, &more);
	contrasts_free(&more);
	return ret;
}

int compare_runs(const struct dataset *data, size_t count, size_t base,
		 struct compare *out)
{
	int ret = make_columns(out, count);

	out->n_columns = count;
	out->base = base;
	for (size_t i = 0; !ret && i < count; i++) {
		out->columns[i].name = data[i].folder;
		out->columns[i].data = &data[i];
	}
	for (size_t i = 0; !ret && i < count; i++)
		if (i != base)
			ret = add_run(out, i);
	ret = ret ?: take_rows(out, &data[base], NULL);
	ret = ret ?: verdict_judge(&out->all);
	if (ret)
		compare_free(out);
	return ret;
}

/* Strategies as they first come in the matrix, the baseline ahead. */
static void name_columns(struct compare *out, const struct dataset *data,
			 const char *baseline)
{
	out->columns[0] = (struct compare_column){ .name = baseline, .data = data };
	out->n_columns = 1;
	for (size_t i = 0; i < data->count; i++) {
		const struct cell_data *cell = &data->cells[i];
		size_t k = 0;

		if (!cell->closed)
			continue;
		while (k < out->n_columns &&
		       strcmp(out->columns[k].name, cell->axes.strategy))
			k++;
		if (k == out->n_columns)
			out->columns[out->n_columns++] = (struct compare_column){
				.name = cell->axes.strategy, .data = data };
	}
}

int compare_strategies(const struct dataset *data, const char *baseline,
		       struct compare *out)
{
	int ret = make_columns(out, data->count + 1);

	out->by = COMPARE_STRATEGIES;
	if (!ret)
		name_columns(out, data, baseline);
	ret = ret ?: take_rows(out, data, baseline);
	ret = ret ?: contrasts_of_strategies(data, baseline, NULL, &out->all);
	for (size_t i = 1; !ret && i < out->n_columns; i++)
		out->columns[i].count = out->all.count;
	if (ret)
		compare_free(out);
	return ret;
}

void compare_free(struct compare *compare)
{
	for (size_t i = 0; i < compare->n_columns; i++)
		free(compare->columns[i].head);
	free(compare->columns);
	free(compare->rows);
	free(compare->cells);
	free(compare->kernels);
	contrasts_free(&compare->all);
	memset(compare, 0, sizeof(*compare));
}

static bool in_column(const struct compare *compare, const struct contrast *c,
		      const struct compare_column *column)
{
	return compare->by == COMPARE_RUNS ||
	       !strcmp(c->other->axes.strategy, column->name);
}

const struct contrast *compare_find(const struct compare *compare, size_t row,
				    size_t column)
{
	const struct compare_column *in = &compare->columns[column];

	if (compare->by == COMPARE_KERNELS)
		return in->count ? &compare->all.c[in->from + row] : NULL;
	for (size_t i = in->from; i < in->from + in->count; i++) {
		const struct contrast *c = &compare->all.c[i];

		if (c->base == compare->rows[row] && in_column(compare, c, in))
			return c;
	}
	return NULL;
}

const struct cell_data *compare_cell(const struct compare *compare, size_t row, size_t column)
{
	const struct contrast *c;

	if (compare->by == COMPARE_KERNELS)
		return compare->cells[row * compare->n_columns + column];
	if (column == compare->base)
		return compare->rows[row];
	c = compare_find(compare, row, column);
	return c ? c->other : NULL;
}

char *compare_row_name(const struct compare *compare, size_t row, char *buf, size_t size)
{
	char key[AXES_KEY_MAX], *slash;

	if (compare->by == COMPARE_KERNELS)
		return compare_place_name(compare, row, buf, size);
	axes_key(&compare->rows[row]->axes, key, sizeof(key));
	slash = strchr(key, '/');
	snprintf(buf, size, "%s", compare->by != COMPARE_RUNS && slash ? slash + 1 : key);
	return buf;
}

double compare_geomean(const struct compare *compare, size_t column, size_t *matched)
{
	double sum = 0;

	*matched = 0;
	for (size_t i = 0; i < compare->n_rows; i++) {
		const struct contrast *c = compare_find(compare, i, column);

		if (!c || isnan(c->ratio))
			continue;
		sum += log(c->ratio);
		++*matched;
	}
	return *matched ? exp(sum / (double)*matched) : NAN;
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
