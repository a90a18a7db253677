// SPDX-License-Identifier: GPL-3.0-or-later
#include "merge.h"

#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "record/folder.h"
#include "record/observed.h"
#include "record/record.h"
#include "record/run_info.h"
#include "report/data/boot_hash.h"
#include "report/data/lines.h"
#include "report/data/observations.h"
#include "report/write/array.h"

static const char *const merged[] = { FOLDER_SAMPLES, FOLDER_COUNTERS, FOLDER_LOG };
#define FILES	(sizeof(merged) / sizeof(*merged))
#define DMESG	2	/* no records: copied as it is */

/**
 * struct merge - a run on its way into another
 * @out:	the file that is written
 * @sound:	is a line a record of that file?
 * @first:	number of the run's boot 0 in it
 * @boots:	highest boot of the run + 1
 * @run:	index of the run, whose boots are put into @seen while nothing is written
 */
struct merge {
	FILE *out;
	int (*sound)(const char *line, struct reason *why);
	uint32_t first, boots;
	int run;
	struct boot_hashes seen;
};

static int sound_sample(const char *line, struct reason *why)
{
	struct boot_record boot;
	struct cell_record cell;
	struct sample sample;
	int kind = record_read(line, &sample, &cell, why);

	return kind == RECORD_BOOT ? record_read_boot(line, &boot, why) :
	       kind < 0 ? -EINVAL : 0;
}

static int sound_counter(const char *line, struct reason *why)
{
	struct observed observed;

	return observed_read(line, &observed, why);
}

/* Any record with a boot: its number changes, and nothing else. */
static int renumber(void *arg, const char *line, unsigned long number, struct reason *why)
{
	struct merge *m = arg;
	json_error_t error;
	json_int_t boot;
	json_t *o;
	int ret;

	(void)number;
	if (m->sound(line, why))
		return -EINVAL;
	o = json_loads(line, JSON_REJECT_DUPLICATES, &error);
	boot = json_integer_value(json_object_get(o, "boot"));
	if (!o || !json_is_integer(json_object_get(o, "boot")) || boot < 0 ||
	    boot >= UINT32_MAX - m->first) {
		json_decref(o);
		return reason_err(why, -EINVAL, "boot: is not a number that can go on from %u",
				  m->first);
	}
	if (boot >= m->boots)
		m->boots = boot + 1;
	if (!m->out) {
		boot_hashes_add(&m->seen, m->run, boot, o);
		json_decref(o);
		return 0;
	}
	json_object_set_new(o, "boot", json_integer(m->first + boot));
	ret = record_write_line(m->out, o);
	if (ret)
		reason_set(why, "cannot be written anew: %s", strerror(-ret));
	return ret;
}

/* The kernel's log has no lines that are cut off, and no numbers. */
static int copy(const char *folder, const char *name, FILE *out, struct reason *why)
{
	char path[PATH_MAX], buf[16384];
	FILE *in;
	size_t n;
	int ret = 0;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	in = fopen(path, "re");
	if (!in)
		return -errno;
	while (!ret && (n = fread(buf, 1, sizeof(buf), in)))
		ret = fwrite(buf, 1, n, out) == n ? 0 : -EIO;
	if (ferror(in))
		ret = -errno;
	fclose(in);
	if (ret)
		reason_set(why, "%s: cannot be copied: %s", path, strerror(-ret));
	return ret;
}

/* Do the runs agree on everything that a result depends on? */
static int agree(const char *const *folders, const struct run_info *infos, int count)
{
	char mine[256], other[256];
	const char *field;

	for (int i = 1; i < count; i++) {
		field = run_info_difference(&infos[0], &infos[i], mine, other, sizeof(mine));
		if (field) {
			err_msg("%s and %s are not runs of the same: %s is %s in the one and %s "
				"in the other", folders[0], folders[i], field, mine, other);
			return 0;
		}
	}
	return 1;
}

