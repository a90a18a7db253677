/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Figures: data from a run, drawn by gnuplot with a template of plots/. */
#ifndef HMMBENCH_FIGURE_H
#define HMMBENCH_FIGURE_H

#include <stdio.h>

#include "dataset.h"

/**
 * figure_draw() - draw one figure, or "all", into FOLDER/figures
 *
 * For each combination of the axes that the figure does not show: the one with
 * most cells is NAME.{svg,png,txt}, the others have what differs in their names.
 * Prints each path. Errors are reported here.
 * Return: an enum exit_status.
 */
int figure_draw(const struct dataset *data, const char *name);

/** figure_list() - a line for each figure there is. */
void figure_list(FILE *out);

#define CURVES_FROM	64

/**
 * struct curve - cost per page over page count
 * @label:	the strategies that it stands for, "ebusy, unlocked"
 * @strategy:	the first of them
 * @pages, @cost: @count points, by rising pages
 * @apart:	how far the furthest of them is from the first, of its cost
 * @apart_strategy: that one
 * @apart_pages: where that is
 */
struct curve {
	char label[512];
	char strategy[AXIS_TEXT_MAX];
	uint64_t pages[64];
	double cost[64];
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
