// SPDX-License-Identifier: GPL-3.0-or-later
/* The tables of evidence.txt that are no grid of strategies. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/strategies.h"
#include "report/data/order.h"
#include "report/data/stats.h"
#include "report/judge/center.h"
#include "report/write/array.h"
#include "report/write/number.h"
#include "report/write/plain.h"
#include "evidence_parts.h"
#include "modelled.h"
#include "summary.h"

#define PLOT_WIDTH	58
#define PLOT_ROWS	3	/* fewer page counts show no slope */

static bool counted(const struct cell_data *cell)
{
	return evidence_main(cell) && cell->closed && cell->status == CELL_OK &&
	       cell->n_counts && summary_count(cell, "pte_visits") != NOT_KNOWN;
}

/* The largest page count at which the baseline was counted, else any strategy. */
static uint64_t counted_pages(const struct dataset *data)
{
	uint64_t pages = 0, any = 0;

	for_each_cell(cell, data) {
		if (!counted(cell))
			continue;
		if (cell->axes.pages > any)
			any = cell->axes.pages;
		if (cell->axes.pages > pages &&
		    !strcmp(cell->axes.strategy, STRATEGY_BASELINE))
			pages = cell->axes.pages;
	}
	return pages ? pages : any;
}

/* A column of the counts, per page. */
static const struct {
	const char *name, *title;
	int width;
} counted_columns[] = {
	{ "passes", "passes", 8 }, { "drops_retry", "RETRY", 8 },
	{ "drops_completed", "COMPLETED", 11 }, { "seq_reads", "seq reads", 11 },
	{ "faults", "faults", 8 }, { "pte_visits", "visits", 8 },
};
#define COUNTED_COLUMNS	(sizeof(counted_columns) / sizeof(*counted_columns))

static void print_counts(FILE *out, const struct cell_data *cell)
{
	char text[32];

	fprintf(out, "%-12.12s", cell->axes.strategy);
	for (size_t i = 0; i < COUNTED_COLUMNS; i++) {
		uint64_t count = summary_count(cell, counted_columns[i].name);

		if (count == NOT_KNOWN)
			snprintf(text, sizeof(text), "-");
		else if (count && count < cell->axes.pages / 100)
			snprintf(text, sizeof(text), "%" PRIu64 "/%" PRIu64, count,
				 cell->axes.pages);
		else
			snprintf(text, sizeof(text), "%.4g", (double)count / cell->axes.pages);
		fprintf(out, "%*s", counted_columns[i].width, text);
	}
	fprintf(out, "%5zu\n", cell->n_counts);
}

static void print_counted_columns(FILE *out)
{
	fprintf(out, "\n%-12s", "");
	for (size_t i = 0; i < COUNTED_COLUMNS; i++)
		fprintf(out, "%*s", counted_columns[i].width, counted_columns[i].title);
	fprintf(out, "%5s\n", "n");
}

void evidence_mechanism(struct evidence *e)
{
	uint64_t pages = counted_pages(e->data);
	size_t count, *order;

	if (!pages)
		return;
	plain_heading(e->out, "Mechanism");
	e->tables++;
	if (evidence_refused_for(e, e->data, &evidence_main_cells))
		return;
	plain_paragraph(e->out, "", 0, "Events per page at %" PRIu64 " pages, from n calls that "
			"were counted and not timed: walks begun, faults that dropped the mmap "
			"lock with nothing done (RETRY) and done (COMPLETED), notifier sequence reads, "
			"handle_mm_fault() calls, PTEs looked at. Cells: STRATEGY/%" PRIu64 ".",
			pages, pages);
	print_counted_columns(e->out);
	order = order_of(e->data, &count);
	for (size_t i = 0; i < count; i++) {
		const struct cell_data *cell = &e->data->cells[order[i]];

		if (counted(cell) && cell->axes.pages == pages &&
		    !strategy_is(cell->axes.strategy, STRATEGY_FLOOR) &&
		    !strategy_is_labelled(cell->axes.strategy))
			print_counts(e->out, cell);
	}
	free(order);
}

static bool has_bystanders(const struct cell_data *cell, const void *none)
{
	(void)none;
	return cell->axes.bystanders == BYSTANDERS_ON;
}

static void print_delays(FILE *out, const char *strategy, const char *kind,
			 const struct hist *hist)
{
	char p50[NUMBER_MAX], p99[NUMBER_MAX] = "-", max[NUMBER_MAX];

	if (!hist)
		return;
	number_plain(hist_percentile(hist, 50), p50);
	if (stats_tells(hist->n, 99))
		number_plain(hist_percentile(hist, 99), p99);
	number_plain(hist->max, max);
	fprintf(out, "  %-14.14s%-8s%12" PRIu64 "%12s%12s%12s\n", strategy, kind, hist->n, p50,
		p99, max);
}

