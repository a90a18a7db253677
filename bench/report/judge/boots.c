// SPDX-License-Identifier: GPL-3.0-or-later
#include "boots.h"

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/write/array.h"

double median_of(double *values, size_t n)
{
	if (!n)
		return NAN;
	gsl_sort(values, 1, n);
	return gsl_stats_median_from_sorted_data(values, 1, n);
}

static size_t count_boots(const struct timed *times, size_t n)
{
	size_t count = n > 0;

	for (size_t i = 1; i < n; i++)
		count += times[i].boot != times[i - 1].boot;
	return count;
}

/* The samples are sorted by boot, so those of one stand together. */
static void fill(struct boots *out, const struct timed *times, size_t n, double *scratch)
{
	size_t end;

	for (size_t i = 0; i < n; i = end) {
		for (end = i; end < n && times[end].boot == times[i].boot; end++)
			scratch[end - i] = (double)times[end].total;
		out->boot[out->count] = times[i].boot;
		out->median[out->count++] = median_of(scratch, end - i);
	}
}

void boots_of(const struct timed *times, size_t n, struct boots *out)
{
	size_t count = count_boots(times, n);
	double *scratch = array_new(n, sizeof(*scratch));

	*out = (struct boots){ .boot = array_new(count, sizeof(*out->boot)),
			       .median = array_new(count, sizeof(*out->median)) };
	fill(out, times, n, scratch);
	free(scratch);
}

void boots_free(struct boots *boots)
{
	free(boots->boot);
	free(boots->median);
	memset(boots, 0, sizeof(*boots));
}

double boots_center(const struct boots *boots)
{
	double *copy = array_new(boots->count, sizeof(*copy)), center;

	memcpy(copy, boots->median, boots->count * sizeof(*copy));
	center = median_of(copy, boots->count);
	free(copy);
	return center;
}

size_t boots_log_ratios(const struct boots *base, const struct boots *other, double *out)
{
	size_t n = 0, i = 0, j = 0;

	while (i < base->count && j < other->count) {
		if (base->boot[i] == other->boot[j])
			out[n++] = log(other->median[j++] / base->median[i++]);
		else if (base->boot[i] < other->boot[j])
			i++;
		else
			j++;
	}
	return n;
}

void boots_log(const struct boots *boots, double *out)
{
	for (size_t i = 0; i < boots->count; i++)
		out[i] = log(boots->median[i]);
}
