// SPDX-License-Identifier: GPL-3.0-or-later
#include "findings.h"

#include <inttypes.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "record/folder.h"
#include "report/write/array.h"

#define NAMED_MAX	8	/* cells that a finding names */

void findings_add(struct findings *f, const char *file, unsigned long line,
		  const char *fmt, ...)
{
	va_list args;

	if (f->found++ >= FINDINGS_MAX)
		return;
	fprintf(f->out, "%s/%s:", f->folder, file);
	if (line)
		fprintf(f->out, "%lu:", line);
	fputc(' ', f->out);
	va_start(args, fmt);
	vfprintf(f->out, fmt, args);
	va_end(args);
	fputc('\n', f->out);
}

unsigned long findings_field_line(const struct findings *f, const char *field)
{
	char path[PATH_MAX];

	return run_info_line(folder_file(path, f->folder, FOLDER_INFO), field);
}

/* From the end: samples of a cell stand close to each other. */
struct visit *findings_visit(const struct findings *f, uint32_t cell, uint32_t boot)
{
	for (size_t i = f->n_visits; i; i--)
		if (f->visits[i - 1].cell == cell && f->visits[i - 1].boot == boot)
			return &f->visits[i - 1];
	return NULL;
}

/* The cells of run.json against those that were closed. */
static void check_complete(struct findings *f)
{
	size_t missing = 0, n = 0;
	char names[NAMED_MAX * 12] = "";
	char *closed = array_new(f->info.cells, sizeof(*closed));

	for (size_t i = 0; i < f->n_visits; i++)
		if (f->visits[i].closed && f->visits[i].cell < f->info.cells)
			closed[f->visits[i].cell] = 1;
	for (uint64_t cell = 0; cell < f->info.cells; cell++) {
		if (closed[cell])
			continue;
		if (missing++ < NAMED_MAX)
			n += snprintf(names + n, sizeof(names) - n, " %" PRIu64, cell);
	}
	free(closed);
	if (missing)
		findings_add(f, FOLDER_INFO, findings_field_line(f, "cells"),
			     "cells: %zu of %" PRIu64 " were never closed:%s%s; go on "
			     "with --resume", missing, f->info.cells, names,
			     missing > NAMED_MAX ? " ..." : "");
}

/* What a closure says against what the samples before it say. */
static void check_visit(struct findings *f, const struct visit *v)
{
	char key[AXES_KEY_MAX];

	axes_key(&v->axes, key, sizeof(key));
	if (v->status == CELL_OK && v->failed)
		findings_add(f, FOLDER_SAMPLES, v->closed, "status: ok, but a sample of %s "
			     "failed its check in line %lu", key, v->failed);
	if (v->status == CELL_OK && v->refused)
		findings_add(f, FOLDER_SAMPLES, v->closed, "status: ok, but a call of %s "
			     "failed in line %lu", key, v->refused);
	if (v->status == CELL_INVALID && !v->failed)
		findings_add(f, FOLDER_SAMPLES, v->closed, "status: invalid, but no sample "
			     "of %s failed its check", key);
	if (v->status == CELL_OK && !v->samples[MODE_TIME])
		findings_add(f, FOLDER_SAMPLES, v->closed, "status: ok, but %s has no timed "
			     "sample in boot %u", key, v->boot);
	if (v->pages > v->axes.pages)
		findings_add(f, FOLDER_SAMPLES, v->at, "valid: %" PRIu64 " pages, but %s has "
			     "%" PRIu64, v->pages, key, v->axes.pages);
}

/* Cells that differ in strategy alone; a round runs each of them once. */
static int compare_blocks(const void *a, const void *b)
{
	static const char *const but_strategy[] = { "strategy", NULL };
	const struct visit *x = *(const struct visit *const *)a;
	const struct visit *y = *(const struct visit *const *)b;

	if (x->boot != y->boot)
		return x->boot < y->boot ? -1 : 1;
	return axes_compare(&x->axes, &y->axes, but_strategy);
}

/* What GUP or a CPU does cannot be counted: a cell may have no such samples. */
static bool may_lack(int mode)
{
	return mode == MODE_COUNT || mode == MODE_WATCH;
}

