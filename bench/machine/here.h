/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The caches of the machine that this runs on, to be modelled as those of another are. */
#ifndef HMMBENCH_HERE_H
#define HMMBENCH_HERE_H

#include "base/reason.h"
#include "caches.h"

#define HERE_CACHES	"/sys/devices/system/cpu/cpu0/cache"
#define HERE_NODES	"/sys/devices/system/node/has_cpu"

/**
 * here_read() - level 1, level 2 and the last one beyond, of data, as lscpu -C shows them, and
 *	a socket for each node with processors
 * @root: a folder as HERE_CACHES is
 * @nodes: a file as HERE_NODES is; a kernel that has none knows of one node
 * Return: 0, or -EINVAL with what cannot be modelled in @why.
 */
int here_read(const char *root, const char *nodes, struct machine *machine, struct reason *why);

#endif
