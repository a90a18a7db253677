// SPDX-License-Identifier: GPL-2.0-or-later
#include "progress.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "run/plan/cost.h"
#include "run/system/now.h"

struct progress {
	FILE *out;
	const struct matrix *matrix;
	const struct plan *plan;
	uint64_t total;
	uint64_t done;
	size_t next;
	uint64_t began;
	int terminal;
};

/* Cost of the steps before @step; it only ever grows. */
static uint64_t cost_before(struct progress *p, size_t step)
{
	while (p->next < step)
		p->done += cost_ns(&p->matrix->cells[p->plan->steps[p->next++].cell]);
	return p->done;
}

struct progress *progress_open(const char *path, const struct matrix *matrix,
			       const struct plan *plan, uint32_t boot)
{
	struct progress *p = calloc(1, sizeof(*p));

	if (!p)
		return NULL;
	p->matrix = matrix;
	p->plan = plan;
	for (size_t i = 0; i < plan->count; i++)
		p->total += cost_ns(&matrix->cells[plan->steps[i].cell]);
	p->began = now_ns();
	p->terminal = !path;
	if (!path) {
		p->out = isatty(STDERR_FILENO) ? stderr : NULL;
		return p;
	}
	p->out = fopen(path, "ae");
	if (!p->out) {
		err_msg("%s: %s; --progress wants a file that can be written",
			path, strerror(errno));
		free(p);
		return NULL;
	}
	fprintf(p->out, "plan %zu %" PRIu64 " %u %u\n", plan->count, p->total,
		matrix->sampling.hang_seconds, boot);
	fflush(p->out);
	return p;
}

/**
 * struct far - how far one run or several side by side are
 * @at, @all:	samples begun, and in all
 * @left:	seconds, of the slowest
 * @known:	is @left an estimate, and no guess?
 */
struct far {
	uint64_t at, all, left;
	bool known;
};

#define LEFT_MAX	UINT32_MAX	/* beyond any patience, and BOOTS_MAX times it fits */

static void far_add(struct far *far, uint64_t spent, uint64_t number, uint64_t steps,
		    uint64_t done, uint64_t total)
{
	double left = done && done < total ? (double)spent * (total - done) / done : 0;

	if (left > LEFT_MAX)
		left = LEFT_MAX;
	far->at += number + 1;
	far->all += steps;
	if (left > far->left)
		far->left = left;
	/* Less than a fiftieth is no base for an estimate: most of that time is the boot's. */
	if (done < total / 50)
		far->known = false;
}

static void far_print(FILE *out, const struct far *far, uint64_t spent)
{
	fprintf(out, "sample %" PRIu64 " of %" PRIu64 ", %" PRIu64 ":%02" PRIu64, far->at, far->all,
		spent / 60, spent % 60);
	if (far->known)
		fprintf(out, ", about %" PRIu64 ":%02" PRIu64 " left", far->left / 60,
			far->left % 60);
	fputc(',', out);
}

static void show(struct progress *p, size_t number, uint64_t done,
		 const char *key)
{
	uint64_t spent = (now_ns() - p->began) / 1000000000;
	struct far far = { .known = true };

	far_add(&far, spent, number, p->plan->count, done, p->total);
	fputc('\r', p->out);
	far_print(p->out, &far, spent);
	fprintf(p->out, " %.60s\033[K", key);
}

void progress_step(struct progress *p, const struct plan_step *step,
		   const struct axes *axes)
{
	size_t number = step - p->plan->steps;
	char key[AXES_KEY_MAX];
	uint64_t done;

	if (!p->out)
		return;
	done = cost_before(p, number);
	axes_key(axes, key, sizeof(key));
	if (p->terminal)
		show(p, number, done, key);
	else
		fprintf(p->out, "step %zu %" PRIu64 " %u %s\n", number, done,
			step->cell, key);
	fflush(p->out);
}

/* "step NUMBER DONE CELL KEY" and the end of the line. Return: the key; NULL of any other line. */
static char *read_step(char *line, uint64_t *number, uint64_t *done)
{
	char *end = strchr(line, '\n');
	int key = 0;	/* and stays so where there is no cell */

	if (!end || sscanf(line, "step %" SCNu64 " %" SCNu64 " %*u %n", number, done, &key) != 2 ||
	    !key)
		return NULL;
	*end = '\0';
	return line + key;
}

/* The first line of @in, and its last step. False when there is none yet, or half of one. */
static bool read_file(FILE *in, struct far *far, uint64_t spent, char key[AXES_KEY_MAX])
{
	uint64_t steps, total, number, done, at = 0, cost = 0;
	char line[AXES_KEY_MAX + 100], *found;
	bool begun = false;

	if (!fgets(line, sizeof(line), in) ||
	    sscanf(line, "plan %" SCNu64 " %" SCNu64, &steps, &total) != 2)
		return false;
	while (fgets(line, sizeof(line), in)) {
		found = read_step(line, &number, &done);
		if (!found)
			continue;
		snprintf(key, AXES_KEY_MAX, "%s", found);
		at = number;
		cost = done;
		begun = true;
	}
	if (begun)
		far_add(far, spent, at, steps, cost, total);
	else
		far->all += steps;
	return begun;
}

void progress_tell(FILE *out, const char *const *files, size_t count, uint64_t spent,
		   uint64_t after)
{
	char keys[16 * AXES_KEY_MAX] = "", key[AXES_KEY_MAX];
	struct far far = { .known = true };
	size_t n = 0;

	for (size_t i = 0; i < count; i++) {
		FILE *in = fopen(files[i], "re");

		if (in && read_file(in, &far, spent, key) && n < sizeof(keys))
			n += snprintf(keys + n, sizeof(keys) - n, " %s", key);
		if (in)
			fclose(in);
	}
	if (!n)
		return;
	far.left += after * (spent + far.left);
	far_print(out, &far, spent);
	fprintf(out, "%s\n", keys);
}

void progress_close(struct progress *p)
{
	if (p->terminal && p->out)
		fprintf(p->out, "\r\033[K");
	else if (p->out)
		fclose(p->out);
	free(p);
}
