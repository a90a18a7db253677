// SPDX-License-Identifier: GPL-2.0-or-later
/* Matrix files that are wrong: file, line, field, and what to do, in one line. */
#include <errno.h>

#include "matrix_text.h"

#define GOOD	"name: x\naxes: {strategy: [rfc], pages: [1, 2]}\n"
#define KEYS	"name, seed, plan, axes, include, exclude"
#define NAMING	"allowed: 1 to 63 letters, digits, '-', '_' and '.', not starting with '-' or '.'"
#define WIDTH	"is not a half-width; allowed: 0 to 100, in percent, such as 0.5"
#define A64	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

struct mistake {
	const char *text, *why;
};

static void assert_refused(const char *text, axes_check_fn check, const char *expected)
{
	struct matrix matrix;
	struct reason why = { "" };

	assert_int_equal(matrix_from_text(text, check, &matrix, &why), -EINVAL);
	assert_string_equal(why.text, expected);
	assert_null(matrix.cells);
}

#define assert_all_refused(mistakes) \
	do { \
		for (size_t i = 0; i < sizeof(mistakes) / sizeof((mistakes)[0]); i++) \
			assert_refused((mistakes)[i].text, NULL, (mistakes)[i].why); \
	} while (0)

static void unreadable(void **state)
{
	struct matrix matrix;
	struct reason why;

	(void)state;
	assert_int_equal(matrix_load("none.yaml", NULL, &matrix, &why), -ENOENT);
	assert_string_equal(why.text, "none.yaml: cannot read: No such file or directory; "
			    "name a matrix file that can be read");
	assert_int_equal(matrix_load(".", NULL, &matrix, &why), -EISDIR);
	assert_string_equal(why.text, ".: cannot read: Is a directory; "
			    "name a matrix file that can be read");
}

static void not_yaml(void **state)
{
	static const struct mistake mistakes[] = {
		{ "", "m.yaml:1: file: nothing in it" },
		{ "# nothing\n", "m.yaml:1: file: nothing in it" },
		{ "\n- a\n", "m.yaml:2: file: not a mapping of keys to values" },
		{ GOOD "\tplan: {}\n",
		  "m.yaml:3: file: not YAML: found character that cannot start any token" },
		{ "name: x\naxes: {strategy: [rfc]\nseed: 1\n",
		  "m.yaml:3: file: not YAML: did not find expected ',' or '}'" },
		{ "name: x\naxes: *a\n", "m.yaml:2: file: not YAML: found undefined alias" },
		{ GOOD "---\nname: y\n", "m.yaml:3: file: a second document; write one to a file" },
		{ GOOD "---\nname: [\n",
		  "m.yaml:5: file: not YAML: did not find expected node content" },
		{ "name: x\n\n# \xff\n", "m.yaml:3: file: not YAML: invalid leading UTF-8 octet" },
	};

	(void)state;
	assert_all_refused(mistakes);
}

static void keys(void **state)
{
	static const struct mistake mistakes[] = {
		{ GOOD "sed: 1\n", "m.yaml:3: sed: unknown key; allowed: " KEYS },
		{ GOOD "a.b: 1\n", "m.yaml:3: a.b: unknown key; allowed: " KEYS },
		{ GOOD "plan:\n  rounds: 1\n  round: 1\n",
		  "m.yaml:5: plan.round: unknown key; allowed: boots, max_boots, target, "
		  "rounds, samples, budget, warmup, counting, watching, hang_seconds, turn_us" },
		{ GOOD "seed: 1\nseed: 2\n", "m.yaml:4: seed: given twice; keep one of them" },
		{ "name: x\naxes:\n  pages: [1]\n  strategy: [rfc]\n  pages: [2]\n",
		  "m.yaml:5: axes.pages: given twice; keep one of them" },
	};
	char expected[512] = "m.yaml:5: include[1].page: unknown key; allowed: ";

	(void)state;
	assert_all_refused(mistakes);
	for (size_t i = 0; i < axes_count; i++) {
		strcat(expected, i ? ", " : "");
		strcat(expected, axes_table[i].name);
	}
	assert_refused(GOOD "include:\n  - {strategy: [rfc], pages: [1]}\n  - {page: [1]}\n", NULL,
		       expected);
}