static int note_machine(void *arg, const char *line, unsigned long number, struct reason *why)
{
	struct observed observed;
	int ret = observed_read(line, &observed, why);

	(void)number;
	return ret ? ret : observations_one_machine(arg, &observed, why);
}

/* Are the files the same? One that is not there says nothing. */
static bool same_file(const char *a, const char *b)
{
	FILE *one = fopen(a, "re"), *other = fopen(b, "re");
	bool same = true;
	int c = 0;

	while (one && other && same && c != EOF) {
		c = getc(one);
		same = c == getc(other);
	}
	if (one)
		fclose(one);
	if (other)
		fclose(other);
	return same;
}

/* The machine that was modelled in a run; its name is empty when none was. */
struct model {
	const char *folder;
	char name[OBSERVED_NAME_MAX];
};

static int find_model(struct model *model)
{
	int cut_off = 0, ret;
	struct reason why;

	ret = lines_read(model->folder, FOLDER_COUNTERS, note_machine, model->name, &cut_off, &why);
	if (!ret || ret == -ENOENT)
		return 0;
	err_msg("%s", why.text);
	return ret;
}

/* Its counters name it, and a file has its numbers. */
static bool same_model(const struct model *a, const struct model *b)
{
	char paths[2][PATH_MAX];

	if (strcmp(a->name, b->name)) {
		err_msg("%s and %s are not runs of the same: the modelled machine is %s in the one and %s "
			"in the other", a->folder, b->folder, a->name, b->name);
		return false;
	}
	folder_file(paths[0], a->folder, FOLDER_MACHINE);
	folder_file(paths[1], b->folder, FOLDER_MACHINE);
	if (same_file(paths[0], paths[1]))
		return true;
	err_msg("%s and %s are not of the same machine: their numbers differ", paths[0], paths[1]);
	return false;
}

static int agree_on_model(const char *const *folders, int count)
{
	struct model first = { 0 };

	for (int i = 0; i < count; i++) {
		struct model next = { .folder = folders[i] };

		if (find_model(&next))
			return 0;
		if (!*first.name)
			first = next;
		else if (*next.name && !same_model(&first, &next))
			return 0;
	}
	return 1;
}

/* The numbers of the machine that was modelled, of the first run that has them. */
static int keep_model(const char *const *folders, int count, const char *out, struct reason *why)
{
	char path[PATH_MAX];
	int first = 0, ret;
	FILE *file;

	while (first < count && access(folder_file(path, folders[first], FOLDER_MACHINE), R_OK))
		first++;
	if (first == count)
		return 0;
	file = fopen(folder_file(path, out, FOLDER_MACHINE), "we");
	ret = file ? copy(folders[first], FOLDER_MACHINE, file, why) : -errno;
	if (file && fclose(file) && !ret)
		ret = -EIO;
	if (ret)
		reason_set(why, "%s: cannot be copied from %s: %s", path, folders[first],
			   strerror(-ret));
	return ret;
}

static int merge_file(const char *const *folders, int count, const char *out, size_t file,
		      const uint32_t *first, struct reason *why)
{
	char path[PATH_MAX];
	struct merge m = { .sound = file ? sound_counter : sound_sample };
	int cut_off = 0, ret = 0;

	snprintf(path, sizeof(path), "%s/%s", out, merged[file]);
	m.out = fopen(path, "we");
	if (!m.out) {
		reason_set(why, "%s: %s", path, strerror(errno));
		return -errno;
	}
	for (int i = 0; i < count && !ret; i++) {
		m.first = first[i];
		ret = file == DMESG ?
		      copy(folders[i], merged[file], m.out, why) :
		      lines_read(folders[i], merged[file], renumber, &m, &cut_off, why);
		if (ret == -ENOENT && file)	/* only samples there must be */
			ret = 0;
	}
	if (fclose(m.out) && !ret) {
		ret = -EIO;
		reason_set(why, "%s: cannot be written", path);
	}
	return ret;
}

