// SPDX-License-Identifier: GPL-2.0-or-later
/* Matrix files that are right: which cells they give, in which order. */
#include "matrix_text.h"

/* The cells as "strategy/pages/access strategy/pages/access ..." */
static void assert_cells(const struct matrix *matrix, const char *expected)
{
	char all[4096] = "";
	size_t used = 0;

	for (size_t i = 0; i < matrix->count; i++)
		used += snprintf(all + used, sizeof(all) - used, "%s%s/%u/%s", used ? " " : "",
				 matrix->cells[i].strategy, (unsigned int)matrix->cells[i].pages,
				 matrix->cells[i].access == ACCESS_READ ? "read" : "write");
	assert_string_equal(all, expected);
}

static void assert_matrix(const char *text, const char *expected)
{
	struct matrix matrix;

	matrix_good(text, &matrix);
	assert_cells(&matrix, expected);
	matrix_free(&matrix);
}

static void product(void **state)
{
	(void)state;
	assert_matrix("name: x\n"
		      "axes: {strategy: [rfc, 'step:2'], pages: [4, 2], access: [read, write]}\n",
		      "rfc/4/read rfc/4/write rfc/2/read rfc/2/write "
		      "step:2/4/read step:2/4/write step:2/2/read step:2/2/write");
}

static void unnamed_axes_fall_back(void **state)
{
	struct matrix matrix;
	struct axes expected;
	struct reason why;

	(void)state;
	matrix_good("name: x\naxes: {strategy: [rfc], pages: [4]}\n", &matrix);
	axes_defaults(&expected);
	assert_int_equal(axis_parse(axis_find("strategy"), "rfc", &expected, &why), 0);
	assert_int_equal(axis_parse(axis_find("pages"), "4", &expected, &why), 0);
	assert_int_equal(matrix.count, 1);
	assert_int_equal(axes_compare(&matrix.cells[0], &expected, NULL), 0);
	matrix_free(&matrix);
}

static void sampling_and_seed(void **state)
{
	struct matrix matrix;

	(void)state;
	matrix_good("name: a-b_c.2\nseed: 9223372036854775807\n"
		    "plan: {rounds: 7, warmup: 2, counting: 0, hang_seconds: 3600, boots: 12, "
		    "samples: 3, turn_us: 10}\n"
		    "axes: {strategy: [rfc], pages: [4]}\n", &matrix);
	assert_string_equal(matrix.name, "a-b_c.2");
	assert_true(matrix.seed == INT64_MAX);
	assert_int_equal(matrix.sampling.boots, 12);
	assert_int_equal(sampling_boots(&matrix.sampling), 12);
	assert_int_equal(matrix.sampling.samples, 3);
	assert_int_equal(matrix.sampling.rounds, 7);
	assert_int_equal(matrix.sampling.warmup, 2);
	assert_int_equal(matrix.sampling.counting, 0);
	assert_int_equal(matrix.sampling.hang_seconds, 3600);
	assert_int_equal(matrix.sampling.turn_us, 10);
	matrix_free(&matrix);
}

static void sampling_falls_back(void **state)
{
	struct matrix matrix;

	(void)state;
	matrix_good("name: x\nplan: {warmup: 3}\naxes: {strategy: [rfc], pages: [4]}\n", &matrix);
	assert_int_equal(matrix.seed, 1);
	assert_int_equal(matrix.sampling.boots, 1);
	assert_int_equal(matrix.sampling.samples, 1);
	assert_true(matrix.sampling.target == 0);
	assert_int_equal(matrix.sampling.rounds, 1);
	assert_int_equal(matrix.sampling.warmup, 3);
	assert_int_equal(matrix.sampling.counting, 1);
	assert_int_equal(matrix.sampling.hang_seconds, 60);
	assert_int_equal(matrix.sampling.turn_us, 0);
	matrix_free(&matrix);
}

/* With a target its own limit holds, not the number of boots. */
static void target(void **state)
{
	struct matrix matrix;

	(void)state;
	matrix_good("name: x\nplan: {boots: 12, target: 0.5, max_boots: 40}\n"
		    "axes: {strategy: [rfc], pages: [4]}\n", &matrix);
	assert_true(matrix.sampling.target == 0.5);
	assert_int_equal(sampling_boots(&matrix.sampling), 40);
	matrix_free(&matrix);
	matrix_good("name: x\nplan: {target: 1}\naxes: {strategy: [rfc], pages: [4]}\n", &matrix);
	assert_int_equal(sampling_boots(&matrix.sampling), 30);
	matrix_free(&matrix);
}

static void include_adds_products(void **state)
{
	(void)state;
	assert_matrix("name: x\n"
		      "axes: {strategy: [rfc], pages: [1], access: [read]}\n"
		      "include:\n"
		      "  - {strategy: [plain, gup], pages: [2, 3]}\n"
		      "  - {strategy: [touch], pages: [8], access: [read]}\n",
		      /* axes are not inherited: access falls back to write */
		      "rfc/1/read plain/2/write plain/3/write gup/2/write gup/3/write "
		      "touch/8/read");
}

static void exclude_needs_every_axis(void **state)
{
	(void)state;
	assert_matrix("name: x\n"
		      "axes: {strategy: [rfc, tried], pages: [1, 2, 3]}\n"
		      "exclude:\n"
		      "  - {strategy: [rfc], pages: [1, 3]}\n"
		      "  - {strategy: [tried], pages: ['02']}\n",
		      "rfc/2/write tried/1/write tried/3/write");
}

