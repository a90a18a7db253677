/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines over the page count, and which of them are one. */
#ifndef HMMBENCH_CURVES_H
#define HMMBENCH_CURVES_H

#include "../common/axes.h"

#define CURVES_FROM	64
#define CURVE_POINTS	64

/**
 * struct curve - cost per page over page count
 * @label:	the strategies that it stands for, "ebusy, unlocked"
 * @strategy:	the first of them
 * @pages, @cost: @count points, by rising pages
 * @lo, @hi:	interval of each cost; NAN when there is none
 * @apart:	how far the furthest of them is from the first, of its cost
 * @apart_strategy: that one
 * @apart_pages: where that is
 */
struct curve {
	char label[512];
	char strategy[AXIS_TEXT_MAX];
	uint64_t pages[CURVE_POINTS];
	double cost[CURVE_POINTS], lo[CURVE_POINTS], hi[CURVE_POINTS];
	size_t count;
	double apart;
	char apart_strategy[AXIS_TEXT_MAX];
	uint64_t apart_pages;
};

/**
 * curves_merge() - make one of those that lie on each other
 *
 * Curves merge when they have the same page counts and differ by at most
 * @tolerance (0.1: 10 %) of the first one's cost at each from CURVES_FROM pages
 * on, and at the last in any case: below, a single timer tick is more than that.
 * Order is kept. What remains has the points of the first and says how far the
 * others are from it.
 * Return: how many are left.
 */
size_t curves_merge(struct curve *curves, size_t count, double tolerance);

#endif
