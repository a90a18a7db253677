// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "record/folder.h"
#include "report/write/array.h"
#include "lines.h"
#include "stats.h"

/* A sample until it is known whether its boot closed the cell. */
struct pending {
	struct timed timed;
	uint32_t cell;
	enum sample_mode mode;
	size_t counts;		/* index, of a counting sample */
};

/* A sample that failed, until it is known how it was closed. */
struct failure {
	uint32_t cell, boot;
	char reason[RECORD_TEXT_MAX];
};

/* Arrays that grow while the file is read. */
struct loading {
	struct dataset *data;
	struct pending *samples;
	struct counts *counts;
	struct failure *failures;
	size_t n_samples, n_counts, n_failures;
};

static void add_failure(struct loading *l, const struct sample *s)
{
	struct failure f = { .cell = s->cell, .boot = s->boot };
	bool refused = !strcmp(s->check, "ok");
	const char *name = strerrorname_np(s->err);

	if (refused && !s->err)
		return;
	array_grow(&l->failures, l->n_failures, sizeof(*l->failures));
	snprintf(f.reason, sizeof(f.reason), "sample %u of boot %u: %s%.200s", s->seq, s->boot,
		 refused ? "refused: " : "", !refused ? s->check : name ? name : "unknown errno");
	l->failures[l->n_failures++] = f;
}

static void add_sample(struct loading *l, const struct sample *s)
{
	array_grow(&l->samples, l->n_samples, sizeof(*l->samples));
	l->samples[l->n_samples++] = (struct pending){
		{ s->total, s->boot, s->round, s->seq }, s->cell, s->mode, l->n_counts,
	};
	add_failure(l, s);
	if (s->mode != MODE_COUNT)
		return;
	array_grow(&l->counts, l->n_counts, sizeof(*l->counts));
	l->counts[l->n_counts++] = s->counts;
}

static void make_room(struct dataset *data, uint32_t cell)
{
	size_t count = (size_t)cell + 1;

	if (count <= data->count)
		return;
	data->cells = array_held(realloc(data->cells, count * sizeof(*data->cells)));
	memset(data->cells + data->count, 0, (count - data->count) * sizeof(*data->cells));
	data->count = count;
}

/* How bad a status is, to find the worst. */
static int badness(enum cell_status status)
{
	static const int order[] = {
		[CELL_OK] = 0, [CELL_SKIPPED] = 1, [CELL_UNSUPPORTED] = 2,
		[CELL_INVALID] = 3, [CELL_FAILED] = 4,
	};

	return order[status];
}

/* Of several boots the worst counts. */
static void take_status(struct cell_data *cell, enum cell_status status, int err,
			const char *reason)
{
	if (cell->closed && badness(status) <= badness(cell->status))
		return;
	cell->status = status;
	cell->err = err;
	snprintf(cell->reason, sizeof(cell->reason), "%s", reason);
}

/* Another boot closed the cell with other axes: pooling would mix two cells. */
static bool contradicts(const struct dataset *data, const struct cell_record *r)
{
	return r->cell < data->count && data->cells[r->cell].closed &&
	       axes_compare(&data->cells[r->cell].axes, &r->axes, NULL);
}

static int add_cell(struct dataset *data, const struct cell_record *r, struct reason *why)
{
	struct cell_data *cell;

	if (r->cell >= data->info.cells)
		return reason_err(why, -ERANGE, "cell: beyond the number of cells in run.json");
	if (contradicts(data, r))
		return reason_err(why, -EEXIST, "axes: not those that cell %u was closed with "
				  "before: the lines are of two matrices", r->cell);
	make_room(data, r->cell);
	array_grow(&data->closures, data->n_closures, sizeof(*data->closures));
	data->closures[data->n_closures++] = (struct closure){ r->cell, r->boot, r->status };
	cell = &data->cells[r->cell];
	take_status(cell, r->status, r->err, r->reason);
	cell->closed++;
	cell->axes = r->axes;
	return 0;
}

static int add_boot(struct dataset *data, const char *line, struct reason *why)
{
	struct boot_record boot;
	size_t at = data->n_boots;

	if (record_read_boot(line, &boot, why))
		return -EINVAL;
	array_grow(&data->boots, data->n_boots, sizeof(*data->boots));
	for (; at && data->boots[at - 1].boot > boot.boot; at--)
		data->boots[at] = data->boots[at - 1];
	data->boots[at] = boot;
	data->n_boots++;
	return 0;
}