/* Blanks and marks that an editor put there, and that nobody sees. */
static void not_seen(void **state)
{
	static const struct mistake mistakes[] = {
		{ GOOD "\u00a0seed: 1\n",
		  "m.yaml:3: <U+00A0>seed: unknown key; allowed: " KEYS },
		{ GOOD "seed: 1\u200b\n",
		  "m.yaml:3: seed: '1<U+200B>' is not a number in range; allowed: 0 to "
		  "9223372036854775807" },
		{ "name: x\naxes: {strategy: [rfc], pages: [1], access: [read\u3000]}\n",
		  "m.yaml:2: axes.access[0]: 'read<U+3000>' is not one of read write" },
		{ "name: \u00b5\u6f22\n", "m.yaml:1: name: '\u00b5\u6f22' cannot name a run; " NAMING },
	};

	(void)state;
	assert_all_refused(mistakes);
}

static void shapes(void **state)
{
	static const struct mistake mistakes[] = {
		{ "name: x\naxes:\n  strategy: [rfc]\n  pages: 4\n",
		  "m.yaml:4: axes.pages: not a list; allowed: a list, as in [1, 4]" },
		{ "name: x\naxes:\n  strategy: [rfc]\n  pages:\n    - 1\n    - [4]\n",
		  "m.yaml:6: axes.pages[1]: not a single value; allowed: a name or a number" },
		{ "name: x\naxes:\n  - strategy: [rfc]\n",
		  "m.yaml:2: axes: not a mapping; allowed: keys and values, as in {key: value}" },
		{ GOOD "include: {strategy: [rfc]}\n",
		  "m.yaml:3: include: not a list; allowed: a list, as in [1, 4]" },
		{ GOOD "include:\n  - rfc\n",
		  "m.yaml:4: include[0]: not a mapping; allowed: keys and values, as in "
		  "{key: value}" },
		{ GOOD "plan: 3\n",
		  "m.yaml:3: plan: not a mapping; allowed: keys and values, as in {key: value}" },
	};

	(void)state;
	assert_all_refused(mistakes);
}

static void names(void **state)
{
	static const struct mistake mistakes[] = {
		{ "axes: {strategy: [rfc], pages: [1]}\n",
		  "m.yaml:1: name: missing; add a name for the runs of this matrix" },
		{ "\nname: ''\n", "m.yaml:2: name: '' cannot name a run; " NAMING },
		{ "name: ../x\n", "m.yaml:1: name: '../x' cannot name a run; " NAMING },
		{ "name: .x\n", "m.yaml:1: name: '.x' cannot name a run; " NAMING },
		{ "name: -x\n", "m.yaml:1: name: '-x' cannot name a run; " NAMING },
		{ "name: \"a\\n\\eb\"\n", "m.yaml:1: name: 'a??b' cannot name a run; " NAMING },
		{ "name: a b\n", "m.yaml:1: name: 'a b' cannot name a run; " NAMING },
		{ "name: " A64 "\n", "m.yaml:1: name: '" A64 "' cannot name a run; " NAMING },
	};

	(void)state;
	assert_all_refused(mistakes);
}

static void numbers(void **state)
{
	static const struct mistake mistakes[] = {
		{ GOOD "plan: {rounds: 0}\n",
		  "m.yaml:3: plan.rounds: '0' is not a number in range; allowed: 1 to 1000000" },
		{ GOOD "plan: {rounds: 1000001}\n",
		  "m.yaml:3: plan.rounds: '1000001' is not a number in range; "
		  "allowed: 1 to 1000000" },
		{ GOOD "plan:\n  rounds: 1\n  warmup: -1\n",
		  "m.yaml:5: plan.warmup: '-1' is not a number in range; allowed: 0 to 1000000" },
		{ GOOD "plan: {counting: 12x}\n",
		  "m.yaml:3: plan.counting: '12x' is not a number in range; "
		  "allowed: 0 to 1000000" },
		{ GOOD "plan: {hang_seconds: 3601}\n",
		  "m.yaml:3: plan.hang_seconds: '3601' is not a number in range; "
		  "allowed: 1 to 3600" },
		{ GOOD "plan: {boots: 0}\n",
		  "m.yaml:3: plan.boots: '0' is not a number in range; allowed: 1 to 10000" },
		{ GOOD "plan: {samples: 0}\n",
		  "m.yaml:3: plan.samples: '0' is not a number in range; allowed: 1 to 1000000" },
		{ GOOD "plan: {target: 1, max_boots: 5}\n",
		  "m.yaml:3: plan.max_boots: '5' is not a number in range; allowed: 6 to 10000" },
		{ GOOD "plan: {max_boots: 12}\n",
		  "m.yaml:3: plan.max_boots: without a target the run ends after plan.boots; "
		  "add plan.target or take it out" },
		{ GOOD "plan: {target: 1%}\n", "m.yaml:3: plan.target: '1%' " WIDTH },
		{ GOOD "plan: {target: 1.0.0}\n", "m.yaml:3: plan.target: '1.0.0' " WIDTH },
		{ GOOD "plan: {target: 100.1}\n", "m.yaml:3: plan.target: '100.1' " WIDTH },
		{ GOOD "plan: {target: -1}\n", "m.yaml:3: plan.target: '-1' " WIDTH },
		{ GOOD "plan: {target: nan}\n", "m.yaml:3: plan.target: 'nan' " WIDTH },
		{ GOOD "plan: {target: .}\n", "m.yaml:3: plan.target: '.' " WIDTH },
		{ GOOD "plan: {target: }\n", "m.yaml:3: plan.target: '' " WIDTH },
		{ GOOD "seed: 0x10\n", "m.yaml:3: seed: '0x10' is not a number in range; "
		  "allowed: 0 to 9223372036854775807" },
		{ GOOD "seed: 9223372036854775808\n",
		  "m.yaml:3: seed: '9223372036854775808' is not a number in range; "
		  "allowed: 0 to 9223372036854775807" },
		{ GOOD "seed:\n", "m.yaml:3: seed: '' is not a number in range; "
		  "allowed: 0 to 9223372036854775807" },
		{ "name: x\nplan: {rounds: 1000000, warmup: 1000000, counting: 0}\n"
		  "axes: {strategy: [rfc], pages: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]}\n",
		  "m.yaml:2: plan: 22000000 samples a boot from 11 cells; "
		  "allowed: at most 20000000; lower rounds, samples, warmup, counting or "
		  "watching" },
	};

	(void)state;
	assert_all_refused(mistakes);
}

