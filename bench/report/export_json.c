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
#include <string.h>

#include "center.h"
#include "stats.h"
#include "summary.h"

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
static int set_stats(json_t *o, const struct cell_data *cell, const struct clock *clock)
{
	int known = cell_measured(cell);
	struct stats s = { .p50 = NOT_KNOWN, .p99 = NOT_KNOWN, .max = NOT_KNOWN };
	struct center center = { 0, NAN, NAN, NAN };

	if (known) {
		if (center_of(cell->times, cell->n_times, clock, &center))
			return -ENOMEM;
		stats_of(cell->totals, cell->n_times, &s);
	}
	json_object_set_new(o, "n", json_integer(cell->n_times));
	json_object_set_new(o, "median", known_real(center.median));
	json_object_set_new(o, "per_page", known_real(center.median / cell->axes.pages));
	json_object_set_new(o, "ci_lo", known_real(center.lo));
	json_object_set_new(o, "ci_hi", known_real(center.hi));
	json_object_set_new(o, "p50", record_known(s.p50));
	json_object_set_new(o, "p99", record_known(s.p99));
	json_object_set_new(o, "max", record_known(s.max));
	for (size_t i = 0; i < count_fields_count; i++)
		json_object_set_new(o, count_fields[i].name, record_known(known ?
			summary_count(cell, count_fields[i].name) : NOT_KNOWN));
	return 0;
}

static json_t *cell_object(const struct dataset *data, size_t index)
{
	const struct cell_data *cell = &data->cells[index];
	char key[AXES_KEY_MAX];
	json_t *o = json_pack("{sI ss so ss ss si si}", "cell", (json_int_t)index,
			      "key", axes_key(&cell->axes, key, sizeof(key)),
			      "axes", record_axes(&cell->axes),
			      "status", cell_status_name(cell->status),
			      "reason", cell->reason, "err", cell->err,
			      "boots", cell->closed);

	if (o && set_stats(o, cell, data->info.clock)) {
		json_decref(o);
		return NULL;
	}
	json_object_set_new(o, "times", times_array(cell));
	return o;
}

static int write_json(FILE *out, const struct dataset *data, struct reason *why)
{
	size_t count, *order = summary_order(data, &count);
	json_t *root, *cells = json_array();
	int ret = 0;

	for (size_t i = 0; order && i < count; i++)
		ret |= json_array_append_new(cells, cell_object(data, order[i]));
	free(order);
	root = json_pack("{ss ss so sO so}", "schema", SCHEMA_EXPORT, "unit", data->info.clock->unit,
			 "emulated", dataset_emulated(data) == EMULATED_UNKNOWN ? json_null() :
			 json_boolean(dataset_emulated(data)), "run", data->info.all, "cells", cells);
	if (!order || !root || ret)
		ret = -1;
	else
		ret = json_dumpf(root, out, JSON_INDENT(1) | JSON_REAL_PRECISION(17));
	json_decref(root);
	fputc('\n', out);
	if (!ret)
		return 0;
	reason_set(why, "%s: cannot be exported: out of memory", data->folder);
	return -ENOMEM;
}

const struct exporter export_json = { "json", write_json };
