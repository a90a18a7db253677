// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

char *kernel_read_line(const char *path)
{
	FILE *in = fopen(path, "re");
	char *line = NULL;
	size_t size = 0;

	if (!in)
		return NULL;
	if (getline(&line, &size, in) < 0) {
		free(line);
		line = NULL;
	} else {
		line[strcspn(line, "\n")] = 0;
	}
	fclose(in);
	return line;
}

bool kernel_from(unsigned int major, unsigned int minor)
{
	unsigned int x = 0, y = 0;
	struct utsname uts;

	uname(&uts);
	sscanf(uts.release, "%u.%u", &x, &y);
	return x > major || (x == major && y >= minor);
}

size_t base_page_size(void)
{
	static size_t size;

	if (!size)
		size = sysconf(_SC_PAGESIZE);
	return size;
}
