// SPDX-License-Identifier: GPL-2.0-or-later
#include "thread.h"

#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <time.h>

#define STOP_SIGNAL	SIGUSR1
#define STOP_AGAIN_NS	10000000

static void interrupt(int number)
{
	(void)number;
}

int thread_start(pthread_t *thread, int cpu, void *(*run)(void *arg), void *arg)
{
	struct sigaction action = { .sa_handler = interrupt };
	pthread_attr_t attr;
	cpu_set_t set;
	int ret;

	sigaction(STOP_SIGNAL, &action, NULL);
	pthread_attr_init(&attr);
	if (cpu >= 0) {
		CPU_ZERO(&set);
		CPU_SET(cpu, &set);
		pthread_attr_setaffinity_np(&attr, sizeof(set), &set);
	}
	ret = pthread_create(thread, &attr, run, arg);
	pthread_attr_destroy(&attr);
	return -ret;
}

void thread_stop(pthread_t thread, atomic_bool *stop)
{
	struct timespec soon;

	atomic_store(stop, true);
	/* It may have looked just before, and wait just after: until it is seen. */
	do {
		pthread_kill(thread, STOP_SIGNAL);
		clock_gettime(CLOCK_REALTIME, &soon);
		soon.tv_nsec += STOP_AGAIN_NS;
		if (soon.tv_nsec >= 1000000000) {
			soon.tv_nsec -= 1000000000;
			soon.tv_sec++;
		}
	} while (pthread_timedjoin_np(thread, NULL, &soon) == ETIMEDOUT);
}
