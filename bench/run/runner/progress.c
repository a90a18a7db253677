// SPDX-License-Identifier: GPL-2.0-or-later
#include "progress.h"

#include <errno.h>
#include <inttypes.h>
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

static void show(struct progress *p, size_t number, uint64_t done,
		 const char *key)
{
	uint64_t spent = (now_ns() - p->began) / 1000000000;
	uint64_t left = done ? spent * (p->total - done) / done : 0;

	fprintf(p->out, "\r%zu/%zu  %" PRIu64 ":%02" PRIu64 " left  %.60s\033[K",
		number, p->plan->count, left / 60, left % 60, key);
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

void progress_close(struct progress *p)
{
	if (p->terminal && p->out)
		fprintf(p->out, "\r\033[K");
	else if (p->out)
		fclose(p->out);
	free(p);
}
