// SPDX-License-Identifier: GPL-3.0-or-later
/* Commands that set one thing against another. */
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "model/strategies.h"
#include "report/tables/check.h"
#include "report/tables/compare.h"
#include "report/tables/modelled.h"
#include "report/tables/summary.h"
#include "report/write/array.h"
#include "arguments.h"

const struct argp_option compare_options[] = {
	{ "by", 'B', "run|strategy|kernel|event", 0, "what the columns are (default: run; strategy "
	  "for one folder); kernel: the strategies of each run, of several kernels; event: loads "
	  "that one run modelled and the other counted", 0 },
	{ "baseline", 'N', "NAME", 0, "folder or strategy that the others are compared with "
	  "(default: the first folder; unlocked; by kernel plain of the first folder)", 0 },
	{ "strategy", 's', "NAME[,NAME...]", 0, "by kernel: these strategies alone, and the "
	  "baseline", 0 },
	{ "format", 'f', "text|tsv|md", 0, "how to print the table (default: text)", 0 },
	{ 0 },
};
const struct argp_option check_options[] = {
	{ "max-slowdown", 'S', "P%", 0, "how much slower a cell may be (default: 2%)", 0 },
	{ "format", 'f', "text|tsv", 0, "how to print what was found (default: text)", 0 },
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

static void warn(void *none, const char *text)
{
	(void)none;
	err_msg("%s", text);
}

void arguments_comparable(const struct dataset *base, const struct dataset *other, bool kernels)
{
	if (base->info.clock != other->info.clock)
		err_exit(EXIT_UNKNOWN, "%s is in %s and %s in %s: two clocks, which are never "
			 "compared; measure both on one", base->folder, base->info.clock->unit,
			 other->folder, other->info.clock->unit);
	compare_warnings(base, other, kernels, warn, NULL);
}

static size_t find_base(const struct arguments *a)
{
	for (int i = 0; a->baseline && i < a->n_words; i++)
		if (!strcmp(a->words[i], a->baseline))
			return (size_t)i;
	if (a->baseline)
		err_exit(EXIT_USAGE, "--baseline %s: is not one of the folders", a->baseline);
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
	for_each_cell(cell, data)
		if (cell->closed && !strcmp(cell->axes.strategy, name))
			return true;
	return false;
}

static void by_strategy(const struct arguments *a, const struct dataset *data,
			struct compare *out)
{
	const char *baseline = a->baseline ? a->baseline : STRATEGY_BASELINE;

	if (!has_strategy(data, baseline))
		err_exit(EXIT_UNKNOWN, "%s: no cell of the strategy %s; name another with "
			 "--baseline", data->folder, baseline);
	compare_strategies(data, baseline, out);
}

static void by_run(const struct arguments *a, const struct dataset *data, struct compare *out)
{
	size_t base = find_base(a), count = a->n_words;

	for (size_t i = 0; i < count; i++)
		if (i != base)
			arguments_comparable(&data[base], &data[i], false);
	compare_runs(data, count, base, out);
}

/* The strategies of a run that it could measure, for a message. */
static char *list_strategies(const struct dataset *data, char *buf, size_t size)
{
	size_t n = 0;

	*buf = '\0';
	for (size_t i = 0; i < data->count && n < size; i++) {
		const char *name = data->cells[i].axes.strategy;
		size_t k = 0;

		while (k < i && strcmp(data->cells[k].axes.strategy, name))
			k++;
		if (k == i && compare_has(data, name))
			n += snprintf(buf + n, size - n, "%s%s", n ? ", " : "", name);
	}
	return buf;
}

/* What the drivers of the first kernel call; where nothing but one was measured, that. */
static const char *kernel_baseline(const struct arguments *a, const struct dataset *first)
{
	const char *name = a->baseline ? a->baseline :
			   compare_has(first, STRATEGY_PLAIN) ? STRATEGY_PLAIN :
			   STRATEGY_BASELINE;
	char measured[1024];

	list_strategies(first, measured, sizeof(measured));
	for (size_t i = 0; i < first->count && !a->baseline; i++)
		if (!strcmp(first->cells[i].axes.strategy, measured))
			name = first->cells[i].axes.strategy;
	if (!*measured)
		err_exit(EXIT_UNKNOWN, "%s: no cell was measured there; name first the run of "
			 "another kernel", first->folder);
	if (!compare_has(first, name))
		err_exit(EXIT_UNKNOWN, "%s: %s%s was not measured there; name a strategy that was "
			 "with --baseline: %s", first->folder, a->baseline ? "" : "plain or ",
			 name, measured);
	return name;
}

/* A strategy that no run has is a slip of the pen. */
static void check_strategies(const struct arguments *a, const struct dataset *data)
{
	char *list = a->strategies ? array_held(strdup(a->strategies)) : NULL, *rest = list, *name;

	while (list && (name = strsep(&rest, ","))) {
		int i = 0;

		while (i < a->n_words && !has_strategy(&data[i], name))
			i++;
		if (i == a->n_words)
			err_exit(EXIT_USAGE, "--strategy %s: no run has a strategy '%s'",
				 a->strategies, name);
	}
	free(list);
}

static void by_kernel(const struct arguments *a, const struct dataset *data, struct compare *out)
{
	for (int i = 1; i < a->n_words; i++)
		arguments_comparable(data, &data[i], true);
	check_strategies(a, data);
	compare_kernels(data, a->n_words, a->strategies, kernel_baseline(a, data), out);
}

/* What the columns may be; @one: of one run, not of several. Events have a table of their own. */
static const struct by {
	const char *name;
	bool one;
	void (*make)(const struct arguments *a, const struct dataset *data, struct compare *out);
} bys[] = {
	{ "run", false, by_run }, { "strategy", true, by_strategy },
	{ "kernel", false, by_kernel }, { "event", false, NULL },
};
#define BYS	(sizeof(bys) / sizeof(*bys))

static const struct by *find_by(const struct arguments *a)
{
	const char *name = a->by ? a->by : a->n_words == 1 ? "strategy" : "run";
	size_t i = 0;

	while (i < BYS && strcmp(bys[i].name, name))
		i++;
	if (i == BYS)
		err_exit(EXIT_USAGE, "--by %s: wants run, strategy, kernel or event", name);
	if (bys[i].one ? a->n_words != 1 : a->n_words < 2)
		err_exit(EXIT_USAGE, "compare wants two run folders or more, or one with "
			 "--by strategy");
	if (!bys[i].make && (a->n_words != 2 || a->baseline))
		err_exit(EXIT_USAGE, "--by event wants two run folders and no --baseline");
	if (a->strategies && bys[i].make != by_kernel)
		err_exit(EXIT_USAGE, "--strategy goes with --by kernel");
	all_differ(a);
	return &bys[i];
}

/* Times of two clocks cannot be compared; what a model and a machine count can. */
static bool wants_events(const struct arguments *a, const struct by *by,
			 const struct dataset *data, struct modelled *modelled)
{
	if (!by->make && !modelled_find(data, modelled))
		err_exit(EXIT_UNKNOWN, "%s and %s: neither has loads that were modelled; measure "
			 "one with scripts/bench --model", a->words[0], a->words[1]);
	return !by->make || (!a->by && !a->baseline && a->n_words == 2 &&
			     data[0].info.clock != data[1].info.clock &&
			     modelled_find(data, modelled) && modelled->counted);
}

static int print_compare(const struct arguments *a, const struct by *by,
			 const struct dataset *data, const char *format)
{
	bool tsv = !strcmp(format, "tsv"), md = !strcmp(format, "md");
	struct modelled modelled;
	struct compare compare;
	int ret;

	if (wants_events(a, by, data, &modelled))
		return tsv ? modelled_write_tsv(stdout, &modelled) :
			     modelled_print(stdout, &modelled, md);
	by->make(a, data, &compare);
	ret = tsv ? compare_write_tsv(stdout, &compare) : compare_print(stdout, &compare, md);
	compare_free(&compare);
	return ret;
}

int command_compare(void *arguments)
{
	const struct arguments *a = arguments;
	const char *format = format_of(a, 1);
	const struct by *by = find_by(a);
	struct dataset data[WORDS_MAX];
	int bad = 0;

	for (int i = 0; i < a->n_words; i++)
		arguments_load(a->words[i], &data[i]);
	written(print_compare(a, by, data, format), "the table");
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
	arguments_comparable(&base, &now, false);
	status = check_runs(stdout, &base, &now, limit, !strcmp(format, "tsv"));
	written(status, "what was found");
	dataset_free(&base);
	dataset_free(&now);
	return status;
}
