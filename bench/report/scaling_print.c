// SPDX-License-Identifier: GPL-3.0-or-later
/* What `hmmreport scaling` prints. */
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scaling.h"

static const char *const growths[] = {
	[GROWS_NOT] = "not with pages", [GROWS_LESS] = "less than linear",
	[GROWS_LINEAR] = "linear", [GROWS_BETWEEN] = "linear and quadratic",
	[GROWS_QUADRATIC] = "quadratic", [GROWS_UNCLEAR] = "unclear",
};

const char *growth_name(enum growth growth)
{
	return growths[growth];
}

/* The key of the cells without their pages. */
static void add_cells(struct table *t, const struct cell_data *cell)
{
	char key[AXES_KEY_MAX], *pages, *rest;

	axes_key(&cell->axes, key, sizeof(key));
	pages = strchr(key, '/');
	rest = pages ? strchr(pages + 1, '/') : NULL;
	table_add(t, "%s%s", cell->axes.strategy, rest ? rest : "");
}

static void add_row(struct table *t, const struct dataset *data, const struct scaling *s, bool tsv)
{
	const double terms[] = { s->a, s->b, s->c }, errors[] = { s->a_sd, s->b_sd, s->c_sd };
	const double exponent[] = { s->slope, s->lo, s->hi };

	add_cells(t, s->first);
	table_add(t, "%" PRIu64 "..%" PRIu64, s->least, s->most);
	table_add(t, "%zu", s->count);
	for (size_t i = 0; i < 3; i++)
		if (tsv)
			table_add(t, "%.6g", terms[i]);
		else
			table_add(t, "%.4g +-%.2g", terms[i], errors[i]);
	for (size_t i = 0; i < 3; i++)
		if (isnan(s->slope))
			table_none(t);
		else
			table_add(t, "%.3f", exponent[i]);
	table_add(t, "%s", growth_name(s->growth));
	if (!tsv)
		return;
	for (size_t i = 0; i < 3; i++)
		table_add(t, "%.6g", errors[i]);
	table_add(t, "%s", data->info.clock->unit);
	table_add(t, "%s", dataset_emulated_name(data));
}

/* What people are told elsewhere, programs are in columns at the end. */
static void make_table(struct table *t, const struct dataset *data,
		       const struct scaling *fits, size_t count, bool tsv)
{
	static const char *const heads[] = {
		"cells", "pages", "points", "a", "b", "c", "exponent", "lo", "hi", "growth",
		"a_se", "b_se", "c_se", "unit", "emulated",
	};

	for (size_t i = 0; i < (tsv ? 15 : 10); i++)
		table_column(t, heads[i], !i || i == 9);
	for (size_t i = 0; i < count; i++)
		add_row(t, data, &fits[i], tsv);
}

static void print_title(FILE *out, const struct dataset *data)
{
	fprintf(out, "cost of a call = a + b N + c N^2 for N pages, in %s (%s clock)%s\n\n",
		data->info.clock->counts, data->info.clock->name, dataset_doubt(data));
}

static void print_notes(FILE *out, size_t count)
{
	if (!count)
		fprintf(out, "no cells differ in pages alone at %d page counts or more; name "
			"them in the matrix\n", SCALING_MIN);
	else
		fprintf(out, "\nweighted least squares, +- standard errors; weights are "
			"1 / variance over boots, 1 / cost^2\nwhere there is one boot. "
			"exponent: slope of log cost over log N from %d pages on, with its\n"
			"interval at level 0.95. quadratic: c N^2 is half of the fit or more "
			"at the largest N;\nlinear: less than a tenth; less than linear: it takes a "
			"tenth away, and the interval\nof the exponent is below 1 (unclear: it is "
			"not)\n", SCALING_FROM);
}

int scaling_print(FILE *out, const struct dataset *data, enum table_format format)
{
	size_t count = 0;
	struct scaling *fits = scaling_of(data, &count);
	struct table t = { .ragged = true };
	bool tsv = format == TABLE_TSV;
	int ret = fits ? 0 : -ENOMEM;

	if (!ret) {
		make_table(&t, data, fits, count, tsv);
		if (!tsv)
			print_title(out, data);
		if (tsv || count)
			ret = table_print(out, &t, format);
		if (!tsv)
			print_notes(out, count);
	}
	table_free(&t);
	free(fits);
	return ret ?: ferror(out) ? -EIO : 0;
}
