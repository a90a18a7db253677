// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * A row per sample, of every mode and status, with the axes of its cell: RFC 4180,
 * but for lines that end in LF. What is not known is an empty field.
 */
#include "export.h"

#include <inttypes.h>
#include <string.h>

struct csv {
	FILE *out;
	const struct dataset *data;
};

static void number(FILE *out, uint64_t value)
{
	fputc(',', out);
	if (value != NOT_KNOWN)
		fprintf(out, "%" PRIu64, value);
}

static void text(FILE *out, const char *value)
{
	if (!strpbrk(value, ",\"\n\r")) {
		fputs(value, out);
		return;
	}
	fputc('"', out);
	for (; *value; value++) {
		if (*value == '"')
			fputc('"', out);
		fputc(*value, out);
	}
	fputc('"', out);
}

static void take(void *arg, const struct cell_data *cell, const struct sample *s)
{
	struct csv *csv = arg;
	const struct run_info *info = &csv->data->info;
	char value[AXIS_TEXT_MAX];

	for (size_t i = 0; i < axes_count; i++) {
		if (i)
			fputc(',', csv->out);
		text(csv->out, axis_format(&axes_table[i], &cell->axes, value,
					   sizeof(value)));
	}
	fprintf(csv->out, ",%s,%u,%u,%u,%u,%s,%s,%s,%s", cell_status_name(cell->status),
		s->cell, s->boot, s->seq, s->round, sample_mode_name(s->mode),
		info->clock->name, info->clock->unit,
		dataset_emulated(csv->data) == EMULATED_UNKNOWN ? "" :
		dataset_emulated_name(csv->data));
	number(csv->out, s->total);
	for (size_t i = 0; i < count_fields_count; i++)
		number(csv->out, *(const uint64_t *)((const char *)&s->counts +
						     count_fields[i].offset));
	for (size_t i = 0; i < result_fields_count; i++)
		number(csv->out, *(const uint64_t *)((const char *)s + result_fields[i].offset));
	fprintf(csv->out, ",%d,", s->err);
	text(csv->out, s->check);
	fputc('\n', csv->out);
}

static int write_csv(FILE *out, const struct dataset *data, struct reason *why)
{
	struct csv csv = { out, data };

	for (size_t i = 0; i < axes_count; i++)
		fprintf(out, "%s,", axes_table[i].name);
	fputs("status,cell,boot,seq,round,mode,clock,unit,emulated,total", out);
	for (size_t i = 0; i < count_fields_count; i++)
		fprintf(out, ",%s", count_fields[i].name);
	for (size_t i = 0; i < result_fields_count; i++)
		fprintf(out, ",%s", result_fields[i].name);
	fputs(",err,check\n", out);
	return export_samples(data, take, &csv, why);
}

const struct exporter export_csv = { "csv", write_csv };
