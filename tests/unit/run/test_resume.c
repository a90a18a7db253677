// SPDX-License-Identifier: GPL-2.0-or-later
/* How far a run is: which cells have had which boot. */
#include <errno.h>
#include <sys/stat.h>

#include "matrix_text.h"

#include "base/err.h"
#include "record/observed.h"
#include "record/record.h"
#include "run/runner/resume.h"
#include "run/runner/runner.h"

#define MATRIX	"name: x\naxes: {strategy: [rfc, tried], pages: [1]}\n"

static void closes(FILE *out, const struct matrix *matrix, uint32_t cell, uint32_t boot)
{
	struct cell_record c = { .cell = cell, .boot = boot, .axes = matrix->cells[cell] };

	assert_int_equal(record_write_cell(out, &c), 0);
}

static void sample(FILE *out, uint32_t cell, uint32_t boot)
{
	struct sample s = { .cell = cell, .boot = boot, .check = "ok" };

	assert_int_equal(record_write_sample(out, &s), 0);
}

static FILE *begin(void)
{
	FILE *out = fopen("samples.jsonl", "we");

	assert_non_null(out);
	return out;
}

static int finish(FILE *out, const struct matrix *matrix, struct resume *found, struct reason *why)
{
	int ret;

	assert_int_equal(fclose(out), 0);
	ret = resume_read(".", matrix, found, why);
	unlink("samples.jsonl");
	return ret;
}

static void nothing_yet(void **state)
{
	struct matrix matrix;
	struct resume found;
	struct reason why;

	(void)state;
	matrix_good(MATRIX, &matrix);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(resume_read(i ? "." : NULL, &matrix, &found, &why), 0);
		assert_int_equal(found.finished, 0);
		assert_int_equal(found.next, 0);
		assert_false(resume_skips(&found, 0, 1));
		resume_free(&found);
	}
	matrix_free(&matrix);
}

/* Boot 0 had both cells, boot 1 died in the second: what it lost comes first. */
static void cut_off_boot(void **state)
{
	FILE *out = begin();
	struct matrix matrix;
	struct resume found;
	struct reason why;

	(void)state;
	matrix_good(MATRIX, &matrix);
	for (uint32_t cell = 0; cell < 2; cell++)
		closes(out, &matrix, cell, 0);
	closes(out, &matrix, 0, 1);
	sample(out, 1, 1);
	assert_int_equal(finish(out, &matrix, &found, &why), 0);
	assert_int_equal(found.finished, 1);
	assert_int_equal(found.next, 2);
	assert_true(resume_skips(&found, 0, 12));
	assert_false(resume_skips(&found, 1, 12));
	assert_true(resume_skips(&found, 1, 1));
	resume_free(&found);
	matrix_free(&matrix);
}

/* All have had two boots: none is done for 12, both are for two. */
static void next_boot(void **state)
{
	struct boot_record boot = { .boot = 7 };
	FILE *out = begin();
	struct matrix matrix;
	struct resume found;
	struct reason why;

	(void)state;
	matrix_good(MATRIX, &matrix);
	for (uint32_t i = 0; i < 4; i++)
		closes(out, &matrix, i % 2, i / 2);
	assert_int_equal(record_write_boot(out, &boot), 0);
	assert_int_equal(finish(out, &matrix, &found, &why), 0);
	assert_int_equal(found.finished, 2);
	assert_int_equal(found.next, 8);
	for (uint32_t cell = 0; cell < 2; cell++) {
		assert_false(resume_skips(&found, cell, 12));
		assert_true(resume_skips(&found, cell, 2));
	}
	resume_free(&found);
	matrix_free(&matrix);
}

/* A boot closes a cell once, however often its line is there. */
static void closed_twice(void **state)
{
	FILE *out = begin();
	struct matrix matrix;
	struct resume found;
	struct reason why;

	(void)state;
	matrix_good(MATRIX, &matrix);
	closes(out, &matrix, 0, 0);
	closes(out, &matrix, 1, 0);
	closes(out, &matrix, 0, 1);
	closes(out, &matrix, 1, 0);
	closes(out, &matrix, 1, 0);
	assert_int_equal(finish(out, &matrix, &found, &why), 0);
	assert_int_equal(found.closed[0], 2);
	assert_int_equal(found.closed[1], 1);
	assert_int_equal(found.finished, 1);
	assert_false(resume_skips(&found, 1, 12));
	assert_true(resume_closed(&found, 0, 1));
	assert_true(resume_closed(&found, 1, 0));
	assert_false(resume_closed(&found, 1, 1));
	assert_false(resume_closed(&found, 0, 2));
	resume_free(&found);
	matrix_free(&matrix);
}

