/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Confidence intervals by drawing boots again. */
#ifndef HMMBENCH_BOOTSTRAP_H
#define HMMBENCH_BOOTSTRAP_H

#include <stddef.h>

#define BOOTSTRAP_RESAMPLES	4000
#define BOOTSTRAP_SEED		1

/** struct interval - @lo and @hi are NAN when there is none. */
struct interval {
	double lo, hi;
};

/**
 * bootstrap_median() - interval at level 0.95 of the median of @n values, one per boot
 *
 * The hierarchical bootstrap with replacement at the level of boots and without below:
 * a boot is drawn with all its samples, so its median is. Drawing samples anew within
 * the boots that were drawn would count the noise inside boots twice (Davison and
 * Hinkley, Bootstrap Methods and their Application, section 3.8; Ren et al., J. Applied
 * Statistics 37, 2010): with 5 samples a boot, that covers 0.997 where 0.95 is meant,
 * at 1.4 times the width.
 *
 * The plain percentile interval is too narrow for few boots. As Hesterberg (What
 * Teachers Should Know about the Bootstrap, The American Statistician 69, 2015) does,
 * the percentile 0.025 becomes Phi(sqrt(n / (n - 1)) t(n - 1, 0.025)); R: the resample
 * package's CI.percentile(expand = TRUE).
 *
 * BOOTSTRAP_RESAMPLES draws from BOOTSTRAP_SEED: equal values give an equal interval.
 * With @n below BOOTS_MIN the interval is NAN.
 */
void bootstrap_median(const double *values, size_t n, struct interval *out);

/**
 * bootstrap_difference() - likewise of the median of @y less that of @x, drawn apart
 *
 * For the expansion n is the fewer of the two.
 */
void bootstrap_difference(const double *x, size_t n_x, const double *y, size_t n_y,
			  struct interval *out);

#endif
