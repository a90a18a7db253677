// SPDX-License-Identifier: GPL-2.0-or-later
#include "folder.h"

#include <stdio.h>

char *folder_file(char path[PATH_MAX], const char *folder, const char *name)
{
	snprintf(path, PATH_MAX, "%s/%s", folder, name);
	return path;
}