/* Of a cell that was closed nothing is lost when the guest dies. */
static void failed_cell(void **state)
{
	FILE *out = begin();
	struct matrix matrix;
	struct resume found;
	struct reason why;

	(void)state;
	matrix_good(MATRIX, &matrix);
	closes(out, &matrix, 0, 3);
	assert_int_equal(fclose(out), 0);
	assert_int_equal(runner_fail(&matrix, ".", 3, 0, "it died"), EXIT_BAD);
	assert_int_equal(runner_fail(&matrix, ".", 3, 1, "it died"), EXIT_FINE);
	assert_int_equal(runner_fail(&matrix, ".", 3, 1, "it died"), EXIT_BAD);
	assert_int_equal(runner_fail(&matrix, ".", 4, 0, "it died"), EXIT_FINE);
	assert_int_equal(resume_read(".", &matrix, &found, &why), 0);
	assert_int_equal(found.n_closures, 3);
	resume_free(&found);
	unlink("samples.jsonl");
	matrix_free(&matrix);
}

static void holds(const char *name, const char *text)
{
	char found[1024] = "";
	FILE *in = fopen(name, "re");

	assert_non_null(in);
	assert_int_equal(fread(found, 1, sizeof(found) - 1, in), strlen(text));
	fclose(in);
	unlink(name);
	assert_string_equal(found, text);
}

static void leave(const char *name, const char *bytes, size_t n)
{
	FILE *out = fopen(name, "we");

	assert_non_null(out);
	assert_int_equal(fwrite(bytes, 1, n, out), n);
	assert_int_equal(fclose(out), 0);
}

/* Of each file stays what was whole, and run.json has no lines to lose. */
static void power_loss(void **state)
{
	static const char nuls[] = "a\nb\n\0\0\0c\n\0", torn[] = "a\nb\ntorn", info[] = "{}\0\0";
	struct reason why;

	(void)state;
	assert_int_equal(resume_mend(".", &why), 0);
	leave("samples.jsonl", nuls, sizeof(nuls));
	leave("counters.jsonl", torn, sizeof(torn) - 1);
	leave("dmesg.txt", "\0", 1);
	leave("run.json", info, sizeof(info));
	assert_int_equal(resume_mend(".", &why), 0);
	holds("samples.jsonl", "a\nb\n");
	holds("counters.jsonl", "a\nb\n");
	holds("dmesg.txt", "");
	holds("run.json", "{}");
}

/* What does not read is not the end of a file: nothing is cut off there, or left out. */
static void read_error(void **state)
{
	static const char *const files[] = { "samples.jsonl", "counters.jsonl", "dmesg.txt", "run.json" };
	struct resume found = { 0 };
	struct matrix matrix;
	struct reason why;

	(void)state;
	matrix_good(MATRIX, &matrix);
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		/* nothing is mapped at its beginning */
		assert_int_equal(symlink("/proc/self/mem", files[i]), 0);
		assert_int_equal(resume_mend(".", &why), -EIO);
		if (i == 0) {
			assert_int_equal(resume_read(".", &matrix, &found, &why), -EIO);
			assert_string_equal(why.text, "./samples.jsonl: cannot be read after line 0; is "
					    "it a file, and the disk sound?");
		}
		if (i == 1)
			assert_int_equal(resume_drop_open(".", &found, &why), -EIO);
		unlink(files[i]);
	}
	matrix_free(&matrix);
}

/* The samples of a boot may be lost, and not what was observed in it. */
static void observed_and_not_closed(void **state)
{
	struct load_record load = { .kind = "writers" };
	FILE *out = begin(), *counters = fopen("counters.jsonl", "we");
	char was[1024] = "", *second;
	struct matrix matrix;
	struct resume found;
	struct reason why;

	(void)state;
	matrix_good(MATRIX, &matrix);
	closes(out, &matrix, 1, 0);
	assert_non_null(counters);
	for (load.cell = 0; load.cell < 2; load.cell++)
		assert_int_equal(observed_write_load(counters, &load), 0);
	assert_int_equal(fclose(counters), 0);
	counters = fopen("counters.jsonl", "re");
	assert_true(fread(was, 1, sizeof(was) - 1, counters) > 0);
	fclose(counters);
	assert_int_equal(finish(out, &matrix, &found, &why), 0);
	assert_int_equal(resume_drop_open(".", &found, &why), 0);
	second = strchr(was, '\n') + 1;
	holds("counters.jsonl", second);
	assert_int_equal(resume_drop_open(".", &found, &why), 0);
	/* what does not open may be there */
	assert_int_equal(symlink("counters.jsonl", "counters.jsonl"), 0);
	assert_int_equal(resume_drop_open(".", &found, &why), -ELOOP);
	unlink("counters.jsonl");
	resume_free(&found);
	matrix_free(&matrix);
}

