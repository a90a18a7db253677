// SPDX-License-Identifier: GPL-3.0-or-later
#include "export.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "array.h"
#include "lines.h"

static const struct exporter *const exporters[] = {
	&export_benchfmt, &export_csv, &export_json,
};

const struct exporter *export_find(const char *name)
{
	for (size_t i = 0; i < sizeof(exporters) / sizeof(*exporters); i++)
		if (!strcmp(exporters[i]->name, name))
			return exporters[i];
	return NULL;
}

struct visited {
	uint32_t cell, boot;
};

struct export {
	const struct dataset *data;
	struct visited *closed;
	size_t n_closed;
	void (*take)(void *arg, const struct cell_data *cell, const struct sample *sample);
	void *arg;
};

static int compare_visited(const void *a, const void *b)
{
	const struct visited *x = a, *y = b;

	if (x->cell != y->cell)
		return x->cell < y->cell ? -1 : 1;
	return x->boot < y->boot ? -1 : x->boot > y->boot;
}

static int note_closures(void *arg, const char *line, unsigned long number, char *why,
			 size_t why_size)
{
	struct export *e = arg;
	struct sample sample;
	struct cell_record c;
	int kind = record_read(line, &sample, &c, why, why_size);

	(void)number;
	if (kind != RECORD_CELL)
		return kind < 0 ? kind : 0;
	if (array_grow(&e->closed, e->n_closed, sizeof(*e->closed))) {
		snprintf(why, why_size, "out of memory");
		return -ENOMEM;
	}
	e->closed[e->n_closed++] = (struct visited){ c.cell, c.boot };
	return 0;
}

static int pass_sample(void *arg, const char *line, unsigned long number, char *why,
		       size_t why_size)
{
	struct export *e = arg;
	struct cell_record c;
	struct visited key;
	struct sample s;
	int kind = record_read(line, &s, &c, why, why_size);

	(void)number;
	if (kind != RECORD_SAMPLE)
		return kind < 0 ? kind : 0;
	key = (struct visited){ s.cell, s.boot };
	if (e->n_closed && bsearch(&key, e->closed, e->n_closed, sizeof(key),
				   compare_visited))
		e->take(e->arg, &e->data->cells[s.cell], &s);
	return 0;
}

int export_samples(const struct dataset *data,
		   void (*take)(void *arg, const struct cell_data *cell,
				const struct sample *sample),
		   void *arg, char *why, size_t why_size)
{
	struct export e = { .data = data, .take = take, .arg = arg };
	int cut_off, ret;

	ret = lines_read(data->folder, "samples.jsonl", note_closures, &e, &cut_off, why,
			 why_size);
	if (!ret && e.n_closed) {
		qsort(e.closed, e.n_closed, sizeof(*e.closed), compare_visited);
		ret = lines_read(data->folder, "samples.jsonl", pass_sample, &e, &cut_off,
				 why, why_size);
	}
	free(e.closed);
	return ret;
}
