// SPDX-License-Identifier: GPL-3.0-or-later
/* The command that draws. */
#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/err.h"
#include "report/figures/figure.h"
#include "report/figures/picture.h"
#include "report/tables/kernels.h"
#include "arguments.h"

const struct argp_option figure_options[] = {
	{ "out", 'o', "DIR", 0, "kernels: draw into DIR/figures (default: the folder that all "
	  "runs are in)", 0 },
	{ "strategy", 's', "NAME[,NAME...]", 0, "kernels: these strategies alone", 0 },
	{ 0 },
};

/* The folder that holds all of the runs. */
static void parent_of(const struct arguments *a, char *parent)
{
	char path[PATH_MAX];

	for (int i = 1; i < a->n_words; i++) {
		if (!realpath(a->words[i], path))
			err_exit(EXIT_UNKNOWN, "%s: %s", a->words[i], strerror(errno));
		if (i == 1)
			snprintf(parent, PATH_MAX, "%s", dirname(path));
		else if (strcmp(parent, dirname(path)))
			err_exit(EXIT_USAGE, "%s and %s are in two folders: name with --out "
				 "where to draw", a->words[1], a->words[i]);
	}
}

/* More lines than a picture holds: then what drivers call, which it is about. */
static void join(const struct arguments *a, const struct dataset *data, const char *folder,
		 struct dataset *joined)
{
	static const char few[] = "plain,unlocked";
	int n = a->n_words - 1;

	kernels_join(data, n, a->strategies, folder, joined);
	if (kernels_lines(joined) < SHEET_ROWS)
		return;
	if (a->strategies)
		err_exit(EXIT_USAGE, "--strategy %s: of all runs that is more than the %d lines "
			 "that a picture holds; name fewer", a->strategies, SHEET_ROWS - 1);
	err_msg("all strategies of all runs are more than the %d lines that a picture holds: "
		"drawn are %s; name others with --strategy", SHEET_ROWS - 1, few);
	kernels_unjoin(joined);
	kernels_join(data, n, few, folder, joined);
}

static int draw_kernels(const struct arguments *a)
{
	struct dataset data[WORDS_MAX], joined;
	char parent[PATH_MAX];
	int n = a->n_words - 1, status;

	if (n < 2)
		err_exit(EXIT_USAGE, "figure kernels wants two run folders or more");
	if (!a->out)
		parent_of(a, parent);
	else if (mkdir(a->out, 0777) && errno != EEXIST)
		err_exit(EXIT_UNKNOWN, "%s: %s", a->out, strerror(errno));
	for (int i = 0; i < n; i++) {
		arguments_load(a->words[i + 1], &data[i]);
		arguments_comparable(&data[0], &data[i], true);
	}
	join(a, data, a->out ? a->out : parent, &joined);
	status = figure_draw(&joined, a->words[0]);
	kernels_unjoin(&joined);
	for (int i = 0; i < n; i++)
		dataset_free(&data[i]);
	return status;
}

int command_figure(void *arguments)
{
	struct arguments *a = arguments;
	struct dataset data;
	int status;

	if (a->n_words && !strcmp(a->words[0], figure_kernels.name))
		return draw_kernels(a);
	if (a->n_words != 2)
		err_exit(EXIT_USAGE, "figure wants a name, or all, and a run folder; kernels "
			 "wants several");
	if (a->out || a->strategies)
		err_exit(EXIT_USAGE, "--out and --strategy go with figure kernels");
	arguments_load(a->words[1], &data);
	status = figure_draw(&data, a->words[0]);
	dataset_free(&data);
	return status;
}
