// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * For QEMU, by LD_PRELOAD: its main thread and the one that emulates all processors take turns.
 * With -icount the main thread moves the clock on when all processors sleep. It also looks
 * while the other thread computes, and then may find the last processor asleep before what that
 * executed is counted: the clock gets ahead by it, and two boots differ.
 *
 * So the main thread comes back from ppoll(), where it waits for events, only while the other
 * thread waits in pthread_cond_wait() and nobody has woken it. The other thread is known by its
 * name, which QEMU gives it with -name debug-threads=on.
 */
#include <dlfcn.h>
#include <errno.h>
#include <linux/futex.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define EXPORT		__attribute__((visibility("default")))
#define PROCESSORS	"ALL CPUs/TCG"

static int (*real_ppoll)(struct pollfd *fds, nfds_t n, const struct timespec *timeout,
			 const sigset_t *mask);
static int (*real_wait)(pthread_cond_t *cond, pthread_mutex_t *mutex);
static int (*real_signal)(pthread_cond_t *cond);
static int (*real_broadcast)(pthread_cond_t *cond);

static _Atomic int asleep = 1;			/* a futex */
static pthread_cond_t *_Atomic bed;		/* where the thread of all processors sleeps */
static bool ran;

static __attribute__((constructor)) void find_real(void)
{
	*(void **)&real_ppoll = dlsym(RTLD_NEXT, "ppoll");
	*(void **)&real_wait = dlsym(RTLD_NEXT, "pthread_cond_wait");
	*(void **)&real_signal = dlsym(RTLD_NEXT, "pthread_cond_signal");
	*(void **)&real_broadcast = dlsym(RTLD_NEXT, "pthread_cond_broadcast");
}

/* A QEMU that works in another way has a clock that does not repeat. */
static __attribute__((destructor)) void tell(void)
{
	if (ran && !bed)
		fputs("baton: QEMU has no thread " PROCESSORS " that sleeps\n", stderr);
}

static bool is_of_processors(void)
{
	static _Thread_local int known;		/* 1 it is, -1 it is not */
	char name[16] = "";

	if (!known) {
		pthread_getname_np(pthread_self(), name, sizeof(name));
		known = strcmp(name, PROCESSORS) ? -1 : 1;
	}
	return known > 0;
}

EXPORT int pthread_cond_wait(pthread_cond_t *cond, pthread_mutex_t *mutex)
{
	int ret;

	if (!is_of_processors())
		return real_wait(cond, mutex);
	bed = cond;
	asleep = 1;
	syscall(SYS_futex, &asleep, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
	ret = real_wait(cond, mutex);
	asleep = 0;
	return ret;
}

/* From now on it is awake, whenever it gets to run. */
EXPORT int pthread_cond_signal(pthread_cond_t *cond)
{
	if (cond == bed)
		asleep = 0;
	return real_signal(cond);
}

EXPORT int pthread_cond_broadcast(pthread_cond_t *cond)
{
	if (cond == bed)
		asleep = 0;
	return real_broadcast(cond);
}

static void wait_for_sleep(void)
{
	static const struct timespec patience = { .tv_sec = 1 };

	while (!asleep)
		if (syscall(SYS_futex, &asleep, FUTEX_WAIT_PRIVATE, 0, &patience, NULL, 0) && errno != EAGAIN)
			break;
}

/*
 * A signal ends the guest and is not kept waiting; nor is for ever what else has to happen
 * while the processors compute, as an end that the guest asked for.
 */
EXPORT int ppoll(struct pollfd *fds, nfds_t n, const struct timespec *timeout,
		 const sigset_t *mask)
{
	int ret = real_ppoll(fds, n, timeout, mask), error = errno;

	if (getpid() == gettid() && (ret >= 0 || error != EINTR)) {
		ran = true;
		wait_for_sleep();
	}
	errno = error;
	return ret;
}
