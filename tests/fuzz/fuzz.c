// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Usage: fuzz matrix|record|observed|info COUNT FILE...
 *
 * Changes what the files hold at random, COUNT times, and has it read. Built with the
 * address and undefined behaviour sanitizers. Besides being sound, a reader must refuse
 * in one line, and what it takes it must write so that it reads the same again. Always
 * the same changes: input number N is known by its number.
 */
#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/prng.h"
#include "record/observed.h"
#include "record/record.h"
#include "record/run_info.h"
#include "run/plan/list.h"
#include "run/plan/matrix.h"

#define INPUT_MAX	65536
#define SEEDS_MAX	4096
#define LIST_MAX	200000	/* steps of a plan that is made and listed */

struct input {
	char bytes[INPUT_MAX];
	size_t size;
};

static char *seeds[SEEDS_MAX];
static size_t seeds_count;
static const char *now = "reading the files";
static uint64_t number;
static char path[] = "/tmp/hmmbench-fuzz-XXXXXX";

static void stop(const struct input *in, const char *what)
{
	fprintf(stderr, "fuzz: %s, input %" PRIu64 ": %s\n%.*s\n", now, number, what,
		(int)in->size, in->bytes);
	unlink(path);
	exit(1);
}

/* What the inputs are made of that chance alone would seldom write. */
static const char *const words[] = {
	"\n", " ", ":", "-", "[", "]", "{", "}", ",", "\"", "'", "&a ", "*a", "#", "\\u0000",
	"0", "-1", "1e9", "18446744073709551615", "18446744073709551616", "null", "true",
	"9223372036854775807", "4294967295", "\xff", "strategy", "pages", "\"boot\":0", "name: ",
	"plan: {boots: 3}\n", "axes:\n", "include:\n", "exclude:\n", "<<: ", "!!str ", "--- ",
	"unlocked@b", "step:64", "target: 1.5\n", "\"a\\nb\"", "\"\\e\"",
};

static void replace(struct input *in, size_t at, size_t cut, const char *text, size_t size)
{
	if (in->size - cut + size >= INPUT_MAX)
		return;
	memmove(in->bytes + at + size, in->bytes + at + cut, in->size - at - cut);
	memcpy(in->bytes + at, text, size);
	in->size += size - cut;
}

static int in_word(char c)
{
	return c && strchr("abcdefghijklmnopqrstuvwxyz0123456789-@.", c);
}

static void change(struct input *in, struct prng *prng)
{
	char copy[64];
	size_t at = prng_below(prng, in->size + 1);
	size_t span = prng_below(prng, sizeof(copy));
	const char *text = words[prng_below(prng, sizeof(words) / sizeof(*words))];

	if (span > in->size - at)
		span = in->size - at;
	memcpy(copy, in->bytes + at, span);
	switch (prng_below(prng, 8)) {
	case 0:		/* a bit */
		if (at < in->size)
			in->bytes[at] ^= 1 << prng_below(prng, 8);
		break;
	case 1:		/* less */
		replace(in, at, span, "", 0);
		break;
	case 2:		/* twice */
		replace(in, at, 0, copy, span);
		break;
	case 3:		/* elsewhere */
		replace(in, at, span, "", 0);
		replace(in, prng_below(prng, in->size + 1), 0, copy, span);
		break;
	case 4:		/* a word */
		replace(in, at, 0, text, strlen(text));
		break;
	case 5:		/* a word in place of something */
		replace(in, at, span < 8 ? span : 8, text, strlen(text));
		break;
	default:	/* a word in place of a word: the form stays, the value is wrong */
		while (at && in_word(in->bytes[at - 1]))
			at--;
		for (span = 0; at + span < in->size && in_word(in->bytes[at + span]); )
			span++;
		replace(in, at, span, text, strlen(text));
	}
}

static void make_input(struct input *in, struct prng *prng)
{
	const char *seed = seeds[prng_below(prng, seeds_count)];
	uint64_t changes = prng_below(prng, 6);

	in->size = strlen(seed);
	memcpy(in->bytes, seed, in->size);
	while (changes--)
		change(in, prng);
	in->bytes[in->size] = 0;
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

static void try_matrix(const struct input *in)
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
		if (!out || plan_make(&matrix, number, &plan) ||
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

static void try_line(const struct input *in, const struct lines *lines)
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

static void try_record(const struct input *in)
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

static void try_observed(const struct input *in)
{
	static const struct lines lines = {
		sizeof(struct observed), read_observed, write_observed
	};

	try_line(in, &lines);
}

static void try_info(const struct input *in)
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

static const struct kind {
	const char *name;
	void (*try)(const struct input *in);
	int lines;	/* each line of a file is an input, not the whole of it */
} kinds[] = {
	{ "matrix", try_matrix, 0 },
	{ "record", try_record, 1 },
	{ "observed", try_observed, 1 },
	{ "info", try_info, 0 },
};

static int read_seeds(const char *file, int lines)
{
	FILE *in = fopen(file, "re");
	size_t size = 0;
	char *seed = NULL;

	while (in && seeds_count < SEEDS_MAX && getdelim(&seed, &size, lines ? '\n' : 0, in) > 0) {
		if (strlen(seed) < INPUT_MAX / 2)
			seeds[seeds_count++] = strdup(seed);
	}
	free(seed);
	return in ? fclose(in) : -1;
}

static void run(const struct kind *kind, uint64_t count)
{
	static struct input input;
	struct prng prng;

	now = kind->name;
	for (number = 0; number < count; number++) {
		prng_seed(&prng, number);
		make_input(&input, &prng);
		kind->try(&input);
	}
}

int main(int argc, char **argv)
{
	const struct kind *kind = NULL;
	int fd = mkstemp(path);

	json_object_seed(1);
	for (size_t i = 0; argc > 3 && i < sizeof(kinds) / sizeof(*kinds); i++)
		if (!strcmp(kinds[i].name, argv[1]))
			kind = &kinds[i];
	for (int i = 3; kind && i < argc; i++)
		if (read_seeds(argv[i], kind->lines))
			kind = NULL;
	if (!kind || !seeds_count || fd < 0) {
		fprintf(stderr, "Usage: fuzz matrix|record|observed|info COUNT FILE...\n");
		return 2;
	}
	close(fd);
	run(kind, strtoull(argv[2], NULL, 10));
	unlink(path);
	for (size_t i = 0; i < seeds_count; i++)
		free(seeds[i]);
	return 0;
}
