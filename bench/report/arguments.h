/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the command line of hmmreport was given. */
#ifndef HMMBENCH_ARGUMENTS_H
#define HMMBENCH_ARGUMENTS_H

#include "base/command.h"
#include "report/data/dataset.h"

#define WORDS_MAX	64

struct arguments {
	const char *format, *matrix, *out, *target, *trace;
	const char *by, *baseline, *slowdown, *strategies;
	const char *words[WORDS_MAX];
	int n_words;
};

/** arguments_load() - load a run, or say why not and exit. */
void arguments_load(const char *folder, struct dataset *data);

/**
 * arguments_comparable() - say in what two runs differ, and exit where they are of two clocks
 * @kernels: is it the kernels that are compared?
 */
void arguments_comparable(const struct dataset *base, const struct dataset *other, bool kernels);

/* Commands on whole runs. */
extern const struct argp_option validate_options[], export_options[], merge_options[],
	evidence_options[], target_options[];
int command_validate(void *arguments);
int command_export(void *arguments);
int command_merge(void *arguments);
int command_enough(void *arguments);
int command_pilot(void *arguments);
int command_evidence(void *arguments);

/* The commands that show a run. */
extern const struct argp_option figure_options[];
int command_figure(void *arguments);
extern const struct argp_option page_options[];
int command_page(void *arguments);

/* Commands that set one thing against another. */
extern const struct argp_option compare_options[], check_options[];
int command_compare(void *arguments);
int command_check(void *arguments);

#endif
