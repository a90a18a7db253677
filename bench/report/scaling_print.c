// SPDX-License-Identifier: GPL-3.0-or-later
/* What `hmmreport scaling` prints. */
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scaling.h"

enum column {
	CELLS, PAGES, POINTS, TERM_A, TERM_B, TERM_C, EXPONENT, LOW, HIGH, GROWTH, COLUMNS,
	/* which people are told elsewhere */
	ERROR_A = COLUMNS, ERROR_B, ERROR_C, UNIT, EMULATED, TSV_COLUMNS
};

static const char *const heads[TSV_COLUMNS] = {
	"cells", "pages", "points", "a", "b", "c", "exponent", "lo", "hi", "growth",
	"a_se", "b_se", "c_se", "unit", "emulated",
};

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
static void put_cells(struct table *t, size_t row, const struct cell_data *cell)
{
	char key[AXES_KEY_MAX], *pages, *rest;

	axes_key(&cell->axes, key, sizeof(key));
	pages = strchr(key, '/');
	rest = pages ? strchr(pages + 1, '/') : NULL;
	table_put(t, row, CELLS, "%s%s", cell->axes.strategy, rest ? rest : "");
}

static void put_term(struct table *t, size_t row, size_t column, double value, double sd)
{
	if (t->columns == TSV_COLUMNS) {
		table_put(t, row, column, "%.6g", value);
		table_put(t, row, column - TERM_A + ERROR_A, "%.6g", sd);
	} else {
		table_put(t, row, column, "%.4g +-%.2g", value, sd);
	}
}

static int put_row(struct table *t, const struct dataset *data, const struct scaling *s)
{
	size_t row = t->rows;

	if (table_row(t))
		return -ENOMEM;
	put_cells(t, row, s->first);
	table_put(t, row, PAGES, "%" PRIu64 "..%" PRIu64, s->least, s->most);
	table_put(t, row, POINTS, "%zu", s->count);
	put_term(t, row, TERM_A, s->a, s->a_sd);
	put_term(t, row, TERM_B, s->b, s->b_sd);
	put_term(t, row, TERM_C, s->c, s->c_sd);
	if (!isnan(s->slope)) {
		table_put(t, row, EXPONENT, "%.3f", s->slope);
		table_put(t, row, LOW, "%.3f", s->lo);
		table_put(t, row, HIGH, "%.3f", s->hi);
	}
	table_put(t, row, GROWTH, "%s", growth_name(s->growth));
	if (t->columns == TSV_COLUMNS) {
		table_put(t, row, UNIT, "%s", data->info.clock->unit);
		table_put(t, row, EMULATED, "%s", dataset_emulated_name(data));
	}
	return 0;
}

static int make_table(struct table *t, const struct dataset *data,
		      const struct scaling *fits, size_t count, enum table_format format)
{
	size_t columns = format == TABLE_TSV ? TSV_COLUMNS : COLUMNS;
	int ret = 0;

	t->left[CELLS] = 1;
	t->left[GROWTH] = 1;
	for (size_t i = 0; !ret && i < columns; i++)
		ret = table_column(t, heads[i]) < 0 ? -ENOMEM : 0;
	for (size_t i = 0; !ret && i < count; i++)
		ret = put_row(t, data, &fits[i]);
	return ret;
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
	int ret = fits ? make_table(&t, data, fits, count, format) : -ENOMEM;

	if (!ret) {
		if (format != TABLE_TSV)
			print_title(out, data);
		if (format == TABLE_TSV || count)
			table_print(out, &t, format);
		if (format != TABLE_TSV)
			print_notes(out, count);
	}
	table_free(&t);
	free(fits);
	return ret ?: ferror(out) ? -EIO : 0;
}
