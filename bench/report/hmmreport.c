// SPDX-License-Identifier: GPL-3.0-or-later
/* The command line of hmmreport. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/command.h"
#include "base/err.h"
#include "record/folder.h"
#include "report/data/dataset.h"
#include "report/figures/figure.h"
#include "report/tables/drivers.h"
#include "report/tables/machines.h"
#include "report/tables/summary.h"
#include "report/write/whole_file.h"
#include "arguments.h"
#include "version.h"

static const struct argp_option summary_options[] = {
	{ "format", 'f', "text|tsv|md", 0, "how to print the table (default: text)", 0 },
	{ 0 },
};

/* Where the text of an option goes. */
static const struct {
	int key;
	size_t offset;
} texts[] = {
	{ 'f', offsetof(struct arguments, format) }, { 't', offsetof(struct arguments, target) },
	{ 'm', offsetof(struct arguments, matrix) }, { 'o', offsetof(struct arguments, out) },
	{ 'T', offsetof(struct arguments, trace) }, { 'B', offsetof(struct arguments, by) },
	{ 'N', offsetof(struct arguments, baseline) },
	{ 's', offsetof(struct arguments, strategies) },
	{ 'S', offsetof(struct arguments, slowdown) },
};

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	struct arguments *a = state->input;

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (texts[i].key == key) {
			*(const char **)((char *)a + texts[i].offset) = arg;
			return 0;
		}
	if (key != ARGP_KEY_ARG || a->n_words == WORDS_MAX)
		return ARGP_ERR_UNKNOWN;
	a->words[a->n_words++] = arg;
	return 0;
}

void arguments_load(const char *folder, struct dataset *data)
{
	struct reason why;

	if (dataset_load(folder, data, &why))
		err_exit(EXIT_UNKNOWN, "%s", why.text);
	if (!data->count)
		err_exit(EXIT_UNKNOWN, "%s: nothing was measured: its " FOLDER_SAMPLES " has no cell",
			 folder);
}

/* After the table was shown: a folder of root's can be read, if not written. */
static int write_tsv(const struct dataset *data, const struct summary *summary)
{
	struct whole file;

	if (!whole_begin(&file, data->folder, FOLDER_SUMMARY))
		return EXIT_UNKNOWN;
	return whole_end(&file, !summary_write(file.out, summary));
}

static int command_summary(void *arguments)
{
	struct arguments *a = arguments;
	int format = table_format(a->format ? a->format : "text");
	struct summary summary;
	struct dataset data;
	int ret, status;

	if (a->n_words != 1)
		err_exit(EXIT_USAGE, "summary wants one run folder");
	if (format < 0)
		err_exit(EXIT_USAGE, "--format %s: wants text, tsv or md", a->format);
	arguments_load(a->words[0], &data);
	summary_make(&data, &summary);
	ret = format == TABLE_TSV ? summary_write(stdout, &summary) :
	      summary_print(stdout, &summary, format);
	if (ret || fflush(stdout))
		err_exit(EXIT_UNKNOWN, "cannot write the table: %s",
			 strerror(ret ? -ret : errno));
	status = write_tsv(&data, &summary);
	if (summary_bad(&data))
		status = EXIT_BAD;
	summary_free(&summary);
	dataset_free(&data);
	return status;
}

static int command_drivers(void *arguments)
{
	struct arguments *a = arguments;
	int format = table_format(a->format ? a->format : "text");
	struct dataset data;
	int ret;

	if (a->n_words != 1)
		err_exit(EXIT_USAGE, "drivers wants one run folder");
	if (format < 0)
		err_exit(EXIT_USAGE, "--format %s: wants text, tsv or md", a->format);
	arguments_load(a->words[0], &data);
	ret = drivers_print(stdout, &data, format);
	if (ret == -ENODATA)
		err_exit(EXIT_UNKNOWN, "%s: no cell that passed follows a driver's profile; "
			 "run bench/matrices/drivers.yaml", data.folder);
	if (ret || fflush(stdout))
		err_exit(EXIT_UNKNOWN, "cannot write the table: %s",
			 strerror(ret ? -ret : errno));
	dataset_free(&data);
	return EXIT_FINE;
}

static const struct command commands[] = {
	{ "read a run", "summary", "DIR", "Print the table of a run and write DIR/summary.tsv.",
	  summary_options, command_summary },
	{ NULL, "drivers", "DIR", "Print what each driver's way of calling costs.",
	  summary_options, command_drivers },
	{ NULL, "figure", "NAME|all DIR", "Draw a figure of a run into DIR/figures.\v"
	  "hmmreport help figures lists them.",
	  figure_options, command_figure },
	{ NULL, "page", "DIR", "Write DIR/report.html: verdict, figures and tables, to look at.",
	  page_options, command_page },
	{ NULL, "evidence", "DIR [BASE...]", "Write DIR/evidence.txt, for a cover letter.",
	  evidence_options, command_evidence },
	{ "compare runs", "compare", "DIR [DIR...]",
	  "Runs, or the strategies of one, side by side.",
	  compare_options, command_compare },
	{ NULL, "check", "BASE NEW", "Is NEW slower? Exit status 0 no, 1 yes, 3 cannot tell.",
	  check_options, command_check },
	{ "check a run", "validate", "DIR", "Check every record of a run, and that it is whole.",
	  validate_options, command_validate },
	{ NULL, "enough", "DIR",
	  "Is the interval of each cell narrow enough? Exit status 1: not yet.",
	  target_options, command_enough },
	{ NULL, "pilot", "DIR",
	  "From a run of a few boots: how many boots and rounds a cell needs.",
	  target_options, command_pilot },
	{ "make files", "merge", "DIR DIR...", "Make one run of several of the same matrix.",
	  merge_options, command_merge },
	{ NULL, "export", "DIR", "Print a run as other programs read it.",
	  export_options, command_export },
	{ 0 },
};

static void say_figures(const struct listing *list)
{
	figure_list(list);
	listing_say(list, "all", "each of which the run has data");
}

static const struct topic topics[] = {
	{ "figures", "what can be drawn", say_figures, NULL },
	{ "machines", "what --model models, with its numbers and their source", machines_list, NULL },
	{ 0 },
};

static const struct program program = {
	.name = "hmmreport",
	.version = "hmmreport " HMMBENCH_VERSION,
	.doc = "Turns the run folders of hmmbench into tables and figures.",
	.commands = commands,
	.parser = parse_option,
	.topics = topics,
};

int main(int argc, char **argv)
{
	struct arguments arguments = { 0 };

	return command_main(&program, argc, argv, &arguments);
}