static int take_sample_line(void *arg, const char *line, unsigned long number, struct reason *why)
{
	struct loading *l = arg;
	struct cell_record cell;
	struct sample sample;
	int kind = record_read(line, &sample, &cell, why);

	(void)number;
	if (kind == RECORD_BOOT)
		return add_boot(l->data, line, why);
	if (kind == RECORD_CELL)
		return add_cell(l->data, &cell, why);
	if (kind == RECORD_SAMPLE)
		add_sample(l, &sample);
	return kind < 0 ? kind : 0;
}

static int compare_closures(const void *a, const void *b)
{
	const struct closure *x = a, *y = b;

	if (x->cell != y->cell)
		return x->cell < y->cell ? -1 : 1;
	return x->boot < y->boot ? -1 : x->boot > y->boot;
}

static void add_timed(struct timed **array, size_t *n, const struct timed *timed)
{
	if (timed->total == NOT_KNOWN)
		return;
	array_grow(array, *n, sizeof(**array));
	(*array)[(*n)++] = *timed;
}

static void add_counts(struct cell_data *cell, const struct counts *counts, uint64_t total)
{
	array_grow(&cell->counts, cell->n_counts, sizeof(*cell->counts));
	array_grow(&cell->count_totals, cell->n_counts, sizeof(*cell->count_totals));
	cell->count_totals[cell->n_counts] = total;
	cell->counts[cell->n_counts++] = *counts;
}

static void give(struct loading *l, const struct pending *s)
{
	struct cell_data *cell = &l->data->cells[s->cell];

	if (s->mode == MODE_TIME) {
		add_timed(&cell->times, &cell->n_times, &s->timed);
	} else if (s->mode == MODE_WARMUP) {
		add_timed(&cell->startups, &cell->n_startups, &s->timed);
		add_timed(&cell->warmups, &cell->n_warmups, &s->timed);
	} else if (s->mode == MODE_COUNT) {
		add_counts(cell, &l->counts[s->counts], s->timed.total);
	}
}

static int compare_timed(const void *a, const void *b)
{
	const struct timed *x = a, *y = b;

	if (x->boot != y->boot)
		return x->boot < y->boot ? -1 : 1;
	return x->seq < y->seq ? -1 : x->seq > y->seq;
}

static int in_order(const struct timed *timed, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (compare_timed(&timed[i - 1], &timed[i]) > 0)
			return 0;
	return 1;
}

/* Of the warmups of each boot, the first call alone. */
static void keep_startups(struct cell_data *cell)
{
	size_t kept = 0;

	for (size_t i = 0; i < cell->n_startups; i++)
		if (!kept || cell->startups[kept - 1].boot != cell->startups[i].boot)
			cell->startups[kept++] = cell->startups[i];
	cell->n_startups = kept;
}

/* Guests that ran side by side, and boots, are in the file in any order. */
static void put_in_order(struct cell_data *cell)
{
	if (cell->n_startups)
		qsort(cell->startups, cell->n_startups, sizeof(*cell->startups),
		      compare_timed);
	keep_startups(cell);
	if (cell->n_warmups)
		qsort(cell->warmups, cell->n_warmups, sizeof(*cell->warmups),
		      compare_timed);
	if (!cell->n_times)
		return;
	if (!in_order(cell->times, cell->n_times))
		qsort(cell->times, cell->n_times, sizeof(*cell->times), compare_timed);
	cell->totals = array_new(cell->n_times, sizeof(*cell->totals));
	for (size_t i = 0; i < cell->n_times; i++)
		cell->totals[i] = cell->times[i].total;
	stats_sort(cell->totals, cell->n_times);
}

static struct closure *find_closure(const struct dataset *data, uint32_t cell, uint32_t boot)
{
	struct closure key = { .cell = cell, .boot = boot };

	return data->n_closures ? bsearch(&key, data->closures, data->n_closures,
					  sizeof(key), compare_closures) : NULL;
}

const struct closure *dataset_closure(const struct dataset *data, uint32_t cell,
				      uint32_t boot)
{
	return find_closure(data, cell, boot);
}

/* A boot that closed a cell as ok, whose sample says otherwise, is not believed. */
static void hold_failures(struct loading *l)
{
	for (size_t i = 0; i < l->n_failures; i++) {
		const struct failure *f = &l->failures[i];
		struct closure *closure = find_closure(l->data, f->cell, f->boot);

		if (!closure || closure->status != CELL_OK)
			continue;
		closure->status = CELL_INVALID;
		take_status(&l->data->cells[f->cell], CELL_INVALID, 0, f->reason);
	}
}

