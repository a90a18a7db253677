// SPDX-License-Identifier: GPL-2.0-or-later
#include "responder.h"

#include <errno.h>
#include <linux/userfaultfd.h>
#include <poll.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "run/memory/pattern.h"
#include "run/memory/prepare.h"
#include "run/system/marks.h"
#include "run/system/now.h"
#include "run/system/thread.h"
#include "run/system/uffd.h"
#include "delay.h"

#define READ_MAX	16	/* messages taken by one read(2) */

/**
 * struct waiting - how a thread waits for messages
 * @nonblock:	of the descriptor
 * @messages:	taken by one read(2), at most
 * @wait:	wait until a read may give something
 */
struct waiting {
	int nonblock;
	size_t messages;
	void (*wait)(int fd);
};

struct server {
	struct responder *responder;
	pthread_t thread;
	pid_t tid;
	int cpu;
	unsigned char *source;
	struct prng prng;
};

/*
 * All but the atomics is written by the caller's thread while no fault is
 * outstanding; a message orders those writes before its answer.
 */
struct responder {
	int fd;
	const struct waiting *waiting;
	unsigned int threads;
	struct server servers[AXIS_THREADS_MAX];
	pid_t tids[AXIS_THREADS_MAX];
	pthread_barrier_t started;
	const struct range *range;
	const struct uffd_kind *kind;
	const char *asked;
	struct delay delay;
	bool shared;
	atomic_uint_fast64_t messages;
	atomic_int error;
	atomic_bool moved;
	atomic_bool stop;
};

static void note_error(struct responder *r, int err)
{
	int none = 0;

	atomic_compare_exchange_strong(&r->error, &none, err);
}

static uint64_t address(const struct range *range, uint64_t index)
{
	return (uintptr_t)range->base + index * base_page_size();
}

static int wake(struct responder *r, uint64_t first, uint64_t n)
{
	struct uffdio_range range = {
		.start = address(r->range, first),
		.len = n * base_page_size(),
	};

	return ioctl(r->fd, UFFDIO_WAKE, &range) ? errno : 0;
}

static void fill_source(const struct server *s, uint64_t first, uint64_t n)
{
	const struct range *range = s->responder->range;
	size_t last = base_page_size() / sizeof(uint64_t) - 1;

	for (uint64_t i = 0; i < n; i++) {
		void *page = s->source + i * base_page_size();

		/* A page that is moved away leaves none behind. */
		if (range->axes->uffd == UFFD_MOVE)
			range_write(range, page, first + i);
		else
			pattern_stamp(page, last, range->seed, first + i);
	}
}

static int resolve_run(struct server *s, uint64_t first, uint64_t n,
		       int dontwake)
{
	struct responder *r = s->responder;
	uint64_t dst = address(r->range, first);
	uint64_t src = (uintptr_t)s->source;
	size_t len = n * base_page_size();
	bool there = false;
	int64_t done;
	int err;

	if (r->kind->copies)
		fill_source(s, first, n);
	while (len && (err = r->kind->resolve(r->fd, dst, src, len, dontwake, &done))) {
		if (err != EAGAIN && !(err == EEXIST && r->shared))
			return err;
		/* Go on where it stopped: the mm was busy changing... */
		if (done < 0)
			done = 0;
		/* ...or somebody else was faster with the next: step over it. */
		if (err == EEXIST)
			done += backing_fault_unit(r->range->axes) * base_page_size();
		there |= err == EEXIST;
		dst += done;
		src += done;
		len -= done;
	}
	/*
	 * Resolving a page does not wake threads that wait for pages which were
	 * there: wake them here.
	 */
	return there && !dontwake ? wake(r, first, n) : 0;
}

/*
 * Resolve what needs it in [first, end), each run of it in one ioctl. No thread
 * is woken before all is there: else the caller would fault on the next run
 * while it is being resolved, and how often would be chance.
 */
static int resolve(struct server *s, uint64_t first, uint64_t end)
{
	const struct axes *axes = s->responder->range->axes;
	uint64_t at = first, run;
	int ret, asleep = 0;

	while (at < end) {
		if (range_populated(axes, at)) {
			at++;
			continue;
		}
		for (run = 1; at + run < end; run++)
			if (range_populated(axes, at + run))
				break;
		asleep |= run != end - first;
		ret = resolve_run(s, at, run, run != end - first);
		if (ret)
			return ret;
		at += run;
	}
	return asleep ? wake(s->responder, first, end - first) : 0;
}

