// SPDX-License-Identifier: GPL-2.0-or-later
#include "responder.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "pattern.h"

#define STOP_SIGNAL	SIGUSR1
#define BATCH_MAX	512
#define READ_MAX	16	/* messages taken by one read(2) */

/*
 * All but @messages and @error is written by the caller's thread while no
 * fault is outstanding; a message orders those writes before its answer.
 */
struct responder {
	int fd;
	int cpu;
	pthread_t thread;
	const struct range *range;
	unsigned char *source;
	atomic_uint_fast64_t messages;
	atomic_int error;
	atomic_int stop;
};

static void note_error(struct responder *r, int err)
{
	int none = 0;

	atomic_compare_exchange_strong(&r->error, &none, err);
}

static int copy_pages(struct responder *r, uint64_t first, uint64_t n,
		      uint64_t mode)
{
	struct uffdio_copy copy = {
		.mode = mode,
		.dst = (uintptr_t)r->range->base + first * base_page_size(),
		.src = (uintptr_t)r->source,
		.len = n * base_page_size(),
	};

	for (uint64_t i = 0; i < n; i++)
		pattern_stamp(r->source + i * base_page_size(),
			      base_page_size() / sizeof(uint64_t) - 1,
			      r->range->seed, first + i);
	while (ioctl(r->fd, UFFDIO_COPY, &copy)) {
		if (errno != EAGAIN)
			return errno;
		/* The mm was busy changing: go on where it stopped. */
		if (copy.copy > 0) {
			copy.dst += copy.copy;
			copy.src += copy.copy;
			copy.len -= copy.copy;
		}
		copy.copy = 0;
	}
	return 0;
}

static int wake(struct responder *r, uint64_t first, uint64_t end)
{
	struct uffdio_range range = {
		.start = (uintptr_t)r->range->base + first * base_page_size(),
		.len = (end - first) * base_page_size(),
	};

	return ioctl(r->fd, UFFDIO_WAKE, &range) ? errno : 0;
}

/*
 * Copy the missing pages of [first, end), each run of them in one ioctl. Nobody
 * is woken before all are there: else the caller would fault on the next run
 * while it is being copied, and how often would be chance.
 */
static int resolve(struct responder *r, uint64_t first, uint64_t end)
{
	const struct axes *axes = r->range->axes;
	uint64_t at = first, run, mode;
	int ret, asleep = 0;

	while (at < end) {
		if (range_populated(axes, at)) {
			at++;
			continue;
		}
		for (run = 1; at + run < end; run++)
			if (range_populated(axes, at + run))
				break;
		mode = run == end - first ? 0 : UFFDIO_COPY_MODE_DONTWAKE;
		asleep |= mode != 0;
		ret = copy_pages(r, at, run, mode);
		if (ret)
			return ret;
		at += run;
	}
	return asleep ? wake(r, first, end) : 0;
}

static void answer(struct responder *r, const struct uffd_msg *msg)
{
	const struct range *range = r->range;
	uint64_t index, first, end;
	int ret;

	if (msg->event != UFFD_EVENT_PAGEFAULT) {
		note_error(r, EPROTO);
		return;
	}
	index = (msg->arg.pagefault.address - (uintptr_t)range->base) /
		base_page_size();
	first = index - index % range->axes->batch;
	end = first + range->axes->batch;
	if (end > range->pages)
		end = range->pages;
	/* Before the answer: the caller may look as soon as it is woken. */
	atomic_fetch_add_explicit(&r->messages, 1, memory_order_relaxed);
	ret = resolve(r, first, end);
	if (ret)
		note_error(r, ret);
}

static void *serve(void *arg)
{
	struct uffd_msg msgs[READ_MAX];
	struct responder *r = arg;

	for (;;) {
		ssize_t n = read(r->fd, msgs, sizeof(msgs));

		if (n < 0 && atomic_load(&r->stop))
			return NULL;
		if (n < 0 && errno != EAGAIN && errno != EINTR) {
			note_error(r, errno);
			return NULL;
		}
		for (ssize_t i = 0; i < n / (ssize_t)sizeof(*msgs); i++)
			answer(r, &msgs[i]);
	}
}

static int open_userfaultfd(void)
{
	struct uffdio_api api = { .api = UFFD_API };
	int fd = syscall(SYS_userfaultfd, O_CLOEXEC);

	if (fd < 0)
		return -errno;
	if (ioctl(fd, UFFDIO_API, &api)) {
		int ret = -errno;

		close(fd);
		return ret;
	}
	return fd;
}

static void interrupt(int number)
{
	(void)number;
}

static int start_thread(struct responder *r)
{
	struct sigaction action = { .sa_handler = interrupt };
	pthread_attr_t attr;
	cpu_set_t set;
	int ret;

	sigaction(STOP_SIGNAL, &action, NULL);
	pthread_attr_init(&attr);
	if (r->cpu >= 0) {
		CPU_ZERO(&set);
		CPU_SET(r->cpu, &set);
		pthread_attr_setaffinity_np(&attr, sizeof(set), &set);
	}
	ret = pthread_create(&r->thread, &attr, serve, r);
	pthread_attr_destroy(&attr);
	return -ret;
}

int responder_start(struct responder **responder, int cpu)
{
	struct responder *r = calloc(1, sizeof(*r));
	int ret;

	if (!r)
		return -ENOMEM;
	r->cpu = cpu;
	r->source = aligned_alloc(base_page_size(), BATCH_MAX * base_page_size());
	if (!r->source) {
		free(r);
		return -ENOMEM;
	}
	r->fd = open_userfaultfd();
	if (r->fd < 0) {
		ret = r->fd;
		goto fail_fd;
	}
	ret = start_thread(r);
	if (ret)
		goto fail_thread;
	*responder = r;
	return 0;
fail_thread:
	close(r->fd);
fail_fd:
	free(r->source);
	free(r);
	return ret;
}

void responder_stop(struct responder *r)
{
	struct timespec soon;

	/* A blocking read waits for faults alone; interrupt it until it is seen. */
	atomic_store(&r->stop, 1);
	do {
		pthread_kill(r->thread, STOP_SIGNAL);
		clock_gettime(CLOCK_REALTIME, &soon);
		soon.tv_sec++;
	} while (pthread_timedjoin_np(r->thread, NULL, &soon) == ETIMEDOUT);
	close(r->fd);
	free(r->source);
	free(r);
}

int responder_watch(struct responder *r, const struct range *range)
{
	struct uffdio_register reg = {
		.range = {
			.start = (uintptr_t)range->base,
			.len = range->pages * base_page_size(),
		},
		.mode = UFFDIO_REGISTER_MODE_MISSING,
	};
	uint64_t n = range->axes->batch;

	r->range = range;
	atomic_store(&r->messages, 0);
	atomic_store(&r->error, 0);
	for (uint64_t i = 0; i < n; i++)
		memcpy(r->source + i * base_page_size(), range->model, base_page_size());
	return ioctl(r->fd, UFFDIO_REGISTER, &reg) ? -errno : 0;
}

int responder_unwatch(struct responder *r)
{
	struct uffdio_range range = {
		.start = (uintptr_t)r->range->base,
		.len = r->range->pages * base_page_size(),
	};

	return ioctl(r->fd, UFFDIO_UNREGISTER, &range) ? -errno : 0;
}

uint64_t responder_messages(const struct responder *r)
{
	return atomic_load(&r->messages);
}

int responder_error(const struct responder *r)
{
	return atomic_load(&r->error);
}