/* --- what is on the disk before what ------------------------------------------------- */

#define CELLS	4

static long seen_there;		/* of counters.jsonl, on the disk */
static int closed_there, syncs;

static long size_of(const char *name)
{
	struct stat st;

	return stat(name, &st) ? 0 : st.st_size;
}

static int count_closed(void)
{
	FILE *in = fopen("samples.jsonl", "re");
	char line[4096];
	int n = 0;

	assert_non_null(in);
	while (fgets(line, sizeof(line), in))
		n += !!strstr(line, SCHEMA_CELL);
	fclose(in);
	return n;
}

int __wrap_fdatasync(int fd);
int __wrap_fdatasync(int fd)
{
	char link[64], path[256] = "";

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	assert_true(readlink(link, path, sizeof(path) - 1) > 0);
	if (!strcmp(basename(path), "counters.jsonl")) {
		assert_int_equal(count_closed(), closed_there);
		seen_there = size_of("counters.jsonl");
	} else if (!strcmp(basename(path), "samples.jsonl")) {
		assert_int_equal(size_of("counters.jsonl"), seen_there);
		closed_there = count_closed();
		syncs++;
	}
	return 0;
}

/* Two blocks of two cells: what was seen of both is on the disk before one is closed. */
static void seen_before_closed(void **state)
{
	struct run_options options = { .out = ".", .no_module = 1, .shards = 1, .boots = 1 };
	struct matrix matrix;

	(void)state;
	if (access("/dev/kmsg", R_OK))
		skip();
	matrix_good("name: x\nplan: {rounds: 1, watching: 1}\n"
		    "axes: {strategy: [touch, populate], pages: [1, 2], uffd: [none]}\n", &matrix);
	assert_int_equal(matrix.count, CELLS);
	assert_int_equal(runner_run(&matrix, &options), EXIT_FINE);
	assert_int_equal(closed_there, CELLS);
	assert_int_equal(syncs, CELLS / 2);
	assert_true(seen_there > 0);
	unlink("samples.jsonl");
	unlink("counters.jsonl");
	unlink("dmesg.txt");
	matrix_free(&matrix);
}

/* The number of the next boot, and of each of its guests, is a number. */
static void last_boot(void **state)
{
	struct reason why = { "" };
	struct matrix matrix;
	struct resume found;
	FILE *out;

	(void)state;
	matrix_good(MATRIX, &matrix);
	for (uint32_t over = 0; over < 2; over++) {
		out = begin();
		closes(out, &matrix, 0, UINT32_MAX - SHARDS_MAX - 1 + over);
		assert_int_equal(finish(out, &matrix, &found, &why), over ? -EINVAL : 0);
		if (!over)
			assert_int_equal(found.next, UINT32_MAX - SHARDS_MAX);
		resume_free(&found);
	}
	assert_string_equal(why.text, "./samples.jsonl:1: boot: no number comes after 4294966295; "
			    "restore the file, or begin a new run");
	matrix_free(&matrix);
}

static void another_matrix(void **state)
{
	FILE *out = begin();
	struct matrix matrix;
	struct resume found;
	struct reason why = { "" };

	(void)state;
	matrix_good("name: x\naxes: {strategy: [gup, tried], pages: [1]}\n", &matrix);
	closes(out, &matrix, 0, 0);
	matrix_free(&matrix);
	matrix_good(MATRIX, &matrix);
	assert_int_equal(finish(out, &matrix, &found, &why), -EINVAL);
	assert_string_equal(why.text, "./samples.jsonl:1: cell 0 is gup/1 there and rfc/1 in the matrix; "
			    "resume with the matrix that the run began with");
	matrix_free(&matrix);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_yet),
		cmocka_unit_test(cut_off_boot),
		cmocka_unit_test(next_boot),
		cmocka_unit_test(closed_twice),
		cmocka_unit_test(failed_cell),
		cmocka_unit_test(power_loss),
		cmocka_unit_test(read_error),
		cmocka_unit_test(observed_and_not_closed),
		cmocka_unit_test(seen_before_closed),
		cmocka_unit_test(last_boot),
		cmocka_unit_test(another_matrix),
	};

	return cmocka_run_group_tests(tests, matrix_folder_make, matrix_folder_remove);
}