static void missing_parts(void **state)
{
	static const struct mistake mistakes[] = {
		{ "name: x\n", "m.yaml:1: axes: missing; add the axes that the matrix is the "
		  "product of" },
		{ "name: x\naxes: {}\n", "m.yaml:2: axes.strategy: missing; add it: "
		  "this axis has no fallback" },
		{ "name: x\naxes:\n  strategy: [rfc]\n", "m.yaml:2: axes.pages: missing; add it: "
		  "this axis has no fallback" },
		{ GOOD "include:\n  - {strategy: [rfc], pages: [1]}\n  - {strategy: [rfc]}\n",
		  "m.yaml:5: include[1].pages: missing; add it: this axis has no fallback" },
		{ "name: x\naxes:\n  strategy: [rfc]\n  pages: []\n",
		  "m.yaml:4: axes.pages: an empty list; give it a value or leave the key out" },
		{ GOOD "include: []\n",
		  "m.yaml:3: include: an empty list; give it an entry or leave the key out" },
		{ GOOD "exclude: []\n",
		  "m.yaml:3: exclude: an empty list; give it an entry or leave the key out" },
		{ GOOD "exclude: [{}]\n",
		  "m.yaml:3: exclude[0]: names no axis; name at least one" },
		{ GOOD "exclude: [{pages: []}]\n", "m.yaml:3: exclude[0].pages: an empty list; "
		  "give it a value or leave the key out" },
	};

	(void)state;
	assert_all_refused(mistakes);
}

/* The sentence is axis_parse()'s own; the place is ours. */
static void assert_value_refused(const char *text, const char *place, const char *axis,
				 const char *value)
{
	struct reason problem = { "" };
	char expected[512];
	struct axes axes;

	assert_true(axis_parse(axis_find(axis), value, &axes, &problem) < 0);
	snprintf(expected, sizeof(expected), "m.yaml:%s: %s", place, problem.text);
	assert_refused(text, NULL, expected);
}

static void values(void **state)
{
	(void)state;
	assert_value_refused("name: x\naxes:\n  strategy: [rfc]\n  pages:\n    - 1\n    - 0\n",
			     "6: axes.pages[1]", "pages", "0");
	assert_value_refused("name: x\naxes:\n  strategy: [rfc]\n  pages: [1, 4x]\n",
			     "4: axes.pages[1]", "pages", "4x");
	assert_value_refused("name: x\naxes:\n  strategy: [" A64 A64 "]\n  pages: [1, 4x]\n",
			     "3: axes.strategy[0]", "strategy", A64 A64);
	assert_value_refused(GOOD "include:\n  - strategy: [rfc]\n    pages: [1]\n"
			     "    access: [read, exec]\n",
			     "6: include[0].access[1]", "access", "exec");
	assert_value_refused(GOOD "exclude:\n  - {pages: [1]}\n  - {populated: [101]}\n",
			     "5: exclude[1].populated[0]", "populated", "101");
}

