// SPDX-License-Identifier: GPL-3.0-or-later
#include "whole_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/err.h"

void whole_lock(const char *folder)
{
	static int fd = -1;

	if (fd < 0)
		fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0)
		flock(fd, LOCK_EX);
}

static FILE *failed(const struct whole *w, int err)
{
	err_msg("%s: %s", w->path, strerror(err));
	return NULL;
}

FILE *whole_begin(struct whole *w, const char *folder, const char *name)
{
	char temporary[PATH_MAX];

	whole_lock(folder);
	snprintf(w->path, sizeof(w->path), "%s/%s", folder, name);
	snprintf(temporary, sizeof(temporary), "%s.new", w->path);
	w->out = fopen(temporary, "we");
	return w->out ? w->out : failed(w, errno);
}

int whole_settle(const char *path, bool keep)
{
	char temporary[PATH_MAX];
	int ret;

	snprintf(temporary, sizeof(temporary), "%s.new", path);
	if (keep && !rename(temporary, path))
		return 0;
	ret = keep ? -errno : 0;
	unlink(temporary);
	return ret;
}

int whole_end(struct whole *w, bool good)
{
	int err = ferror(w->out) ? EIO : 0, ret;

	if (fclose(w->out) && !err)
		err = errno;
	ret = whole_settle(w->path, good && !err);
	err = ret ? -ret : err;
	if (err)
		failed(w, err);
	return good && !err ? EXIT_FINE : EXIT_UNKNOWN;
}