/* Until the page source would have delivered what was asked at @asked. */
static void wait_for_source(struct server *s, uint64_t asked)
{
	uint64_t due = asked + delay_draw(&s->responder->delay, &s->prng);
	struct timespec at = { .tv_sec = due / 1000000000,
			       .tv_nsec = due % 1000000000 };

	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL) == EINTR)
		if (atomic_load(&s->responder->stop))
			return;
}

static void answer(struct server *s, const struct uffd_msg *msg, uint64_t asked)
{
	struct responder *r = s->responder;
	const struct range *range = r->range;
	uint64_t unit = backing_fault_unit(range->axes);
	uint64_t index, first, end;
	int ret;

	if (msg->event != UFFD_EVENT_PAGEFAULT) {
		note_error(r, EPROTO);
		return;
	}
	if (r->delay.mean)
		wait_for_source(s, asked);
	index = (msg->arg.pagefault.address - (uintptr_t)range->base) /
		base_page_size();
	first = index - index % range_group(range->axes);
	end = first + range_group(range->axes);
	if (end > range->pages)
		end = range->pages;
	/* Before the answer: the caller may look as soon as it is woken. */
	atomic_fetch_add_explicit(&r->messages, 1, memory_order_relaxed);
	/* What was populated may have been thrown away: then it is this alone. */
	if (r->shared && range_populated(range->axes, index))
		ret = resolve_run(s, index - index % unit, unit, 0);
	else
		ret = resolve(s, first, end);
	if (!ret)
		return;
	/* No thread may sleep for ever on what cannot be resolved. */
	note_error(r, ret);
	responder_unregister(r);
}

static void wait_poll(int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	poll(&p, 1, -1);
}

static void wait_busy(int fd)
{
	(void)fd;
#if defined(__x86_64__)
	__builtin_ia32_pause();
#elif defined(__aarch64__)
	__asm__ volatile("yield");
#endif
}

static const struct waiting waitings[] = {
	[WAIT_READ] = { .messages = READ_MAX },
	[WAIT_POLL] = { .nonblock = 1, .messages = READ_MAX, .wait = wait_poll },
	[WAIT_BUSY] = { .nonblock = 1, .messages = READ_MAX, .wait = wait_busy },
	/* What manuals show: a poll, a read and an answer for each message. */
	[WAIT_PLAIN] = { .nonblock = 1, .messages = 1, .wait = wait_poll },
};

static void *serve(void *arg)
{
	struct uffd_msg msgs[READ_MAX];
	struct server *s = arg;
	struct responder *r = s->responder;
	size_t size = r->waiting->messages * sizeof(*msgs);

	s->tid = syscall(SYS_gettid);
	marks_role(ROLE_RESPONDER);
	pthread_barrier_wait(&r->started);
	while (!atomic_load_explicit(&r->stop, memory_order_relaxed)) {
		uint64_t asked = 0;
		ssize_t n;

		if (r->waiting->wait)
			r->waiting->wait(r->fd);
		n = read(r->fd, msgs, size);
		if (n < 0 && errno != EAGAIN && errno != EINTR) {
			note_error(r, errno);
			return NULL;
		}
		if (n <= 0)
			continue;
		if (r->delay.mean)
			asked = now_ns();
		for (ssize_t i = 0; i < n / (ssize_t)sizeof(*msgs); i++)
			answer(s, &msgs[i], asked);
		if (s->cpu >= 0 && sched_getcpu() != s->cpu)
			atomic_store(&r->moved, true);
	}
	marks_role(ROLE_COUNT);
	return NULL;
}

