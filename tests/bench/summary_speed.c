// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * Usage: summary_speed HMMREPORT [SAMPLES]
 *
 * Writes a run of SAMPLES samples (default: 1000000) as hmmbench would, has
 * HMMREPORT summarise it, and prints how long that took, on the clock and on the
 * processor, and how much memory it had at most. Exit 0 within 2 s and 200 MB, 1
 * beyond, 2 usage, 3 on failure.
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"
#include "record/record.h"
#include "record/run_info.h"

#define CELLS		1000
#define BOOTS		10
#define COUNTING	6	/* one sample in so many is a counting one */
#define MOST_SECONDS	2.0
#define MOST_MB		200.0

static char folder[] = "/tmp/hmmbench-speed.XXXXXX";

static char *inside(const char *name, char *path, size_t size)
{
	snprintf(path, size, "%s/%s", folder, name);
	return path;
}

static void write_sample(FILE *out, unsigned int cell, unsigned int boot, uint32_t round,
			 uint32_t seq)
{
	struct sample s = {
		.cell = cell, .boot = boot, .round = round, .seq = seq,
		.mode = MODE_TIME,
		.total = 1000000 + cell * 1000 + (seq * 2654435761u >> 20),
		.messages = 1, .valid = 1, .writable = 1, .check = "ok",
	};

	memset(&s.counts, 0xff, sizeof(s.counts));	/* NOT_KNOWN */
	if (round % COUNTING == 0) {
		s.mode = MODE_COUNT;
		s.counts = (struct counts){ 400000, 3000, 500000, 65, 64, 64, 0, 65, 64, 2144 };
	}
	if (record_write_sample(out, &s))
		err_exit(EXIT_UNKNOWN, "%s/samples.jsonl: cannot be written", folder);
}

static void write_cell(FILE *out, unsigned int cell, unsigned int boot)
{
	struct cell_record c = { .cell = cell, .boot = boot, .status = CELL_OK };

	axes_defaults(&c.axes);
	snprintf(c.axes.strategy, sizeof(c.axes.strategy), "step:%u", 1 + cell % 10);
	c.axes.pages = 1 + cell / 10;
	if (record_write_cell(out, &c))
		err_exit(EXIT_UNKNOWN, "%s/samples.jsonl: cannot be written", folder);
}

static void write_run(unsigned long samples)
{
	struct run_info info = {
		.clock = &clock_wall, .accelerator = "none", .kernel = "7.3.4",
		.matrix = "speed", .cpus = 1, .nodes = 1, .memory_bytes = 1, .seed = 1,
		.rounds = 1, .cells = CELLS,
	};
	unsigned long each = (samples + BOOTS * CELLS - 1) / (BOOTS * CELLS);
	char path[64];
	FILE *out;

	if (run_info_write(inside("run.json", path, sizeof(path)), &info) ||
	    !(out = fopen(inside("samples.jsonl", path, sizeof(path)), "we")))
		err_exit(EXIT_UNKNOWN, "%s: cannot be written", path);
	for (unsigned int boot = 0; boot < BOOTS; boot++) {
		uint32_t seq = 0;

		for (unsigned int cell = 0; cell < CELLS; cell++) {
			for (unsigned long i = 0; i < each; i++)
				write_sample(out, cell, boot, i, seq++);
			write_cell(out, cell, boot);
		}
	}
	fclose(out);
}

static double seconds(const struct timespec *from, const struct timespec *to)
{
	return to->tv_sec - from->tv_sec + (to->tv_nsec - from->tv_nsec) / 1e9;
}

/* Runs "HMMREPORT summary"; its table is not wanted. */
static int summarise(const char *hmmreport, double *took, struct rusage *usage)
{
	struct timespec from, to;
	int status;
	pid_t pid;

	clock_gettime(CLOCK_MONOTONIC, &from);
	pid = fork();
	if (!pid) {
		if (!freopen("/dev/null", "w", stdout))
			_exit(EXIT_UNKNOWN);
		execl(hmmreport, hmmreport, "summary", folder, NULL);
		_exit(EXIT_UNKNOWN);
	}
	if (pid < 0 || wait4(pid, &status, 0, usage) < 0)
		return -1;
	clock_gettime(CLOCK_MONOTONIC, &to);
	*took = seconds(&from, &to);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void tidy_up(void)
{
	static const char *const files[] = { "run.json", "samples.jsonl", "summary.tsv" };
	char path[64];

	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		unlink(inside(files[i], path, sizeof(path)));
	rmdir(folder);
}

int main(int argc, char **argv)
{
	unsigned long samples = argc > 2 ? strtoul(argv[2], NULL, 10) : 1000000;
	struct rusage usage = { 0 };
	struct stat file = { 0 };
	double took = 0, busy, mb;
	char path[64];
	int status;

	if (argc < 2 || argc > 3 || !samples)
		err_exit(EXIT_USAGE, "usage: summary_speed HMMREPORT [SAMPLES]");
	if (!mkdtemp(folder))
		err_exit(EXIT_UNKNOWN, "%s: cannot be made", folder);
	write_run(samples);
	stat(inside("samples.jsonl", path, sizeof(path)), &file);
	status = summarise(argv[1], &took, &usage);
	tidy_up();
	if (status)
		err_exit(EXIT_UNKNOWN, "%s summary: exit status %d", argv[1], status);
	busy = usage.ru_utime.tv_sec + usage.ru_stime.tv_sec +
	       (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
	mb = usage.ru_maxrss * 1024.0 / 1e6;
	printf("%lu samples in %u cells and %u boots, %.0f MB of lines: %.2f s (%.2f s of "
	       "processor), %.0f MB\n", samples, CELLS, BOOTS, file.st_size / 1e6, took,
	       busy, mb);
	return took <= MOST_SECONDS && mb <= MOST_MB ? EXIT_FINE : EXIT_BAD;
}
