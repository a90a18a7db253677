// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Readers under libFuzzer, with the address and undefined behaviour sanitizers: one program
 * for each kind of input, chosen by FUZZ when it is built. Besides being sound, a reader must
 * refuse in one line, and what it takes it must write so that it reads the same again.
 */
#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "model/axes.h"
#include "record/observed.h"
#include "record/record.h"
#include "record/run_info.h"
#include "run/plan/list.h"
#include "run/plan/matrix.h"

#define LIST_MAX	500	/* steps of a plan that is made and listed */

/* The bytes, with a NUL behind them; and as a file, for readers that want a path. */
struct input {
	char *bytes;
	size_t size;
};

static char path[32];

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void stop(const struct input *in, const char *what)
{
	fprintf(stderr, "%s:\n%.*s\n", what, (int)in->size, in->bytes);
	abort();
}

/* A refusal is a line that says something. */
static void refused(const struct input *in, const char *why)
{
	if (!*why || strchr(why, '\n'))
		stop(in, "refused without a line that says why");
}

static void save(const struct input *in)
{
	FILE *out = fopen(path, "we");

	if (!out || fwrite(in->bytes, 1, in->size, out) != in->size || fclose(out))
		stop(in, "cannot write it");
}

static __attribute__((unused)) void try_matrix(const struct input *in)
{
	struct reason why = { "" };
	struct matrix matrix;
	struct plan plan;
	FILE *out;

	save(in);
	if (matrix_load(path, NULL, &matrix, &why)) {
		refused(in, why.text);
		return;
	}
	if (!matrix.count || sampling_boots(&matrix.sampling) < 1)
		stop(in, "a matrix of nothing");
	if (matrix.count * ((uint64_t)matrix.sampling.rounds * matrix.sampling.samples +
			    matrix.sampling.warmup + matrix.sampling.counting +
			    matrix.sampling.watching) <= LIST_MAX) {
		out = fopen("/dev/null", "we");
		if (!out || plan_make(&matrix, in->size, &plan) ||
		    list_print(out, &matrix, &plan))
			stop(in, "cannot be listed");
		plan_free(&plan);
		fclose(out);
	}
	matrix_free(&matrix);
}

/**
 * struct lines - a kind of record, for what holds for all kinds
 * @size:	of the record in memory
 * @read:	0, or below with a line in @why
 */
struct lines {
	size_t size;
	int (*read)(const char *line, void *record, struct reason *why);
	int (*write)(FILE *out, const void *record);
};

static char *written(const struct input *in, const struct lines *lines, const void *record)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out || lines->write(out, record) || fclose(out))
		stop(in, "was taken and cannot be written");
	return text;
}

static __attribute__((unused)) void try_line(const struct input *in, const struct lines *lines)
{
	void *record = calloc(1, lines->size);
	char *first, *second;
	struct reason why = { "" };

	if (!record)
		stop(in, "out of memory");
	if (lines->read(in->bytes, record, &why) < 0) {
		refused(in, why.text);
	} else {
		first = written(in, lines, record);
		if (lines->read(first, record, &why) < 0)
			stop(in, "was taken, and is refused as it was written");
		second = written(in, lines, record);
		if (strcmp(first, second))
			stop(in, "is another record when it is read again");
		free(first);
		free(second);
	}
	free(record);
}

struct any {
	int kind;
	struct sample sample;
	struct cell_record cell;
	struct boot_record boot;
};

static int read_any(const char *line, void *record, struct reason *why)
{
	struct any *any = record;

	any->kind = record_read(line, &any->sample, &any->cell, why);
	return any->kind == RECORD_BOOT ? record_read_boot(line, &any->boot, why) :
	       any->kind;
}

static int write_any(FILE *out, const void *record)
{
	const struct any *any = record;

	return any->kind == RECORD_SAMPLE ? record_write_sample(out, &any->sample) :
	       any->kind == RECORD_CELL ? record_write_cell(out, &any->cell) :
	       record_write_boot(out, &any->boot);
}

static __attribute__((unused)) void try_record(const struct input *in)
{
	static const struct lines lines = { sizeof(struct any), read_any, write_any };

	try_line(in, &lines);
}

static int read_observed(const char *line, void *record, struct reason *why)
{
	return observed_read(line, record, why);
}

static int write_observed(FILE *out, const void *record)
{
	const struct observed *o = record;

	return o->kind == OBSERVED_COUNTER ? observed_write_counter(out, &o->counter) :
	       o->kind == OBSERVED_LOAD ? observed_write_load(out, &o->load) :
	       observed_write_bystander(out, &o->bystander);
}

static __attribute__((unused)) void try_observed(const struct input *in)
{
	static const struct lines lines = {
		sizeof(struct observed), read_observed, write_observed
	};

	try_line(in, &lines);
}

static __attribute__((unused)) void try_info(const struct input *in)
{
	struct reason why = { "" };
	struct run_info info;

	save(in);
	if (run_info_read(path, &info, &why)) {
		refused(in, why.text);
		return;
	}
	if (!info.clock)
		stop(in, "was taken, and has no clock");
	if (run_info_write(path, &info))
		stop(in, "was taken and cannot be written");
	run_info_free(&info);
	if (run_info_read(path, &info, &why))
		stop(in, "was taken and cannot be read again");
	run_info_free(&info);
}

/* A value of each axis, as a matrix or an option has it. */
static __attribute__((unused)) void try_value(const struct input *in)
{
	for (size_t i = 0; i < axes_count; i++) {
		struct reason why = { "" };
		char text[AXIS_TEXT_MAX], key[AXES_KEY_MAX];
		struct axes axes, again;

		axes_defaults(&axes);
		if (axis_parse(&axes_table[i], in->bytes, &axes, &why)) {
			refused(in, why.text);
			continue;
		}
		axes_key(&axes, key, sizeof(key));
		axes_defaults(&again);
		axis_format(&axes_table[i], &axes, text, sizeof(text));
		if (axis_parse(&axes_table[i], text, &again, &why) || axes_compare(&axes, &again, NULL))
			stop(in, "was taken, and is another value as it is written");
	}
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	int fd = memfd_create("input", 0);

	(void)argc;
	(void)argv;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	json_object_seed(1);
	return fd < 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	struct input in = { strndup((const char *)bytes, size), size };

	if (!in.bytes)
		abort();
	in.size = strlen(in.bytes);
	FUZZ(&in);
	free(in.bytes);
	return 0;
}
