// SPDX-License-Identifier: GPL-2.0-or-later
#include "runner.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/prng.h"
#include "record/folder.h"
#include "record/record.h"
#include "run/call/cell.h"
#include "run/plan/plan.h"
#include "run/seen/kmsg.h"
#include "run/system/marks.h"
#include "run/system/memory.h"
#include "run/system/now.h"
#include "progress.h"
#include "resume.h"

#define NO_BLOCK	UINT32_MAX

/* What became of a cell so far in this boot. */
struct cell_state {
	enum cell_status status;
	int err;
	char closed;
	char reason[RECORD_TEXT_MAX];
	struct observation *seen;
	struct recipe recipe;
};

struct runner {
	const struct matrix *matrix;
	struct plan plan;
	struct bench bench;
	struct cell_state *cells;
	struct progress *progress;
	FILE *samples;
	FILE *counters;
	FILE *dmesg;
	int kmsg;
	uint32_t block;		/* that bench is set up for */
	uint32_t boot;
	uint32_t order;		/* of the plan: that of the first guest of the boot */
	uint32_t seq;
	uint64_t start;
	struct boot_record record;
	bool guest;		/* alone on its kernel */
	int bad;
};

static void set_status(struct cell_state *state, enum cell_status status,
		  const char *what, const char *reason)
{
	if (state->status == CELL_FAILED || state->status == status)
		return;			/* the first reason is the one to read */
	state->status = status;
	snprintf(state->reason, sizeof(state->reason), "%s%.200s", what, reason);
}

static int write_seen(struct runner *r, uint32_t index)
{
	struct cell_state *state = &r->cells[index];
	int ret = 0;

	if (state->seen)
		ret = observation_write(r->counters, index, r->boot, state->seen);
	observation_free(state->seen);
	state->seen = NULL;
	marks_close(index, r->boot);
	return ret;
}

static int close_cell(struct runner *r, uint32_t index)
{
	struct cell_state *state = &r->cells[index];
	struct cell_record record = {
		.cell = index,
		.boot = r->boot,
		.axes = r->matrix->cells[index],
		.status = state->status,
		.err = state->err,
	};

	if (state->closed)
		return 0;
	snprintf(record.reason, sizeof(record.reason), "%s", state->reason);
	if (state->status == CELL_INVALID || state->status == CELL_FAILED)
		r->bad = 1;
	state->closed = 1;
	return record_write_cell(r->samples, &record);
}

/* Nothing of this cell is measured: say why. */
static int close_if_unsupported(struct runner *r, uint32_t index)
{
	struct cell_state *state = &r->cells[index];
	struct reason why;

	if (state->closed ||
	    bench_supports(&r->bench, &state->recipe, &why))
		return 0;
	set_status(state, CELL_SKIPPED, "", why.text);
	return close_cell(r, index);
}

static void judge(struct runner *r, const struct sample *sample)
{
	struct cell_state *state = &r->cells[sample->cell];

	if (strcmp(sample->check, "ok")) {
		set_status(state, CELL_INVALID, "", sample->check);
	} else if (sample->err && state->status == CELL_OK) {
		state->err = sample->err;
		set_status(state, CELL_UNSUPPORTED, "refused: ",
		      strerrorname_np(sample->err));
	}
}

/* A complaint is the fault of the cell of @state, if there is one: at boot there is none. */
static int read_kmsg(struct runner *r, struct cell_state *state)
{
	char complaint[RECORD_TEXT_MAX];
	int found = kmsg_drain(r->kmsg, r->dmesg, complaint, sizeof(complaint));

	if (found <= 0)
		return found;
	kmsg_again();
	if (state && !state->closed) {
		set_status(state, CELL_FAILED, r->guest ? "dmesg: " :
			   "dmesg, perhaps of another driver: ", complaint);
	} else {
		err_msg("the kernel complained outside of any cell: %s; dmesg.txt has what led "
			"to it", complaint);
		r->bad = 1;
	}
	return 0;
}

