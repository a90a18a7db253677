// SPDX-License-Identifier: GPL-3.0-or-later
/* Commands that set one thing against another. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../common/err.h"
#include "arguments.h"
#include "check.h"
#include "compare.h"
#include "scaling.h"
#include "summary.h"

const struct argp_option compare_options[] = {
	{ "by", 'B', "run|strategy", 0, "what the columns are (default: run; strategy for one "
	  "folder)", 0 },
	{ "baseline", 'N', "NAME", 0, "folder or strategy that the others are compared with "
	  "(default: the first folder; unlocked)", 0 },
	{ "format", 'f', "text|tsv|md", 0, "how to print the table (default: text)", 0 },
	{ 0 },
};
const struct argp_option check_options[] = {
	{ "max-slowdown", 'S', "P%", 0, "how much slower a cell may be (default: 2%)", 0 },
	{ "format", 'f', "text|tsv", 0, "how to print what was found (default: text)", 0 },
	{ 0 },
};
const struct argp_option scaling_options[] = {
	{ "format", 'f', "text|tsv|md", 0, "how to print the table (default: text)", 0 },
	{ 0 },
};

static const char *format_of(const struct arguments *a, int markdown)
{
	const char *format = a->format ? a->format : "text";

	if (strcmp(format, "text") && strcmp(format, "tsv") &&
	    (!markdown || strcmp(format, "md")))
		err_exit(EXIT_USAGE, "--format %s: wants text%s", format,
			 markdown ? ", tsv or md" : " or tsv");
	return format;
}

static void written(int ret, const char *what)
{
	if (ret < 0 || fflush(stdout))
		err_exit(EXIT_UNKNOWN, "cannot write %s: %s", what,
			 strerror(ret < 0 ? -ret : errno));
}

/* Runs of one clock; what else they differ in is told. */
static void comparable(const struct dataset *base, const struct dataset *other)
{
	if (strcmp(base->info.unit, other->info.unit))
		err_exit(EXIT_UNKNOWN, "%s is in %s and %s in %s: two clocks, which are never "
			 "compared; measure both on one", base->folder, base->info.unit,
			 other->folder, other->info.unit);
	compare_warnings(base, other, err_msg);
}

static size_t find_base(const struct arguments *a)
{
	for (int i = 0; a->baseline && i < a->n_words; i++)
		if (!strcmp(a->words[i], a->baseline))
			return (size_t)i;
	if (a->baseline)
		err_exit(EXIT_USAGE, "--baseline %s: is none of the folders", a->baseline);
	return 0;
}

static void all_differ(const struct arguments *a)
{
	for (int i = 0; i < a->n_words; i++)
		for (int k = 0; k < i; k++)
			if (!strcmp(a->words[i], a->words[k]))
				err_exit(EXIT_USAGE, "%s: named twice", a->words[i]);
}

static bool has_strategy(const struct dataset *data, const char *name)
{
	for (size_t i = 0; i < data->count; i++)
		if (data->cells[i].closed && !strcmp(data->cells[i].axes.strategy, name))
			return true;
	return false;
}

static int make(const struct arguments *a, const struct dataset *data, bool strategies,
		struct compare *out)
{
	const char *baseline = a->baseline ? a->baseline : "unlocked";
	size_t base;

	if (!strategies) {
		base = find_base(a);
		for (size_t i = 0; i < (size_t)a->n_words; i++)
			if (i != base)
				comparable(&data[base], &data[i]);
		return compare_runs(data, (size_t)a->n_words, base, out);
	}
	if (!has_strategy(data, baseline))
		err_exit(EXIT_UNKNOWN, "%s: no cell of the strategy %s; name another with "
			 "--baseline", data->folder, baseline);
	return compare_strategies(data, baseline, out);
}

int command_compare(void *arguments)
{
	const struct arguments *a = arguments;
	const char *by = a->by ? a->by : a->n_words == 1 ? "strategy" : "run";
	const char *format = format_of(a, 1);
	bool strategies = !strcmp(by, "strategy");
	struct dataset data[WORDS_MAX];
	struct compare compare;
	int ret, bad = 0;

	if (!strategies && strcmp(by, "run"))
		err_exit(EXIT_USAGE, "--by %s: wants run or strategy", by);
	if (strategies ? a->n_words != 1 : a->n_words < 2)
		err_exit(EXIT_USAGE, "compare wants two run folders or more, or one with "
			 "--by strategy");
	all_differ(a);
	for (int i = 0; i < a->n_words; i++)
		arguments_load(a->words[i], &data[i]);
	ret = make(a, data, strategies, &compare);
	if (!ret) {
		ret = strcmp(format, "tsv") ?
		      compare_print(stdout, &compare, !strcmp(format, "md")) :
		      compare_write_tsv(stdout, &compare);
		compare_free(&compare);
	}
	if (ret == -E2BIG)
		err_exit(EXIT_UNKNOWN, "too many columns to print; --format tsv has them all");
	written(ret, "the table");
	for (int i = 0; i < a->n_words; i++) {
		bad |= summary_bad(&data[i]);
		dataset_free(&data[i]);
	}
	return bad ? EXIT_BAD : EXIT_FINE;
}

int command_check(void *arguments)
{
	const struct arguments *a = arguments;
	const char *text = a->slowdown ? a->slowdown : "2%", *format = format_of(a, 0);
	double limit = check_limit(text);
	struct dataset base, now;
	int status;

	if (a->n_words != 2)
		err_exit(EXIT_USAGE, "check wants two run folders: BASE and NEW");
	if (isnan(limit))
		err_exit(EXIT_USAGE, "--max-slowdown %s: wants a percentage, as 2%%", text);
	arguments_load(a->words[0], &base);
	arguments_load(a->words[1], &now);
	comparable(&base, &now);
	status = check_runs(stdout, &base, &now, limit, !strcmp(format, "tsv"));
	written(status, "what was found");
	dataset_free(&base);
	dataset_free(&now);
	return status;
}

int command_scaling(void *arguments)
{
	const struct arguments *a = arguments;
	const char *format = format_of(a, 1);
	struct dataset data;

	if (a->n_words != 1)
		err_exit(EXIT_USAGE, "scaling wants one run folder");
	arguments_load(a->words[0], &data);
	written(scaling_print(stdout, &data, (enum table_format)table_format(format)),
		"the table");
	dataset_free(&data);
	return EXIT_FINE;
}