/* Memory of its own, whole pages of it, on the node that was asked for. */
static int make_source(struct server *s, const struct responder_setup *setup)
{
	size_t size = AXIS_BATCH_MAX * base_page_size();
	void *source = mmap(NULL, size, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (source == MAP_FAILED)
		return -errno;
	s->source = source;
	madvise(source, size, MADV_NOHUGEPAGE);
	if (!setup->topology)
		return 0;
	return placement_bind_memory(setup->topology, source, size,
				     setup->source_node);
}

static void free_responder(struct responder *r)
{
	for (unsigned int i = 0; i < AXIS_THREADS_MAX; i++)
		if (r->servers[i].source)
			munmap(r->servers[i].source, AXIS_BATCH_MAX * base_page_size());
	if (r->fd >= 0)
		close(r->fd);
	free(r);
}

static int start_threads(struct responder *r, const struct responder_setup *setup)
{
	unsigned int n;
	int ret = 0;

	for (n = 0; n < setup->threads && !ret; n++) {
		struct server *s = &r->servers[n];

		s->responder = r;
		s->cpu = setup->cpus ? setup->cpus[n] : -1;
		ret = make_source(s, setup);
	}
	if (ret)
		return ret;
	/* As it is not known how many threads will start, none may wait. */
	pthread_barrier_init(&r->started, NULL, 2);
	for (n = 0; n < setup->threads && !ret; n++) {
		ret = thread_start(&r->servers[n].thread, r->servers[n].cpu,
				   serve, &r->servers[n]);
		if (ret)
			break;
		pthread_barrier_wait(&r->started);
		r->tids[n] = r->servers[n].tid;
		r->threads++;
	}
	if (ret)
		for (n = 0; n < r->threads; n++)
			thread_stop(r->servers[n].thread, &r->stop);
	return ret;
}

int responder_start(struct responder **responder,
		    const struct responder_setup *setup)
{
	struct responder *r = calloc(1, sizeof(*r));
	int ret;

	if (!r)
		return -ENOMEM;
	r->waiting = &waitings[setup->wait];
	r->fd = uffd_open(setup->uffd, r->waiting->nonblock);
	ret = r->fd < 0 ? r->fd : start_threads(r, setup);
	if (ret)
		free_responder(r);
	else
		*responder = r;
	return ret;
}

void responder_stop(struct responder *r)
{
	for (unsigned int i = 0; i < r->threads; i++)
		thread_stop(r->servers[i].thread, &r->stop);
	free_responder(r);
}

/* Each run of pages that need a fault is made to need it. */
static int arm(struct responder *r, const struct range *range)
{
	uint64_t run;
	int err = 0;

	for (uint64_t at = 0; at < range->pages && !err; at += run) {
		int populated = range_populated(range->axes, at);

		for (run = 1; at + run < range->pages; run++)
			if (range_populated(range->axes, at + run) != populated)
				break;
		if (!populated)
			err = r->kind->arm(r->fd, address(range, at),
					   run * base_page_size());
	}
	return -err;
}

int responder_register(struct responder *r, const struct range *range,
		       const struct delay *delay, bool shared)
{
	struct uffdio_register reg = {
		.range = {
			.start = (uintptr_t)range->base,
			.len = range_size(range),
		},
	};
	uint64_t group = range_group(range->axes);

	r->range = range;
	r->kind = uffd_kind_of(range->axes->uffd);
	r->shared = shared;
	r->delay = *delay;
	atomic_store(&r->messages, 0);
	atomic_store(&r->error, 0);
	atomic_store(&r->moved, false);
	for (unsigned int t = 0; t < r->threads; t++) {
		prng_seed(&r->servers[t].prng, range->seed + t);
		for (uint64_t i = 0; r->kind->copies && i < group; i++)
			memcpy(r->servers[t].source + i * base_page_size(),
			       range->model, base_page_size());
	}
	reg.mode = r->kind->register_mode;
	r->asked = "UFFDIO_REGISTER";
	if (ioctl(r->fd, UFFDIO_REGISTER, &reg))
		return -errno;
	if (!r->kind->arm)
		return 0;
	r->asked = "protecting its pages";
	return arm(r, range);
}

int responder_unregister(struct responder *r)
{
	struct uffdio_range range = {
		.start = (uintptr_t)r->range->base,
		.len = range_size(r->range),
	};

	return ioctl(r->fd, UFFDIO_UNREGISTER, &range) ? -errno : 0;
}

const char *responder_asked(const struct responder *r)
{
	return r->asked;
}

uint64_t responder_messages(const struct responder *r)
{
	return atomic_load(&r->messages);
}

int responder_error(const struct responder *r)
{
	return atomic_load(&r->error);
}

bool responder_moved(const struct responder *r)
{
	return atomic_load(&r->moved);
}

const pid_t *responder_tids(const struct responder *r)
{
	return r->tids;
}
