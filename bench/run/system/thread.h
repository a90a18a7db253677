/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Threads bound to a core, that can be stopped while they wait. */
#ifndef HMMBENCH_THREAD_H
#define HMMBENCH_THREAD_H

#include <pthread.h>
#include <stdatomic.h>

/**
 * thread_start() - start a thread
 * @cpu: to bind it to, or -1
 * Return: 0 or -errno.
 */
int thread_start(pthread_t *thread, int cpu, void *(*run)(void *arg), void *arg);

/** thread_stop() - set @stop, interrupt what the thread waits in, join it. */
void thread_stop(pthread_t thread, atomic_bool *stop);

#endif
