// SPDX-License-Identifier: GPL-2.0-or-later
#include "memory.h"

#include <limits.h>
#include <stdbool.h>
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
	snprintf(room->from, sizeof(room->from), "%.500s", from);
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

/* A file of a group that is one number. False where there is none: "max" is no limit. */
static bool read_bytes(const char *path, uint64_t *bytes)
{
	char *line = kernel_read_line(path), *end = line;

	if (line)
		*bytes = strtoull(line, &end, 10);
	free(line);
	return end != line;
}

/* Of what a group has: pages of files that nobody uses, which the kernel takes back first. */
static uint64_t read_inactive(const char *folder)
{
	char path[PATH_MAX], *line = NULL;
	unsigned long long bytes = 0;
	size_t size = 0;
	FILE *in;

	snprintf(path, sizeof(path), "%s/memory.stat", folder);
	in = fopen(path, "re");
	while (in && getline(&line, &size, in) > 0 &&
	       sscanf(line, "inactive_file %llu", &bytes) != 1)
		;
	free(line);
	if (in)
		fclose(in);
	return bytes;
}

static void read_group(const char *root, const char *group, struct memory_room *room)
{
	uint64_t limit = 0, used = 0, inactive;
	char folder[PATH_MAX - 16], path[PATH_MAX];

	snprintf(folder, sizeof(folder), "%s" CGROUP "%s", root, group);
	snprintf(path, sizeof(path), "%s/memory.max", folder);
	if (!read_bytes(path, &limit))
		return;
	snprintf(path, sizeof(path), "%s/memory.current", folder);
	read_bytes(path, &used);
	inactive = read_inactive(folder);
	used -= inactive < used ? inactive : used;
	snprintf(path, sizeof(path), "%s/memory.max", folder + strlen(root));
	at_most(room, used < limit ? limit - used : 0, path);
}

void memory_room(const char *root, struct memory_room *room)
{
	char *group = read_cgroup(root), *up = group;

	*room = (struct memory_room){ .bytes = UINT64_MAX };
	read_meminfo(root, room);
	while (up) {
		read_group(root, group, room);
		up = strrchr(group, '/');
		if (up)
			*up = 0;
	}
	free(group);
}
