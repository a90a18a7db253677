// SPDX-License-Identifier: GPL-2.0-or-later
/* Which build a kernel is, and which run a machine may go on with. */
#include <errno.h>

#include "matrix_text.h"

#include "record/run_info.h"
#include "run/runner/build_id.h"
#include "run/runner/machine.h"

#define MATRIX	"name: x\naxes: {strategy: [rfc, tried], pages: [1]}\n"

/* As /sys/kernel/notes of Linux 7.3 begins: a note without an id, and with padding. */
#define OTHER_NOTES	"\6\0\0\0\1\0\0\0\1\1\0\0" "Linux\0\0\0" "\0\0\0\0" \
			"\4\0\0\0\4\0\0\0\3\0\0\0" "Xen\0" "\1\2\3\4"
#define BUILD_ID	"\4\0\0\0\5\0\0\0\3\0\0\0" "GNU\0" "\x46\xea\xbf\x04\x0a\0\0\0"

static void expect_id(const void *notes, size_t size, const char *want)
{
	char *id = build_id_find(notes, size);

	if (want) {
		assert_non_null(id);
		assert_string_equal(id, want);
	} else {
		assert_null(id);
	}
	free(id);
}

static void notes(void **state)
{
	static const char some[] = OTHER_NOTES BUILD_ID, none[] = OTHER_NOTES;
	static const char endless[] = "\4\0\0\0\xff\xff\xff\xff\3\0\0\0" "GNU\0" "\1\2\3\4";
	static const char nameless[] = "\xff\xff\xff\xff\4\0\0\0\3\0\0\0" "GNU\0" "\1\2\3\4";

	(void)state;
	expect_id(some, sizeof(some) - 1, "46eabf040a");
	expect_id(BUILD_ID, sizeof(BUILD_ID) - 1, "46eabf040a");
	expect_id(none, sizeof(none) - 1, NULL);
	expect_id(endless, sizeof(endless) - 1, NULL);
	expect_id(nameless, sizeof(nameless) - 1, NULL);
	/* Cut off anywhere before the last byte of the id. */
	for (size_t i = 0; i < sizeof(some) - 4; i++)
		expect_id(some, i, NULL);
}

static void notes_file(void **state)
{
	static const char some[] = OTHER_NOTES BUILD_ID;
	FILE *out = fopen("notes", "we");
	char *id;

	(void)state;
	assert_non_null(out);
	assert_int_equal(fwrite(some, 1, sizeof(some) - 1, out), sizeof(some) - 1);
	assert_int_equal(fclose(out), 0);
	id = build_id_read("notes");
	assert_string_equal(id, "46eabf040a");
	free(id);
	unlink("notes");
	assert_null(build_id_read("notes"));
}

static const struct machine_facts facts = {
	.clock = &clock_wall,
	.accelerator = "kvm",
	.qemu = "7.2.22 -machine pc -m 4G -append 'quiet'",
	.kernel_name = "7.3-rt",
	.git = "v1",
	.boots = 3,
};

static int resume(const struct machine_facts *with, const struct matrix *matrix, struct reason *why)
{
	return machine_write(".", ".", with, matrix, why);
}

/* Is a run refused whose run.json has @value for the text at @offset? */
static void refused(const struct matrix *matrix, size_t offset, char *value, const char *want)
{
	struct run_info info;
	struct reason why = { "" };
	char **text, *kept;

	assert_int_equal(run_info_read("run.json", &info, &why), 0);
	text = (char **)((char *)&info + offset);
	kept = *text;
	*text = value;
	assert_int_equal(run_info_write("run.json", &info), 0);
	assert_int_equal(resume(&facts, matrix, &why), -EINVAL);
	if (!strstr(why.text, want))
		fail_msg("'%s' in '%s'", want, why.text);
	*text = kept;
	assert_int_equal(run_info_write("run.json", &info), 0);
	run_info_free(&info);
}

static void another_machine(void **state)
{
	struct machine_facts other = facts;
	struct matrix matrix;
	struct reason why = { "" };

	(void)state;
	matrix_good(MATRIX, &matrix);
	assert_int_equal(machine_write(".", NULL, &facts, &matrix, &why), 0);
	assert_int_equal(resume(&facts, &matrix, &why), 0);
	other.boots = 7;		/* --boots is the user's to change */
	assert_int_equal(resume(&other, &matrix, &why), 0);

	refused(&matrix, offsetof(struct run_info, kernel_build_id), (char []){ "0a0b" },
		"./run.json: the run was begun with another kernel_build_id, 0a0b and now ");
	refused(&matrix, offsetof(struct run_info, module_build_id), (char []){ "0c0d" },
		"another module_build_id, 0c0d and now not known; go on with that one, or "
		"begin a new run");
	refused(&matrix, offsetof(struct run_info, strategies_build_id), (char []){ "0e0f" },
		"another strategies_build_id, 0e0f and now not known;");
	refused(&matrix, offsetof(struct run_info, governor), (char []){ "none such" },
		"another governor, none such and now ");
	refused(&matrix, offsetof(struct run_info, git), (char []){ "v0" },
		"another git, v0 and now v1;");
	refused(&matrix, offsetof(struct run_info, kernel_name), (char []){ "7.2" },
		"another kernel_name, 7.2 and now 7.3-rt;");
	refused(&matrix, offsetof(struct run_info, kernel_name), NULL,
		"another kernel_name, not known and now 7.3-rt;");
	matrix.seed++;
	assert_int_equal(resume(&facts, &matrix, &why), -EINVAL);
	assert_non_null(strstr(why.text, "another seed, 1 and now 2;"));
	unlink("run.json");
	matrix_free(&matrix);
}

/* Of a long value what differs is shown, and a little of what stands before it. */
static void long_values(void **state)
{
	char same[400], x[500], y[500], mine[64], other[64];
	struct run_info a = { .qemu = x }, b = { .qemu = y };

	(void)state;
	memset(same, 'a', sizeof(same));
	memcpy(same + sizeof(same) - 10, " -m 4G -c", 10);
	snprintf(x, sizeof(x), "%spu old", same);
	snprintf(y, sizeof(y), "%spu new -x", same);
	assert_string_equal(run_info_difference(&a, &b, mine, other, sizeof(mine)), "qemu");
	assert_string_equal(mine, "... old");
	assert_string_equal(other, "... new -x");
	snprintf(y, sizeof(y), "%s", same);
	assert_string_equal(run_info_difference(&a, &b, mine, other, sizeof(mine)), "qemu");
	assert_string_equal(mine, "... -cpu old");
	assert_string_equal(other, "... -c");
	b.qemu = NULL;
	assert_string_equal(run_info_difference(&a, &b, mine, other, sizeof(mine)), "qemu");
	assert_string_equal(other, "not known");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(notes),
		cmocka_unit_test(notes_file),
		cmocka_unit_test(another_machine),
		cmocka_unit_test(long_values),
	};

	return cmocka_run_group_tests(tests, matrix_folder_make, matrix_folder_remove);
}
