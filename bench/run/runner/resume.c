// SPDX-License-Identifier: GPL-2.0-or-later
#include "resume.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "record/folder.h"
#include "record/observed.h"
#include "record/record.h"

/* As one number: the boots of a cell stand in a row. */
static uint64_t closure_of(uint32_t cell, uint32_t boot)
{
	return (uint64_t)cell << 32 | boot;
}

static int compare_closures(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static int add_closure(struct resume *found, uint64_t closure)
{
	size_t n = found->n_closures;
	uint64_t *bigger = found->closures;

	if (!(n & (n - 1)))	/* doubles at each power of two */
		bigger = reallocarray(bigger, n ? 2 * n : 1, sizeof(*bigger));
	if (!bigger)
		return -ENOMEM;
	found->closures = bigger;
	found->closures[found->n_closures++] = closure;
	return 0;
}

/* A boot counts once for a cell, however often a line says that it closed it. */
static void count_boots(struct resume *found, size_t cells)
{
	size_t kept = 0;

	if (found->n_closures)
		qsort(found->closures, found->n_closures, sizeof(*found->closures),
		      compare_closures);
	for (size_t i = 0; i < found->n_closures; i++) {
		if (kept && found->closures[kept - 1] == found->closures[i])
			continue;
		found->closures[kept++] = found->closures[i];
		found->closed[found->closures[i] >> 32]++;
	}
	found->n_closures = kept;
	found->finished = found->closed[0];
	for (size_t i = 1; i < cells; i++)
		if (found->closed[i] < found->finished)
			found->finished = found->closed[i];
}

static int take_cell(const struct cell_record *cell, const struct matrix *matrix,
		     struct resume *found, struct reason *why)
{
	char theirs[AXES_KEY_MAX], ours[AXES_KEY_MAX] = "no cell";

	axes_key(&cell->axes, theirs, sizeof(theirs));
	if (cell->cell < matrix->count)
		axes_key(&matrix->cells[cell->cell], ours, sizeof(ours));
	if (strcmp(theirs, ours))
		return reason_err(why, -EINVAL, "cell %u is %.500s there and %.500s in the matrix; "
				  "resume with the matrix that the run began with", cell->cell,
				  theirs, ours);
	if (add_closure(found, closure_of(cell->cell, cell->boot)))
		return reason_err(why, -ENOMEM, "out of memory");
	return 0;
}

static int take_line(const char *line, const struct matrix *matrix, struct resume *found,
		     struct reason *why)
{
	struct sample sample = { 0 };
	struct cell_record cell = { 0 };
	struct boot_record boot = { 0 };
	int kind = record_read(line, &sample, &cell, why);

	if (kind < 0 || (kind == RECORD_BOOT && record_read_boot(line, &boot, why)))
		return -EINVAL;
	if (kind == RECORD_CELL && take_cell(&cell, matrix, found, why))
		return -EINVAL;
	boot.boot |= sample.boot | cell.boot;	/* two of the three are 0 */
	if (boot.boot >= UINT32_MAX - SHARDS_MAX)
		return reason_err(why, -EINVAL, "boot: no number comes after %u; restore the file, or "
				  "begin a new run", boot.boot);
	if (boot.boot >= found->next)
		found->next = boot.boot + 1;
	return 0;
}

static int read_lines(FILE *in, const char *path, const struct matrix *matrix,
		      struct resume *found, struct reason *why)
{
	struct reason reason;
	unsigned long number = 0;
	size_t size = 0;
	char *line = NULL;
	int ret = 0;
	ssize_t n;

	while (!ret && (n = getline(&line, &size, in)) > 0) {
		number++;
		if (line[n - 1] != '\n')	/* cut off while it was written */
			break;
		ret = take_line(line, matrix, found, &reason);
	}
	if (ret)
		reason_set(why, "%s:%lu: %s", path, number, reason.text);
	else if (ferror(in))	/* or what is measured would be measured again */
		ret = reason_err(why, -EIO, "%s: cannot be read after line %lu; is it a file, and "
				 "the disk sound?", path, number);
	free(line);
	return ret;
}

int resume_begun(const char *folder)
{
	char path[PATH_MAX];
	struct stat st;

	folder_file(path, folder, FOLDER_SAMPLES);
	/* A port of the host is no file: what it holds is not for us to see. */
	return !stat(path, &st) && S_ISREG(st.st_mode) && st.st_size;
}

/* Up to the first NUL, of @lines up to the last that is whole. Or -EIO. */
static off_t good_size(FILE *in, bool lines)
{
	off_t size = 0, at = 0;
	int c;

	while ((c = getc_unlocked(in)) > 0) {
		at++;
		if (c == '\n' || !lines)
			size = at;
	}
	return ferror(in) ? -EIO : size;
}

static int cut_off(FILE *file, bool lines)
{
	off_t good = good_size(file, lines);
	struct stat st;

	if (good < 0)
		return good;
	if (fstat(fileno(file), &st) || (good < st.st_size && ftruncate(fileno(file), good)))
		return -errno;
	return 0;
}

static int mend_file(const char *path, bool lines)
{
	FILE *file = fopen(path, "r+e");
	int ret;

	if (!file)
		return errno == ENOENT ? 0 : -errno;
	ret = cut_off(file, lines);
	fclose(file);
	return ret;
}

int resume_mend(const char *folder, struct reason *why)
{
	static const char *const files[] = {
		FOLDER_INFO, FOLDER_SAMPLES, FOLDER_COUNTERS, FOLDER_LOG
	};
	char path[PATH_MAX];
	int ret;

	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		ret = mend_file(folder_file(path, folder, files[i]),
				strcmp(files[i], FOLDER_INFO));
		if (ret)
			return reason_err(why, ret, "%s: cannot be mended: %s", path,
					  strerror(-ret));
	}
	return 0;
}

