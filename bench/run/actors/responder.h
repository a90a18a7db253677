/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The threads that resolve userfaultfd events. */
#ifndef HMMBENCH_RESPONDER_H
#define HMMBENCH_RESPONDER_H

#include <stdbool.h>
#include <sys/types.h>

#include "run/memory/range.h"
#include "delay.h"

struct responder;

/**
 * struct responder_setup - what a responder is like, until it is stopped
 * @threads:	1 .. AXIS_THREADS_MAX
 * @cpus:	to bind each thread to; NULL for anywhere
 * @wait:	how they wait; an enum responder_wait
 * @uffd:	mode that its descriptor is for; an enum uffd_mode
 * @topology:	of this machine, with @source_node; NULL for any memory
 * @source_node: node of the memory that pages are copied from
 */
struct responder_setup {
	unsigned int threads;
	const int *cpus;
	uint64_t wait;
	uint64_t uffd;
	const struct topology *topology;
	int source_node;
};

/**
 * responder_start() - open a userfaultfd and start the threads that serve it
 * Return: 0 or -errno.
 */
int responder_start(struct responder **responder,
		    const struct responder_setup *setup);
void responder_stop(struct responder *responder);

/**
 * responder_register() - register a range and resolve its faults from now on
 * @delay:	that the page source takes
 * @shared: others may resolve or throw away pages meanwhile
 *
 * As axes->uffd says: a copy, a page of the page cache, an end of write
 * protection, or a page moved there. Each message is answered by the pages of
 * the aligned group of range_group() that it falls in, after @delay.
 * Return: 0 or -errno: what the kernel says of such a range.
 */
int responder_register(struct responder *responder, const struct range *range,
		       const struct delay *delay, bool shared);
int responder_unregister(struct responder *responder);

/** responder_asked() - name of the last ioctl of responder_register(): what failed. */
const char *responder_asked(const struct responder *responder);

/** responder_messages() - messages resolved since responder_register(). */
uint64_t responder_messages(const struct responder *responder);

/** responder_error() - first errno that an ioctl or read gave, else 0. */
int responder_error(const struct responder *responder);

/** responder_moved() - did a thread run on another CPU than its own? */
bool responder_moved(const struct responder *responder);

/** responder_tids() - thread ids, one a thread. */
const pid_t *responder_tids(const struct responder *responder);

#endif
