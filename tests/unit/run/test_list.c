// SPDX-License-Identifier: GPL-2.0-or-later
/* What `hmmbench list` prints. */
#include <errno.h>

#include "matrix_text.h"

#include "run/plan/list.h"

static void make(const char *text, struct matrix *matrix, struct plan *plan)
{
	matrix_good(text, matrix);
	assert_int_equal(plan_make(matrix, 0, plan), 0);
}

static char *print(const char *text)
{
	struct matrix matrix;
	struct plan plan;
	char *printed;
	size_t size;
	FILE *out = open_memstream(&printed, &size);

	assert_non_null(out);
	make(text, &matrix, &plan);
	assert_int_equal(list_print(out, &matrix, &plan), 0);
	fclose(out);
	plan_free(&plan);
	matrix_free(&matrix);
	return printed;
}

#define TWO	"name: two\nplan: {rounds: 2, warmup: 1}\n" \
		"axes: {strategy: ['null', unlocked-1s], pages: [8, 1024], uffd: [missing]}\n"

static void table(void **state)
{
	char *printed = print(TWO), *line = printed, *end;
	size_t strategy = 0, cells = 0;

	(void)state;
	for (; *line != '\n'; line = end + 1) {
		end = strchr(line, '\n');
		assert_non_null(end);
		if (line == printed) {
			strategy = strstr(line, "strategy") - line;
			assert_int_equal(strncmp(line, "block   cell  strategy     pages  ", 34),
					 0);
			continue;
		}
		cells++;
		assert_true(!strncmp(line + strategy, "null             8  ", 20) ||
			    !strncmp(line + strategy, "null          1024  ", 20) ||
			    !strncmp(line + strategy, "unlocked-1s      8  ", 20) ||
			    !strncmp(line + strategy, "unlocked-1s   1024  ", 20));
	}
	assert_int_equal(cells, 4);
	free(printed);
}

static void words(void **state)
{
	char *printed = print(TWO);

	(void)state;
	assert_string_equal(strstr(printed, "\n\n"), "\n\n"
			    "two, seed 1: 4 cells in 2 blocks.\n"
			    "Each cell, each boot: 1 warmup, 2 timed, 1 counting, 0 watching.\n"
			    "A round runs each strategy of a block once; successive rounds are "
			    "rows of a Latin square.\n"
			    "A guest that is silent for 60 s is given up.\n"
			    "16 samples a boot, about 0.4 G instructions: emulated, about 1 s of "
			    "processor time, which two guests share on the insn clock.\n");
	free(printed);
}

/* What a plan of more than one boot says of boots, and of samples in a row. */
static void boots(void **state)
{
	static const char clock[] = "; on the insn clock one: another would be the same bytes.\n";
	char *printed = print("name: x\nplan: {boots: 12, rounds: 2, samples: 3}\n"
			      "axes: {strategy: [rfc], pages: [4]}\n");
	static const char row[] = "0 warmup, 6 timed, 1 counting, 0 watching.\n"
				  "Each round takes 3 timed samples of a cell in a row.\n";

	(void)state;
	assert_non_null(strstr(printed, row));
	assert_string_equal(strstr(printed, clock), clock);
	assert_non_null(strstr(printed, ".\nOn the wall clock 12 boots, each in another order;"));
	free(printed);
	printed = print("name: x\nplan: {boots: 12, target: 0.5, max_boots: 20}\n"
			"axes: {strategy: [rfc], pages: [4]}\n");
	assert_non_null(strstr(printed, ".\nOn the wall clock 6 to 20 boots, until each interval "
			       "is within 0.5 %; "));
	free(printed);
}

static void estimate(void **state)
{
	char *printed;

	(void)state;
	/* null, 1048576 pages: 3.67 G instructions and 3.1 s a sample, two samples */
	printed = print("name: x\naxes: {strategy: ['null'], pages: [1048576]}\n");
	assert_string_equal(strstr(printed, "2 samples"), "2 samples a boot, about 7.3 G "
			    "instructions: emulated, about 6 s of processor time, which two "
			    "guests share on the insn clock.\n");
	free(printed);
}

static void durations(void **state)
{
	static const struct {
		double seconds;
		const char *words;
	} cases[] = {
		{ 0, "1 s" }, { 0.9, "1 s" }, { 2.4, "2 s" }, { 59.4, "59 s" },
		{ 59.6, "1 min 0 s" }, { 130, "2 min 10 s" }, { 3599.7, "1 h 0 min" },
		{ 7500, "2 h 5 min" }, { 86399, "1 d 0 h" }, { 200000, "2 d 8 h" },
	};
	char buf[64];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(list_duration(cases[i].seconds, buf, sizeof(buf)),
				    cases[i].words);
}

static void full_disk(void **state)
{
	FILE *out = fopen("/dev/full", "w");
	struct matrix matrix;
	struct plan plan;

	(void)state;
	assert_non_null(out);
	make(TWO, &matrix, &plan);
	assert_int_equal(list_print(out, &matrix, &plan), -ENOSPC);
	fclose(out);
	plan_free(&plan);
	matrix_free(&matrix);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(table),
		cmocka_unit_test(words),
		cmocka_unit_test(boots),
		cmocka_unit_test(estimate),
		cmocka_unit_test(durations),
		cmocka_unit_test(full_disk),
	};

	return cmocka_run_group_tests(tests, matrix_folder_make, matrix_folder_remove);
}
