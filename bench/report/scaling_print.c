// SPDX-License-Identifier: GPL-3.0-or-later
/* What `hmmreport scaling` prints. */
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scaling.h"

#define FIELDS		10
#define FIELD_MAX	AXES_KEY_MAX

static const char *const heads[FIELDS] = {
	"cells", "pages", "points", "a", "b", "c", "exponent", "lo", "hi", "growth",
};

static const char *const growths[] = {
	[GROWS_NOT] = "not with pages", [GROWS_LINEAR] = "linear",
	[GROWS_BETWEEN] = "linear and quadratic", [GROWS_QUADRATIC] = "quadratic",
};

const char *growth_name(enum growth growth)
{
	return growths[growth];
}

/* The key of the cells without their pages. */
static void put_cells(char *field, const struct cell_data *cell)
{
	char key[AXES_KEY_MAX], *pages, *rest;

	axes_key(&cell->axes, key, sizeof(key));
	pages = strchr(key, '/');
	rest = pages ? strchr(pages + 1, '/') : NULL;
	snprintf(field, FIELD_MAX, "%s%s", cell->axes.strategy, rest ? rest : "");
}

static void put_known(char *field, const char *format, double value)
{
	if (isnan(value))
		snprintf(field, FIELD_MAX, "-");
	else
		snprintf(field, FIELD_MAX, format, value);
}

static void put_term(char *field, double value, double sd, int people)
{
	if (people)
		snprintf(field, FIELD_MAX, "%.4g +-%.2g", value, sd);
	else
		snprintf(field, FIELD_MAX, "%.6g", value);
}

static void fill(char (*field)[FIELD_MAX], const struct scaling *s, int people)
{
	put_cells(field[0], s->first);
	snprintf(field[1], FIELD_MAX, "%" PRIu64 "..%" PRIu64, s->least, s->most);
	snprintf(field[2], FIELD_MAX, "%zu", s->count);
	put_term(field[3], s->a, s->a_sd, people);
	put_term(field[4], s->b, s->b_sd, people);
	put_term(field[5], s->c, s->c_sd, people);
	put_known(field[6], "%.3f", s->slope);
	put_known(field[7], "%.3f", s->lo);
	put_known(field[8], "%.3f", s->hi);
	snprintf(field[9], FIELD_MAX, "%s", growth_name(s->growth));
}

static void print_row(FILE *out, char (*field)[FIELD_MAX], const size_t *widths,
		      const char *format)
{
	int left, tsv = !strcmp(format, "tsv"), md = !strcmp(format, "md");

	for (size_t i = 0; i < FIELDS; i++) {
		left = i == 0 || i == FIELDS - 1;
		if (tsv)
			fprintf(out, "%s%s", i ? "\t" : "", field[i]);
		else
			fprintf(out, md ? "| %*s " : i ? "  %*s" : "%*s",
				(left ? -1 : 1) * (int)widths[i], field[i]);
	}
	fputs(md ? "|\n" : "\n", out);
}

static void print_title(FILE *out, const struct dataset *data)
{
	fprintf(out, "cost of a call = a + b N + c N^2 for N pages, in %s%s\n\n",
		strcmp(data->info.unit, "insn") ? "nanoseconds (wall clock)" :
		"guest instructions (insn clock)",
		dataset_emulated(data) ? ", EMULATED: no evidence" : "");
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
			"at the largest N;\nlinear: less than a tenth\n", SCALING_FROM);
}

static void print_all(FILE *out, char (*fields)[FIELDS][FIELD_MAX], size_t rows,
		      const char *format)
{
	size_t widths[FIELDS] = { 0 };

	for (size_t r = 0; r < rows; r++)
		for (size_t i = 0; i < FIELDS; i++)
			if (strlen(fields[r][i]) > widths[i])
				widths[i] = strlen(fields[r][i]);
	for (size_t r = 0; r < rows; r++) {
		print_row(out, fields[r], widths, format);
		for (size_t i = 0; !r && !strcmp(format, "md") && i < FIELDS; i++)
			fputs(i + 1 < FIELDS ? i ? "|---:" : "|---" : "|---|\n", out);
	}
}

int scaling_print(FILE *out, const struct dataset *data, const char *format)
{
	size_t count = 0;
	struct scaling *fits = scaling_of(data, &count);
	char (*fields)[FIELDS][FIELD_MAX] = calloc(count + 1, sizeof(*fields));
	int tsv = !strcmp(format, "tsv");

	if (!fits || !fields) {
		free(fits);
		free(fields);
		return -ENOMEM;
	}
	for (size_t i = 0; i < FIELDS; i++)
		snprintf(fields[0][i], FIELD_MAX, "%s", heads[i]);
	for (size_t i = 0; i < count; i++)
		fill(fields[i + 1], &fits[i], !tsv);
	if (!tsv)
		print_title(out, data);
	if (tsv || count)
		print_all(out, fields, count + 1, format);
	if (!tsv)
		print_notes(out, count);
	free(fits);
	free(fields);
	return ferror(out) ? -EIO : 0;
}
