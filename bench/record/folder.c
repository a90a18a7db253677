// SPDX-License-Identifier: GPL-2.0-or-later
#include "folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

char *folder_file(char path[PATH_MAX], const char *folder, const char *name)
{
	snprintf(path, PATH_MAX, "%s/%s", folder, name);
	return path;
}

const char *folder_advice(int err)
{
	switch (err) {
	case ENOENT:
	case ENOTDIR:
		return "; is that a run folder?";
	case EACCES:
		return "; run as its owner, or have that one chmod -R a+rX the folder";
	default:
		return "";
	}
}

bool folder_same(const char *a, const char *b)
{
	struct stat x, y;

	if (!strcmp(a, b))
		return true;
	return !stat(a, &x) && !stat(b, &y) && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}

static const char *const files[FOLDER_FILES] = {
	FOLDER_INFO, FOLDER_SAMPLES, FOLDER_COUNTERS, FOLDER_LOG
};

int folder_claim(const char *folder, bool resumed, struct folder_claim *claim)
{
	char path[PATH_MAX];
	struct stat st;
	int fd;

	claim->made = !resumed && !mkdir(folder, 0777);
	if (!resumed && !claim->made && errno != EEXIST)
		return -errno;
	for (size_t i = 0; i < FOLDER_FILES; i++)
		claim->had[i] = !lstat(folder_file(path, folder, files[i]), &st);
	folder_file(path, folder, FOLDER_INFO);
	/* A port of the host's opens once, and the guest has it for itself. */
	if (!stat(path, &st) && !S_ISREG(st.st_mode))
		return 0;
	fd = open(path, O_RDWR | O_CLOEXEC | (resumed ? 0 : O_CREAT), 0666);
	if (fd < 0 && resumed)
		return 0;	/* whoever reads it says what is wrong with it */
	return fd < 0 || flock(fd, LOCK_EX | LOCK_NB) ? -errno : 0;
}

void folder_unclaim(const char *folder, const struct folder_claim *claim)
{
	char path[PATH_MAX];
	struct stat st;

	for (size_t i = 0; i < FOLDER_FILES; i++) {
		folder_file(path, folder, files[i]);
		if (!claim->had[i] && !lstat(path, &st) && (!i || !st.st_size))
			unlink(path);
	}
	if (claim->made)
		rmdir(folder);
}

void folder_forget(const char *folder)
{
	char path[PATH_MAX];

	for (size_t i = 0; i < FOLDER_FILES; i++)
		unlink(folder_file(path, folder, files[i]));
	rmdir(folder);
}
