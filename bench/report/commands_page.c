// SPDX-License-Identifier: GPL-3.0-or-later
/* The command that shows a run to people. */
#include "base/err.h"
#include "report/page/page.h"
#include "report/tables/summary.h"
#include "arguments.h"

const struct argp_option page_options[] = {
	{ "baseline", 'N', "STRATEGY", 0, "against which the others are held (default: "
	  "unlocked, or the first that was measured)", 0 },
	{ 0 },
};

int command_page(void *arguments)
{
	struct arguments *a = arguments;
	struct dataset data;
	int status;

	if (a->n_words != 1)
		err_exit(EXIT_USAGE, "page wants one run folder");
	arguments_load(a->words[0], &data);
	status = page_make(&data, a->baseline);
	if (status == EXIT_FINE && summary_bad(&data))
		status = EXIT_BAD;
	dataset_free(&data);
	return status;
}
