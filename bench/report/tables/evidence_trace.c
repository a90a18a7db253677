// SPDX-License-Identifier: GPL-3.0-or-later
/* The raw lines behind a figure. */
#include <errno.h>
#include <fnmatch.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

#include "record/folder.h"
#include "record/observed.h"
#include "report/data/lines.h"
#include "report/write/array.h"
#include "evidence.h"
#include "evidence_claim.h"

struct trace {
	FILE *out;
	const char *name;
	const char *wanted;	/* by cell */
	size_t count;
};

static void show(const struct trace *t, uint32_t cell, const char *line,
		 unsigned long number)
{
	if (cell < t->count && t->wanted[cell])
		fprintf(t->out, "%s:%lu:%s", t->name, number, line);
}

static int take_samples(void *arg, const char *line, unsigned long number, struct reason *why)
{
	struct trace *t = arg;
	struct cell_record cell = { 0 };
	struct sample sample;
	int kind = record_read(line, &sample, &cell, why);

	if (kind == RECORD_SAMPLE)
		show(t, sample.cell, line, number);
	else if (kind == RECORD_CELL)
		show(t, cell.cell, line, number);
	return kind < 0 ? kind : 0;
}

static int take_counters(void *arg, const char *line, unsigned long number, struct reason *why)
{
	struct observed o;
	int ret = observed_read(line, &o, why);

	if (!ret)
		show(arg, o.cell, line, number);
	return ret;
}

/* What the tables make of the lines. */
static void conclude(FILE *out, const struct dataset *data, const struct cell_data *cell)
{
	char key[AXES_KEY_MAX];
	double width, cost;
	size_t boots;

	axes_key(&cell->axes, key, sizeof(key));
	if (!cell_measured(cell)) {
		fprintf(out, "%s: %s: no figures\n", key, cell_status_name(cell->status));
		return;
	}
	cost = evidence_per_page(data, cell, &width, &boots);
	fprintf(out, "%s: median over %zu boots of the median of each, of n %zu: %.17g %s / "
		"%" PRIu64 " pages = %.6g %s per page", key, boots, cell->n_times,
		cost * cell->axes.pages, data->info.clock->unit, cell->axes.pages, cost,
		data->info.clock->unit);
	if (!isnan(width))
		fprintf(out, " +-%.1f %%", 100 * width);
	fputc('\n', out);
}

static int trace_lines(struct trace *t, const struct dataset *data, struct reason *why)
{
	int cut_off, ret;

	t->name = FOLDER_SAMPLES;
	ret = lines_read(data->folder, t->name, take_samples, t, &cut_off, why);
	if (ret)
		return ret == -ENOENT ? -EIO : ret;
	t->name = FOLDER_COUNTERS;
	ret = lines_read(data->folder, t->name, take_counters, t, &cut_off, why);
	return ret == -ENOENT ? 0 : ret;
}

int evidence_trace(FILE *out, const struct dataset *data, const char *pattern, struct reason *why)
{
	char *wanted = array_new(data->count, sizeof(*wanted)), key[AXES_KEY_MAX];
	struct trace t = { .out = out, .wanted = wanted, .count = data->count };
	size_t found = 0;
	int ret;

	for (size_t i = 0; i < data->count; i++) {
		if (!data->cells[i].closed)
			continue;
		axes_key(&data->cells[i].axes, key, sizeof(key));
		wanted[i] = !fnmatch(pattern, key, 0);
		found += wanted[i];
	}
	ret = found ? trace_lines(&t, data, why) : -ENOENT;
	for (size_t i = 0; !ret && i < data->count; i++)
		if (wanted[i])
			conclude(out, data, &data->cells[i]);
	free(wanted);
	return ret;
}
