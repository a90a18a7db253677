// SPDX-License-Identifier: GPL-3.0-or-later
/* The command line of hmmreport. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../common/command.h"
#include "../common/err.h"
#include "dataset.h"
#include "enough.h"
#include "figure.h"
#include "pilot.h"
#include "summary.h"
#include "version.h"

struct arguments {
	const char *format;
	const char *target;
	const char *words[2];
	int n_words;
};

static const struct argp_option summary_options[] = {
	{ "format", 'f', "text|tsv|md", 0, "how to print the table (default: text)", 0 },
	{ 0 },
};
static const struct argp_option target_options[] = {
	{ "target", 't', "P", 0, "wanted half-width of each interval, in percent of the median "
	  "(default: 1)", 0 },
	{ 0 },
};
static const struct argp_option no_options[] = { { 0 } };

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	struct arguments *a = state->input;

	switch (key) {
	case 'f':
		a->format = arg;
		return 0;
	case 't':
		a->target = arg;
		return 0;
	case ARGP_KEY_ARG:
		if (a->n_words == 2)
			return ARGP_ERR_UNKNOWN;
		a->words[a->n_words++] = arg;
		return 0;
	default:
		return ARGP_ERR_UNKNOWN;
	}
}

static void load(const char *folder, struct dataset *data)
{
	char why[PATH_MAX + 1024];

	if (dataset_load(folder, data, why, sizeof(why)))
		err_exit(EXIT_UNKNOWN, "%s", why);
}

/* Whole or not at all: a reader never finds half a table. */
static void write_tsv(const struct dataset *data)
{
	char path[PATH_MAX], temporary[PATH_MAX];
	FILE *out;

	snprintf(path, sizeof(path), "%s/summary.tsv", data->folder);
	snprintf(temporary, sizeof(temporary), "%s/summary.tsv.new", data->folder);
	out = fopen(temporary, "we");
	if (!out || summary_write_tsv(out, data) || fclose(out) ||
	    rename(temporary, path)) {
		int err = errno;

		unlink(temporary);
		err_exit(EXIT_UNKNOWN, "%s: %s", path, strerror(err));
	}
}

static int command_summary(void *arguments)
{
	struct arguments *a = arguments;
	const char *format = a->format ? a->format : "text";
	struct dataset data;
	int ret = 0, bad;

	if (a->n_words != 1)
		err_exit(EXIT_USAGE, "summary wants one run folder");
	if (strcmp(format, "text") && strcmp(format, "tsv") && strcmp(format, "md"))
		err_exit(EXIT_USAGE, "--format %s: wants text, tsv or md", format);
	load(a->words[0], &data);
	write_tsv(&data);
	if (!strcmp(format, "tsv"))
		ret = summary_write_tsv(stdout, &data);
	else
		ret = summary_print(stdout, &data, !strcmp(format, "md"));
	if (ret || fflush(stdout))
		err_exit(EXIT_UNKNOWN, "cannot write the table: %s",
			 strerror(ret ? -ret : errno));
	bad = summary_bad(&data);
	dataset_free(&data);
	return bad ? EXIT_BAD : EXIT_FINE;
}

static int command_figure(void *arguments)
{
	struct arguments *a = arguments;
	struct dataset data;
	int status;

	if (a->n_words != 2)
		err_exit(EXIT_USAGE, "figure wants a name, or all, and a run folder");
	load(a->words[1], &data);
	status = figure_draw(&data, a->words[0]);
	dataset_free(&data);
	return status;
}

/* For the commands that take a target and one run. */
static int with_target(const struct arguments *a, const char *command,
		       int (*print)(FILE *out, const struct dataset *data, double target))
{
	const char *text = a->target ? a->target : "1";
	double target = strtod(text, NULL);
	struct dataset data;
	int status;

	if (a->n_words != 1)
		err_exit(EXIT_USAGE, "%s wants one run folder", command);
	if (text[strspn(text, "0123456789.")] || !(target > 0 && target <= 100))
		err_exit(EXIT_USAGE, "--target %s: wants percent, above 0 and up to 100", text);
	load(a->words[0], &data);
	status = print(stdout, &data, target);
	dataset_free(&data);
	if (fflush(stdout))
		err_exit(EXIT_UNKNOWN, "cannot write: %s", strerror(errno));
	return status;
}

static int command_enough(void *arguments)
{
	return with_target(arguments, "enough", enough_print);
}

static int command_pilot(void *arguments)
{
	return with_target(arguments, "pilot", pilot_print);
}

static struct command commands[] = {
	{ "summary", "DIR", "Print the table of a run and write DIR/summary.tsv.",
	  summary_options, command_summary },
	{ "figure", "NAME|all DIR", "Draw a figure of a run into DIR/figures.",
	  no_options, command_figure },
	{ "enough", "DIR", "Is the interval of each cell narrow enough? Exit status 1: not yet.",
	  target_options, command_enough },
	{ "pilot", "DIR", "From a run of a few boots: how many boots and rounds a cell needs.",
	  target_options, command_pilot },
	{ 0 },
};

static void list_figures(FILE *out)
{
	fputs("\nfigures:\n", out);
	figure_list(out);
	fputs("  all        each of which the run has data\n", out);
}

/* The list of figures is the table's, so the help of the command is made here. */
static void complete_help(void)
{
	struct command *figure = &commands[1];
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		return;
	fprintf(out, "%s\v", figure->doc);
	list_figures(out);
	if (!fclose(out))
		figure->doc = text;
}

static const struct program program = {
	.name = "hmmreport",
	.version = "hmmreport " HMMBENCH_VERSION,
	.doc = "Turns the run folders of hmmbench into tables and figures.",
	.commands = commands,
	.parser = parse_option,
	.more = list_figures,
};

int main(int argc, char **argv)
{
	struct arguments arguments = { 0 };

	complete_help();
	return command_main(&program, argc, argv, &arguments);
}
