// SPDX-License-Identifier: GPL-2.0-or-later
#include "folder.h"

#include <stdio.h>
#include <unistd.h>

char *folder_file(char path[PATH_MAX], const char *folder, const char *name)
{
	snprintf(path, PATH_MAX, "%s/%s", folder, name);
	return path;
}

void folder_forget(const char *folder)
{
	static const char *const files[] = {
		FOLDER_INFO, FOLDER_SAMPLES, FOLDER_COUNTERS, FOLDER_LOG,
	};
	char path[PATH_MAX];

	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++)
		unlink(folder_file(path, folder, files[i]));
	rmdir(folder);
}