/* Give each sample to its cell if the same boot closed that cell. */
static void distribute(struct loading *l)
{
	struct dataset *data = l->data;

	if (data->n_closures)
		qsort(data->closures, data->n_closures, sizeof(*data->closures),
		      compare_closures);
	hold_failures(l);
	for (size_t i = 0; i < l->n_samples; i++) {
		if (dataset_closure(data, l->samples[i].cell, l->samples[i].timed.boot))
			give(l, &l->samples[i]);
		else
			data->orphans++;
	}
	for (size_t i = 0; i < data->count; i++)
		put_in_order(&data->cells[i]);
}

static int take_observed_line(void *arg, const char *line, unsigned long number,
			      struct reason *why)
{
	struct loading *l = arg;
	const struct closure *closure;
	struct observed o;
	int ret = observed_read(line, &o, why);

	(void)number;
	if (ret)
		return ret;
	closure = dataset_closure(l->data, o.cell, o.boot);
	if (!closure)
		l->data->stray_observations++;
	if (!closure || closure->status != CELL_OK)
		return 0;
	observations_add(&l->data->cells[o.cell].seen, &o);
	return observations_one_machine(l->data->machine, &o, why);
}

int dataset_load(const char *folder, struct dataset *data, struct reason *why)
{
	struct loading l = { .data = data };
	char path[PATH_MAX];
	int ret;

	memset(data, 0, sizeof(*data));
	data->folder = folder;
	ret = run_info_read(folder_file(path, folder, FOLDER_INFO), &data->info, why);
	if (ret)
		return ret;
	ret = lines_read(folder, FOLDER_SAMPLES, take_sample_line, &l, &data->cut_off,
			 why);
	if (!ret) {
		distribute(&l);
		ret = lines_read(folder, FOLDER_COUNTERS, take_observed_line, &l,
				 &data->observed_cut_off, why);
		if (ret == -ENOENT)	/* a run without it observed nothing */
			ret = 0;
	}
	free(l.samples);
	free(l.counts);
	free(l.failures);
	if (ret)
		dataset_free(data);
	return ret;
}

void dataset_free(struct dataset *data)
{
	for (size_t i = 0; i < data->count; i++) {
		free(data->cells[i].times);
		free(data->cells[i].totals);
		free(data->cells[i].startups);
		free(data->cells[i].warmups);
		free(data->cells[i].counts);
		free(data->cells[i].count_totals);
		observations_free(&data->cells[i].seen);
	}
	free(data->cells);
	free(data->boots);
	free(data->closures);
	run_info_free(&data->info);
}

bool cell_measured(const struct cell_data *cell)
{
	return cell->status == CELL_OK && cell->n_times;
}

size_t dataset_missing(const struct dataset *data)
{
	size_t missing = data->info.cells;

	for (size_t i = 0; i < data->count; i++)
		missing -= data->cells[i].closed > 0;
	return missing;
}

enum emulated dataset_emulated(const struct dataset *data)
{
	const char *accelerator = data->info.accelerator;

	if (data->info.clock->exact)
		return EMULATED_NO;
	if (accelerator && !strcmp(accelerator, "tcg"))
		return EMULATED_YES;
	return accelerator && (!strcmp(accelerator, "none") || !strcmp(accelerator, "kvm")) ?
	       EMULATED_NO : EMULATED_UNKNOWN;
}

const char *dataset_emulated_name(const struct dataset *data)
{
	static const char *const names[] = {
		[EMULATED_NO] = "no", [EMULATED_YES] = "yes", [EMULATED_UNKNOWN] = "-",
	};

	return names[dataset_emulated(data)];
}

const char *dataset_doubt(const struct dataset *data)
{
	static const char *const words[] = {
		[EMULATED_NO] = "", [EMULATED_YES] = ", EMULATED: no evidence",
		[EMULATED_UNKNOWN] = ", not known whether EMULATED: no evidence",
	};

	return words[dataset_emulated(data)];
}

bool dataset_unbound(const struct dataset *data)
{
	const struct run_info *info = &data->info;

	return !info->clock->exact && !dataset_emulated(data) &&
	       (!info->accelerator || strcmp(info->accelerator, "none"));
}
