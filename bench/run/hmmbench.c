// SPDX-License-Identifier: GPL-2.0-or-later
/* The command line of hmmbench. */
#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/command.h"
#include "base/err.h"
#include "record/folder.h"
#include "record/record.h"
#include "record/run_info.h"
#include "run/call/bench.h"
#include "run/plan/list.h"
#include "run/plan/plan.h"
#include "run/runner/machine.h"
#include "run/runner/progress.h"
#include "run/runner/resume.h"
#include "run/runner/runner.h"
#include "run/system/kernel.h"
#include "run/system/now.h"
#include "run/system/taint.h"
#include "help.h"
#include "probe.h"
#include "version.h"

struct arguments {
	const char *matrix;
	struct run_options run;
	struct machine_facts facts;
	const char *seed;
	const char *shard;
	const char *cell;
	const char *boot;
	const char *boots;
	const char *reason;
	const char *spent, *after;
	const char **progress;		/* each --progress */
	size_t n_progress;
	int here, despite_taint;
};

enum {
	OPT_SEED = 256, OPT_RESUME, OPT_PROGRESS, OPT_CLOCK, OPT_SHARD, OPT_SCRATCH, OPT_HERE, OPT_SIBLINGS,
	OPT_CELL, OPT_BOOT, OPT_BOOTS, OPT_REASON, OPT_NO_MODULE,
	OPT_SPENT, OPT_AFTER, OPT_DESPITE_TAINT,
};

#define BOOT_MAX	1000000000	/* and SHARDS_MAX after it */

#define MATRIX_OPTION	{ "matrix", 'm', "FILE", 0, "the matrix file", 0 }
#define OUT_OPTION	{ "out", 'o', "DIR", 0, "the run folder", 0 }
#define SEED_OPTION	{ "seed", OPT_SEED, "N", 0, \
			  "use this seed in place of the matrix file's", 0 }

#define CLOCK_OPTION	{ "clock", OPT_CLOCK, "insn|wall", 0, \
			  "what a unit of time is; insn only means something in the " \
			  "deterministic VM that scripts/bench starts (default: wall)", 0 }
#define BOOTS_OPTION	{ "boots", OPT_BOOTS, "N", 0, \
			  "measure each cell in N boots, whatever the matrix file says; " \
			  "the insn clock has one", 0 }

#define SCRATCH_OPTION	{ "scratch", OPT_SCRATCH, "DIR", 0, \
			  "a folder on a file system of a block device, for backings " \
			  "file-private and file-shared", 0 }

#define SIBLINGS_OPTION	{ "siblings", OPT_SIBLINGS, NULL, 0, \
			  "let hardware threads of one core stand for cores", 0 }

#define NO_MODULE_OPTION { "no-module", OPT_NO_MODULE, NULL, 0, \
			  "measure only what does without hmm_bench.ko: touch, populate and " \
			  "rxe, by their contents alone", 0 }

