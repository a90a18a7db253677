// SPDX-License-Identifier: GPL-2.0-or-later
#include "matrix.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "matrix_file.h"

#ifndef CELLS_MAX				/* the fuzzers' is small: it is met, and cheap */
#define CELLS_MAX	100000		/* before exclude */
#endif
#define SAMPLES_MAX	20000000	/* of one boot: a plan_step each */
#define TEXT_MAX	256
#define ENTRY_MAX	32		/* "exclude[4294967295]" */

/**
 * struct origin - where in the file a cell comes from
 * @product:	0 for axes, else an entry of include, from 1
 * @turn:	the cell's place in that product
 */
struct origin {
	uint32_t product, turn;
};

/**
 * struct loading - a matrix on its way from the file to its cells
 * @cells:	@count of them, with their @origins; duplicates included
 * @dropped:	whether a cell is excluded, or was there before
 */
struct loading {
	const struct matrix_file *file;
	const struct matrix_text *text;
	struct axes *cells;
	struct origin *origins;
	bool *dropped;
	size_t count;
	struct reason *why;
};

/* A value of an exclude entry; @met: some cell of the matrix fell to it. */
struct filter {
	size_t axis;
	uint32_t index;
	struct axes value;
	bool met;
};

#define fail(loading, field, ...) \
	matrix_file_error((loading)->file, field, (loading)->why, __VA_ARGS__)

static int no_memory(struct loading *loading)
{
	return reason_err(loading->why, -ENOMEM, "matrix: out of memory");
}

/* Plain decimal only: no sign, no space, no 0x. */
static bool parse_decimal(const char *text, uint64_t *value)
{
	if (!*text || text[strspn(text, "0123456789")])
		return false;
	errno = 0;
	*value = strtoull(text, NULL, 10);
	return !errno;
}

static int read_number(struct loading *loading, const char *field, uint64_t min, uint64_t max,
		       uint64_t *value)
{
	const char *text = matrix_file_value(loading->file, field);

	if (!text)
		return 0;
	if (parse_decimal(text, value) && *value >= min && *value <= max)
		return 0;
	return fail(loading, field, "'%s' is not a number in range; allowed: %" PRIu64
		    " to %" PRIu64, text, min, max);
}

static int read_name(struct loading *loading, char *name, size_t size)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789-_.";
	const char *text = matrix_file_value(loading->file, "name");

	if (!text)
		return fail(loading, "name", "missing; add a name for the runs of this matrix");
	/* it becomes part of the names of folders */
	if (!*text || *text == '.' || *text == '-' || strlen(text) >= size ||
	    text[strspn(text, allowed)])
		return fail(loading, "name", "'%s' cannot name a run; allowed: 1 to %zu letters, "
			    "digits, '-', '_' and '.', not starting with '-' or '.'", text,
			    size - 1);
	memcpy(name, text, strlen(text) + 1);
	return 0;
}

static int read_sampling(struct loading *loading, struct sampling *sampling)
{
	const struct {
		const char *field;
		uint32_t fallback, min, max, *to;
	} numbers[] = {
		{ "plan.boots", 1, 1, BOOTS_MAX, &sampling->boots },
		{ "plan.max_boots", 30, BOOTS_MIN, BOOTS_MAX, &sampling->max_boots },
		{ "plan.samples", 1, 1, 1000000, &sampling->samples },
		{ "plan.rounds", 1, 1, 1000000, &sampling->rounds },
		{ "plan.budget", 0, 0, 1000000000, &sampling->budget },
		{ "plan.warmup", 0, 0, 1000000, &sampling->warmup },
		{ "plan.counting", 1, 0, 1000000, &sampling->counting },
		{ "plan.watching", 0, 0, 1000000, &sampling->watching },
		{ "plan.hang_seconds", 60, 1, 3600, &sampling->hang_seconds },
		{ "plan.turn_us", 0, 0, 10000, &sampling->turn_us },
	};
	int ret = 0;

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]) && !ret; i++) {
		uint64_t value = numbers[i].fallback;

		ret = read_number(loading, numbers[i].field, numbers[i].min, numbers[i].max,
				  &value);
		*numbers[i].to = value;
	}
	return ret;
}