/* Lines of @in that are of a cell that its boot closed. Return: 0 or -errno. */
static int copy_closed(FILE *in, FILE *out, const struct resume *found)
{
	struct reason why;
	struct observed o;
	size_t size = 0;
	char *line = NULL;
	int ret = 0;

	while (!ret && getline(&line, &size, in) > 0)
		if (observed_read(line, &o, &why) || resume_closed(found, o.cell, o.boot))
			ret = fputs(line, out) < 0 ? -errno : 0;
	free(line);
	if (!ret && ferror(in))
		ret = -EIO;
	if (!ret)
		ret = fflush(out) ? -errno : record_sync(out);
	return ret;
}

int resume_drop_open(const char *folder, const struct resume *found, struct reason *why)
{
	char path[PATH_MAX], temporary[PATH_MAX];
	FILE *in, *out;
	int ret;

	in = fopen(folder_file(path, folder, FOLDER_COUNTERS), "re");
	if (!in && errno == ENOENT)
		return 0;
	if (!in)
		return reason_err(why, -errno, "%s: cannot be mended: %s", path, strerror(errno));
	out = fopen(folder_file(temporary, folder, FOLDER_COUNTERS ".new"), "we");
	ret = out ? copy_closed(in, out, found) : -errno;
	fclose(in);
	if (out)
		fclose(out);
	if (!ret && rename(temporary, path))
		ret = -errno;
	if (!ret)
		return 0;
	unlink(temporary);
	return reason_err(why, ret, "%s: cannot be mended: %s", path, strerror(-ret));
}

static int read_folder(const char *folder, const struct matrix *matrix, struct resume *found,
		       struct reason *why)
{
	char path[PATH_MAX];
	FILE *in;
	int ret;

	in = fopen(folder_file(path, folder, FOLDER_SAMPLES), "re");
	if (!in) {
		/* Nothing is measured yet. */
		if (errno == ENOENT && !access(folder, F_OK))
			return 0;
		ret = -errno;
		reason_set(why, "%s: %s; is that a run folder?", path, strerror(errno));
		return ret;
	}
	ret = read_lines(in, path, matrix, found, why);
	fclose(in);
	return ret;
}

int resume_read(const char *folder, const struct matrix *matrix, struct resume *found,
	      struct reason *why)
{
	int ret = 0;

	*found = (struct resume){ .closed = calloc(matrix->count, sizeof(*found->closed)) };
	if (!found->closed)
		return reason_err(why, -ENOMEM, "out of memory for %zu cells", matrix->count);
	if (folder)
		ret = read_folder(folder, matrix, found, why);
	if (ret) {
		resume_free(found);
		return ret;
	}
	count_boots(found, matrix->count);
	return 0;
}

void resume_free(struct resume *found)
{
	free(found->closed);
	free(found->closures);
	*found = (struct resume){ 0 };
}

bool resume_skips(const struct resume *found, uint32_t cell, uint32_t boots)
{
	return found->finished >= boots || found->closed[cell] > found->finished;
}

bool resume_closed(const struct resume *found, uint32_t cell, uint32_t boot)
{
	uint64_t closure = closure_of(cell, boot);

	return found->n_closures && bsearch(&closure, found->closures, found->n_closures,
					   sizeof(closure), compare_closures);
}