/* Set up for the block of the step, and open counters when it wants them. */
static int get_ready(struct runner *r, const struct plan_step *step)
{
	struct cell_state *state = &r->cells[step->cell];
	struct reason why;
	int ret = 0;

	if (r->block != step->block) {
		bench_end(&r->bench);
		r->block = NO_BLOCK;
		ret = bench_begin(&r->bench, &state->recipe, &why);
	}
	if (!ret && step->mode == MODE_WATCH)
		ret = bench_watch(&r->bench, &why);
	if (ret)
		set_status(state, CELL_FAILED, "", why.text);
	else
		r->block = step->block;
	return ret;
}

/* NULL when there is nothing to see beside the samples. */
static int get_observation(struct runner *r, struct cell_state *state)
{
	if (!state->seen && (r->bench.load || r->bench.watch))
		state->seen = observation_new(r->bench.load);
	return state->seen || !(r->bench.load || r->bench.watch) ? 0 : -ENOMEM;
}

/* A sample was taken: what the boot has cost so far. */
static void account(struct runner *r, enum sample_mode mode, uint64_t begun)
{
	if (r->seq == 1)
		r->record.first = begun;
	r->record.end = now_boot_ns() - r->start;
	if (mode == MODE_TIME)
		r->record.timed += r->record.end - begun;
}

static int take_step(struct runner *r, const struct plan_step *step)
{
	struct cell_state *state = &r->cells[step->cell];
	const struct axes *axes = &r->matrix->cells[step->cell];
	struct sample sample = { .cell = step->cell, .boot = r->boot,
				 .round = step->round };
	/* Another content each time: what is left from before is no match. */
	uint64_t seed = r->matrix->seed + step->cell +
			((uint64_t)step->round + 1) * r->matrix->count +
			((uint64_t)step->sample << 32);
	uint64_t begun;
	struct reason why;
	int ret;

	if (state->closed || state->status == CELL_FAILED)
		return 0;
	if (step->mode == MODE_COUNT && !recipe_countable(&state->recipe))
		return 0;
	progress_step(r->progress, step, axes);
	if (get_ready(r, step))
		return read_kmsg(r, state);
	ret = get_observation(r, state);
	if (ret)
		return ret;
	sample.seq = r->seq++;
	begun = now_boot_ns() - r->start;
	if (step->mode == MODE_TIME)
		marks_warm(step->cell, r->boot);
	ret = cell_sample(&r->bench, &state->recipe, step->mode, prng_mix(&seed),
			  state->seen, &sample, &why);
	/* Whatever became of it: a call that is counted or watched is not modelled. */
	marks_cold();
	account(r, step->mode, begun);
	if (ret) {
		set_status(state, CELL_FAILED, "", why.text);
		return read_kmsg(r, state);
	}
	judge(r, &sample);
	ret = read_kmsg(r, state);
	return ret ? ret : record_write_sample(r->samples, &sample);
}

/* @what, for the cell of each step of the block that ends with @last. */
static int each_cell(struct runner *r, size_t last, int (*what)(struct runner *r, uint32_t cell))
{
	const struct plan_step *steps = r->plan.steps;
	int ret = 0;

	for (size_t i = last + 1; i && steps[i - 1].block == steps[last].block && !ret; i--)
		ret = what(r, steps[i - 1].cell);
	return ret;
}

/*
 * What is closed is never measured again, so it has to be there, and what was seen of it before
 * that: of a cell that is not closed resume_drop_open() drops it.
 */
static int close_block(struct runner *r, size_t last)
{
	int ret;

	bench_end(&r->bench);
	r->block = NO_BLOCK;
	ret = read_kmsg(r, &r->cells[r->plan.steps[last].cell]);
	if (!ret)
		ret = each_cell(r, last, write_seen);
	if (!ret)
		ret = record_sync(r->counters);
	if (!ret)
		ret = each_cell(r, last, close_cell);
	return ret ? ret : record_sync(r->samples);
}

