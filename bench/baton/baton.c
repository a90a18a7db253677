// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * For QEMU, by LD_PRELOAD: its main thread looks only while the one that emulates all
 * processors sleeps. With -icount the main thread moves the clock on when all processors sleep.
 * Where it looks while the other thread computes it may find the last processor asleep before
 * what that executed is counted: the clock gets ahead by it, and two boots differ.
 *
 * The main thread waits for events in ppoll(), the other one sleeps in pthread_cond_wait(), and
 * is woken by who holds QEMU's big lock. It is known by its name, which QEMU gives it with
 * -name debug-threads=on. At its end QEMU says how that went.
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
static pthread_mutex_t *_Atomic big_lock;	/* which it sleeps without */
static unsigned long sleeps, looks, let_go;

/* Before the constructors of all others, which may use what is replaced here. */
static __attribute__((constructor)) void find_real(void)
{
	*(void **)&real_ppoll = dlsym(RTLD_NEXT, "ppoll");
	*(void **)&real_wait = dlsym(RTLD_NEXT, "pthread_cond_wait");
	*(void **)&real_signal = dlsym(RTLD_NEXT, "pthread_cond_signal");
	*(void **)&real_broadcast = dlsym(RTLD_NEXT, "pthread_cond_broadcast");
}

static __attribute__((destructor)) void tell(void)
{
	fprintf(stderr, "baton: %lu sleeps, %lu looks, %lu let go\n", sleeps, looks, let_go);
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
	sleeps++;
	big_lock = mutex;
	bed = cond;
	asleep = 1;
	syscall(SYS_futex, &asleep, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
	ret = real_wait(cond, mutex);
	asleep = 0;
	return ret;
}

/* From now on it is awake, whenever it gets to run. */
static void wake(const pthread_cond_t *cond)
{
	if (cond == bed)
		asleep = 0;
}

EXPORT int pthread_cond_signal(pthread_cond_t *cond)
{
	wake(cond);
	return real_signal(cond);
}

EXPORT int pthread_cond_broadcast(pthread_cond_t *cond)
{
	wake(cond);
	return real_broadcast(cond);
}

/* While the main thread holds it, nothing computes that does not wait for it soon. */
static bool holds_lock(void)
{
	const pthread_mutex_t *lock = big_lock;

	return lock && lock->__data.__owner == gettid();
}

/* Not for ever, whatever else the two may wait for; but longer than a guest computes at a time. */
static void wait_for_sleep(void)
{
	static const struct timespec patience = { .tv_sec = 600 };

	while (!asleep) {
		if (!syscall(SYS_futex, &asleep, FUTEX_WAIT_PRIVATE, 0, &patience, NULL, 0) || errno == EAGAIN)
			continue;
		let_go += errno == ETIMEDOUT;
		break;
	}
}

/* A signal is there to end QEMU, and is not kept waiting. */
EXPORT int ppoll(struct pollfd *fds, nfds_t n, const struct timespec *timeout,
		 const sigset_t *mask)
{
	int ret = real_ppoll(fds, n, timeout, mask), error = errno;

	if (getpid() == gettid() && !holds_lock() && (ret >= 0 || error != EINTR)) {
		looks++;
		wait_for_sleep();
	}
	errno = error;
	return ret;
}