static void excludes(void **state)
{
	static const struct mistake mistakes[] = {
		{ GOOD "exclude:\n  - {pages: [1]}\n  - {pages: [3]}\n",
		  "m.yaml:5: exclude[1]: matches no cell; correct it or take it out" },
		/* each value is there, but in no cell together */
		{ GOOD "include: [{strategy: [gup], pages: [4]}]\n"
		  "exclude: [{strategy: [gup], pages: [1]}]\n",
		  "m.yaml:4: exclude[0]: matches no cell; correct it or take it out" },
		{ GOOD "exclude:\n  - strategy: [rfc]\n    pages: [2,\n            3]\n",
		  "m.yaml:6: exclude[0].pages[1]: matches no cell; correct it or take it out" },
		{ GOOD "exclude: [{pages: [1]}, {pages: [2]}]\n",
		  "m.yaml:3: exclude: leaves no cell; exclude less" },
	};

	(void)state;
	assert_all_refused(mistakes);
}

static void too_many_cells(void **state)
{
	static char text[MANY_SIZE];
	size_t used;

	(void)state;
	used = many_cells(text, 250, 400);
	sprintf(text + used, "include:\n  - {strategy: [c], pages: [1]}\n");
	assert_refused(text, NULL, "m.yaml:4: include[0]: too many cells; allowed: at most 100000 "
		       "in all, counted before exclude");
	many_cells(text, 251, 400);
	assert_refused(text, NULL, "m.yaml:2: axes: too many cells; allowed: at most 100000 "
		       "in all, counted before exclude");
}

static void too_large(void **state)
{
	static char text[(1 << 20) + 1];
	struct matrix matrix;
	struct reason why;

	(void)state;
	memset(text, '#', sizeof(text));
	assert_int_equal(matrix_from_bytes(text, sizeof(text), NULL, &matrix, &why),
			 -EFBIG);
	assert_string_equal(why.text, "m.yaml: cannot read: File too large; "
			    "name a matrix file that can be read");
}

static int refuse(const struct axes *axes, const struct axis **wrong, struct reason *why)
{
	*wrong = NULL;
	if (!strcmp(axes->strategy, "step:2") && axes->pages < 2)
		*wrong = axis_find("strategy");
	else if (!strcmp(axes->strategy, "plain") && axes->uffd == UFFD_MISSING)
		*wrong = axis_find("uffd");
	else if (strcmp(axes->strategy, "odd"))
		return 0;
	reason_set(why, "no");
	return -EINVAL;
}

/* A list in a list in a list ...: refused before it is read to its end. */
static void too_deep(void **state)
{
	static char text[200000] = "name: x\naxes: ";

	(void)state;
	memset(text + strlen(text), '[', sizeof(text) - strlen(text) - 1);
	assert_refused(text, NULL, "m.yaml:2: file: nested deeper than a matrix can be");
}

static void checked_cells(void **state)
{
	(void)state;
	assert_refused("name: x\naxes:\n  strategy:\n    - rfc\n    - step:2\n  pages: [1, 2]\n",
		       refuse, "m.yaml:5: axes.strategy[1]: no");
	assert_refused(GOOD "include:\n  - strategy: [rfc, plain]\n    pages: [8]\n"
		       "    uffd: [none,\n           missing]\n",
		       refuse, "m.yaml:7: include[0].uffd[1]: no");
	/* no axis to blame: the product */
	assert_refused(GOOD "include:\n  - {strategy: [odd], pages: [8]}\n", refuse,
		       "m.yaml:4: include[0]: no");
}

/* A fallback stands nowhere: the line is that of the product that left it out. */
static void checked_fallback(void **state)
{
	struct axes axes;

	(void)state;
	axes_defaults(&axes);
	if (axes.uffd != UFFD_MISSING)
		skip();
	assert_refused(GOOD "include:\n  - {strategy: [plain], pages: [8]}\n", refuse,
		       "m.yaml:4: include[0].uffd: no");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(unreadable),
		cmocka_unit_test(not_yaml),
		cmocka_unit_test(keys),
		cmocka_unit_test(not_seen),
		cmocka_unit_test(shapes),
		cmocka_unit_test(names),
		cmocka_unit_test(numbers),
		cmocka_unit_test(missing_parts),
		cmocka_unit_test(values),
		cmocka_unit_test(excludes),
		cmocka_unit_test(too_many_cells),
		cmocka_unit_test(too_large),
		cmocka_unit_test(too_deep),
		cmocka_unit_test(checked_cells),
		cmocka_unit_test(checked_fallback),
	};

	return cmocka_run_group_tests(tests, matrix_folder_make, matrix_folder_remove);
}