static int run_plan(struct runner *r)
{
	int ret = 0;

	for (size_t i = 0; i < r->plan.count && !ret; i++)
		ret = close_if_unsupported(r, r->plan.steps[i].cell);
	for (size_t i = 0; i < r->plan.count && !ret; i++) {
		ret = take_step(r, &r->plan.steps[i]);
		if (!ret && r->plan.steps[i].last)
			ret = close_block(r, i);
	}
	if (!ret && r->seq)
		ret = record_write_boot(r->samples, &r->record);
	if (ret)
		err_msg("cannot write the results: %s; free some space and go on "
			"with --resume", strerror(-ret));
	return ret;
}

static FILE *open_append(const char *folder, const char *name)
{
	char path[PATH_MAX];
	FILE *file;

	file = fopen(folder_file(path, folder, name), "ae");
	if (!file)
		err_msg("%s: %s; --out wants a folder that can be written", path,
			strerror(errno));
	return file;
}

static int open_kmsg(struct runner *r, bool whole)
{
	r->kmsg = kmsg_open(whole);
	if (r->kmsg < 0)
		err_msg("/dev/kmsg: %s; run as root", strerror(-r->kmsg));
	return r->kmsg < 0 ? -1 : 0;
}

/* What is measured already, and the number of the boot that this one is. */
static int read_resumed(struct runner *r, const struct run_options *options)
{
	struct reason why;
	struct resume found;
	bool there;

	if (resume_read(options->resume, r->matrix, &found, &why)) {
		err_msg("cannot resume: %s", why.text);
		return -1;
	}
	if (options->resume && resume_drop_open(options->resume, &found, &why)) {
		err_msg("cannot resume: %s", why.text);
		resume_free(&found);
		return -1;
	}
	for (size_t i = 0; i < r->matrix->count; i++)
		r->cells[i].closed = resume_skips(&found, i, options->boots);
	r->order = options->boot == BOOT_NEXT ? found.next : options->boot;
	r->boot = r->order + options->shard;
	r->record.boot = r->boot;
	snprintf(r->record.start, sizeof(r->record.start), "%s",
		 options->kernel_start ? options->kernel_start : "");
	there = r->order < found.next;
	if (there)
		err_msg("--boot %u: the run has boot %u already; name %u or a later one",
			r->order, found.next - 1, found.next);
	else if (found.finished >= options->boots)
		err_msg("%u boots have measured every cell: nothing is left to do",
			found.finished);
	resume_free(&found);
	return there ? -1 : 0;
}

#define MIB	(1 << 20)

/* With too little the OOM killer would end this program, or another. */
static int refuse_memory(struct runner *r)
{
	const struct cell_state *largest = NULL;
	struct memory_room room;
	char key[AXES_KEY_MAX];
	struct reason why;
	uint64_t most = 0;

	memory_room("", &room);
	for (size_t i = 0; i < r->matrix->count; i++) {
		const struct cell_state *state = &r->cells[i];
		uint64_t need = state->closed ? 0 : bench_need(&r->bench, &state->recipe);

		if (need <= room.bytes || need <= most ||
		    !bench_supports(&r->bench, &state->recipe, &why))
			continue;
		most = need;
		largest = state;
	}
	if (largest)
		err_msg("%s wants %" PRIu64 " MiB of memory, and %s gives %" PRIu64 " MiB: free "
			"some, or exclude the cell in the matrix file",
			axes_key(largest->recipe.axes, key, sizeof(key)), most / MIB + 1,
			room.from, room.bytes / MIB);
	return largest ? -1 : 0;
}

/* Guests that share a plan out have one order, or they would share it each its way. */
static int make_plan(struct runner *r, const struct run_options *options)
{
	struct matrix matrix = *r->matrix;

	/* Each turn of the counters wants a call of its own. */
	matrix.sampling.watching *= r->bench.turns;
	return plan_make(&matrix, r->order, &r->plan) ?:
	       plan_shard(&matrix, &r->plan, options->shard, options->shards);
}