/* Everything but the strategy, which is the row. */
static void print_setting(FILE *out, const struct axes *axes, char *before, size_t size)
{
	struct axes row = *axes;
	char key[AXES_KEY_MAX];

	snprintf(row.strategy, sizeof(row.strategy), "STRATEGY");
	axes_key(&row, key, sizeof(key));
	if (!strcmp(key, before))
		return;
	snprintf(before, size, "%s", key);
	plain_paragraph(out, "", 2, "%s", key);
}

static void print_bystanders(struct evidence *e)
{
	size_t count, *order = order_of(e->data, &count);
	char before[AXES_KEY_MAX] = "";

	plain_paragraph(e->out, "", 0, "How long a thread waited that did a small thing of its own "
			"during the timed calls: lock, an mmap and munmap; fault, of a private "
			"page. In %s, n delays, over all boots. Cells: the line above each "
			"group.", e->data->info.clock->label);
	fprintf(e->out, "\n  %-14s%-8s%12s%12s%12s%12s\n", "", "", "n", "p50", "p99", "max");
	for (size_t i = 0; i < count; i++) {
		const struct cell_data *cell = &e->data->cells[order[i]];

		if (cell->axes.bystanders != BYSTANDERS_ON || cell->status != CELL_OK)
			continue;
		print_setting(e->out, &cell->axes, before, sizeof(before));
		for (size_t k = 0; k < BYSTANDER_KINDS; k++)
			print_delays(e->out, cell->axes.strategy, bystander_kinds[k].name,
				     observations_delays(&cell->seen, bystander_kinds[k].name));
	}
	free(order);
}

/* Cells that were tried: what is skipped or unsupported is no section of its own. */
static bool has_results(const struct dataset *data, const struct selection *cells)
{
	for_each_cell(cell, data) {
		if (cell->closed && selection_takes(cells, cell) && cell->status != CELL_SKIPPED &&
		    cell->status != CELL_UNSUPPORTED)
			return true;
	}
	return false;
}

void evidence_bystanders(struct evidence *e)
{
	const struct selection cells = { .takes = has_bystanders };

	if (!has_results(e->data, &cells))
		return;
	plain_heading(e->out, "Bystanders");
	e->tables++;
	if (!evidence_refused_for(e, e->data, &cells) &&
	    !evidence_times_refused(e, e->data))
		print_bystanders(e);
}

static bool is_modelled(const struct cell_data *cell)
{
	return cell->closed && !isnan(modelled_of(cell, MODELLED_REMOTE));
}

static bool takes_modelled(const struct cell_data *cell, const void *pages)
{
	return is_modelled(cell) && cell->axes.pages == *(const uint64_t *)pages;
}