static void check_block(struct findings *f, const struct visit *const *block, size_t count)
{
	char key[AXES_KEY_MAX], other[AXES_KEY_MAX];

	for (int mode = 0; mode < MODES; mode++) {
		const struct visit *most = block[0];

		for (size_t i = 1; i < count; i++)
			if (block[i]->samples[mode] > most->samples[mode])
				most = block[i];
		for (size_t i = 0; i < count; i++) {
			const struct visit *v = block[i];

			if (v->samples[mode] == most->samples[mode] ||
			    (!v->samples[mode] && may_lack(mode)))
				continue;
			findings_add(f, FOLDER_SAMPLES, v->closed, "cell: %s has %zu samples of "
				     "mode %s in boot %u, and %s %zu; a round takes one of each",
				     axes_key(&v->axes, key, sizeof(key)), v->samples[mode],
				     sample_mode_name(mode), v->boot,
				     axes_key(&most->axes, other, sizeof(other)),
				     most->samples[mode]);
		}
	}
}

static void check_blocks(struct findings *f)
{
	const struct visit **passed = array_new(f->n_visits, sizeof(*passed));
	size_t n = 0, first = 0;

	for (size_t i = 0; i < f->n_visits; i++)
		if (f->visits[i].closed && f->visits[i].status == CELL_OK)
			passed[n++] = &f->visits[i];
	qsort(passed, n, sizeof(*passed), compare_blocks);
	for (size_t i = 1; i <= n; i++) {
		if (i < n && !compare_blocks(&passed[first], &passed[i]))
			continue;
		check_block(f, passed + first, i - first);
		first = i;
	}
	free(passed);
}

static int compare_axes(const void *a, const void *b)
{
	const struct visit *x = *(const struct visit *const *)a;
	const struct visit *y = *(const struct visit *const *)b;

	return axes_compare(&x->axes, &y->axes, NULL);
}

static int compare_cell(const void *a, const void *b)
{
	const struct visit *x = *(const struct visit *const *)a;
	const struct visit *y = *(const struct visit *const *)b;

	if (x->cell != y->cell)
		return x->cell < y->cell ? -1 : 1;
	return x->closed < y->closed ? -1 : x->closed > y->closed;
}

/* A cell has the same axes in each boot, and no two have the same. */
static void check_axes(struct findings *f)
{
	struct visit **closed = array_new(f->n_visits, sizeof(*closed));
	char key[AXES_KEY_MAX], other[AXES_KEY_MAX];
	size_t n = 0;

	for (size_t i = 0; i < f->n_visits; i++)
		if (f->visits[i].closed)
			closed[n++] = &f->visits[i];
	qsort(closed, n, sizeof(*closed), compare_cell);
	for (size_t i = 1; i < n; i++)
		if (closed[i]->cell == closed[i - 1]->cell && compare_axes(&closed[i],
									   &closed[i - 1]))
			findings_add(f, FOLDER_SAMPLES, closed[i]->closed, "axes: cell %u is %s "
				     "here and %s in line %lu", closed[i]->cell,
				     axes_key(&closed[i]->axes, key, sizeof(key)),
				     axes_key(&closed[i - 1]->axes, other, sizeof(other)),
				     closed[i - 1]->closed);
	qsort(closed, n, sizeof(*closed), compare_axes);
	for (size_t i = 1; i < n; i++)
		if (closed[i]->cell != closed[i - 1]->cell && !compare_axes(&closed[i],
									    &closed[i - 1]))
			findings_add(f, FOLDER_SAMPLES, closed[i]->closed, "axes: cells %u and "
				     "%u are both %s", closed[i - 1]->cell, closed[i]->cell,
				     axes_key(&closed[i]->axes, key, sizeof(key)));
	free(closed);
}

void findings_whole(struct findings *f)
{
	for (size_t i = 0; i < f->n_visits; i++)
		if (f->visits[i].closed)
			check_visit(f, &f->visits[i]);
	check_axes(f);
	check_blocks(f);
	check_complete(f);
}