static void exclude_filters_includes(void **state)
{
	(void)state;
	assert_matrix("name: x\n"
		      "axes: {strategy: [rfc], pages: [1]}\n"
		      "include: [{strategy: [gup], pages: [1, 2]}]\n"
		      "exclude: [{pages: [1]}]\n",
		      "gup/2/write");
}

static void exclude_entries_may_overlap(void **state)
{
	(void)state;
	assert_matrix("name: x\n"
		      "axes: {strategy: [rfc, gup], pages: [1, 2]}\n"
		      "exclude: [{pages: [1]}, {strategy: [rfc], pages: [1]}]\n",
		      "rfc/2/write gup/2/write");
}

static void exclude_by_fallback(void **state)
{
	(void)state;
	assert_matrix("name: x\n"
		      "axes: {strategy: [rfc], pages: [1]}\n"
		      "include: [{strategy: [gup], pages: [1], access: [read]}]\n"
		      "exclude: [{access: [write]}]\n",
		      "gup/1/read");
}

static void duplicates_merge(void **state)
{
	(void)state;
	assert_matrix("name: x\n"
		      "axes: {strategy: [rfc, gup], pages: [2, 1, 2]}\n"
		      "include:\n"
		      "  - {strategy: [gup, touch], pages: [1], access: [write]}\n",
		      "rfc/2/write rfc/1/write gup/2/write gup/1/write touch/1/write");
}

static void anchors(void **state)
{
	(void)state;
	assert_matrix("name: x\n"
		      "axes: {strategy: [rfc], pages: &p [1, 2]}\n"
		      "include: [{strategy: [gup], pages: *p}]\n",
		      "rfc/1/write rfc/2/write gup/1/write gup/2/write");
}

static void most_cells(void **state)
{
	struct matrix matrix;
	static char text[MANY_SIZE];

	(void)state;
	many_cells(text, 250, 400);
	matrix_good(text, &matrix);
	assert_int_equal(matrix.count, 100000);
	assert_int_equal(matrix.cells[99999].pages, 400);
	matrix_free(&matrix);
}

static int refuse_large(const struct axes *axes, const struct axis **wrong, struct reason *why)
{
	*wrong = axis_find("pages");
	reason_set(why, "%u", (unsigned int)axes->pages);
	return axes->pages > 2 ? -1 : 0;
}

static void check_sees_what_is_left(void **state)
{
	struct matrix matrix;
	struct reason why = { "" };

	(void)state;
	assert_int_equal(matrix_from_text("name: x\naxes: {strategy: [rfc], pages: [1, 3]}\n"
					  "exclude: [{pages: [3]}]\n", refuse_large, &matrix,
					  &why), 0);
	assert_int_equal(matrix.count, 1);
	matrix_free(&matrix);
}

static void shipped_matrices_load(void **state)
{
	static const char *const paths[] = {
		MATRICES_DIR "/quick.yaml", MATRICES_DIR "/default.yaml",
		MATRICES_DIR "/aa.yaml",
	};
	struct matrix matrix;
	struct reason why = { "" };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		if (matrix_load(paths[i], NULL, &matrix, &why))
			fail_msg("%s", why.text);
		for (size_t j = 0; j < matrix.count; j++)
			if (!strcmp(matrix.cells[j].strategy, "plain"))
				assert_int_equal(matrix.cells[j].uffd, UFFD_NONE);
		matrix_free(&matrix);
	}
}

/* A pipe can be read once: what was expanded is what is hashed. */
static void hash_of_what_was_read(void **state)
{
	static const char text[] = "name: x\naxes: {strategy: [rfc], pages: [1]}\n";
	struct matrix file, piped;
	struct reason why = { "" };
	char path[32];
	int ends[2];

	(void)state;
	matrix_good(text, &file);
	assert_int_equal(strlen(file.sha256), 64);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], text, strlen(text)), strlen(text));
	close(ends[1]);
	snprintf(path, sizeof(path), "/dev/fd/%d", ends[0]);
	if (matrix_load(path, NULL, &piped, &why))
		fail_msg("%s", why.text);
	close(ends[0]);
	assert_string_equal(piped.sha256, file.sha256);
	matrix_free(&piped);
	matrix_free(&file);
	matrix_good("name: y\naxes: {strategy: [rfc], pages: [1]}\n", &file);
	assert_string_not_equal(piped.sha256, file.sha256);
	matrix_free(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(product),
		cmocka_unit_test(unnamed_axes_fall_back),
		cmocka_unit_test(sampling_and_seed),
		cmocka_unit_test(sampling_falls_back),
		cmocka_unit_test(target),
		cmocka_unit_test(include_adds_products),
		cmocka_unit_test(exclude_needs_every_axis),
		cmocka_unit_test(exclude_filters_includes),
		cmocka_unit_test(exclude_entries_may_overlap),
		cmocka_unit_test(exclude_by_fallback),
		cmocka_unit_test(duplicates_merge),
		cmocka_unit_test(anchors),
		cmocka_unit_test(most_cells),
		cmocka_unit_test(check_sees_what_is_left),
		cmocka_unit_test(shipped_matrices_load),
		cmocka_unit_test(hash_of_what_was_read),
	};

	return cmocka_run_group_tests(tests, matrix_folder_make, matrix_folder_remove);
}