static int prepare(struct runner *r, const struct run_options *options)
{
	struct reason why;

	r->cells = calloc(r->matrix->count, sizeof(*r->cells));
	if (r->cells && read_resumed(r, options))
		return EXIT_USAGE;
	if (bench_open(&r->bench, options->scratch, options->no_module, &why)) {
		err_msg("%s", why.text);
		return EXIT_UNKNOWN;
	}
	if (!r->cells || make_plan(r, options)) {
		err_msg("out of memory for %zu cells", r->matrix->count);
		return EXIT_UNKNOWN;
	}
	r->bench.siblings = options->siblings;
	for (size_t i = 0; i < r->matrix->count; i++)
		recipe_read(&r->cells[i].recipe, &r->matrix->cells[i], r->bench.device);
	if (refuse_memory(r) || open_kmsg(r, options->guest))
		return EXIT_UNKNOWN;
	r->samples = open_append(options->out, FOLDER_SAMPLES);
	r->counters = open_append(options->out, FOLDER_COUNTERS);
	r->dmesg = open_append(options->out, FOLDER_LOG);
	if (!r->samples || !r->counters || !r->dmesg)
		return EXIT_USAGE;
	r->progress = progress_open(options->progress, r->matrix, &r->plan,
				    r->boot);
	return r->progress ? EXIT_FINE : EXIT_USAGE;
}

static void cleanup(struct runner *r)
{
	if (r->progress)
		progress_close(r->progress);
	if (r->samples)
		fclose(r->samples);
	if (r->counters)
		fclose(r->counters);
	if (r->dmesg)
		fclose(r->dmesg);
	if (r->kmsg >= 0)
		close(r->kmsg);
	bench_close(&r->bench);
	plan_free(&r->plan);
	free(r->cells);
}

int runner_run(const struct matrix *matrix, struct run_options *options)
{
	struct runner r = {
		.matrix = matrix,
		.bench.device = -1,
		.kmsg = -1,
		.block = NO_BLOCK,
		.start = options->start,
		.guest = options->guest,
	};
	int status = prepare(&r, options);

	options->began = status == EXIT_FINE;
	if (options->began) {
		if (read_kmsg(&r, NULL) || run_plan(&r))
			status = EXIT_UNKNOWN;
		else if (r.bad)
			status = EXIT_BAD;
	}
	cleanup(&r);
	return status;
}

/* Closing a cell twice would count it twice or overwrite its status. */
static int refuse_closed(const struct matrix *matrix, const char *out, uint32_t boot,
			 uint32_t cell)
{
	struct reason why;
	char key[AXES_KEY_MAX];
	struct resume found;
	bool closed;

	if (resume_read(out, matrix, &found, &why)) {
		err_msg("%s", why.text);
		return EXIT_USAGE;
	}
	closed = resume_closed(&found, cell, boot);
	resume_free(&found);
	if (closed)
		err_msg("%s: boot %u has closed cell %u already and lost nothing of it: %s", out,
			boot, cell, axes_key(&matrix->cells[cell], key, sizeof(key)));
	return closed ? EXIT_BAD : EXIT_FINE;
}

int runner_fail(const struct matrix *matrix, const char *out, uint32_t boot,
		uint32_t cell, const char *reason)
{
	struct cell_record record = {
		.cell = cell,
		.boot = boot,
		.axes = matrix->cells[cell],
		.status = CELL_FAILED,
	};
	struct reason why;
	FILE *samples;
	int ret;

	if (resume_mend(out, &why)) {
		err_msg("%s", why.text);
		return EXIT_UNKNOWN;
	}
	ret = refuse_closed(matrix, out, boot, cell);
	if (ret)
		return ret;
	snprintf(record.reason, sizeof(record.reason), "%.250s", reason);
	samples = open_append(out, FOLDER_SAMPLES);
	if (!samples)
		return EXIT_USAGE;
	ret = record_write_cell(samples, &record);
	fclose(samples);
	return ret ? EXIT_UNKNOWN : EXIT_FINE;
}
