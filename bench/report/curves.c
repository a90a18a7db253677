// SPDX-License-Identifier: GPL-3.0-or-later
#include "curves.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static double apart(const struct curve *a, const struct curve *b, size_t i)
{
	return fabs(a->cost[i] - b->cost[i]) / a->cost[i];
}

static int near(const struct curve *a, const struct curve *b, double tolerance)
{
	if (a->count != b->count)
		return 0;
	for (size_t i = 0; i < a->count; i++)
		if (a->pages[i] != b->pages[i] ||
		    ((a->pages[i] >= CURVES_FROM || i + 1 == a->count) &&
		     apart(a, b, i) > tolerance))
			return 0;
	return 1;
}

static void merge(struct curve *into, const struct curve *c)
{
	size_t n = strlen(into->label);

	snprintf(into->label + n, sizeof(into->label) - n, ", %s", c->strategy);
	for (size_t i = 0; i < c->count; i++) {
		if (apart(into, c, i) <= into->apart)
			continue;
		into->apart = apart(into, c, i);
		into->apart_pages = c->pages[i];
		memcpy(into->apart_strategy, c->strategy, sizeof(c->strategy));
	}
}

size_t curves_merge(struct curve *curves, size_t count, double tolerance)
{
	size_t kept = 0, j;

	for (size_t i = 0; i < count; i++) {
		for (j = 0; j < kept; j++)
			if (near(&curves[j], &curves[i], tolerance))
				break;
		if (j == kept)
			curves[kept++] = curves[i];
		else
			merge(&curves[j], &curves[i]);
	}
	return kept;
}
