// SPDX-License-Identifier: GPL-3.0-or-later
#include "pilot.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_sort.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "model/strategies.h"
#include "report/judge/boots.h"
#include "report/write/array.h"

/* A cell and the plan that would be best for it alone; 0 boots: none suffice. */
struct row {
	const struct cell_data *cell;
	struct spread spread;
	uint32_t rounds, boots;
};

static size_t boot_end(const uint32_t *boots, size_t from, size_t n)
{
	size_t end = from;

	while (end < n && boots[end] == boots[from])
		end++;
	return end;
}

static double mean_of(const double *values, size_t n)
{
	double sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += values[i];
	return sum / n;
}

/* Sums of squares: of samples around their boot, of boots around all of them. */
static void sum_squares(const double *logs, const uint32_t *boots, size_t n,
			struct spread *out, double *inside, double *outside)
{
	double mean = 0;
	size_t end;

	for (size_t i = 0; i < n; i = end) {
		end = boot_end(boots, i, n);
		mean += mean_of(logs + i, end - i) / out->boots;
	}
	for (size_t i = 0; i < n; i = end) {
		double level;

		end = boot_end(boots, i, n);
		level = mean_of(logs + i, end - i);
		*outside += (level - mean) * (level - mean);
		for (size_t j = i; j < end; j++)
			*inside += (logs[j] - level) * (logs[j] - level);
	}
}

int pilot_spread(const double *logs, const uint32_t *boots, size_t n, struct spread *out)
{
	double inside = 0, outside = 0, shares = 0;
	size_t end;

	*out = (struct spread){ .samples = n };
	for (size_t i = 0; i < n; i = end, out->boots++) {
		end = boot_end(boots, i, n);
		if (end - i < 2)
			return -1;
		shares += 1.0 / (end - i);
	}
	if (out->boots < 2)
		return -1;
	sum_squares(logs, boots, n, out, &inside, &outside);
	out->within = inside / (n - out->boots);
	out->between = outside / (out->boots - 1) - out->within * shares / out->boots;
	if (out->between < 0)
		out->between = 0;
	return 0;
}

double pilot_halfwidth(const struct spread *s, uint32_t boots, uint32_t rounds)
{
	return gsl_cdf_tdist_Pinv(0.975, boots - 1) *
	       sqrt((s->between + s->within / rounds) / boots);
}

uint32_t pilot_rounds(const struct spread *s, const struct costs *costs, double target)
{
	uint32_t rounds = 1;
	double best;

	if (s->between > 0) {
		best = ceil(sqrt(costs->boot / costs->round * s->within / s->between));
		return best > PILOT_ROUNDS_MAX ? PILOT_ROUNDS_MAX : best < 1 ? 1 : best;
	}
	while (rounds < PILOT_ROUNDS_MAX && pilot_halfwidth(s, BOOTS_MIN, rounds) > target)
		rounds++;
	return rounds;
}

uint32_t pilot_boots(const struct spread *s, uint32_t rounds, double target)
{
	for (uint32_t n = BOOTS_MIN; n <= PILOT_BOOTS_MAX; n++)
		if (pilot_halfwidth(s, n, rounds) <= target)
			return n;
	return 0;
}

bool pilot_takes(const struct cell_data *cell)
{
	return cell_measured(cell) && !strategy_is(cell->axes.strategy, STRATEGY_FLOOR);
}

/* Return: 0, or -1 when the cell has too little. */
static int cell_spread(const struct cell_data *cell, struct spread *out)
{
	double *logs = array_new(cell->n_times, sizeof(*logs));
	uint32_t *boots = array_new(cell->n_times, sizeof(*boots));
	int ret;

	for (size_t i = 0; i < cell->n_times; i++) {
		/* a time below the clock's resolution is half a unit */
		logs[i] = log(cell->times[i].total ? cell->times[i].total : 0.5);
		boots[i] = cell->times[i].boot;
	}
	ret = pilot_spread(logs, boots, cell->n_times, out);
	free(boots);
	free(logs);
	return ret;
}

/* The most timed samples that a cell has in a boot: there was a round for each. */
static size_t rounds_of(const struct dataset *data)
{
	size_t most = 1;

	for_each_cell(cell, data) {
		size_t run = 0;

		for (size_t i = 0; i < cell->n_times; i++) {
			run = i && cell->times[i].boot == cell->times[i - 1].boot ? run + 1 : 1;
			most = run > most ? run : most;
		}
	}
	return most;
}

/* Medians over boots: one that was cut off and made up for cost less than a whole one. */
static void get_costs(const struct dataset *data, struct costs *costs)
{
	size_t n = data->n_boots;
	double *rest = array_new(n, sizeof(*rest)), *timed = array_new(n, sizeof(*timed));

	for (size_t i = 0; i < n; i++) {
		timed[i] = data->boots[i].timed;
		rest[i] = (double)data->boots[i].end - data->boots[i].timed;
	}
	gsl_sort(rest, 1, n);
	gsl_sort(timed, 1, n);
	costs->boot = rest[n / 2];
	costs->round = timed[n / 2] / rounds_of(data);
	free(timed);
	free(rest);
}

static double row_cost(const struct row *row, const struct costs *costs)
{
	return row->boots ? row->boots * (costs->boot + row->rounds * costs->round) : INFINITY;
}

/* Costlier to satisfy; of the same cost, of more scatter. */
static bool is_worse(const struct row *a, const struct row *b, const struct costs *costs)
{
	double x = row_cost(a, costs), y = row_cost(b, costs);

	if (x < y || x > y)
		return x > y;
	return pilot_halfwidth(&a->spread, BOOTS_MIN, a->rounds) >
	       pilot_halfwidth(&b->spread, BOOTS_MIN, b->rounds);
}

