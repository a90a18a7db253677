// SPDX-License-Identifier: GPL-3.0-or-later
#include "check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "report/judge/contrasts.h"
#include "report/write/number.h"

enum finding { FOUND_FINE, FOUND_SLOWER, FOUND_UNKNOWN, FOUND_NOTHING, FINDINGS };

static const char *const names[] = {
	[FOUND_FINE] = "fine", [FOUND_SLOWER] = "slower", [FOUND_UNKNOWN] = "cannot tell",
	[FOUND_NOTHING] = "not compared",
};

static const char unfinished[] = "never finished in the base; go on with --resume";

double check_limit(const char *text)
{
	char *end;
	double percent = strtod(text, &end);

	return end != text && !strcmp(end, "%") && percent >= 0 && percent <= 1000 ?
	       percent / 100 : NAN;
}

/*
 * On the insn clock a sample costs what the samples before it left in the allocator:
 * another matrix has others before it.
 */
static bool same_matrix(const struct dataset *base, const struct dataset *other)
{
	const char *a = base->info.matrix_sha256, *b = other->info.matrix_sha256;

	return !a || !b || !strcmp(a, b);
}

/* @why: set where the finding is unknown. */
static enum finding judge(const struct contrast *c, double limit, bool same, const char **why)
{
	if (c->base && (c->base->status == CELL_SKIPPED || c->base->status == CELL_UNSUPPORTED))
		return FOUND_NOTHING;
	*why = c->why;
	if (c->verdict == VERDICT_NONE)
		return FOUND_UNKNOWN;
	if (c->verdict == VERDICT_EXACT && c->ratio > 1 + limit && !same) {
		*why = "of another matrix: other samples came before it";
		return FOUND_UNKNOWN;
	}
	if (c->verdict == VERDICT_EXACT)
		return c->ratio > 1 + limit ? FOUND_SLOWER : FOUND_FINE;
	if (c->verdict == VERDICT_OVERLAP)
		return c->ratio > 1 + limit ? FOUND_UNKNOWN : FOUND_FINE;
	if (isnan(c->lo))
		return FOUND_UNKNOWN;
	if (c->hi <= 1 + limit)
		return FOUND_FINE;
	if (c->verdict == VERDICT_SLOWER && c->lo > 1 + limit)
		return FOUND_SLOWER;
	*why = c->lo > 1 + limit ? c->why : "the limit is inside the interval: need more boots";
	return FOUND_UNKNOWN;
}

static void print_tsv(FILE *out, const struct contrast *c, enum finding found,
		      const char *key, const char *why)
{
	const double values[] = { c->ratio, c->lo, c->hi, c->p };
	char text[NUMBER_MAX];

	fprintf(out, "%s\t%s", names[found], key);
	for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++)
		fprintf(out, "\t%s", number_real(values[i], text));
	fprintf(out, "\t%s\n", found == FOUND_UNKNOWN && *why ? why : "-");
}

static void print_text(FILE *out, const struct contrast *c, enum finding found,
		       const char *key, const char *why)
{
	fprintf(out, "%s: %s: ", names[found], key);
	if (!isnan(c->ratio))
		fprintf(out, c->clock->exact ? "ratio %.8f" : "ratio %.4f", c->ratio);
	if (!isnan(c->lo))
		fprintf(out, ", interval %.4f to %.4f", c->lo, c->hi);
	if (!isnan(c->p))
		fprintf(out, ", p %.2g", c->p);
	if (found == FOUND_UNKNOWN)
		fprintf(out, "%s%s", isnan(c->ratio) ? "" : ": ", why);
	fputc('\n', out);
}

/* Cells that no run closed have no name: their number must do. */
static size_t print_neither(FILE *out, const struct contrasts *all, const struct dataset *base,
			    bool tsv)
{
	size_t n = dataset_missing(base);

	for (size_t i = 0; i < all->count; i++)
		n -= n && !all->c[i].base;
	if (n && tsv)
		fprintf(out, "%s\t%zu more\t-\t-\t-\t-\t%s\n", names[FOUND_UNKNOWN], n, unfinished);
	else if (n)
		fprintf(out, "%s: %zu more: %s\n", names[FOUND_UNKNOWN], n, unfinished);
	return n;
}

static void print_end(FILE *out, const size_t *count, double limit)
{
	fprintf(out, "slower by more than %g %%: %zu cells; cannot tell: %zu; fine: %zu",
		100 * limit, count[FOUND_SLOWER], count[FOUND_UNKNOWN], count[FOUND_FINE]);
	if (count[FOUND_NOTHING])
		fprintf(out, "; not compared, as the base skips or cannot do them: %zu",
			count[FOUND_NOTHING]);
	fputc('\n', out);
}

int check_runs(FILE *out, const struct dataset *base, const struct dataset *now,
	       double limit, bool tsv)
{
	bool same = same_matrix(base, now);
	size_t count[FINDINGS] = { 0 };
	char key[AXES_KEY_MAX];
	struct contrasts all;

	if (dataset_emulated(base) || dataset_emulated(now)) {
		const struct dataset *of = dataset_emulated(base) ? base : now;

		fprintf(out, "cannot tell: %s: %s are no evidence; measure on KVM or metal, or "
			"on the insn clock\n", of->folder,
			dataset_emulated(of) == EMULATED_YES ? "wall times of an emulator" :
			"wall times not known whether emulated");
		return EXIT_UNKNOWN;
	}
	contrasts_of_runs(base, now, NULL, &all);
	if (tsv)
		fputs("finding\tcell\tratio\tlo\thi\tp\twhy\n", out);
	for (size_t i = 0; i < all.count; i++) {
		const struct contrast *c = &all.c[i];
		const char *why = "";
		enum finding found = judge(c, limit, same, &why);

		count[found]++;
		if (found == FOUND_SLOWER || found == FOUND_UNKNOWN)
			(tsv ? print_tsv : print_text)(out, c, found,
				axes_key(&(c->base ? c->base : c->other)->axes, key,
					 sizeof(key)), why);
	}
	count[FOUND_UNKNOWN] += print_neither(out, &all, base, tsv);
	contrasts_free(&all);
	if (!tsv)
		print_end(out, count, limit);
	if (count[FOUND_SLOWER])
		return EXIT_BAD;
	return count[FOUND_UNKNOWN] || !count[FOUND_FINE] ? EXIT_UNKNOWN : EXIT_FINE;
}