static const struct argp_option list_options[] = {
	MATRIX_OPTION, SEED_OPTION, SCRATCH_OPTION, SIBLINGS_OPTION, NO_MODULE_OPTION,
	{ "here", OPT_HERE, NULL, 0,
	  "name the cells that would be skipped on this machine, and why", 0 },
	{ 0 },
};
static const struct argp_option probe_options[] = { SCRATCH_OPTION, { 0 } };
static const struct argp_option run_options[] = {
	MATRIX_OPTION, OUT_OPTION, SEED_OPTION,
	{ "resume", OPT_RESUME, "DIR", 0,
	  "go on with a run that was cut off; DIR is its folder, and --out "
	  "unless that is given", 0 },
	CLOCK_OPTION, BOOTS_OPTION,
	{ "boot", OPT_BOOT, "N", 0,
	  "number of this boot, of the first guest's with --shard (default: the "
	  "first that the folder of --resume does not hold, else 0)", 0 },
	{ "progress", OPT_PROGRESS, "FILE", 0,
	  "append a line before each sample, in place of the terminal", 0 },
	SCRATCH_OPTION, SIBLINGS_OPTION, NO_MODULE_OPTION,
	{ "despite-taint", OPT_DESPITE_TAINT, NULL, 0,
	  "measure a kernel that has warned or worse; run.json and what is made of it say so", 0 },
	{ "shard", OPT_SHARD, "I/N", 0,
	  "run part I (from 0) of N; each part is another guest's", 0 },
	{ 0 },
};
static const struct argp_option boots_options[] = {
	MATRIX_OPTION, CLOCK_OPTION, BOOTS_OPTION,
	{ "resume", OPT_RESUME, "DIR", 0, "a run that was begun", 0 },
	{ 0 },
};
static const struct argp_option mend_options[] = { OUT_OPTION, { 0 } };
static const struct argp_option fail_options[] = {
	MATRIX_OPTION, OUT_OPTION, SEED_OPTION,
	{ "cell", OPT_CELL, "N", 0, "the cell that was being measured", 0 },
	{ "boot", OPT_BOOT, "N", 0, "the boot that it was lost in", 0 },
	{ "reason", OPT_REASON, "TEXT", 0, "what happened", 0 },
	{ 0 },
};

static const struct argp_option progress_options[] = {
	{ "progress", OPT_PROGRESS, "FILE", 0, "what a guest's run appends to; one each", 0 },
	{ "spent", OPT_SPENT, "SECONDS", 0, "since they began (default: 0)", 0 },
	{ "after", OPT_AFTER, "N", 0, "boots like this one that follow (default: 0)", 0 },
	{ 0 },
};

static const struct clock *clock_named(const char *name)
{
	const struct clock *clock = clock_find(name);

	if (!clock)
		err_exit(EXIT_USAGE, "--clock %s: wants insn or wall", name);
	return clock;
}

static void add_progress(struct arguments *a, const char *file)
{
	a->run.progress = file;
	a->progress = reallocarray(a->progress, a->n_progress + 1, sizeof(*a->progress));
	if (!a->progress)
		err_exit(EXIT_UNKNOWN, "out of memory");
	a->progress[a->n_progress++] = file;
}

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
	struct arguments *a = state->input;

	switch (key) {
	case 'm': a->matrix = arg; return 0;
	case 'o': a->run.out = arg; return 0;
	case OPT_SEED: a->seed = arg; return 0;
	case OPT_RESUME: a->run.resume = arg; return 0;
	case OPT_PROGRESS: add_progress(a, arg); return 0;
	case OPT_CLOCK: a->facts.clock = clock_named(arg); return 0;
	case OPT_SIBLINGS: a->run.siblings = 1; return 0;
	case OPT_NO_MODULE: a->run.no_module = 1; return 0;
	case OPT_HERE: a->here = 1; return 0;
	case OPT_DESPITE_TAINT: a->despite_taint = 1; return 0;
	case OPT_SCRATCH: a->run.scratch = arg; return 0;
	case OPT_SHARD: a->shard = arg; return 0;
	case OPT_BOOT: a->boot = arg; return 0;
	case OPT_BOOTS: a->boots = arg; return 0;
	case OPT_CELL: a->cell = arg; return 0;
	case OPT_REASON: a->reason = arg; return 0;
	case OPT_SPENT: a->spent = arg; return 0;
	case OPT_AFTER: a->after = arg; return 0;
	default: return ARGP_ERR_UNKNOWN;
	}
}

static uint64_t parse_number(const char *option, const char *text, uint64_t max)
{
	char *end;
	unsigned long long n;

	errno = 0;
	n = strtoull(text, &end, 10);
	if (errno || *end || *text < '0' || *text > '9' || n > max)
		err_exit(EXIT_USAGE, "%s %s: wants a whole number up to %llu",
			 option, text, (unsigned long long)max);
	return n;
}

