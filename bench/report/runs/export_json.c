// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * One document, hmmbench.export/1: run.json as "run", and a summary of each cell in
 * the order of the table, with its timed samples. What is not known is null.
 */
#include "export.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>

#include "report/tables/summary.h"

#define SCHEMA_EXPORT	"hmmbench.export/1"

static json_t *times_array(const struct cell_data *cell)
{
	json_t *array = json_array();

	for (size_t i = 0; i < cell->n_times; i++) {
		const struct timed *t = &cell->times[i];

		json_array_append_new(array, json_pack("{sI si si si}",
			"total", (json_int_t)t->total, "boot", t->boot, "round", t->round,
			"seq", t->seq));
	}
	return array;
}

static json_t *known_real(double value)
{
	return isnan(value) ? json_null() : json_real(value);
}

/* Statistics only of a cell that passed: what did not is never averaged. */
static void set_stats(json_t *o, const struct summary_row *row)
{
	static const char *const names[] = {
		"n", "median", "per_page", "ci_lo", "ci_hi", "p50", "p99", "max",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		enum summary_kind kind;
		union summary_value value = summary_value(row, names[i], &kind);

		json_object_set_new(o, names[i], kind == SUMMARY_REAL ? known_real(value.real) :
				    record_known(value.whole));
	}
	for (size_t i = 0; i < count_fields_count; i++)
		json_object_set_new(o, count_fields[i].name,
				    record_known(cell_measured(row->cell) ?
			summary_count(row->cell, count_fields[i].name) : NOT_KNOWN));
}

static json_t *cell_object(const struct dataset *data, const struct summary_row *row)
{
	const struct cell_data *cell = row->cell;
	char key[AXES_KEY_MAX];
	json_t *o = json_pack("{sI ss so ss ss si si}", "cell", (json_int_t)(cell - data->cells),
			      "key", axes_key(&cell->axes, key, sizeof(key)),
			      "axes", record_axes(&cell->axes),
			      "status", cell_status_name(cell->status),
			      "reason", cell->reason, "err", cell->err,
			      "boots", cell->closed);

	set_stats(o, row);
	json_object_set_new(o, "times", times_array(cell));
	return o;
}

static int write_json(FILE *out, const struct dataset *data, struct reason *why)
{
	json_t *root, *cells = json_array();
	struct summary summary;
	int ret = 0;

	summary_make(data, &summary);
	for (size_t i = 0; !ret && i < summary.count; i++)
		if (!summary.rows[i].startup)
			ret = json_array_append_new(cells, cell_object(data, &summary.rows[i]));
	summary_free(&summary);
	root = json_pack("{ss ss so sO so}", "schema", SCHEMA_EXPORT,
			 "unit", data->info.clock->unit,
			 "emulated", dataset_emulated(data) == EMULATED_UNKNOWN ? json_null() :
			 json_boolean(dataset_emulated(data)),
			 "run", data->info.all, "cells", cells);
	if (!root || ret)
		ret = -1;
	else
		ret = json_dumpf(root, out, JSON_INDENT(1) | JSON_REAL_PRECISION(17));
	json_decref(root);
	fputc('\n', out);
	if (!ret)
		return 0;
	return reason_err(why, -ENOMEM, "%s: cannot be exported: out of memory", data->folder);
}

const struct exporter export_json = { "json", write_json };
