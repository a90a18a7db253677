// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Go's benchmark data format: golang.org/design/14313-benchmark-format, with the
 * unit lines of golang.org/design/43744 and sub-names as golang.org/x/perf/benchproc
 * splits them, "/key=value".
 *
 * A line for each timed sample and each counting one of a cell that passed, in the
 * order in which they were taken; what a line does not give was not measured in it.
 */
#include "export.h"

#include <inttypes.h>
#include <string.h>

struct benchfmt {
	FILE *out;
	const char *unit;
};

/* Value to the end of the line: what would end it becomes a space. */
static void config(FILE *out, const char *key, const char *value)
{
	if (!value || !*value)
		return;
	fprintf(out, "%s: ", key);
	for (; *value; value++)
		fputc((unsigned char)*value < ' ' ? ' ' : *value, out);
	fputc('\n', out);
}

static void write_config(FILE *out, const struct dataset *data)
{
	const struct run_info *info = &data->info;

	config(out, "matrix", info->matrix);
	config(out, "matrix-sha256", info->matrix_sha256);
	config(out, "clock", info->clock->name);
	config(out, "accelerator", info->accelerator);
	if (dataset_emulated(data))
		config(out, "emulated", dataset_emulated(data) == EMULATED_YES ?
		       "yes: these times are no evidence" :
		       "not known: these times are no evidence");
	config(out, "kernel", info->kernel_version ? info->kernel_version : info->kernel);
	config(out, "kernel-config-sha256", info->kernel_config_sha256);
	config(out, "cpu", info->cpu);
	fprintf(out, "cpu-count: %" PRIu64 "\nnode-count: %" PRIu64 "\nseed: %" PRIu64 "\n",
		info->cpus, info->nodes, info->seed);
	config(out, "commit", info->git);
	fprintf(out, "Unit %s/op better=lower\n\n", info->clock->unit);
}

/*
 * Pages last: "-N" at the end of a name would be taken for a number of processors,
 * and the values of other axes may end so.
 */
static void write_name(FILE *out, const struct axes *axes)
{
	char value[AXIS_TEXT_MAX];

	fprintf(out, "BenchmarkFault");
	for (const struct axis *axis = axes_table; axis < axes_table + axes_count; axis++) {
		if (!strcmp(axis->name, "pages") || axis_is_fallback(axis, axes))
			continue;
		fprintf(out, "/%s=%s", axis->name,
			axis_format(axis, axes, value, sizeof(value)));
	}
	fprintf(out, "/pages=%" PRIu64, axes->pages);
}

/* In a unit, words are joined by hyphens. */
static void write_value(FILE *out, uint64_t value, const char *what, const char *unit)
{
	char name[64];

	if (value == NOT_KNOWN)
		return;
	snprintf(name, sizeof(name), "%s", what);
	for (char *c = name; *c; c++)
		*c = *c == '_' ? '-' : *c;
	fprintf(out, " %" PRIu64 " %s%s%s/op", value, name, *name && *unit ? "-" : "", unit);
}

static bool is_time(const struct count_field *field)
{
	return field->offset <= offsetof(struct counts, fault_wait);
}

static void take(void *arg, const struct cell_data *cell, const struct sample *s)
{
	struct benchfmt *b = arg;

	if (cell->status != CELL_OK || (s->mode != MODE_TIME && s->mode != MODE_COUNT))
		return;
	if (s->mode == MODE_TIME && s->total == NOT_KNOWN)
		return;
	write_name(b->out, &cell->axes);
	fputs(" 1", b->out);
	if (s->mode == MODE_TIME)
		write_value(b->out, s->total, "", b->unit);
	for (size_t i = 0; i < count_fields_count && s->mode == MODE_COUNT; i++)
		write_value(b->out, *(const uint64_t *)((const char *)&s->counts +
							count_fields[i].offset),
			    count_fields[i].name, is_time(&count_fields[i]) ? b->unit : "");
	write_value(b->out, s->messages, "messages", "");
	fputc('\n', b->out);
}

static int write_benchfmt(FILE *out, const struct dataset *data, struct reason *why)
{
	struct benchfmt b = { out, data->info.clock->unit };

	write_config(out, data);
	return export_samples(data, take, &b, why);
}

const struct exporter export_benchfmt = { "benchfmt", write_benchfmt };
