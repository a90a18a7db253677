// SPDX-License-Identifier: GPL-3.0-or-later
#include "export.h"

#include <string.h>

#include "record/folder.h"
#include "report/data/lines.h"

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

struct export {
	const struct dataset *data;
	void (*take)(void *arg, const struct cell_data *cell, const struct sample *sample);
	void *arg;
};

static int pass_sample(void *arg, const char *line, unsigned long number, struct reason *why)
{
	struct export *e = arg;
	struct cell_record c;
	struct sample s;
	int kind = record_read(line, &s, &c, why);

	(void)number;
	if (kind == RECORD_SAMPLE && dataset_closure(e->data, s.cell, s.boot))
		e->take(e->arg, &e->data->cells[s.cell], &s);
	return kind < 0 ? kind : 0;
}

int export_samples(const struct dataset *data,
		   void (*take)(void *arg, const struct cell_data *cell,
				const struct sample *sample),
		   void *arg, struct reason *why)
{
	struct export e = { data, take, arg };
	int cut_off;

	return lines_read(data->folder, FOLDER_SAMPLES, pass_sample, &e, &cut_off, why);
}