/* run.json last: without it there is no run. */
static int write_run(const char *const *folders, const struct run_info *infos, int count,
		     const char *out, const uint32_t *first)
{
	char path[PATH_MAX];
	struct reason why;
	int ret = 0;

	if (mkdir(out, 0777)) {
		err_msg("%s: %s; --out wants a folder that is not there yet", out,
			strerror(errno));
		return EXIT_USAGE;
	}
	for (size_t i = 0; i < FILES && !ret; i++)
		ret = merge_file(folders, count, out, i, first, &why);
	if (!ret)
		ret = keep_model(folders, count, out, &why);
	folder_file(path, out, FOLDER_INFO);
	if (!ret) {
		ret = run_info_write(path, &infos[0]);
		if (ret)
			reason_set(&why, "%s: %s", path, strerror(-ret));
	}
	if (!ret)
		return EXIT_FINE;
	err_msg("%s", why.text);
	unlink(folder_file(path, out, FOLDER_MACHINE));
	folder_forget(out);
	return EXIT_UNKNOWN;
}

/* A boot that two runs have, one being a copy or merged of the other, would count twice. */
static int has_same_boots(const char *const *folders, struct boot_hashes *seen)
{
	const struct boot_hash *a, *b;

	if (!boot_hashes_same(seen, &a, &b))
		return 0;
	err_msg("boot %u of %s and boot %u of %s have the same samples: a copy, a run that was "
		"merged before, or the same boot on the insn clock, adds nothing", a->boot,
		folders[a->run], b->boot, folders[b->run]);
	return 1;
}

/* How many boots each run has: those of the next are numbered on. */
static int count_boots(const char *const *folders, int count, uint32_t *first)
{
	struct reason why;
	struct merge m = { .sound = sound_sample };
	int cut_off = 0, ret = 0;

	for (; m.run < count && !ret; m.run++) {
		first[m.run] = m.first;
		m.boots = 0;
		ret = lines_read(folders[m.run], merged[0], renumber, &m, &cut_off, &why);
		m.first += m.boots;
	}
	first[count] = m.first;
	if (ret)
		err_msg("%s", why.text);
	else
		ret = has_same_boots(folders, &m.seen);
	boot_hashes_free(&m.seen);
	return ret;
}

static int merge(const char *const *folders, const struct run_info *infos, int count,
		 const char *out, uint32_t *first)
{
	int status;

	if (!agree(folders, infos, count) || !agree_on_model(folders, count) ||
	    count_boots(folders, count, first))
		return EXIT_UNKNOWN;
	status = write_run(folders, infos, count, out, first);
	for (int i = 0; i < count && !status; i++)
		printf("%s: %u boots, from %u on\n", folders[i], first[i + 1] - first[i],
		       first[i]);
	return status;
}

/* What was planned of the first run is what was of all. */
static void add_plans(struct run_info *infos, int count)
{
	for (int i = 1; i < count && !infos[0].target; i++) {
		infos[0].target = infos[i].target;
		infos[i].target = NULL;
	}
	for (int i = 1; i < count && infos[0].boots != NOT_KNOWN; i++)
		infos[0].boots = infos[i].boots == NOT_KNOWN ? NOT_KNOWN :
				 infos[0].boots + infos[i].boots;
}

int merge_runs(const char *const *folders, int count, const char *out)
{
	struct run_info *infos = array_new(count, sizeof(*infos));
	uint32_t *first = array_new(count + 1, sizeof(*first));
	char path[PATH_MAX];
	struct reason why;
	int read = 0, status = EXIT_UNKNOWN;

	for (; read < count; read++) {
		folder_file(path, folders[read], FOLDER_INFO);
		if (run_info_read(path, &infos[read], &why)) {
			err_msg("%s", why.text);
			break;
		}
	}
	add_plans(infos, read);
	if (read == count)
		status = merge(folders, infos, count, out, first);
	while (read-- > 0)
		run_info_free(&infos[read]);
	free(infos);
	free(first);
	return status;
}
