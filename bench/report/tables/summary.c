// SPDX-License-Identifier: GPL-3.0-or-later
#include "summary.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/data/order.h"
#include "report/data/stats.h"
#include "report/judge/boots.h"
#include "report/write/array.h"
#include "report/write/number.h"
#include "report/write/plain.h"

#define TITLE_WIDTH	80
#define REASONS_MAX	20	/* cells that are explained one by one */

#define TEXT(what)	.kind = SUMMARY_TEXT, .from = FROM_##what
#define CENTER(member)	.kind = SUMMARY_REAL, .from = FROM_CENTER, \
			.offset = offsetof(struct center, member)
#define STATS(member)	.kind = SUMMARY_WHOLE, .from = FROM_STATS, \
			.offset = offsetof(struct stats, member)
#define COUNT(name)	#name, .kind = SUMMARY_WHOLE, .from = FROM_COUNTS, .of = #name
#define DELAY(kind_of, share) .kind = SUMMARY_WHOLE, .from = FROM_DELAYS, .of = (kind_of), \
			.percent = (share)
#define NEVER		.usual = ""
#define DELAYS(name, does) \
	{ "by_" #name "_p50", DELAY(#name, 50), NEVER }, \
	{ "by_" #name "_p99", DELAY(#name, 99), .heading = #name " p99", \
	  .help = "delay of a bystander that " does }, \
	{ "by_" #name "_max", DELAY(#name, 100), NEVER, .heading = #name " max", \
	  .help = "delay of a bystander that " does },

/* On the terminal what it costs, memory that is far, and the lock: all would be too wide. */
#define USUAL(value) \
	((value) == MODELLED_CYCLES ? NULL : \
	 (value) == MODELLED_REMOTE || (value) == MODELLED_MMLOCK ? "0" : "")
#define VALUES(id, name_of, first, second, does) \
	{ "modelled_" name_of, .kind = SUMMARY_REAL, .from = FROM_MODELLED, \
	  .modelled = MODELLED_##id, .usual = USUAL(MODELLED_##id), \
	  .heading = "modelled " name_of, .help = does ", per page" },

const struct summary_column summary_columns[] = {
	{ "part", TEXT(PART), .usual = "steady" },
	{ "clock", TEXT(CLOCK), NEVER },
	{ "unit", TEXT(UNIT), NEVER },
	{ "emulated", TEXT(EMULATED), NEVER },
	{ "boots", .kind = SUMMARY_WHOLE, .from = FROM_BOOTS, .usual = "1",
	  .heading = "boots", .help = "starts of the kernel" },
	{ "n", .kind = SUMMARY_WHOLE, .from = FROM_N, .heading = "n", .help = "samples" },
	{ "median", CENTER(median), .heading = "median", .help = "time of a call, over boots" },
	{ "ci_lo", CENTER(lo), .heading = "CI from", .help = "of the median, at level 0.95" },
	{ "ci_hi", CENTER(hi), .heading = "CI to", .help = "of the median, at level 0.95" },
	{ "per_page", .kind = SUMMARY_REAL, .from = FROM_PAGES,
	  .heading = "per page", .help = "median over pages" },
	{ "p50", STATS(p50), NEVER },
	{ "p99", STATS(p99), NEVER,
	  .heading = "p99", .help = "time of a call, by nearest rank" },
	{ "max", STATS(max), NEVER, .heading = "max", .help = "time of a call" },
	{ "mild", STATS(mild), .usual = "0", .heading = "mild",
	  .help = "samples beyond the quartiles by 1.5 interquartile ranges" },
	{ "severe", STATS(severe), .usual = "0", .heading = "severe",
	  .help = "samples beyond the quartiles by 3 interquartile ranges" },
	{ COUNT(passes), .heading = "passes", .help = "page table walks begun" },
	{ COUNT(lock_drops), .heading = "lock drops",
	  .help = "faults that dropped the mmap lock" },
	{ COUNT(drops_retry), NEVER, .heading = "RETRY",
	  .help = "of them, those with nothing done: VM_FAULT_RETRY" },
	{ COUNT(drops_completed), .heading = "COMPLETED",
	  .help = "of them, those that were done: VM_FAULT_COMPLETED" },
	{ COUNT(seq_reads), .heading = "seq reads", .help = "mmu_interval_read_begin() calls" },
	{ COUNT(faults), .heading = "faults", .help = "handle_mm_fault() calls" },
	{ COUNT(pte_visits), .heading = "PTE visits",
	  .help = "PTEs that the walks looked at" },
	BYSTANDERS(DELAYS)
	MODELLED_VALUES(VALUES)
	{ "status", TEXT(STATUS), .heading = "status", .help = "" },
};
const size_t summary_columns_count = sizeof(summary_columns) / sizeof(*summary_columns);

static uint64_t count_at(const struct counts *counts, const char *name)
{
	for (size_t i = 0; i < count_fields_count; i++)
		if (!strcmp(count_fields[i].name, name))
			return *(const uint64_t *)((const char *)counts +
						   count_fields[i].offset);
	return NOT_KNOWN;
}

uint64_t summary_count(const struct cell_data *cell, const char *name)
{
	uint64_t *values = array_new(cell->n_counts, sizeof(*values));
	uint64_t result = NOT_KNOWN;
	struct stats stats;
	size_t n = 0;

	for (size_t i = 0; i < cell->n_counts; i++) {
		values[n] = count_at(&cell->counts[i], name);
		n += values[n] != NOT_KNOWN;
	}
	if (n) {
		stats_sort(values, n);
		stats_of(values, n, &stats);
		result = stats.p50;
	}
	free(values);
	return result;
}

static uint64_t delay(const struct hist *hist, unsigned int percent)
{
	if (!hist || (percent == 99 && !stats_tells(hist->n, 99)))
		return NOT_KNOWN;
	return percent == 100 ? hist->max : hist_percentile(hist, percent);
}

/* Counts and delays are of all calls that were watched, and so of the steady state. */
static uint64_t whole_of(const struct summary_row *row, const struct summary_column *c,
			 const struct stats *stats)
{
	const struct cell_data *cell = row->cell;
	bool known = cell->status == CELL_OK && !row->startup;

	switch (c->from) {
	case FROM_BOOTS:
		return row->center.boots;
	case FROM_N:
		return row->startup ? cell->n_startups : cell->n_times;
	case FROM_STATS:
		return *(const uint64_t *)((const char *)stats + c->offset);
	case FROM_COUNTS:
		return known && cell->n_times ? summary_count(cell, c->of) : NOT_KNOWN;
	default:
		return known ? delay(observations_delays(&cell->seen, c->of), c->percent) :
			       NOT_KNOWN;
	}
}

static const char *text_of(const struct dataset *data, const struct summary_row *row,
			   const struct summary_column *c)
{
	switch (c->from) {
	case FROM_PART:
		return row->startup ? "startup" : "steady";
	case FROM_CLOCK:
		return data->info.clock->name;
	case FROM_UNIT:
		return data->info.clock->unit;
	case FROM_EMULATED:
		return dataset_emulated_name(data);
	default:
		return cell_status_name(row->cell->status);
	}
}

static void set_value(const struct dataset *data, struct summary_row *row, size_t column,
		      const struct stats *stats)
{
	const struct summary_column *c = &summary_columns[column];
	union summary_value *value = &row->value[column];

	if (c->kind == SUMMARY_TEXT)
		value->text = text_of(data, row, c);
	else if (c->kind == SUMMARY_WHOLE)
		value->whole = whole_of(row, c, stats);
	else if (c->from == FROM_MODELLED)
		value->real = cell_measured(row->cell) && !row->startup ?
			      modelled_of(row->cell, c->modelled) : NAN;
	else if (c->from == FROM_PAGES)
		value->real = row->center.median / (double)row->cell->axes.pages;
	else
		value->real = *(const double *)((const char *)&row->center + c->offset);
}

/* @sorted: the totals of @times, ascending. */
static void add_row(struct summary *s, const struct cell_data *cell, bool startup,
		    const struct timed *times, const uint64_t *sorted, size_t n)
{
	struct summary_row *row = &s->rows[s->count];
	struct stats stats = { .p50 = NOT_KNOWN, .p99 = NOT_KNOWN, .max = NOT_KNOWN,
			       .mild = NOT_KNOWN, .severe = NOT_KNOWN };

	*row = (struct summary_row){
		.cell = cell, .startup = startup, .center = { cell->closed, NAN, NAN, NAN },
		.value = s->values + s->count * summary_columns_count,
	};
	if (cell->status == CELL_OK && n) {
		center_of(times, n, s->data->info.clock, &row->center);
		stats_of(sorted, n, &stats);
	}
	for (size_t i = 0; i < summary_columns_count; i++)
		set_value(s->data, row, i, &stats);
	s->count++;
}

static void add_startups(struct summary *s, const struct cell_data *cell)
{
	uint64_t *sorted = array_new(cell->n_startups, sizeof(*sorted));

	for (size_t i = 0; i < cell->n_startups; i++)
		sorted[i] = cell->startups[i].total;
	stats_sort(sorted, cell->n_startups);
	if (cell->n_startups)
		add_row(s, cell, true, cell->startups, sorted, cell->n_startups);
	free(sorted);
}

void summary_make(const struct dataset *data, struct summary *out)
{
	size_t count, *order = order_of(data, &count);
	size_t room = 2 * count;	/* a cell has a row, and one of its first calls */

	*out = (struct summary){ .data = data, .rows = array_new(room, sizeof(*out->rows)),
				 .values = array_new(room * summary_columns_count,
						     sizeof(*out->values)) };
	for (size_t i = 0; i < count; i++) {
		const struct cell_data *cell = &data->cells[order[i]];

		add_row(out, cell, false, cell->times, cell->totals, cell->n_times);
		add_startups(out, cell);
	}
	free(order);
}

void summary_free(struct summary *summary)
{
	free(summary->rows);
	free(summary->values);
	memset(summary, 0, sizeof(*summary));
}

union summary_value summary_value(const struct summary_row *row, const char *name,
				  enum summary_kind *kind)
{
	size_t i = 0;

	while (strcmp(summary_columns[i].name, name))
		i++;
	*kind = summary_columns[i].kind;
	return row->value[i];
}

const char *summary_name(size_t column)
{
	return column < axes_count ? axes_table[column].name :
	       summary_columns[column - axes_count].name;
}

bool summary_is_text(size_t column)
{
	return column < axes_count ? axes_table[column].kind != AXIS_NUMBER :
	       summary_columns[column - axes_count].kind == SUMMARY_TEXT;
}

char *summary_field(const struct summary *s, size_t row, size_t column,
		    char buf[SUMMARY_FIELD_MAX])
{
	const struct summary_row *r = &s->rows[row];
	const union summary_value *value;

	if (column < axes_count)
		return axis_format(&axes_table[column], &r->cell->axes, buf, SUMMARY_FIELD_MAX);
	value = &r->value[column - axes_count];
	switch (summary_columns[column - axes_count].kind) {
	case SUMMARY_REAL:
		return number_real(value->real, buf);
	case SUMMARY_WHOLE:
		return number_whole(value->whole, buf);
	default:
		snprintf(buf, SUMMARY_FIELD_MAX, "%s", value->text);
		return buf;
	}
}

double summary_number(const struct summary *s, size_t row, size_t column)
{
	const struct summary_row *r = &s->rows[row];
	const union summary_value *value;

	if (column < axes_count)
		return axis_number(&axes_table[column], &r->cell->axes);
	value = &r->value[column - axes_count];
	if (summary_columns[column - axes_count].kind == SUMMARY_REAL)
		return value->real;
	return value->whole == NOT_KNOWN ? NAN : (double)value->whole;
}

/* Has none of the rows @from to @to - 1 anything but @a or @b there? */
static bool only(const struct summary *s, size_t column, size_t from, size_t to, const char *a,
		 const char *b)
{
	char text[SUMMARY_FIELD_MAX];

	for (size_t r = from; r < to; r++)
		if (strcmp(summary_field(s, r, column, text), a) && strcmp(text, b))
			return false;
	return true;
}

bool summary_differs(const struct summary *s, size_t column, size_t from, size_t to)
{
	char first[SUMMARY_FIELD_MAX];

	return from < to && !only(s, column, from, to,
				  summary_field(s, from, column, first), first);
}

bool summary_known(const struct summary *s, size_t column, size_t from, size_t to)
{
	return !only(s, column, from, to, "-", "-");
}

int summary_write(FILE *out, const struct summary *s)
{
	size_t columns = axes_count + summary_columns_count;
	char text[SUMMARY_FIELD_MAX];

	for (size_t c = 0; c < columns; c++)
		fprintf(out, "%s%c", summary_name(c), c + 1 < columns ? '\t' : '\n');
	for (size_t r = 0; r < s->count; r++)
		for (size_t c = 0; c < columns; c++)
			fprintf(out, "%s%c", summary_field(s, r, c, text),
				c + 1 < columns ? '\t' : '\n');
	return ferror(out) ? -EIO : 0;
}

static bool same_in_all(const struct summary *s, size_t column)
{
	return s->count && !summary_differs(s, column, 0, s->count);
}

/* Axes that differ, and results of which there are some. */
static bool shown(const struct summary *s, size_t column)
{
	const char *usual = column < axes_count ? NULL : summary_columns[column - axes_count].usual;

	if (column < axes_count)
		return !column || !same_in_all(s, column);
	if (usual)
		return *usual && !only(s, column, 0, s->count, usual, "-");
	return !s->count || summary_known(s, column, 0, s->count);
}

/* The axes on which all cells agree, those at their default in few words. */
static void print_constants(FILE *out, const struct summary *s)
{
	char text[AXES_MAX * 2 * SUMMARY_FIELD_MAX] = "", value[SUMMARY_FIELD_MAX];
	const char *at = text;
	bool omitted = false;
	size_t n = 0;

	for (size_t c = 1; c < axes_count; c++) {
		if (!same_in_all(s, c))
			continue;
		if (axis_is_omitted(&axes_table[c], &s->rows->cell->axes))
			omitted = true;
		else
			n += snprintf(text + n, sizeof(text) - n, "%s=%s ", axes_table[c].name,
				      summary_field(s, 0, c, value));
	}
	if (omitted)
		snprintf(text + n, sizeof(text) - n, "(other axes at their default)");
	do {
		n = plain_line(&at, TITLE_WIDTH);
		fprintf(out, "%.*s\n", (int)n, at);
		at += n;
	} while (at[strspn(at, " ")]);
}

static void print_title(FILE *out, const struct summary *s)
{
	const struct run_info *info = &s->data->info;

	fprintf(out, "%s: Linux %s, %s clock (%s), accelerator %s%s\n",
		info->matrix ? info->matrix : "-", info->kernel ? info->kernel : "-",
		info->clock->name, info->clock->counts,
		info->accelerator ? info->accelerator : "-",
		dataset_doubt(s->data));
	print_constants(out, s);
}

/* What people are shown of the table. */
static void print_shown(FILE *out, const struct summary *s, enum table_format format)
{
	size_t column[AXES_MAX + sizeof(summary_columns) / sizeof(*summary_columns)];
	char text[SUMMARY_FIELD_MAX];
	struct table t = { 0 };

	for (size_t c = 0; c < axes_count + summary_columns_count; c++) {
		if (!shown(s, c))
			continue;
		column[t.columns] = c;
		table_column(&t, summary_name(c), summary_is_text(c));
	}
	for (size_t r = 0; r < s->count; r++)
		for (size_t i = 0; i < t.columns; i++)
			table_add(&t, "%s", summary_field(s, r, column[i], text));
	table_print(out, &t, format);
	table_free(&t);
}

void summary_unused(FILE *out, const struct dataset *data)
{
	if (data->orphans)
		fprintf(out, "%zu samples belong to cells that their boot did not "
			"finish, and are not used\n", data->orphans);
	if (data->stray_observations)
		fprintf(out, "%zu records of counters.jsonl belong to cells that their "
			"boot did not finish, and are not used\n",
			data->stray_observations);
	if (data->cut_off)
		fprintf(out, "the last line of samples.jsonl was cut off, and is "
			"not used\n");
	if (data->observed_cut_off)
		fprintf(out, "the last line of counters.jsonl was cut off, and is "
			"not used\n");
}

/* What the intervals are, and what it takes where there is none. */
static void print_intervals(FILE *out, const struct summary *s)
{
	size_t samples = 0, boots = 0, of_samples = 0, of_boots = 0;

	for (size_t r = 0; r < s->count; r++) {
		const struct center *c = &s->rows[r].center;
		bool one = c->boots == 1 && !s->rows[r].startup;

		if (isnan(c->median))
			continue;
		if (isnan(c->lo))
			*(one ? &samples : &boots) += 1;
		else
			*(one ? &of_samples : &of_boots) += 1;
	}
	if (of_boots)
		fprintf(out, "ci_lo, ci_hi: of the median at level 0.95, over boots\n");
	if (of_samples)
		fprintf(out, "ci_lo, ci_hi%s: of the median at level 0.95, over the samples of "
			"one boot: another boot may differ by more\n",
			of_boots ? " where boots is 1" : "");
	if (samples)
		fprintf(out, "rows without a confidence interval: %zu; need >= %d samples "
			"for one at level 0.95, and as many boots for one over boots\n",
			samples, CI_MIN_N);
	if (boots)
		fprintf(out, "rows without a confidence interval: %zu; need >= %d boots "
			"for one at level 0.95\n", boots, BOOTS_MIN);
}

static void print_notes(FILE *out, const struct summary *s)
{
	const struct dataset *data = s->data;
	size_t listed = 0, rest = 0, missing = dataset_missing(data);
	char key[AXES_KEY_MAX];

	for_each_cell(cell, data) {
		if (!cell->closed || cell->status == CELL_OK)
			continue;
		if (listed++ < REASONS_MAX)
			fprintf(out, "%s: %s: %s\n",
				axes_key(&cell->axes, key, sizeof(key)),
				cell_status_name(cell->status), cell->reason);
		else
			rest++;
	}
	if (rest)
		fprintf(out, "and %zu more cells; summary.tsv has them all\n", rest);
	if (missing)
		fprintf(out, "%zu of %" PRIu64 " cells were never finished; go on "
			"with --resume\n", missing, data->info.cells);
	summary_unused(out, data);
	if (data->info.clock->exact)
		fprintf(out, "times are exact counts of a deterministic machine: the "
			"same build gives them again, so they have no interval\n");
	else
		print_intervals(out, s);
}

static bool has_modelled(const struct summary *s)
{
	for (size_t c = 0; c < summary_columns_count; c++)
		if (summary_columns[c].from == FROM_MODELLED &&
		    summary_known(s, axes_count + c, 0, s->count))
			return true;
	return false;
}

int summary_print(FILE *out, const struct summary *s, enum table_format format)
{
	print_title(out, s);
	if (format == TABLE_MD)
		fputc('\n', out);
	print_shown(out, s, format);
	fputc('\n', out);
	if (has_modelled(s))
		fputs("modelled_*: per page, of caller and responder; evidence has more of it\n", out);
	print_notes(out, s);
	return ferror(out) ? -EIO : 0;
}

int summary_bad(const struct dataset *data)
{
	for_each_cell(cell, data)
		if (cell->closed &&
		    (cell->status == CELL_INVALID || cell->status == CELL_FAILED))
			return 1;
	return dataset_missing(data) > 0;
}