static void read_matrix(const struct arguments *a, struct matrix *matrix)
{
	struct reason why;

	if (!a->matrix)
		err_exit(EXIT_USAGE, "--matrix FILE is missing; "
			 "bench/matrices/ has some");
	if (matrix_load(a->matrix, recipe_check_axes, matrix, &why))
		err_exit(EXIT_USAGE, "%s", why.text);
	if (a->seed)
		matrix->seed = parse_number("--seed", a->seed, INT64_MAX);
	if (!a->boots)
		return;
	matrix->sampling.boots = parse_number("--boots", a->boots, BOOTS_MAX);
	matrix->sampling.target = 0;
	if (!matrix->sampling.boots)
		err_exit(EXIT_USAGE, "--boots 0: wants at least 1");
}

/* Another boot would be the same bytes on the insn clock. */
static uint32_t most_boots(const struct arguments *a, const struct matrix *matrix)
{
	return a->facts.clock->exact ? 1 : sampling_boots(&matrix->sampling);
}

/* What a run would skip, before anything runs. */
static void print_skipped(const struct arguments *a, const struct matrix *matrix)
{
	char key[AXES_KEY_MAX];
	struct recipe recipe;
	struct reason why;
	struct bench bench;
	size_t skipped = 0;

	if (bench_open(&bench, a->run.scratch, a->run.no_module, &why))
		err_exit(EXIT_UNKNOWN, "--here: %s", why.text);
	bench.siblings = a->run.siblings;
	for (size_t i = 0; i < matrix->count; i++) {
		recipe_read(&recipe, &matrix->cells[i], bench.device);
		if (bench_supports(&bench, &recipe, &why))
			continue;
		skipped++;
		printf("skipped here: %s: %s\n",
		       axes_key(&matrix->cells[i], key, sizeof(key)), why.text);
	}
	printf("%zu of %zu cells would be skipped here\n", skipped, matrix->count);
	bench_close(&bench);
}

static int command_list(void *arguments)
{
	struct arguments *a = arguments;
	struct matrix matrix;
	struct plan plan;
	int ret;

	read_matrix(a, &matrix);
	if (plan_make(&matrix, 0, &plan))
		err_exit(EXIT_UNKNOWN, "out of memory for %zu cells", matrix.count);
	ret = list_print(stdout, &matrix, &plan);
	if (!ret && a->here)
		print_skipped(a, &matrix);
	plan_free(&plan);
	matrix_free(&matrix);
	if (ret)
		err_exit(EXIT_UNKNOWN, "cannot write: %s", strerror(-ret));
	return EXIT_FINE;
}

static void parse_shard(const char *text, struct run_options *run)
{
	uint64_t shard, shards;
	char end;

	run->shards = 1;
	if (!text)
		return;
	if (sscanf(text, "%" SCNu64 "/%" SCNu64 "%c", &shard, &shards, &end) != 2 ||
	    shard >= shards || shards > SHARDS_MAX)
		err_exit(EXIT_USAGE, "--shard %s: wants I/N with I below N, and N up to %d", text,
			 SHARDS_MAX);
	run->shard = shard;
	run->shards = shards;
}

static struct folder_claim claim(const char *folder, bool resumed)
{
	struct folder_claim claim;
	int ret = folder_claim(folder, resumed, &claim);

	if (ret == -EWOULDBLOCK)
		err_exit(EXIT_USAGE, "%s: another hmmbench measures into it", folder);
	if (ret)
		err_exit(EXIT_USAGE, "%s: %s; --out wants a folder that can be made, or written to",
			 folder, strerror(-ret));
	return claim;
}

/* Before anything in them is touched: what another one writes looks cut off. */
static struct folder_claim claim_folders(const struct run_options *run)
{
	bool elsewhere = !run->resume || !folder_same(run->out, run->resume);
	struct folder_claim resumed;
	struct reason why;

	if (elsewhere && resume_begun(run->out))
		err_exit(EXIT_USAGE, "%s: holds a run already; go on with it with "
			 "--resume %s, or name another folder", run->out, run->out);
	if (!run->resume)
		return claim(run->out, false);
	resumed = claim(run->resume, true);
	if (resume_mend(run->resume, &why))
		err_exit(EXIT_USAGE, "%s", why.text);
	return elsewhere ? claim(run->out, false) : resumed;
}

