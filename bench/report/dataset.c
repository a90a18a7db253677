// SPDX-License-Identifier: GPL-3.0-or-later
#include "dataset.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "stats.h"

/* A sample until it is known whether its boot closed the cell. */
struct pending {
	struct timed timed;
	uint32_t cell;
	enum sample_mode mode;
	size_t counts;		/* index, of a counting sample */
};

struct closure {
	uint32_t cell, boot;
	enum cell_status status;
};

/* Arrays that grow while the file is read. */
struct loading {
	struct dataset *data;
	struct pending *samples;
	struct counts *counts;
	struct closure *closures;
	size_t n_samples, n_counts, n_closures;
};

static int add_sample(struct loading *l, const struct sample *s)
{
	if (array_grow(&l->samples, l->n_samples, sizeof(*l->samples)))
		return -ENOMEM;
	l->samples[l->n_samples++] = (struct pending){
		{ s->total, s->boot, s->round, s->seq }, s->cell, s->mode, l->n_counts,
	};
	if (s->mode != MODE_COUNT)
		return 0;
	if (array_grow(&l->counts, l->n_counts, sizeof(*l->counts)))
		return -ENOMEM;
	l->counts[l->n_counts++] = s->counts;
	return 0;
}

static int make_room(struct dataset *data, uint32_t cell)
{
	size_t count = (size_t)cell + 1;
	struct cell_data *cells;

	if (count <= data->count)
		return 0;
	cells = realloc(data->cells, count * sizeof(*cells));
	if (!cells)
		return -ENOMEM;
	memset(cells + data->count, 0, (count - data->count) * sizeof(*cells));
	data->cells = cells;
	data->count = count;
	return 0;
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

/* Another boot closed the cell with other axes: pooling would mix two cells. */
static int contradicts(const struct dataset *data, const struct cell_record *r)
{
	char before[AXES_KEY_MAX], now[AXES_KEY_MAX];

	if (r->cell >= data->count || !data->cells[r->cell].closed)
		return 0;
	axes_key(&data->cells[r->cell].axes, before, sizeof(before));
	axes_key(&r->axes, now, sizeof(now));
	return strcmp(before, now) != 0;
}

static int add_cell(struct loading *l, const struct cell_record *r)
{
	struct cell_data *cell;

	if (r->cell >= l->data->info.cells)
		return -ERANGE;
	if (contradicts(l->data, r))
		return -EEXIST;
	if (make_room(l->data, r->cell) ||
	    array_grow(&l->closures, l->n_closures, sizeof(*l->closures)))
		return -ENOMEM;
	l->closures[l->n_closures++] = (struct closure){ r->cell, r->boot,
							       r->status };
	cell = &l->data->cells[r->cell];
	if (!cell->closed++ || badness(r->status) > badness(cell->status)) {
		cell->status = r->status;
		cell->err = r->err;
		memcpy(cell->reason, r->reason, sizeof(cell->reason));
	}
	cell->axes = r->axes;
	return 0;
}

static int take_sample_line(struct loading *l, const char *line, char *why,
			    size_t size)
{
	struct cell_record cell;
	struct sample sample;
	int kind = record_read(line, &sample, &cell, why, size);
	int ret;

	if (kind < 0)
		return kind;
	ret = kind == RECORD_SAMPLE ? add_sample(l, &sample) : add_cell(l, &cell);
	if (ret == -ERANGE)
		snprintf(why, size, "cell: beyond the number of cells in run.json");
	else if (ret == -EEXIST)
		snprintf(why, size, "axes: not those that cell %u was closed with "
			 "before: the lines are of two matrices", cell.cell);
	else if (ret)
		snprintf(why, size, "out of memory");
	return ret;
}

/* Gives each whole line of @in to @take. */
static int read_lines(FILE *in, const char *path, struct loading *l,
		      int (*take)(struct loading *l, const char *line, char *why,
				  size_t size), int *cut_off, char *why, size_t why_size)
{
	char reason[2 * RECORD_TEXT_MAX], *line = NULL;
	unsigned long number = 0;
	size_t size = 0;
	int ret = 0;
	ssize_t n;

	while (!ret && (n = getline(&line, &size, in)) > 0) {
		number++;
		if (line[n - 1] != '\n') {
			*cut_off = 1;
			break;
		}
		ret = take(l, line, reason, sizeof(reason));
	}
	if (ret) {
		snprintf(why, why_size, "%s:%lu: %s%s", path, number, reason,
			 ret == -ENOMEM ? "" : "; restore the file, or measure again");
	} else if (ferror(in)) {	/* or half a run would pass for a whole one */
		ret = -EIO;
		snprintf(why, why_size, "%s: cannot be read after line %lu; is it a "
			 "file, and the disk sound?", path, number);
	}
	free(line);
	return ret;
}

static int read_samples(struct loading *l, char *why, size_t why_size)
{
	char path[PATH_MAX];
	FILE *in;
	int ret;

	snprintf(path, sizeof(path), "%s/samples.jsonl", l->data->folder);
	in = fopen(path, "re");
	if (!in) {
		ret = -errno;
		snprintf(why, why_size, "%s: %s; is that a run folder?", path,
			 strerror(errno));
		return ret;
	}
	ret = read_lines(in, path, l, take_sample_line, &l->data->cut_off, why,
			 why_size);
	fclose(in);
	return ret;
}

static int compare_closures(const void *a, const void *b)
{
	const struct closure *x = a, *y = b;

	if (x->cell != y->cell)
		return x->cell < y->cell ? -1 : 1;
	return x->boot < y->boot ? -1 : x->boot > y->boot;
}

static int add_timed(struct timed **array, size_t *n, const struct timed *timed)
{
	if (timed->total == NOT_KNOWN)
		return 0;
	if (array_grow(array, *n, sizeof(**array)))
		return -ENOMEM;
	(*array)[(*n)++] = *timed;
	return 0;
}

static int add_counts(struct cell_data *cell, const struct counts *counts, uint64_t total)
{
	if (array_grow(&cell->counts, cell->n_counts, sizeof(*cell->counts)) ||
	    array_grow(&cell->count_totals, cell->n_counts, sizeof(*cell->count_totals)))
		return -ENOMEM;
	cell->count_totals[cell->n_counts] = total;
	cell->counts[cell->n_counts++] = *counts;
	return 0;
}

static int give(struct loading *l, const struct pending *s)
{
	struct cell_data *cell = &l->data->cells[s->cell];

	if (s->mode == MODE_TIME)
		return add_timed(&cell->times, &cell->n_times, &s->timed);
	if (s->mode == MODE_WARMUP)
		return add_timed(&cell->startups, &cell->n_startups, &s->timed) ?:
		       add_timed(&cell->warmups, &cell->n_warmups, &s->timed);
	return s->mode == MODE_COUNT ? add_counts(cell, &l->counts[s->counts],
						  s->timed.total) : 0;
}

static int compare_timed(const void *a, const void *b)
{
	const struct timed *x = a, *y = b;

	if (x->boot != y->boot)
		return x->boot < y->boot ? -1 : 1;
	return x->seq < y->seq ? -1 : x->seq > y->seq;
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
static int put_in_order(struct cell_data *cell)
{
	if (cell->n_startups)
		qsort(cell->startups, cell->n_startups, sizeof(*cell->startups),
		      compare_timed);
	keep_startups(cell);
	if (cell->n_warmups)
		qsort(cell->warmups, cell->n_warmups, sizeof(*cell->warmups),
		      compare_timed);
	if (!cell->n_times)
		return 0;
	qsort(cell->times, cell->n_times, sizeof(*cell->times), compare_timed);
	cell->totals = calloc(cell->n_times, sizeof(*cell->totals));
	if (!cell->totals)
		return -ENOMEM;
	for (size_t i = 0; i < cell->n_times; i++)
		cell->totals[i] = cell->times[i].total;
	stats_sort(cell->totals, cell->n_times);
	return 0;
}

/* How a boot closed a cell, or NULL; closures are sorted. */
static const struct closure *closure_of(const struct loading *l, uint32_t cell,
					uint32_t boot)
{
	struct closure key = { .cell = cell, .boot = boot };

	return l->n_closures ? bsearch(&key, l->closures, l->n_closures, sizeof(key),
				       compare_closures) : NULL;
}

/* Give each sample to its cell if the same boot closed that cell. */
static int distribute(struct loading *l)
{
	int ret = 0;

	if (l->n_closures)
		qsort(l->closures, l->n_closures, sizeof(*l->closures),
		      compare_closures);
	for (size_t i = 0; i < l->n_samples && !ret; i++) {
		if (closure_of(l, l->samples[i].cell, l->samples[i].timed.boot))
			ret = give(l, &l->samples[i]);
		else
			l->data->orphans++;
	}
	for (size_t i = 0; i < l->data->count && !ret; i++)
		ret = put_in_order(&l->data->cells[i]);
	return ret;
}

static int take_observed_line(struct loading *l, const char *line, char *why,
			      size_t size)
{
	const struct closure *closure;
	struct observed o;
	uint32_t cell, boot;
	int ret = observed_read(line, &o, why, size);

	if (ret)
		return ret;
	cell = o.kind == OBSERVED_COUNTER ? o.counter.cell :
	       o.kind == OBSERVED_LOAD ? o.load.cell : o.bystander.cell;
	boot = o.kind == OBSERVED_COUNTER ? o.counter.boot :
	       o.kind == OBSERVED_LOAD ? o.load.boot : o.bystander.boot;
	closure = closure_of(l, cell, boot);
	if (!closure)
		l->data->stray_observations++;
	else if (closure->status == CELL_OK)
		ret = observations_add(&l->data->cells[cell].seen, &o);
	if (ret)
		snprintf(why, size, "out of memory");
	return ret;
}

/* A run without the file observed nothing. */
static int read_observed(struct loading *l, char *why, size_t why_size)
{
	char path[PATH_MAX];
	FILE *in;
	int ret;

	snprintf(path, sizeof(path), "%s/counters.jsonl", l->data->folder);
	in = fopen(path, "re");
	if (!in && errno == ENOENT)
		return 0;
	if (!in) {
		ret = -errno;
		snprintf(why, why_size, "%s: %s", path, strerror(errno));
		return ret;
	}
	ret = read_lines(in, path, l, take_observed_line,
			 &l->data->observed_cut_off, why, why_size);
	fclose(in);
	return ret;
}

int dataset_load(const char *folder, struct dataset *data, char *why,
		 size_t why_size)
{
	struct loading l = { .data = data };
	char path[PATH_MAX];
	int ret;

	memset(data, 0, sizeof(*data));
	data->folder = folder;
	snprintf(path, sizeof(path), "%s/run.json", folder);
	ret = run_info_read(path, &data->info, why, why_size);
	if (ret)
		return ret;
	ret = read_samples(&l, why, why_size);
	if (!ret && distribute(&l)) {
		snprintf(why, why_size, "%s: out of memory", folder);
		ret = -ENOMEM;
	}
	if (!ret)
		ret = read_observed(&l, why, why_size);
	free(l.samples);
	free(l.counts);
	free(l.closures);
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
	run_info_free(&data->info);
}

size_t dataset_missing(const struct dataset *data)
{
	size_t missing = data->info.cells;

	for (size_t i = 0; i < data->count; i++)
		missing -= data->cells[i].closed > 0;
	return missing;
}

int dataset_emulated(const struct dataset *data)
{
	const struct run_info *info = &data->info;

	return info->clock && info->accelerator && !strcmp(info->clock, "wall") &&
	       !strcmp(info->accelerator, "tcg");
}