/* A half-width in percent: such as 1 or 0.5. */
static int read_target(struct loading *loading, struct sampling *sampling)
{
	const char *text = matrix_file_value(loading->file, "plan.target");
	char *end;

	sampling->target = 0;
	if (text && *text && !text[strspn(text, "0123456789.")]) {
		sampling->target = strtod(text, &end);
		text = *end || sampling->target > 100 ? text : NULL;
	}
	if (text)
		return fail(loading, "plan.target", "'%s' is not a half-width; allowed: 0 to 100, "
			    "in percent, such as 0.5", text);
	if (matrix_file_has(loading->file, "plan.max_boots") && sampling->target <= 0)
		return fail(loading, "plan.max_boots", "without a target the run ends after "
			    "plan.boots; add plan.target or take it out");
	return 0;
}

uint32_t sampling_boots(const struct sampling *sampling)
{
	return sampling->target > 0 ? sampling->max_boots : sampling->boots;
}

static const struct matrix_list *product_lists(const struct loading *loading, uint32_t product)
{
	if (!product)
		return loading->text->axes;
	return loading->text->include.lists + (product - 1) * axes_count;
}

static void product_field(uint32_t product, char *field, size_t size)
{
	if (product)
		snprintf(field, size, "include[%u]", product - 1);
	else
		snprintf(field, size, "axes");
}

/* The number of cells of a product, or CELLS_MAX + 1 when there are more than that. */
static uint32_t product_size(const struct matrix_list *lists)
{
	uint64_t size = 1;

	for (size_t i = 0; i < axes_count && size <= CELLS_MAX; i++)
		if (lists[i].values_count)
			size *= lists[i].values_count;
	return size <= CELLS_MAX ? size : CELLS_MAX + 1;
}

/* Every axis named or able to fall back, and no list without a value. */
static int check_product(struct loading *loading, const char *field,
			 const struct matrix_list *lists, bool whole)
{
	char at[MATRIX_FIELD_MAX];

	for (size_t i = 0; i < axes_count; i++) {
		snprintf(at, sizeof(at), "%s.%s", field, axes_table[i].name);
		if (lists[i].values_count)
			continue;
		if (matrix_file_has(loading->file, at))
			return fail(loading, at, "an empty list; give it a value or leave the "
				    "key out");
		if (whole && !axes_table[i].fallback)
			return fail(loading, at, "missing; add it: this axis has no fallback");
	}
	return 0;
}

static int check_lists(struct loading *loading, const char *field, uint32_t count)
{
	if (!count && matrix_file_has(loading->file, field))
		return fail(loading, field, "an empty list; give it an entry or leave the key out");
	return 0;
}

/* Which value of an axis the cell took: the last axis of the table turns fastest. */
static uint32_t turn_index(const struct matrix_list *lists, uint32_t turn, size_t axis)
{
	for (size_t i = axes_count; --i > axis; )
		if (lists[i].values_count)
			turn /= lists[i].values_count;
	return turn % lists[axis].values_count;
}

/* The field that set an axis of a cell: its value, or the product that left it out. */
static void origin_field(const struct loading *loading, struct origin origin, size_t axis,
			 char *field, size_t size)
{
	const struct matrix_list *lists = product_lists(loading, origin.product);
	char product[ENTRY_MAX];

	product_field(origin.product, product, sizeof(product));
	if (lists[axis].values_count)
		snprintf(field, size, "%s.%s[%u]", product, axes_table[axis].name,
			 turn_index(lists, origin.turn, axis));
	else
		snprintf(field, size, "%s.%s", product, axes_table[axis].name);
}

static int expand_cell(struct loading *loading, struct origin origin)
{
	const struct matrix_list *lists = product_lists(loading, origin.product);
	struct axes *cell = &loading->cells[loading->count];
	char field[MATRIX_FIELD_MAX];
	struct reason problem;

	axes_defaults(cell);
	for (size_t i = 0; i < axes_count; i++) {
		if (!lists[i].values_count ||
		    !axis_parse(&axes_table[i],
				lists[i].values[turn_index(lists, origin.turn, i)], cell, &problem))
			continue;
		origin_field(loading, origin, i, field, sizeof(field));
		return fail(loading, field, "%s", problem.text);
	}
	loading->origins[loading->count++] = origin;
	return 0;
}

