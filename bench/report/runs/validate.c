// SPDX-License-Identifier: GPL-3.0-or-later
#include "validate.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <sha256.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "record/folder.h"
#include "record/observed.h"
#include "report/data/lines.h"
#include "report/data/observations.h"
#include "report/write/array.h"
#include "findings.h"

/* The visit that a line is of, begun when there was none. */
static struct visit *visit_of(struct findings *f, uint32_t cell, uint32_t boot)
{
	struct visit *v = findings_visit(f, cell, boot);

	if (v)
		return v;
	array_grow(&f->visits, f->n_visits, sizeof(*f->visits));
	v = &f->visits[f->n_visits++];
	*v = (struct visit){ .cell = cell, .boot = boot };
	return v;
}

/* Its place among those that had samples, or their number. */
static size_t find_boot(const struct findings *f, uint32_t boot)
{
	size_t i = 0;

	while (i < f->n_boots && f->boots[i].boot != boot)
		i++;
	return i;
}

/* Samples of a boot stand in the order in which they were taken. */
static void check_order(struct findings *f, const struct sample *s, unsigned long number)
{
	size_t i = find_boot(f, s->boot);

	if (i == f->n_boots) {
		array_grow(&f->boots, f->n_boots, sizeof(*f->boots));
		f->boots[f->n_boots++] = (struct visit_boot){ .boot = s->boot };
	} else if (s->seq <= f->boots[i].seq) {
		findings_add(f, FOLDER_SAMPLES, number, "seq: %u after %u of the same boot; "
			     "lines are missing, twice there, or out of order", s->seq,
			     f->boots[i].seq);
	}
	if (f->boots[i].ended)
		findings_add(f, FOLDER_SAMPLES, number, "boot: %u was ended in line %lu", s->boot,
			     f->boots[i].ended);
	f->boots[i].seq = s->seq;
}

static void check_counts(struct findings *f, const struct sample *s, unsigned long number)
{
	for (size_t i = 0; i < count_fields_count && s->mode == MODE_TIME; i++)
		if (*(const uint64_t *)((const char *)&s->counts + count_fields[i].offset) !=
		    NOT_KNOWN)
			findings_add(f, FOLDER_SAMPLES, number, "%s: counted in a timed sample, "
				     "whose time is then no result", count_fields[i].name);
	if (s->mode == MODE_TIME && s->total == NOT_KNOWN && !s->err)
		findings_add(f, FOLDER_SAMPLES, number, "total: not known in a timed sample");
}

static void most_pages(struct visit *v, uint64_t pages, unsigned long number)
{
	if (pages == NOT_KNOWN || pages <= v->pages)
		return;
	v->pages = pages;
	v->at = number;
}

/* A round may take several timed samples of a cell, one right after another. */
static bool in_a_row(const struct findings *f, const struct sample *s, const struct visit *v)
{
	return f->info.samples > 1 && f->info.samples != NOT_KNOWN && s->mode == MODE_TIME &&
	       s->round == v->round[MODE_TIME] && s->seq == v->seq + 1;
}

static int beyond(struct findings *f, const char *file, unsigned long number, uint32_t cell)
{
	if (cell < f->info.cells)
		return 0;
	findings_add(f, file, number, "cell: %u, but run.json has %" PRIu64, cell,
		     f->info.cells);
	return 1;
}

static void see_sample(struct findings *f, const struct sample *s, unsigned long number)
{
	struct visit *v;

	if (beyond(f, FOLDER_SAMPLES, number, s->cell))
		return;
	v = visit_of(f, s->cell, s->boot);
	check_order(f, s, number);
	if (v->closed)
		findings_add(f, FOLDER_SAMPLES, number, "cell: %u was closed in line %lu",
			     s->cell, v->closed);
	if (v->samples[s->mode]++ && s->round <= v->round[s->mode] && !in_a_row(f, s, v))
		findings_add(f, FOLDER_SAMPLES, number, "round: %u after %u of the same cell, "
			     "boot and mode", s->round, v->round[s->mode]);
	v->round[s->mode] = s->round;
	v->seq = s->seq;
	check_counts(f, s, number);
	if (strcmp(s->check, "ok") && !v->failed)
		v->failed = number;
	if (s->err && !v->refused)
		v->refused = number;
	most_pages(v, s->valid, number);
	most_pages(v, s->writable, number);
}

