// SPDX-License-Identifier: GPL-2.0-or-later
#include "list.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cost.h"

#define NUMBER_WIDTH	5	/* of the columns block and cell */

static size_t max_size(size_t a, size_t b)
{
	return a > b ? a : b;
}

static size_t axis_width(const struct axis *axis, const struct matrix *matrix)
{
	size_t width = strlen(axis->name);
	char text[AXIS_TEXT_MAX];

	for (size_t i = 0; i < matrix->count; i++)
		width = max_size(width, strlen(axis_format(axis, &matrix->cells[i], text,
							   sizeof(text))));
	return width;
}

static void print_value(FILE *out, const struct axis *axis, size_t width, const char *text)
{
	/* numbers stand on the right, for the eye to compare */
	if (axis->kind == AXIS_NUMBER)
		fprintf(out, "  %*s", (int)width, text);
	else
		fprintf(out, "  %-*s", (int)width, text);
}

static void print_head(FILE *out, const size_t *widths)
{
	fprintf(out, "%*s  %*s", NUMBER_WIDTH, "block", NUMBER_WIDTH, "cell");
	for (size_t i = 0; i < axes_count; i++)
		print_value(out, &axes_table[i], widths[i], axes_table[i].name);
	fputc('\n', out);
}

static void print_cell(FILE *out, const struct plan_step *step, const struct matrix *matrix,
		       const size_t *widths)
{
	char text[AXIS_TEXT_MAX];

	fprintf(out, "%*" PRIu32 "  %*" PRIu32, NUMBER_WIDTH, step->block, NUMBER_WIDTH,
		step->cell);
	for (size_t i = 0; i < axes_count; i++)
		print_value(out, &axes_table[i], widths[i],
			    axis_format(&axes_table[i], &matrix->cells[step->cell], text,
					sizeof(text)));
	fputc('\n', out);
}

/* Every mode runs each cell of a block in each round, so its round 0 has them all. */
static void print_cells(FILE *out, const struct matrix *matrix, const struct plan *plan,
			const size_t *widths)
{
	for (size_t i = 0; i < plan->count; i++)
		if (!plan->steps[i].round && !plan->steps[i].sample)
			print_cell(out, &plan->steps[i], matrix, widths);
}

static void print_sampling(FILE *out, const struct matrix *matrix, const struct plan *plan)
{
	const struct sampling *s = &matrix->sampling;

	fprintf(out, "\n%s, seed %" PRIu64 ": %zu cell%s in %" PRIu32 " block%s.\n", matrix->name,
		matrix->seed, matrix->count, matrix->count == 1 ? "" : "s", plan->blocks,
		plan->blocks == 1 ? "" : "s");
	fprintf(out, "Each cell, each boot: %" PRIu32 " warmup, %" PRIu64 " timed%s, %" PRIu32
		" counting, %" PRIu32 " watching.\n", s->warmup,
		(uint64_t)s->rounds * s->samples,
		s->budget ? " (fewer where they are costly)" : "", s->counting,
		s->watching);
	if (s->samples > 1)
		fprintf(out, "Each round takes %" PRIu32 " timed samples of a cell in a row.\n",
			s->samples);
	fprintf(out, "A round runs each strategy of a block once; successive rounds are rows of a "
		"Latin square.\n");
	fprintf(out, "A guest that is silent for %" PRIu32 " s is given up.\n", s->hang_seconds);
	if (s->turn_us)
		fprintf(out, "On the insn clock a processor's turn ends after %" PRIu32 " us.\n",
			s->turn_us);
}

static void print_boots(FILE *out, const struct sampling *s)
{
	if (s->target > 0)
		fprintf(out, "On the wall clock %d to %" PRIu32 " boots, until each interval is "
			"within %g %%", BOOTS_MIN, s->max_boots, s->target);
	else if (s->boots > 1)
		fprintf(out, "On the wall clock %" PRIu32 " boots, each in another order",
			s->boots);
	else
		return;
	fprintf(out, "; on the insn clock one: another would be the same bytes.\n");
}

static void print_cost(FILE *out, const struct matrix *matrix, const struct plan *plan)
{
	double insn = 0, seconds = 0;
	char time[64];

	/* in floating point: a sum over many large cells may pass 2^64 */
	for (size_t i = 0; i < plan->count; i++) {
		insn += cost_insn(&matrix->cells[plan->steps[i].cell]);
		seconds += cost_ns(&matrix->cells[plan->steps[i].cell]) / 1e9;
	}
	fprintf(out, "%zu samples a boot, about %.1f G instructions: emulated, about %s of "
		"processor time, which two guests share on the insn clock.\n", plan->count,
		insn / 1e9, list_duration(seconds, time, sizeof(time)));
}

char *list_duration(double seconds, char *buf, size_t size)
{
	static const struct {
		const char *name, *next;
		double seconds, next_seconds;
	} units[] = {
		{ "d", "h", 86400, 3600 },
		{ "h", "min", 3600, 60 },
		{ "min", "s", 60, 1 },
	};
	uint64_t rounded, rest;

	if (seconds < 1) {
		snprintf(buf, size, "1 s");
		return buf;
	}
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		/* round in the smaller unit, or 59.7 s after a minute would read 60 s */
		rounded = (uint64_t)(seconds / units[i].next_seconds + 0.5);
		rest = (uint64_t)(units[i].seconds / units[i].next_seconds);
		if (rounded < rest)
			continue;
		snprintf(buf, size, "%" PRIu64 " %s %" PRIu64 " %s", rounded / rest,
			 units[i].name, rounded % rest, units[i].next);
		return buf;
	}
	snprintf(buf, size, "%.0f s", seconds);
	return buf;
}

int list_print(FILE *out, const struct matrix *matrix, const struct plan *plan)
{
	size_t *widths = calloc(axes_count, sizeof(*widths));

	if (!widths)
		return -ENOMEM;
	for (size_t i = 0; i < axes_count; i++)
		widths[i] = axis_width(&axes_table[i], matrix);
	print_head(out, widths);
	print_cells(out, matrix, plan, widths);
	free(widths);
	print_sampling(out, matrix, plan);
	print_cost(out, matrix, plan);
	print_boots(out, &matrix->sampling);
	errno = 0;
	if (fflush(out) || ferror(out))
		return errno ? -errno : -EIO;
	return 0;
}
