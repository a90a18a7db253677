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

#include "../common/record.h"

static int take_cell(const struct cell_record *cell, const struct matrix *matrix,
		     char *done, char *why, size_t why_size)
{
	char theirs[AXES_KEY_MAX], ours[AXES_KEY_MAX] = "no cell";

	axes_key(&cell->axes, theirs, sizeof(theirs));
	if (cell->cell < matrix->count)
		axes_key(&matrix->cells[cell->cell], ours, sizeof(ours));
	if (strcmp(theirs, ours)) {
		snprintf(why, why_size, "cell %u is %.500s there and %.500s in the matrix; "
			 "resume with the matrix that the run began with",
			 cell->cell, theirs, ours);
		return -EINVAL;
	}
	done[cell->cell] = 1;
	return 0;
}

static int read_lines(FILE *in, const char *path, const struct matrix *matrix,
		      char *done, uint32_t *boot, char *why, size_t why_size)
{
	char reason[2 * AXES_KEY_MAX + RECORD_TEXT_MAX];
	struct cell_record cell;
	struct sample sample;
	unsigned long number = 0;
	size_t size = 0;
	char *line = NULL;
	int ret = 0;
	uint32_t at;
	ssize_t n;

	while (!ret && (n = getline(&line, &size, in)) > 0) {
		number++;
		if (line[n - 1] != '\n')	/* cut off while it was written */
			break;
		ret = record_read(line, &sample, &cell, reason, sizeof(reason));
		if (ret < 0)
			break;
		at = ret == RECORD_CELL ? cell.boot : sample.boot;
		if (at >= *boot)
			*boot = at + 1;
		ret = ret == RECORD_CELL ?
		      take_cell(&cell, matrix, done, reason, sizeof(reason)) : 0;
	}
	if (ret)
		snprintf(why, why_size, "%s:%lu: %s", path, number, reason);
	free(line);
	return ret;
}

int done_begun(const char *folder)
{
	char path[PATH_MAX];
	struct stat st;

	snprintf(path, sizeof(path), "%s/samples.jsonl", folder);
	/* A port of the host is no file: what it holds is not for us to see. */
	return !stat(path, &st) && S_ISREG(st.st_mode) && st.st_size;
}

int done_mend(const char *folder)
{
	char path[PATH_MAX], c;
	int fd, ret = 0;
	off_t end;

	snprintf(path, sizeof(path), "%s/samples.jsonl", folder);
	fd = open(path, O_RDWR | O_CLOEXEC);
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

int done_read(const char *folder, const struct matrix *matrix, char *done,
	      uint32_t *boot, char *why, size_t why_size)
{
	char path[PATH_MAX];
	FILE *in;
	int ret;

	*boot = 0;
	snprintf(path, sizeof(path), "%s/samples.jsonl", folder);
	in = fopen(path, "re");
	if (!in) {
		if (errno == ENOENT)
			return 0;
		ret = -errno;
		snprintf(why, why_size, "%s: %s", path, strerror(errno));
		return ret;
	}
	ret = read_lines(in, path, matrix, done, boot, why, why_size);
	fclose(in);
	return ret;
}
