// SPDX-License-Identifier: GPL-3.0-or-later
#include "page.h"

#include <string.h>

#include "base/err.h"
#include "model/strategies.h"
#include "record/folder.h"
#include "report/judge/contrasts.h"
#include "report/tables/summary.h"
#include "report/write/whole_file.h"
#include "page_parts.h"

static bool was_measured(const struct dataset *data, const char *strategy)
{
	for_each_cell(cell, data)
		if (cell_measured(cell) && !strcmp(cell->axes.strategy, strategy))
			return true;
	return false;
}

/* NULL when nothing was measured. */
static const char *choose_baseline(const struct dataset *data)
{
	if (was_measured(data, STRATEGY_BASELINE))
		return STRATEGY_BASELINE;
	for_each_cell(cell, data)
		if (cell_measured(cell) && headline_is_contender(cell->axes.strategy))
			return cell->axes.strategy;
	return NULL;
}

static int write_page(struct page *page)
{
	int status;

	page_head(page);
	page_verdict(page);
	page_glance(page);
	status = page_figures(page);
	if (status != EXIT_FINE)
		return status;
	page_cells(page);
	page_problems(page);
	page_environment(page);
	page_log(page);
	page_provenance(page);
	page_foot(page);
	return EXIT_FINE;
}

/* The floor of the harness has nothing to do with pages. */
static bool is_comparable(const struct cell_data *cell, const void *none)
{
	(void)none;
	return !strategy_is(cell->axes.strategy, STRATEGY_FLOOR);
}

static void collect(struct page *page)
{
	const struct selection comparable = { .takes = is_comparable };

	summary_make(page->data, &page->summary);
	if (page->baseline)
		contrasts_of_strategies(page->data, page->baseline, &comparable,
					&page->contrasts);
	page->headline = headline_choose(&page->contrasts);
}

static int write_file(struct page *page)
{
	struct whole file;
	int status;

	page->out = whole_begin(&file, page->data->folder, FOLDER_PAGE);
	if (!page->out)
		return EXIT_UNKNOWN;
	status = whole_end(&file, write_page(page) == EXIT_FINE);
	if (status == EXIT_FINE)
		puts(file.path);
	return status;
}

int page_make(const struct dataset *data, const char *baseline)
{
	struct page page = {
		.data = data, .emulated = dataset_emulated(data),
		.baseline = baseline ? baseline : choose_baseline(data),
		.unit = data->info.clock->noun,
	};
	int status;

	if (baseline && !was_measured(data, baseline)) {
		err_msg("--baseline %s: %s has no cell of it that passed", baseline,
			data->folder);
		return EXIT_USAGE;
	}
	page.clock = page.emulated == EMULATED_NO ? data->info.clock->name :
		     page.emulated == EMULATED_YES ? "emulated wall" :
		     "wall (not known whether emulated)";
	status = page_figures_fresh(data);
	if (status != EXIT_FINE)
		return status;
	collect(&page);
	status = write_file(&page);
	summary_free(&page.summary);
	contrasts_free(&page.contrasts);
	return status;
}