static void see_cell(struct findings *f, const struct cell_record *c, unsigned long number)
{
	struct visit *v;

	if (beyond(f, FOLDER_SAMPLES, number, c->cell))
		return;
	v = visit_of(f, c->cell, c->boot);
	if (v->closed)
		findings_add(f, FOLDER_SAMPLES, number, "cell: %u was closed in line %lu by the "
			     "same boot", c->cell, v->closed);
	if ((c->status == CELL_OK) != !*c->reason)
		findings_add(f, FOLDER_SAMPLES, number, c->status == CELL_OK ?
			     "reason: none is wanted of a cell that is ok" :
			     "reason: none is given for a cell that is %s",
			     cell_status_name(c->status));
	v->closed = number;
	v->status = c->status;
	v->axes = c->axes;
}

static void see_boot(struct findings *f, const char *line, unsigned long number)
{
	struct reason why;
	struct boot_record boot;
	size_t i;

	if (record_read_boot(line, &boot, &why)) {
		findings_add(f, FOLDER_SAMPLES, number, "%s", why.text);
		return;
	}
	i = find_boot(f, boot.boot);
	if (i == f->n_boots)
		findings_add(f, FOLDER_SAMPLES, number, "boot: %u has no samples", boot.boot);
	else if (f->boots[i].ended)
		findings_add(f, FOLDER_SAMPLES, number, "boot: %u was ended in line %lu",
			     boot.boot, f->boots[i].ended);
	else
		f->boots[i].ended = number;
}

static int take_samples(void *arg, const char *line, unsigned long number, struct reason *why)
{
	struct findings *f = arg;
	struct cell_record cell;
	struct sample sample;
	int kind = record_read(line, &sample, &cell, why);

	if (kind < 0)
		findings_add(f, FOLDER_SAMPLES, number, "%s", why->text);
	else if (kind == RECORD_SAMPLE)
		see_sample(f, &sample, number);
	else if (kind == RECORD_CELL)
		see_cell(f, &cell, number);
	else
		see_boot(f, line, number);
	return 0;
}

/* What was observed beside a cell is read only where the cell was closed. */
static int take_counters(void *arg, const char *line, unsigned long number, struct reason *why)
{
	struct findings *f = arg;
	struct observed o;

	if (observed_read(line, &o, why)) {
		findings_add(f, FOLDER_COUNTERS, number, "%s", why->text);
		return 0;
	}
	if (!f->machines && observations_one_machine(f->machine, &o, why)) {
		f->machines = true;
		findings_add(f, FOLDER_COUNTERS, number, "%s", why->text);
	}
	if (beyond(f, FOLDER_COUNTERS, number, o.cell))
		return 0;
	if (o.kind == OBSERVED_COUNTER && o.counter.run > o.counter.ena)
		findings_add(f, FOLDER_COUNTERS, number, "run: %" PRIu64 " ns of the %" PRIu64
			     " that it was enabled", o.counter.run, o.counter.ena);
	else if (!findings_visit(f, o.cell, o.boot))
		findings_add(f, FOLDER_COUNTERS, number, "cell: %u has neither samples nor an "
			     "end in boot %u", o.cell, o.boot);
	return 0;
}

static void check_hash(struct findings *f, const char *field, const char *hash)
{
	if (hash && (strlen(hash) != 64 || strspn(hash, "0123456789abcdef") != 64))
		findings_add(f, FOLDER_INFO, findings_field_line(f, field),
			     "%s: is no SHA-256", field);
}