static int expand_product(struct loading *loading, uint32_t product)
{
	const struct matrix_list *lists = product_lists(loading, product);
	char field[ENTRY_MAX];
	uint32_t size = product_size(lists);
	int ret;

	product_field(product, field, sizeof(field));
	ret = check_product(loading, field, lists, true);
	if (!ret && size > CELLS_MAX - loading->count)
		ret = fail(loading, field, "too many cells; allowed: at most %d in all, "
			   "counted before exclude", CELLS_MAX);
	for (uint32_t turn = 0; turn < size && !ret; turn++)
		ret = expand_cell(loading, (struct origin){ product, turn });
	return ret;
}

static int expand(struct loading *loading)
{
	int ret;

	if (!loading->text->axes)
		return fail(loading, "axes", "missing; add the axes that the matrix is the "
			    "product of");
	loading->cells = calloc(CELLS_MAX, sizeof(*loading->cells));
	loading->origins = calloc(CELLS_MAX, sizeof(*loading->origins));
	loading->dropped = calloc(CELLS_MAX, sizeof(*loading->dropped));
	if (!loading->cells || !loading->origins || !loading->dropped)
		return no_memory(loading);
	ret = check_lists(loading, "include", loading->text->include.count);
	for (uint32_t i = 0; i <= loading->text->include.count && !ret; i++)
		ret = expand_product(loading, i);
	return ret;
}

/* The filters of one axis follow each other; one of each axis must fit. */
static bool filters_match(struct filter *filters, size_t count, const struct axes *cell, bool mark)
{
	bool fits = true;

	for (size_t i = 0; i < count && fits; ) {
		size_t axis = filters[i].axis;

		for (fits = false; i < count && filters[i].axis == axis; i++) {
			if (axis_compare(&axes_table[axis], &filters[i].value, cell))
				continue;
			fits = true;
			filters[i].met |= mark;
		}
	}
	return fits;
}

static int filters_fill(struct loading *loading, const char *entry,
			const struct matrix_list *lists, struct filter *filters)
{
	char field[MATRIX_FIELD_MAX];
	struct reason problem;

	for (size_t axis = 0; axis < axes_count; axis++) {
		for (uint32_t i = 0; i < lists[axis].values_count; i++, filters++) {
			filters->axis = axis;
			filters->index = i;
			if (!axis_parse(&axes_table[axis], lists[axis].values[i],
					&filters->value, &problem))
				continue;
			snprintf(field, sizeof(field), "%s.%s[%u]", entry, axes_table[axis].name,
				 i);
			return fail(loading, field, "%s", problem.text);
		}
	}
	return 0;
}

/* An entry, or a value of one, that no cell falls to is a typing mistake. */
static int filters_check(struct loading *loading, const char *entry,
			 const struct filter *filters, size_t count)
{
	char field[MATRIX_FIELD_MAX];
	size_t met = 0;

	for (size_t i = 0; i < count; i++)
		met += filters[i].met;
	if (!met)
		return fail(loading, entry, "matches no cell; correct it or take it out");
	for (size_t i = 0; i < count; i++) {
		if (filters[i].met)
			continue;
		snprintf(field, sizeof(field), "%s.%s[%u]", entry,
			 axes_table[filters[i].axis].name, filters[i].index);
		return fail(loading, field, "matches no cell; correct it or take it out");
	}
	return 0;
}

static int exclude_entry(struct loading *loading, uint32_t entry)
{
	const struct matrix_list *lists = loading->text->exclude.lists + entry * axes_count;
	char field[ENTRY_MAX];
	struct filter *filters;
	size_t count = 0;
	int ret;

	snprintf(field, sizeof(field), "exclude[%u]", entry);
	ret = check_product(loading, field, lists, false);
	if (ret)
		return ret;
	for (size_t i = 0; i < axes_count; i++)
		count += lists[i].values_count;
	if (!count)
		return fail(loading, field, "names no axis; name at least one");
	filters = calloc(count, sizeof(*filters));
	if (!filters)
		return no_memory(loading);
	ret = filters_fill(loading, field, lists, filters);
	for (size_t i = 0; i < loading->count && !ret; i++) {
		/* only a cell that matches as a whole speaks for the values */
		if (!filters_match(filters, count, &loading->cells[i], false))
			continue;
		filters_match(filters, count, &loading->cells[i], true);
		loading->dropped[i] = true;
	}
	if (!ret)
		ret = filters_check(loading, field, filters, count);
	free(filters);
	return ret;
}

