// SPDX-License-Identifier: GPL-2.0-or-later
#include "done.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "record/folder.h"
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

static int add_closure(struct done *done, uint64_t closure)
{
	size_t n = done->n_closures;
	uint64_t *bigger = done->closures;

	if (!(n & (n - 1)))	/* doubles at each power of two */
		bigger = reallocarray(bigger, n ? 2 * n : 1, sizeof(*bigger));
	if (!bigger)
		return -ENOMEM;
	done->closures = bigger;
	done->closures[done->n_closures++] = closure;
	return 0;
}

/* A boot counts once for a cell, however often a line says that it closed it. */
static void count_boots(struct done *done, size_t cells)
{
	size_t kept = 0;

	if (done->n_closures)
		qsort(done->closures, done->n_closures, sizeof(*done->closures),
		      compare_closures);
	for (size_t i = 0; i < done->n_closures; i++) {
		if (kept && done->closures[kept - 1] == done->closures[i])
			continue;
		done->closures[kept++] = done->closures[i];
		done->closed[done->closures[i] >> 32]++;
	}
	done->n_closures = kept;
	done->finished = done->closed[0];
	for (size_t i = 1; i < cells; i++)
		if (done->closed[i] < done->finished)
			done->finished = done->closed[i];
}

static int take_cell(const struct cell_record *cell, const struct matrix *matrix,
		     struct done *done, struct reason *why)
{
	char theirs[AXES_KEY_MAX], ours[AXES_KEY_MAX] = "no cell";

	axes_key(&cell->axes, theirs, sizeof(theirs));
	if (cell->cell < matrix->count)
		axes_key(&matrix->cells[cell->cell], ours, sizeof(ours));
	if (strcmp(theirs, ours)) {
		reason_set(why, "cell %u is %.500s there and %.500s in the matrix; "
			   "resume with the matrix that the run began with",
			   cell->cell, theirs, ours);
		return -EINVAL;
	}
	if (add_closure(done, closure_of(cell->cell, cell->boot))) {
		reason_set(why, "out of memory");
		return -ENOMEM;
	}
	return 0;
}

static int take_line(const char *line, const struct matrix *matrix, struct done *done,
		     struct reason *why)
{
	struct sample sample = { 0 };
	struct cell_record cell = { 0 };
	struct boot_record boot = { 0 };
	int kind = record_read(line, &sample, &cell, why);

	if (kind < 0 || (kind == RECORD_BOOT && record_read_boot(line, &boot, why)))
		return -EINVAL;
	if (kind == RECORD_CELL && take_cell(&cell, matrix, done, why))
		return -EINVAL;
	boot.boot |= sample.boot | cell.boot;	/* two of the three are 0 */
	if (boot.boot >= done->next)
		done->next = boot.boot + 1;
	return 0;
}

static int read_lines(FILE *in, const char *path, const struct matrix *matrix,
		      struct done *done, struct reason *why)
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
		ret = take_line(line, matrix, done, &reason);
	}
	if (ret)
		reason_set(why, "%s:%lu: %s", path, number, reason.text);
	free(line);
	return ret;
}

int done_begun(const char *folder)
{
	char path[PATH_MAX];
	struct stat st;

	folder_file(path, folder, FOLDER_SAMPLES);
	/* A port of the host is no file: what it holds is not for us to see. */
	return !stat(path, &st) && S_ISREG(st.st_mode) && st.st_size;
}

int done_mend(const char *folder)
{
	char path[PATH_MAX], c;
	int fd, ret = 0;
	off_t end;

	fd = open(folder_file(path, folder, FOLDER_SAMPLES), O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return errno == ENOENT ? 0 : -1;
	end = lseek(fd, 0, SEEK_END);
	while (end > 0 && pread(fd, &c, 1, end - 1) == 1 && c != '\n')
		end--;
	if (end < 0 || ftruncate(fd, end))
		ret = -1;
	close(fd);
	return ret;
}

static int read_folder(const char *folder, const struct matrix *matrix, struct done *done,
		       struct reason *why)
{
	char path[PATH_MAX];
	FILE *in;
	int ret;

	in = fopen(folder_file(path, folder, FOLDER_SAMPLES), "re");
	if (!in) {
		if (errno == ENOENT)
			return 0;
		ret = -errno;
		reason_set(why, "%s: %s", path, strerror(errno));
		return ret;
	}
	ret = read_lines(in, path, matrix, done, why);
	fclose(in);
	return ret;
}

int done_read(const char *folder, const struct matrix *matrix, struct done *done,
	      struct reason *why)
{
	int ret = 0;

	*done = (struct done){ .closed = calloc(matrix->count, sizeof(*done->closed)) };
	if (!done->closed) {
		reason_set(why, "out of memory for %zu cells", matrix->count);
		return -ENOMEM;
	}
	if (folder)
		ret = read_folder(folder, matrix, done, why);
	if (ret) {
		done_free(done);
		return ret;
	}
	count_boots(done, matrix->count);
	return 0;
}

void done_free(struct done *done)
{
	free(done->closed);
	free(done->closures);
	*done = (struct done){ 0 };
}

bool done_cell(const struct done *done, uint32_t cell, uint32_t boots)
{
	return done->finished >= boots || done->closed[cell] > done->finished;
}

bool done_closed(const struct done *done, uint32_t cell, uint32_t boot)
{
	uint64_t closure = closure_of(cell, boot);

	return done->n_closures && bsearch(&closure, done->closures, done->n_closures,
					   sizeof(closure), compare_closures);
}