/* What it measured would be of a kernel that is not as it was written. */
static void refuse_taint(struct arguments *a)
{
	char *taint = taint_read(TAINT_FILE);

	if (taint && strcmp(taint, TAINT_NONE) && !a->despite_taint)
		err_exit(EXIT_UNKNOWN, "this kernel is broken: tainted by %s, and dmesg says "
			 "where; restart the machine%s", taint, a->run.resume ?
			 /* a run that began on a sound kernel has no boots on this one */
			 " and go on" : ", or measure it as it is with --despite-taint");
	a->facts.taint = taint;
}

/* Of any other machine, nanoseconds would be taken for instructions. */
static void refuse_insn(const struct arguments *a)
{
	if (a->facts.clock->exact && !a->facts.guest)
		err_exit(EXIT_USAGE, "--clock insn: counts the instructions of a virtual machine "
			 "of scripts/vm, and this is none; leave it out, or run scripts/bench");
}

static int command_run(void *arguments)
{
	struct arguments *a = arguments;
	struct reason why;
	struct matrix matrix;
	struct folder_claim claim;
	int ret;

	read_matrix(a, &matrix);
	parse_shard(a->shard, &a->run);
	refuse_insn(a);
	refuse_taint(a);
	a->run.boots = a->facts.boots = most_boots(a, &matrix);
	a->run.boot = a->boot ? parse_number("--boot", a->boot, BOOT_MAX) : BOOT_NEXT;
	if (!a->facts.clock->exact)
		a->run.kernel_start = kernel_read_line("/proc/sys/kernel/random/boot_id");
	a->run.guest = a->facts.guest;
	if (a->facts.guest)
		a->run.start = 0;	/* the guest's kernel is the boot */
	if (!a->run.out)
		a->run.out = a->run.resume;
	if (!a->run.out)
		err_exit(EXIT_USAGE, "--out DIR is missing");
	claim = claim_folders(&a->run);
	if (machine_write(a->run.out, a->run.resume, &a->facts, &matrix, &why)) {
		folder_unclaim(a->run.out, &claim);
		err_exit(EXIT_USAGE, "%s", why.text);
	}
	ret = runner_run(&matrix, &a->run);
	/* What never began is not a run, and one that goes on has its run.json elsewhere. */
	if (!a->run.began || (a->run.resume && !folder_same(a->run.out, a->run.resume)))
		folder_unclaim(a->run.out, &claim);
	matrix_free(&matrix);
	return ret;
}

/* Boots that it has are not those of another clock. */
static void refuse_clock(const struct arguments *a)
{
	char path[PATH_MAX];
	struct run_info info;
	struct reason why;

	/* None is there yet; or it is broken, as who goes on with the run says. */
	if (!a->run.resume ||
	    run_info_read(folder_file(path, a->run.resume, FOLDER_INFO), &info, &why))
		return;
	if (info.clock != a->facts.clock)
		err_exit(EXIT_USAGE, "%s: the run was begun with another clock, %s and now %s; go "
			 "on with that one, or begin a new run", path, info.clock->name,
			 a->facts.clock->name);
	run_info_free(&info);
}

/* For scripts: a word and a number a line. */
static int command_boots(void *arguments)
{
	struct arguments *a = arguments;
	struct reason why;
	bool insn = a->facts.clock->exact;
	struct matrix matrix;
	struct resume found;

	read_matrix(a, &matrix);
	refuse_clock(a);
	if (resume_read(a->run.resume, &matrix, &found, &why))
		err_exit(EXIT_USAGE, "%s", why.text);
	printf("most %" PRIu32 "\ntarget %g\nfinished %" PRIu32 "\nnext %" PRIu32
	       "\nturn_us %" PRIu32 "\nseed %" PRIu64 "\n",
	       most_boots(a, &matrix), insn ? 0 : matrix.sampling.target, found.finished,
	       found.next, matrix.sampling.turn_us, matrix.seed);
	resume_free(&found);
	matrix_free(&matrix);
	return EXIT_FINE;
}

