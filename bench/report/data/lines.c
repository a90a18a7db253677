// SPDX-License-Identifier: GPL-3.0-or-later
#include "lines.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "record/folder.h"
#include "record/record.h"

static int read_open(FILE *in, const char *path, lines_fn take, void *arg, int *cut_off,
		     struct reason *why)
{
	struct reason reason;
	char *line = NULL;
	unsigned long number = 0;
	size_t size = 0;
	int ret = 0;
	ssize_t n;

	while (!ret && (n = getline(&line, &size, in)) > 0) {
		number++;
		if (line[n - 1] != '\n') {
			*cut_off = 1;
			break;
		}
		ret = take(arg, line, number, &reason);
	}
	if (ret) {
		reason_set(why, "%s:%lu: %s%s", path, number, reason.text,
			   ret == -EINVAL || ret == -ERANGE || ret == -EEXIST ?
			   "; restore the file, or measure again" : "");
	} else if (ferror(in)) {	/* or half a run would pass for a whole one */
		ret = -EIO;
		reason_set(why, "%s: cannot be read after line %lu; is it a "
			   "file, and the disk sound?", path, number);
	}
	free(line);
	return ret;
}

int lines_read(const char *folder, const char *name, lines_fn take, void *arg,
	       int *cut_off, struct reason *why)
{
	char path[PATH_MAX];
	FILE *in;
	int ret;

	in = fopen(folder_file(path, folder, name), "re");
	if (!in) {
		ret = -errno;
		reason_set(why, "%s: %s%s", path, strerror(errno), folder_advice(errno));
		return ret;
	}
	ret = read_open(in, path, take, arg, cut_off, why);
	fclose(in);
	return ret;
}
