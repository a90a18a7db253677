/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many boots, and how many rounds in each: from a short run, for a long one. */
#ifndef HMMBENCH_PILOT_H
#define HMMBENCH_PILOT_H

#include <stdbool.h>
#include <stdio.h>

#include "report/data/dataset.h"

#define PILOT_BOOTS_MAX		10000
#define PILOT_ROUNDS_MAX	1000

/**
 * struct spread - where the scatter of a cell comes from
 * @boots, @samples: that it was estimated from
 * @between:	variance of a boot's own level; 0 when there is no more scatter between
 *		boots than samples explain
 * @within:	variance of a sample around the level of its boot
 *
 * Both of the natural logarithm of the times, so a root of 0.01 is 1 %.
 */
struct spread {
	size_t boots, samples;
	double between, within;
};

/** struct costs - in ns: of a boot with no timed round in it, and of a round */
struct costs {
	double boot, round;
};

/**
 * pilot_spread() - take the scatter of samples apart
 * @logs:	logarithms of times, @n of them, those of one boot together
 * @boots:	the boot of each
 *
 * One-way analysis of variance with random effects: @within is the pooled variance
 * inside boots, and the means of boots scatter by between + within / r.
 * Return: 0, or -1 with fewer than two boots, or than two samples in each of them.
 */
int pilot_spread(const double *logs, const uint32_t *boots, size_t n, struct spread *out);

/**
 * pilot_halfwidth() - of the interval of the mean at level 0.95, as a logarithm
 *
 * Student's t with @boots - 1 degrees of freedom times
 * sqrt((between + within / rounds) / boots).
 */
double pilot_halfwidth(const struct spread *spread, uint32_t boots, uint32_t rounds);

/**
 * pilot_rounds() - rounds per boot that give the narrowest interval for the time
 *
 * Kalibera and Jones, Rigorous Benchmarking in Reasonable Time (ISMM 2013), for two
 * levels: n boots of r rounds cost n (boot + r round) and scatter by
 * (between + within / r) / n. The product of both is least at
 *
 *	r = ceil(sqrt((boot / round) * (within / between)))
 *
 * whatever n is. They speak of means; the median of a boot, which hmmreport goes over,
 * scatters up to pi / 2 as much by its rounds, so that r is rather too low than too high.
 * Without any scatter between boots it is what makes BOOTS_MIN boots suffice for
 * @target, a half-width as a logarithm.
 * Return: 1 .. PILOT_ROUNDS_MAX.
 */
uint32_t pilot_rounds(const struct spread *spread, const struct costs *costs, double target);

/**
 * pilot_boots() - boots that pilot_halfwidth() needs to be within @target
 * Return: from BOOTS_MIN on; 0 when PILOT_BOOTS_MAX do not suffice.
 */
uint32_t pilot_boots(const struct spread *spread, uint32_t rounds, double target);

/**
 * pilot_takes() - is this a cell whose time is a result?
 *
 * Those that passed, but for the strategy null: that is the floor of the harness.
 */
bool pilot_takes(const struct cell_data *cell);

/**
 * pilot_print() - the scatter of each cell and the plan that it asks for
 * @target: wanted half-width of each interval, in percent
 * Return: an enum exit_status: 3 when the run cannot tell, after a message.
 */
int pilot_print(FILE *out, const struct dataset *data, double target);

#endif
