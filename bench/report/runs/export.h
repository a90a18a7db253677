/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A run in the formats of other programs. */
#ifndef HMMBENCH_EXPORT_H
#define HMMBENCH_EXPORT_H

#include <stdio.h>

#include "base/reason.h"
#include "report/data/dataset.h"

/**
 * struct exporter - a format; a new one is a new entry of the table
 * @write: Return: 0, or -errno with a line in @why
 */
struct exporter {
	const char *name;
	int (*write)(FILE *out, const struct dataset *data, struct reason *why);
};

extern const struct exporter export_benchfmt, export_csv, export_json;

/** export_find() - the format called @name, or NULL. */
const struct exporter *export_find(const char *name);

/**
 * export_samples() - give each sample of the run to @take, in the order of the file
 *
 * Those of boots that did not close their cell are left out, as everywhere.
 * Return: 0, or -errno with a line in @why.
 */
int export_samples(const struct dataset *data,
		   void (*take)(void *arg, const struct cell_data *cell,
				const struct sample *sample),
		   void *arg, struct reason *why);

#endif
