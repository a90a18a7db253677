/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The threads that resolve userfaultfd events. */
#ifndef HMMBENCH_RESPONDER_H
#define HMMBENCH_RESPONDER_H

#include <sys/types.h>

#include "backing.h"

struct responder;

/**
 * responder_start() - open a userfaultfd and start a thread that serves it
 * @cpu: to bind the thread to, or -1
 * Return: 0 or -errno.
 */
int responder_start(struct responder **responder, int cpu);
void responder_stop(struct responder *responder);

/**
 * responder_watch() - register a range and resolve its missing pages from now on
 *
 * Each message is answered by the pages of the aligned group of axes->batch
 * that it falls in, one UFFDIO_COPY where none of them is there yet.
 * Return: 0 or -errno.
 */
int responder_watch(struct responder *responder, const struct range *range);
int responder_unwatch(struct responder *responder);

/** responder_messages() - messages resolved since responder_watch(). */
uint64_t responder_messages(const struct responder *responder);

/** responder_error() - first errno that an ioctl or read gave, else 0. */
int responder_error(const struct responder *responder);

#endif