static const struct row *worst_of(const struct row *rows, size_t n, const struct costs *costs)
{
	const struct row *worst = rows;

	for (size_t i = 1; i < n; i++)
		if (is_worse(&rows[i], worst, costs))
			worst = &rows[i];
	return worst;
}

/* Boots of one plan for all; 0 when there is none. */
static uint32_t boots_for_all(const struct row *rows, size_t n, uint32_t rounds, double target)
{
	uint32_t most = 0;

	for (size_t i = 0; i < n; i++) {
		uint32_t boots = pilot_boots(&rows[i].spread, rounds, target);

		if (!boots)
			return 0;
		most = boots > most ? boots : most;
	}
	return most;
}

/* Return: how many there are; those that have too little are counted in @few. */
static size_t make_rows(const struct dataset *data, const struct costs *costs, double target,
			struct row *rows, size_t *few)
{
	size_t n = 0;

	for (size_t i = 0; i < data->count; i++) {
		struct row *row = &rows[n];

		if (!pilot_takes(&data->cells[i]))
			continue;
		if (cell_spread(&data->cells[i], &row->spread)) {
			++*few;
			continue;
		}
		row->cell = &data->cells[i];
		row->rounds = pilot_rounds(&row->spread, costs, target);
		row->boots = pilot_boots(&row->spread, row->rounds, target);
		n++;
	}
	return n;
}

static void print_rows(FILE *out, const struct row *rows, size_t n)
{
	char key[AXES_KEY_MAX], boots[16];
	int width = strlen("cell");

	for (size_t i = 0; i < n; i++) {
		int len = strlen(axes_key(&rows[i].cell->axes, key, sizeof(key)));

		width = len > width ? len : width;
	}
	fprintf(out, "%-*s  boots  samples  between %%  within %%  best rounds  boots\n", width,
		"cell");
	for (size_t i = 0; i < n; i++) {
		const struct spread *s = &rows[i].spread;

		snprintf(boots, sizeof(boots), rows[i].boots ? "%" PRIu32 : "-", rows[i].boots);
		fprintf(out, "%-*s  %5zu  %7zu  %9.2f  %8.2f  %11" PRIu32 "  %5s\n", width,
			axes_key(&rows[i].cell->axes, key, sizeof(key)), s->boots, s->samples,
			100 * sqrt(s->between), 100 * sqrt(s->within), rows[i].rounds, boots);
	}
}

static void print_head(FILE *out, const struct dataset *data, const struct costs *costs)
{
	const char *kind = data->info.boot_kind;

	fprintf(out, "%s on Linux %s: a boot is %s.\n", data->info.matrix ? data->info.matrix : "-",
		data->info.kernel ? data->info.kernel : "-",
		!kind ? "not said" : !strcmp(kind, "vm") ? "a fresh kernel in a virtual machine" :
		"a fresh process on the same kernel");
	if (dataset_emulated(data))
		fprintf(out, "Times are %semulated: no evidence, and good for plans of such runs "
			"alone.\n", dataset_emulated(data) == EMULATED_YES ? "" :
			"not known to be measured and not ");
	fprintf(out, "A boot costs %.3g s beside its timed rounds, a round %.3g s, on the clock of "
		"the machine.\n\n", costs->boot / 1e9, costs->round / 1e9);
}

static void print_plan(FILE *out, const struct row *rows, size_t n, const struct costs *costs,
		       double percent)
{
	const struct row *worst = worst_of(rows, n, costs);
	double target = log1p(percent / 100);
	uint32_t boots = boots_for_all(rows, n, worst->rounds, target);
	char key[AXES_KEY_MAX];

	fprintf(out, "\nThe worst is %s. For half-widths of %g %% in all of %zu cells:\n",
		axes_key(&worst->cell->axes, key, sizeof(key)), percent, n);
	if (boots)
		fprintf(out, "plan: {boots: %" PRIu32 ", rounds: %" PRIu32 "}   about %.0f s\n",
			boots, worst->rounds, boots * (costs->boot + worst->rounds * costs->round)
			/ 1e9);
	else
		fprintf(out, "no plan of at most %d boots; take a wider target, or a quieter "
			"machine\n", PILOT_BOOTS_MAX);
}

int pilot_print(FILE *out, const struct dataset *data, double percent)
{
	struct costs costs;
	struct row *rows;
	size_t n, few = 0;

	if (data->info.clock->exact) {
		err_msg("%s: the insn clock has one boot: another would be the same bytes",
			data->folder);
		return EXIT_UNKNOWN;
	}
	if (!data->n_boots) {
		err_msg("%s: no boot says what it cost; measure again with this hmmbench",
			data->folder);
		return EXIT_UNKNOWN;
	}
	rows = array_new(data->count, sizeof(*rows));
	get_costs(data, &costs);
	n = make_rows(data, &costs, log1p(percent / 100), rows, &few);
	if (n && costs.round > 0) {
		print_head(out, data, &costs);
		print_rows(out, rows, n);
		print_plan(out, rows, n, &costs, percent);
		if (few)
			fprintf(out, "%zu cells tell nothing: a pilot needs 2 boots and 2 "
				"samples in each\n", few);
	} else {
		err_msg("%s: a pilot needs 2 boots and 2 timed samples in each; no cell has "
			"them", data->folder);
	}
	free(rows);
	return n && costs.round > 0 ? EXIT_FINE : EXIT_UNKNOWN;
}