/* Return: 0, or -1 when the matrix file cannot be read. */
static int check_info(struct findings *f, const char *matrix)
{
	const struct run_info *info = &f->info;
	char hash[SHA256_DIGEST_STRING_LENGTH];

	check_hash(f, "kernel_config_sha256", info->kernel_config_sha256);
	check_hash(f, "matrix_sha256", info->matrix_sha256);
	if (!matrix)
		return 0;
	if (!SHA256File(matrix, hash)) {
		err_msg("%s: %s; --matrix wants the file that the run was made of", matrix,
			strerror(errno));
		return -1;
	}
	if (!info->matrix_sha256 || strcmp(info->matrix_sha256, hash))
		findings_add(f, FOLDER_INFO, findings_field_line(f, "matrix_sha256"),
			     "matrix_sha256: %s, but %s has %s; it has changed since, or is "
			     "another", info->matrix_sha256 ? info->matrix_sha256 : "null",
			     matrix, hash);
	return 0;
}

static void print_totals(struct findings *f)
{
	size_t samples[MODES] = { 0 }, unused = 0, closed = 0;

	for (size_t i = 0; i < f->n_visits; i++)
		for (int mode = 0; mode < MODES; mode++) {
			samples[mode] += f->visits[i].samples[mode];
			unused += f->visits[i].closed ? 0 : f->visits[i].samples[mode];
		}
	for (size_t i = 0; i < f->n_visits; i++)
		closed += f->visits[i].closed > 0;
	fprintf(f->out, "%s: %" PRIu64 " cells, closed %zu times in %zu boots; samples:",
		f->folder, f->info.cells, closed, f->n_boots);
	for (int mode = 0; mode < MODES; mode++)
		fprintf(f->out, " %zu %s%s", samples[mode], sample_mode_name(mode),
			mode + 1 < MODES ? "," : "");
	if (unused)
		fprintf(f->out, "; %zu of cells that their boot did not close, not used",
			unused);
	fprintf(f->out, "\n%zu findings%s\n", f->found,
		f->found > FINDINGS_MAX ? ", of which these are the first" : "");
}

static int read_records(struct findings *f, struct reason *why)
{
	int cut_off = 0, ret;

	ret = lines_read(f->folder, FOLDER_SAMPLES, take_samples, f, &cut_off, why);
	if (ret)
		return ret;
	if (cut_off)
		findings_add(f, FOLDER_SAMPLES, 0, "the last line is cut off, and not used");
	cut_off = 0;
	ret = lines_read(f->folder, FOLDER_COUNTERS, take_counters, f, &cut_off, why);
	if (ret == -ENOENT)	/* nothing was observed */
		return 0;
	if (!ret && cut_off)
		findings_add(f, FOLDER_COUNTERS, 0, "the last line is cut off, and not used");
	return ret;
}

static int validate(struct findings *f, const char *matrix)
{
	struct reason why;

	if (check_info(f, matrix))
		return EXIT_UNKNOWN;
	if (read_records(f, &why)) {
		err_msg("%s", why.text);
		return EXIT_UNKNOWN;
	}
	findings_whole(f);
	print_totals(f);
	return f->found ? EXIT_BAD : EXIT_FINE;
}

int validate_run(FILE *out, const char *folder, const char *matrix)
{
	struct findings f = { .out = out, .folder = folder };
	char path[PATH_MAX];
	struct reason why;
	int status;

	if (run_info_read(folder_file(path, folder, FOLDER_INFO), &f.info, &why)) {
		/* "PATH: FIELD: ...": without it there is nothing to hold a line against. */
		err_msg("%s", why.text);
		return EXIT_UNKNOWN;
	}
	status = validate(&f, matrix);
	free(f.visits);
	free(f.boots);
	run_info_free(&f.info);
	return status;
}
