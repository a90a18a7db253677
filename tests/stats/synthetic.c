// SPDX-License-Identifier: GPL-3.0-or-later
#include "synthetic.h"

#include <err.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CELLS	(PLACES * STRATEGIES)

static const char *const strategies[STRATEGIES] = {
	"unlocked", "unlocked@b", "ebusy", "rfc", "resume",
};

static double even(struct prng *prng)
{
	return ((double)(prng_next(prng) >> 11) + 0.5) / 9007199254740992.0;
}

/* Box and Muller. */
static double normal(struct prng *prng)
{
	double radius = sqrt(-2 * log(even(prng)));

	return radius * cos(2 * M_PI * even(prng));
}

static void shuffle(size_t *order, size_t n, struct prng *prng)
{
	for (size_t i = 0; i < n; i++)
		order[i] = i;
	for (size_t i = n - 1; i > 0; i--) {
		size_t k = prng_below(prng, i + 1), kept = order[i];

		order[i] = order[k];
		order[k] = kept;
	}
}

static void make_cells(struct dataset *data, size_t samples)
{
	static char accelerator[] = "none";

	memset(data, 0, sizeof(*data));
	data->folder = "synthetic";
	data->info.clock = &clock_wall;
	data->info.accelerator = strdup(accelerator);
	data->info.cells = CELLS;
	data->count = CELLS;
	data->cells = calloc(CELLS, sizeof(*data->cells));
	for (size_t i = 0; data->cells && i < CELLS; i++) {
		struct cell_data *cell = &data->cells[i];

		axes_defaults(&cell->axes);
		snprintf(cell->axes.strategy, AXIS_TEXT_MAX, "%s",
			 strategies[i % STRATEGIES]);
		cell->axes.pages = 16u << 2 * (i / STRATEGIES);
		cell->closed = 1;
		cell->times = calloc(samples, sizeof(*cell->times));
		if (!cell->times)
			errx(3, "out of memory");
	}
	if (!data->cells || !data->info.accelerator)
		errx(3, "out of memory");
}

/* A round: each cell once, in an order of its own. */
static void make_round(struct dataset *data, const struct noise *noise,
		       const struct plan *plan, struct timed at, double drift,
		       const double *level, struct prng *prng)
{
	size_t order[CELLS];

	shuffle(order, CELLS, prng);
	for (size_t k = 0; k < CELLS; k++) {
		struct cell_data *cell = &data->cells[order[k]];
		double done = (double)at.seq / (plan->rounds * CELLS);
		double cost = level[order[k]] + noise->within * normal(prng) +
			      drift * done;

		if (even(prng) < noise->outliers)
			cost += log1p(noise->outlier * even(prng));
		at.total = (uint64_t)llround(1000.0 * cell->axes.pages * exp(cost));
		cell->times[cell->n_times++] = at;
		at.seq++;
	}
}

void synthetic_make(struct dataset *data, const struct noise *noise,
		    const struct plan *plan, int slow, double factor, struct prng *prng)
{
	double level[CELLS];

	make_cells(data, (size_t)plan->boots * plan->rounds);
	for (uint32_t boot = 0; boot < plan->boots; boot++) {
		double shared = noise->shared * normal(prng);
		double drift = noise->drift * normal(prng);

		for (int i = 0; i < CELLS; i++) {
			level[i] = shared + noise->own * normal(prng);
			if (even(prng) < noise->rogues)
				level[i] += log1p(noise->rogue);
			if (i == slow)
				level[i] += log(factor);
		}
		for (uint32_t round = 0; round < plan->rounds; round++)
			make_round(data, noise, plan,
				   (struct timed){ 0, boot, round, round * CELLS },
				   drift, level, prng);
	}
}
