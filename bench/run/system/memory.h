/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How much memory this process may have. */
#ifndef HMMBENCH_SYSTEM_MEMORY_H
#define HMMBENCH_SYSTEM_MEMORY_H

#include <stdint.h>

/**
 * struct memory_room - what there is, at most
 * @bytes: UINT64_MAX where nobody says
 * @from: whose word it is: the file
 */
struct memory_room {
	uint64_t bytes;
	char from[512];
};

/**
 * memory_room() - the least of MemAvailable and of what each cgroup above has left
 * @root: in front of /proc and /sys: "" but for tests
 *
 * A group has left its memory.max less its memory.current, of which inactive_file does not
 * count: the kernel takes it back. Not looked at: memory.high, beyond which a group becomes slow
 * and is not killed; swap; groups of cgroup v1; and groups outside of a container's own.
 */
void memory_room(const char *root, struct memory_room *room);

#endif