static int command_mend(void *arguments)
{
	const struct arguments *a = arguments;
	struct reason why;

	if (!a->run.out)
		err_exit(EXIT_USAGE, "--out DIR is missing");
	claim(a->run.out, true);
	if (resume_mend(a->run.out, &why))
		err_exit(EXIT_UNKNOWN, "%s", why.text);
	return EXIT_FINE;
}

static int command_fail(void *arguments)
{
	struct arguments *a = arguments;
	struct matrix matrix;
	int ret;

	read_matrix(a, &matrix);
	if (!a->run.out || !a->cell || !a->boot || !a->reason)
		err_exit(EXIT_USAGE, "fail wants --out, --cell, --boot and --reason");
	claim(a->run.out, true);
	ret = runner_fail(&matrix, a->run.out,
			  parse_number("--boot", a->boot, BOOT_MAX),
			  parse_number("--cell", a->cell, matrix.count - 1),
			  a->reason);
	matrix_free(&matrix);
	return ret;
}

static int command_progress(void *arguments)
{
	const struct arguments *a = arguments;

	if (!a->n_progress)
		err_exit(EXIT_USAGE, "--progress FILE is missing");
	progress_tell(stdout, a->progress, a->n_progress,
		      a->spent ? parse_number("--spent", a->spent, UINT32_MAX) : 0,
		      a->after ? parse_number("--after", a->after, BOOTS_MAX) : 0);
	return EXIT_FINE;
}

static int command_probe(void *arguments)
{
	const struct arguments *a = arguments;

	return probe_print(stdout, a->run.scratch);
}

static const struct command commands[] = {
	{ "measure", "probe", "", "What this machine and kernel can do, and how to get what is "
	  "missing.", probe_options, command_probe },
	{ NULL, "list", "", "The cells of a matrix in running order, and how long they may "
	  "take.", list_options, command_list },
	{ NULL, "run", "", "Measure a matrix on this kernel. As root, with hmm_bench.ko "
	  "loaded.", run_options, command_run },
	{ "for scripts", "boots", "", "How many boots a run may have and has had, and the number "
	  "of the next.", boots_options, command_boots },
	{ NULL, "mend", "", "Drop what a loss of power left at the end of a run's files: part of a "
	  "line, or NULs.", mend_options, command_mend },
	{ NULL, "fail", "", "Close a cell of a run folder as failed, when its guest died.",
	  fail_options, command_fail },
	{ NULL, "progress", "", "How far guests are, on one line, and about how long it lasts.",
	  progress_options, command_progress },
	{ 0 },
};

static const struct program program = {
	.name = "hmmbench",
	.version = "hmmbench " HMMBENCH_VERSION,
	.doc = "Measures what it costs to fault memory in through HMM.",
	.commands = commands,
	.parser = parse_option,
	.topics = help_topics,
};

int main(int argc, char **argv)
{
	struct arguments arguments = {
		.facts = {
			.clock = &clock_wall,
			.accelerator = machine_accelerator(getenv("HMMBENCH_ACCELERATOR"),
							   "/proc/cpuinfo"),
			.qemu = getenv("HMMBENCH_QEMU"),
			.kernel_name = getenv("HMMBENCH_KERNEL_NAME"),
			.kernel_source = getenv("HMMBENCH_KERNEL_SOURCE"),
			.git = HMMBENCH_VERSION,
		},
	};

	arguments.run.start = now_boot_ns();
	/* scripts/vm, which starts a guest for a boot, says with which flags */
	arguments.facts.guest = arguments.facts.qemu;
	/* A fixed seed: asking the kernel for one costs a fresh guest a second. */
	json_object_seed(1);
	return command_main(&program, argc, argv, &arguments);
}