static int by_pages(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* The page count of which most cells were modelled, the larger of two; 0 when none was. */
static uint64_t modelled_pages(const struct dataset *data)
{
	uint64_t *all = array_new(data->count, sizeof(*all)), pages = 0;
	size_t n = 0, most = 0, same = 0;

	for_each_cell(cell, data)
		if (is_modelled(cell))
			all[n++] = cell->axes.pages;
	qsort(all, n, sizeof(*all), by_pages);
	for (size_t i = 0; i < n; i++) {
		same = i && all[i] == all[i - 1] ? same + 1 : 1;
		if (same < most)
			continue;
		most = same;
		pages = all[i];
	}
	free(all);
	return pages;
}

/* In at most 5 characters: of little the hundredths. */
static const char *in_column(double value, char text[NUMBER_MAX])
{
	if (value >= 0.9995 || isnan(value))
		return number_short(value, text);
	snprintf(text, NUMBER_MAX, value ? "%.2f" : "%.0f", value);
	return text;
}

static int width_of(int value)
{
	int width = strlen(modelled_names[value]);

	return width > 5 ? width : 5;
}

static void print_modelled(const struct evidence *e, const struct selection *cells)
{
	size_t count, *order = order_of(e->data, &count);
	char before[AXES_KEY_MAX] = "", text[NUMBER_MAX];

	fprintf(e->out, "\n  %-11s", "");
	for (int k = 0; k < MODELLED_VALUES_COUNT; k++)
		fprintf(e->out, " %5s", modelled_names[k]);
	fputc('\n', e->out);
	for (size_t i = 0; i < count; i++) {
		const struct cell_data *cell = &e->data->cells[order[i]];

		if (!selection_takes(cells, cell))
			continue;
		print_setting(e->out, &cell->axes, before, sizeof(before));
		fprintf(e->out, "  %-11.11s", cell->axes.strategy);
		for (int k = 0; k < MODELLED_VALUES_COUNT; k++)
			fprintf(e->out, " %*s", width_of(k), in_column(modelled_of(cell, k), text));
		fputc('\n', e->out);
	}
	free(order);
}

void evidence_modelled(struct evidence *e)
{
	uint64_t pages = modelled_pages(e->data);
	const struct selection cells = { .takes = takes_modelled, .arg = &pages };
	bool cycles = false;

	if (!pages)
		return;
	plain_heading(e->out, "Modelled caches");
	e->tables++;
	if (evidence_refused_for(e, e->data, &cells))
		return;
	for_each_cell(cell, e->data) {
		if (!takes_modelled(cell, &pages))
			continue;
		cycles |= !isnan(modelled_of(cell, MODELLED_CYCLES));
	}
	plain_paragraph(e->out, "", 0, "MODELLED, per page at %" PRIu64 " pages, of caller and "
			"responder: cycles of the machine %s, and of these those in walks of page "
			"tables, faults, locks and copies, and the rest, as of system calls, and of "
			"zeroing the page that the responder gives; accesses that another "
			"node's memory answers (remote), lines that another processor had (taken), and "
			"of these the mmap lock's (mmlock). "
			"Events are facts about the accesses, cycles are the model's, and "
			"neither is time.%s Cells: the line above each group.", pages, e->data->machine,
			cycles ? "" : " What an access costs this machine is not known (-); "
			"counters.jsonl has where each level of its caches answers.");
	print_modelled(e, &cells);
}

static const struct {
	const char *strategy;
	char mark;
} plotted[] = {
	{ STRATEGY_BASELINE, 'u' }, { "ebusy", 'e' }, { "step:64", '6' }, { "step:512", '5' },
	{ "resume", 'r' }, { "rfc", 'f' }, { "tried", 't' },
};
#define PLOTTED	(sizeof(plotted) / sizeof(*plotted))

static char mark_of(const struct cell_data *cell)
{
	for (size_t i = 0; i < PLOTTED; i++)
		if (!strcmp(cell->axes.strategy, plotted[i].strategy))
			return plotted[i].mark;
	return 0;
}

struct plot {
	double low, high;
	size_t rows;
	uint64_t pages[64];
	char used[PLOTTED];
};

/* The page counts, rising, and the lowest and highest cost that has a logarithm. */
static void measure(const struct evidence *e, struct plot *p)
{
	*p = (struct plot){ .low = INFINITY, .high = 0 };
	for_each_cell(cell, e->data) {
		size_t row = 0;
		double cost;

		if (!cell_measured(cell) || !evidence_main(cell) || !mark_of(cell))
			continue;
		cost = center_per_page(cell);
		if (!(cost > 0))
			continue;
		for (size_t m = 0; m < PLOTTED; m++)
			p->used[m] |= plotted[m].mark == mark_of(cell);
		p->low = fmin(p->low, cost);
		p->high = fmax(p->high, cost);
		while (row < p->rows && p->pages[row] < cell->axes.pages)
			row++;
		if ((row < p->rows && p->pages[row] == cell->axes.pages) ||
		    p->rows == sizeof(p->pages) / sizeof(*p->pages))
			continue;
		memmove(&p->pages[row + 1], &p->pages[row],
			(p->rows++ - row) * sizeof(*p->pages));
		p->pages[row] = cell->axes.pages;
	}
}

static void plot_row(const struct evidence *e, const struct plot *p, uint64_t pages)
{
	char line[PLOT_WIDTH + 1];

	memset(line, ' ', PLOT_WIDTH);
	line[PLOT_WIDTH] = 0;
	for_each_cell(cell, e->data) {
		double cost;
		size_t at;

		if (cell->axes.pages != pages || !cell_measured(cell) ||
		    !evidence_main(cell) || !mark_of(cell))
			continue;
		cost = center_per_page(cell);
		if (!(cost > 0))
			continue;
		at = lround(log(cost / p->low) / log(p->high / p->low) * (PLOT_WIDTH - 1));
		line[at] = line[at] == ' ' ? mark_of(cell) : '*';
	}
	for (size_t n = PLOT_WIDTH; n && line[n - 1] == ' '; n--)
		line[n - 1] = 0;
	fprintf(e->out, "%9" PRIu64 " |%s\n", pages, line);
}

void evidence_plot(struct evidence *e)
{
	char low[NUMBER_MAX], high[NUMBER_MAX];
	struct plot p;

	measure(e, &p);
	if (p.rows < PLOT_ROWS || p.low >= p.high)
		return;
	number_plain(p.low, low);
	number_plain(p.high, high);
	fprintf(e->out, "\n%9s |%s%*s\n", "pages", low, PLOT_WIDTH - (int)strlen(low), high);
	for (size_t r = 0; r < p.rows; r++)
		plot_row(e, &p, p.pages[r]);
	fprintf(e->out, "%9s +", "");
	for (size_t i = 0; i < PLOT_WIDTH; i++)
		fputc('-', e->out);
	fprintf(e->out, "\n%10s%s per page, logarithmic, as in the table; * several:\n%9s", "",
		e->data->info.clock->unit, "");
	for (size_t m = 0; m < PLOTTED; m++)
		if (p.used[m])
			fprintf(e->out, " %c %s", plotted[m].mark, plotted[m].strategy);
	fputc('\n', e->out);
}
