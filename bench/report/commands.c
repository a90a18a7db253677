// SPDX-License-Identifier: GPL-3.0-or-later
/* Commands on whole runs: check them, hand them on, put them together. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "record/folder.h"
#include "report/runs/export.h"
#include "report/runs/merge.h"
#include "report/runs/validate.h"
#include "report/tables/enough.h"
#include "report/tables/evidence.h"
#include "report/tables/pilot.h"
#include "report/write/array.h"
#include "report/write/whole_file.h"
#include "arguments.h"

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

const struct argp_option evidence_options[] = {
	{ "trace", 'T', "CELL", 0, "print the samples behind the figures of a cell instead; a "
	  "key as in the tables, or a pattern of keys", 0 },
	{ 0 },
};

const struct argp_option target_options[] = {
	{ "target", 't', "P", 0, "wanted half-width of each interval, in percent of the median "
	  "(default: 1)", 0 },
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
		err_exit(EXIT_UNKNOWN, "cannot write the findings: %s", strerror(errno));
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
	arguments_load(a->words[0], &data);
	status = print(stdout, &data, target);
	dataset_free(&data);
	if (fflush(stdout))
		err_exit(EXIT_UNKNOWN, "cannot write: %s", strerror(errno));
	return status;
}

int command_enough(void *arguments)
{
	return with_target(arguments, "enough", enough_print);
}

int command_pilot(void *arguments)
{
	return with_target(arguments, "pilot", pilot_print);
}

int command_export(void *arguments)
{
	struct arguments *a = arguments;
	const struct exporter *exporter;
	struct reason why;
	struct dataset data;

	if (a->n_words != 1 || !a->format)
		err_exit(EXIT_USAGE, "export wants one run folder and "
			 "--to benchfmt, csv or json");
	exporter = export_find(a->format);
	if (!exporter)
		err_exit(EXIT_USAGE, "--to %s: wants benchfmt, csv or json", a->format);
	arguments_load(a->words[0], &data);
	if (exporter->write(stdout, &data, &why))
		err_exit(EXIT_UNKNOWN, "%s", why.text);
	if (fflush(stdout) || ferror(stdout))
		err_exit(EXIT_UNKNOWN, "cannot write the samples: %s", strerror(errno));
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

static int trace(const struct dataset *data, const char *pattern)
{
	struct reason why;
	int ret = evidence_trace(stdout, data, pattern, &why);

	if (ret == -ENOENT)
		err_exit(EXIT_UNKNOWN, "--trace %s: %s has no such cell; a key is as in "
			 "unlocked/1024/access=read, * stands for anything", pattern,
			 data->folder);
	if (ret)
		err_exit(EXIT_UNKNOWN, "%s", why.text);
	return EXIT_FINE;
}

/* Two clocks, or two units, share no table. */
static void load_bases(const struct arguments *a, const struct dataset *data,
		       struct dataset *bases)
{
	for (int i = 1; i < a->n_words; i++) {
		struct dataset *base = &bases[i - 1];

		arguments_load(a->words[i], base);
		if (base->info.clock != data->info.clock)
			err_exit(EXIT_UNKNOWN, "%s is in %s and %s in %s: they cannot be "
				 "compared", base->folder, base->info.clock->unit, data->folder,
				 data->info.clock->unit);
	}
}

/* Shown first: a folder of root's can be read, if not written. */
static int write_evidence(const struct dataset *data, const char *text, size_t size)
{
	struct whole file;

	if (fwrite(text, 1, size, stdout) != size || fflush(stdout))
		err_exit(EXIT_UNKNOWN, "cannot write the evidence: %s", strerror(errno));
	if (!whole_begin(&file, data->folder, FOLDER_EVIDENCE))
		return EXIT_UNKNOWN;
	fwrite(text, 1, size, file.out);
	return whole_end(&file, true);
}

int command_evidence(void *arguments)
{
	struct arguments *a = arguments;
	struct dataset data, bases[WORDS_MAX];
	int refused, status, n = a->n_words - 1;
	char *text = NULL;
	size_t size;
	FILE *out;

	if (a->n_words < 1 || (a->trace && a->n_words != 1))
		err_exit(EXIT_USAGE, a->trace ? "evidence --trace wants one run folder" :
			 "evidence wants a run folder, and may have others to compare it with");
	arguments_load(a->words[0], &data);
	if (a->trace) {
		status = trace(&data, a->trace);
		dataset_free(&data);
		return status;
	}
	load_bases(a, &data, bases);
	out = array_held(open_memstream(&text, &size));
	refused = evidence_write(out, &data, bases, n);
	if (fclose(out))
		err_exit(EXIT_UNKNOWN, "out of memory");
	status = write_evidence(&data, text, size);
	free(text);
	if (refused) {
		err_msg("%s: %d %s missing; the text says why in %s place", data.folder, refused,
			refused == 1 ? "table is" : "tables are", refused == 1 ? "its" : "their");
		status = EXIT_UNKNOWN;
	}
	while (n-- > 0)
		dataset_free(&bases[n]);
	dataset_free(&data);
	return status;
}
