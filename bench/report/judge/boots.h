/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The boots of a cell: the unit that every judgement goes over. */
#ifndef HMMBENCH_BOOTS_H
#define HMMBENCH_BOOTS_H

#include "report/data/dataset.h"

/**
 * struct boots - a cell, boot by boot
 * @boot:	their numbers, rising
 * @median:	of the timed samples of each, in the run's unit; of an even number
 *		of samples the mean of the middle two
 */
struct boots {
	size_t count;
	uint32_t *boot;
	double *median;
};

/**
 * boots_of() - the boots of a cell
 *
 * Only the median of a boot goes on: samples of one boot share its state, and many of
 * them make it no more than one.
 * boots_free() what was made.
 */
void boots_of(const struct timed *times, size_t n, struct boots *out);
void boots_free(struct boots *boots);

/** boots_center() - the median over boots of their medians; NAN without boots. */
double boots_center(const struct boots *boots);

/**
 * boots_log_ratios() - log(other / base) of each boot that both have
 * @out:	room for the fewer boots of the two
 * Return: how many.
 */
size_t boots_log_ratios(const struct boots *base, const struct boots *other, double *out);

/** boots_log() - log of each boot's median into @out, which has room for them. */
void boots_log(const struct boots *boots, double *out);

/** median_of() - the median of @n values, which it sorts; NAN when @n is 0. */
double median_of(double *values, size_t n);

#endif
