/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A matrix from a text, through a file called m.yaml in a folder of its own. */
#ifndef HMMBENCH_TESTS_MATRIX_TEXT_H
#define HMMBENCH_TESTS_MATRIX_TEXT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "run/plan/matrix.h"

static char matrix_folder[] = "/tmp/hmmbench-test-XXXXXX";

/* Tests run inside the folder, so that messages say m.yaml and nothing more. */
static inline int matrix_folder_make(void **state)
{
	*state = NULL;
	return !mkdtemp(matrix_folder) || chdir(matrix_folder);
}

static inline int matrix_folder_remove(void **state)
{
	*state = NULL;
	unlink("m.yaml");
	return chdir("/") || rmdir(matrix_folder);
}

static inline int matrix_from_bytes(const char *text, size_t size, axes_check_fn check,
				    struct matrix *matrix, struct reason *why)
{
	FILE *out = fopen("m.yaml", "w");

	assert_non_null(out);
	assert_int_equal(fwrite(text, 1, size, out), size);
	assert_int_equal(fclose(out), 0);
	return matrix_load("m.yaml", check, matrix, why);
}

static inline int matrix_from_text(const char *text, axes_check_fn check, struct matrix *matrix,
				   struct reason *why)
{
	return matrix_from_bytes(text, strlen(text), check, matrix, why);
}

/* For texts that are right. */
static inline void matrix_good(const char *text, struct matrix *matrix)
{
	struct reason why = { "" };

	if (matrix_from_text(text, NULL, matrix, &why))
		fail_msg("%s", why.text);
}

#define MANY_SIZE	16384

/* A product of that many strategies and pages; returns its length. */
static inline size_t many_cells(char text[MANY_SIZE], int strategies, int pages)
{
	size_t used = sprintf(text, "name: x\naxes: {strategy: [");

	for (int i = 0; i < strategies; i++)
		used += sprintf(text + used, "s%d,", i);
	used += sprintf(text + used, "], pages: [");
	for (int i = 1; i <= pages; i++)
		used += sprintf(text + used, "%d,", i);
	return used + sprintf(text + used, "]}\n");
}

#endif