static int exclude(struct loading *loading)
{
	int ret = check_lists(loading, "exclude", loading->text->exclude.count);

	for (uint32_t i = 0; i < loading->text->exclude.count && !ret; i++)
		ret = exclude_entry(loading, i);
	return ret;
}

static int compare_places(const void *a, const void *b)
{
	const struct axes *x = *(const struct axes *const *)a;
	const struct axes *y = *(const struct axes *const *)b;
	int order = axes_compare(x, y, NULL);

	return order ? order : (x > y) - (x < y);
}

/* Of equal cells the first in the file stays. */
static int merge(struct loading *loading)
{
	const struct axes **sorted = calloc(loading->count, sizeof(*sorted));

	if (!sorted)
		return no_memory(loading);
	for (size_t i = 0; i < loading->count; i++)
		sorted[i] = &loading->cells[i];
	qsort(sorted, loading->count, sizeof(*sorted), compare_places);
	for (size_t i = 1; i < loading->count; i++)
		if (!axes_compare(sorted[i - 1], sorted[i], NULL))
			loading->dropped[sorted[i] - loading->cells] = true;
	free(sorted);
	return 0;
}

static int check_cell(struct loading *loading, size_t cell, axes_check_fn check)
{
	const struct axis *wrong = NULL;
	struct reason problem = { "" };
	char field[MATRIX_FIELD_MAX];
	struct origin origin = loading->origins[cell];

	if (!check(&loading->cells[cell], &wrong, &problem))
		return 0;
	if (wrong)
		origin_field(loading, origin, wrong - axes_table, field, sizeof(field));
	else
		product_field(origin.product, field, sizeof(field));
	return fail(loading, field, "%s", problem.text);
}

static int keep_cells(struct loading *loading, axes_check_fn check, struct matrix *matrix)
{
	size_t kept = 0;
	int ret = 0;

	for (size_t i = 0; i < loading->count && !ret; i++) {
		if (loading->dropped[i])
			continue;
		if (check)
			ret = check_cell(loading, i, check);
		loading->cells[kept++] = loading->cells[i];
	}
	if (ret)
		return ret;
	if (!kept)
		return fail(loading, "exclude", "leaves no cell; exclude less");
	matrix->cells = realloc(loading->cells, kept * sizeof(*loading->cells));
	if (!matrix->cells)
		return no_memory(loading);
	loading->cells = NULL;
	matrix->count = kept;
	return 0;
}

static int check_samples(struct loading *loading, const struct matrix *matrix)
{
	const struct sampling *s = &matrix->sampling;
	uint64_t samples = matrix->count * ((uint64_t)s->rounds * s->samples + s->warmup +
				     s->counting + s->watching);

	if (samples <= SAMPLES_MAX)
		return 0;
	return fail(loading, "plan", "%" PRIu64 " samples a boot from %zu cells; allowed: at most "
		    "%d; lower rounds, samples, warmup, counting or watching", samples,
		    matrix->count, SAMPLES_MAX);
}

static int load(struct loading *loading, axes_check_fn check, struct matrix *matrix)
{
	matrix->seed = 1;
	return read_name(loading, matrix->name, sizeof(matrix->name)) ?:
	       read_number(loading, "seed", 0, INT64_MAX, &matrix->seed) ?:
	       read_sampling(loading, &matrix->sampling) ?:
	       read_target(loading, &matrix->sampling) ?:
	       expand(loading) ?: exclude(loading) ?: merge(loading) ?:
	       keep_cells(loading, check, matrix) ?: check_samples(loading, matrix);
}

int matrix_load(const char *path, axes_check_fn check, struct matrix *matrix, struct reason *why)
{
	struct loading loading = { .why = why };
	struct matrix_file *file;
	int ret;

	*matrix = (struct matrix){ .count = 0 };
	ret = matrix_file_open(path, &file, why);
	if (ret)
		return ret;
	loading.file = file;
	loading.text = matrix_file_text(file);
	snprintf(matrix->sha256, sizeof(matrix->sha256), "%s", matrix_file_sha256(file));
	ret = load(&loading, check, matrix);
	if (ret)
		matrix_free(matrix);
	free(loading.dropped);
	free(loading.origins);
	free(loading.cells);
	matrix_file_close(file);
	return ret;
}

void matrix_free(struct matrix *matrix)
{
	free(matrix->cells);
	matrix->cells = NULL;
	matrix->count = 0;
}
