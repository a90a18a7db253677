// SPDX-License-Identifier: GPL-3.0-or-later
/* Commands on whole runs: check them, hand them on, put them together. */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "../common/err.h"
#include "arguments.h"
#include "export.h"
#include "merge.h"
#include "validate.h"

const struct argp_option validate_options[] = {
	{ "matrix", 'm', "FILE", 0, "the matrix file that the run should be of", 0 },
	{ 0 },
};
const struct argp_option export_options[] = {
	{ "to", 'f', "benchfmt|csv|json", 0, "the format", 0 },
	{ 0 },
};
const struct argp_option merge_options[] = {
	{ "out", 'o', "DIR", 0, "folder of the new run, which must not be there yet", 0 },
	{ 0 },
};

int command_validate(void *arguments)
{
	struct arguments *a = arguments;
	int status;

	if (a->n_words != 1)
		err_exit(EXIT_USAGE, "validate wants one run folder");
	status = validate_run(stdout, a->words[0], a->matrix);
	if (fflush(stdout))
		err_exit(EXIT_UNKNOWN, "cannot write the findings");
	return status;
}

int command_export(void *arguments)
{
	struct arguments *a = arguments;
	const struct exporter *exporter;
	char why[PATH_MAX + 1024];
	struct dataset data;

	if (a->n_words != 1 || !a->format)
		err_exit(EXIT_USAGE, "export wants one run folder and "
			 "--to benchfmt, csv or json");
	exporter = export_find(a->format);
	if (!exporter)
		err_exit(EXIT_USAGE, "--to %s: wants benchfmt, csv or json", a->format);
	arguments_load(a->words[0], &data);
	if (exporter->write(stdout, &data, why, sizeof(why)))
		err_exit(EXIT_UNKNOWN, "%s", why);
	if (fflush(stdout) || ferror(stdout))
		err_exit(EXIT_UNKNOWN, "cannot write the samples");
	dataset_free(&data);
	return EXIT_FINE;
}

int command_merge(void *arguments)
{
	struct arguments *a = arguments;

	if (a->n_words < 2 || !a->out)
		err_exit(EXIT_USAGE, "merge wants two run folders or more, and --out DIR");
	return merge_runs(a->words, a->n_words, a->out);
}
