// SPDX-License-Identifier: GPL-3.0-or-later
/* The command line of hmmreport. */
#include <argp.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../common/err.h"
#include "dataset.h"
#include "figure.h"
#include "summary.h"
#include "version.h"

const char *argp_program_version = "hmmreport " HMMBENCH_VERSION;
error_t argp_err_exit_status = EXIT_USAGE;

struct arguments {
	const char *format;
	const char *words[2];
	int n_words;
};

static const struct argp_option summary_options[] = {
	{ "format", 'f', "text|tsv|md", 0, "how to print the table (default: text)", 0 },
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

static int command_summary(struct arguments *a)
{
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

static int command_figure(struct arguments *a)
{
	struct dataset data;
	int status;

	if (a->n_words != 2)
		err_exit(EXIT_USAGE, "figure wants a name, or all, and a run folder");
	load(a->words[1], &data);
	status = figure_draw(&data, a->words[0]);
	dataset_free(&data);
	return status;
}

static const struct command {
	const char *name;
	const char *arguments;
	const char *doc;
	const struct argp_option *options;
	int (*run)(struct arguments *a);
} commands[] = {
	{ "summary", "DIR", "Print the table of a run and write DIR/summary.tsv.",
	  summary_options, command_summary },
	{ "figure", "NAME|all DIR", "Draw a figure of a run into DIR/figures.",
	  no_options, command_figure },
};
#define COMMANDS	(sizeof(commands) / sizeof(*commands))

static void print_help(FILE *out)
{
	fputs("Usage: hmmreport COMMAND [OPTION...] ARGUMENT...\n"
	      "Turns the run folders of hmmbench into tables and figures.\n\n", out);
	for (size_t i = 0; i < COMMANDS; i++)
		fprintf(out, "  %-8s %-13s %s\n", commands[i].name,
			commands[i].arguments, commands[i].doc);
	fputs("\nfigures:\n", out);
	figure_list(out);
	fputs("\nhmmreport COMMAND --help shows the options; man hmmreport the rest.\n",
	      out);
}

int main(int argc, char **argv)
{
	struct arguments arguments = { 0 };

	if (argc < 2) {
		print_help(stderr);
		return EXIT_USAGE;
	}
	if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "help")) {
		print_help(stdout);
		return EXIT_FINE;
	}
	if (!strcmp(argv[1], "--version")) {
		puts(argp_program_version);
		return EXIT_FINE;
	}
	for (size_t i = 0; i < COMMANDS; i++) {
		const struct command *c = &commands[i];
		struct argp argp = { .options = c->options, .parser = parse_option,
				     .args_doc = c->arguments, .doc = c->doc };
		char name[64];

		if (strcmp(argv[1], c->name))
			continue;
		snprintf(name, sizeof(name), "hmmreport %s", c->name);
		argv[1] = name;
		argp_parse(&argp, argc - 1, argv + 1, 0, NULL, &arguments);
		return c->run(&arguments);
	}
	err_exit(EXIT_USAGE, "no command '%s'; there are summary, figure", argv[1]);
}
