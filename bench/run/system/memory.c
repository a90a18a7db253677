// SPDX-License-Identifier: GPL-2.0-or-later
#include "memory.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernel.h"

#define CGROUP	"/sys/fs/cgroup"

static void at_most(struct memory_room *room, uint64_t bytes, const char *from)
{
	if (bytes >= room->bytes)
		return;
	room->bytes = bytes;
	snprintf(room->from, sizeof(room->from), "%s", from);
}

static void read_meminfo(const char *root, struct memory_room *room)
{
	char path[PATH_MAX], *line = NULL;
	unsigned long long kib;
	size_t size = 0;
	FILE *in;

	snprintf(path, sizeof(path), "%s/proc/meminfo", root);
	in = fopen(path, "re");
	while (in && getline(&line, &size, in) > 0)
		if (sscanf(line, "MemAvailable: %llu kB", &kib) == 1)
			at_most(room, kib * 1024, "MemAvailable of /proc/meminfo");
	free(line);
	if (in)
		fclose(in);
}

/* The folder of the cgroup under CGROUP, "" for the root: the line "0::/PATH". */
static char *read_cgroup(const char *root)
{
	char path[PATH_MAX], *line = NULL, *group = NULL;
	size_t size = 0;
	FILE *in;

	snprintf(path, sizeof(path), "%s/proc/self/cgroup", root);
	in = fopen(path, "re");
	while (in && !group && getline(&line, &size, in) > 0) {
		line[strcspn(line, "\n")] = 0;
		if (!strncmp(line, "0::/", 4))
			group = strdup(line + (line[4] ? 3 : 4));
	}
	free(line);
	if (in)
		fclose(in);
	return group;
}

static void read_limit(const char *root, const char *group, struct memory_room *room)
{
	char path[PATH_MAX], *line, *end;
	uint64_t bytes;

	snprintf(path, sizeof(path), "%s" CGROUP "%s/memory.max", root, group);
	line = kernel_read_line(path);
	bytes = line ? strtoull(line, &end, 10) : 0;
	/* "max" is no limit */
	if (line && end != line)
		at_most(room, bytes, path + strlen(root));
	free(line);
}

void memory_room(const char *root, struct memory_room *room)
{
	char *group = read_cgroup(root), *up = group;

	*room = (struct memory_room){ .bytes = UINT64_MAX };
	read_meminfo(root, room);
	while (up) {
		read_limit(root, group, room);
		up = strrchr(group, '/');
		if (up)
			*up = 0;
	}
	free(group);
}
