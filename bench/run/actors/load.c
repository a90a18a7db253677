// SPDX-License-Identifier: GPL-2.0-or-later
#include "load.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "run/system/device.h"
#include "run/system/marks.h"
#include "run/system/now.h"
#include "run/system/thread.h"

#define DONE_MAX	LOAD_THREAD_OPS

/* An operation: when it was to begin, and how long after that it had ended. */
struct done_op {
	uint64_t intended, delay;
};

_Static_assert(DONE_MAX * sizeof(struct done_op) == LOAD_THREAD_BYTES, "of need_bytes()");

/*
 * @done: operations since the window was opened, the first DONE_MAX of @done_count.
 *	Which of them fell into the call is known once its begin and end are.
 */
struct worker {
	struct load *load;
	const struct load_part *part;
	struct load_work work;
	pthread_t thread;
	pid_t tid;
	/* held from before an operation until it is accounted for */
	pthread_mutex_t gate;
	pthread_cond_t caught_up;
	uint64_t intended;
	struct done_op *done;
	size_t done_count;
};

/* A window's fields are written with every gate held. */
struct load {
	struct load_parts parts;
	struct worker workers[LOAD_THREADS_MAX];
	size_t workers_count;
	pthread_barrier_t started;
	const struct range *range;
	struct load_account *accounts;
	uint64_t opened, closed;
	atomic_bool stop;
};

static void sleep_until(uint64_t ns)
{
	struct timespec at = { .tv_sec = ns / 1000000000,
			       .tv_nsec = ns % 1000000000 };

	clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &at, NULL);
}

/* Was this operation meant to begin while the window is open? */
static bool in_window(const struct worker *w)
{
	const struct load *load = w->load;

	return load->accounts && w->intended >= load->opened &&
	       (!load->closed || w->intended < load->closed);
}

static void note_done(struct worker *w)
{
	if (w->done_count < DONE_MAX)
		w->done[w->done_count] = (struct done_op){
			.intended = w->intended,
			.delay = now_ns() - w->intended,
		};
	w->done_count++;
}

/* With the gate held. */
static void work_once(struct worker *w)
{
	const struct load_kind *kind = w->part->kind;
	struct load *load = w->load;
	bool counts = in_window(w);

	if (!kind->disturbs || load->range) {
		kind->op(&w->work, kind->disturbs ? load->range : NULL);
		if (counts)
			note_done(w);
	}
	if (kind->reset)
		kind->reset(&w->work);
	w->work.turn++;
}

/*
 * A bystander's operation is late by what it was kept waiting, and so are
 * those that were to begin meanwhile: they are made up for, one after the
 * other, and each is timed from when it was to begin (no coordinated omission).
 * A load just goes on.
 */
static uint64_t next_start(const struct worker *w)
{
	uint64_t next = w->intended + w->part->period, now = now_ns();

	return w->part->kind->bystander || next > now ? next : now;
}

static void *run_worker(void *arg)
{
	struct worker *w = arg;
	struct load *load = w->load;

	w->tid = syscall(SYS_gettid);
	marks_role(ROLE_LOAD);
	w->intended = now_ns() + w->part->period;
	pthread_barrier_wait(&load->started);
	while (!atomic_load(&load->stop)) {
		if (now_ns() < w->intended)
			sleep_until(w->intended);
		if (atomic_load(&load->stop))
			break;
		pthread_mutex_lock(&w->gate);
		/* A pause may have put it off. */
		if (now_ns() >= w->intended) {
			work_once(w);
			w->intended = next_start(w);
			pthread_cond_signal(&w->caught_up);
		}
		pthread_mutex_unlock(&w->gate);
	}
	marks_role(ROLE_COUNT);
	return NULL;
}

static uint32_t peers_strategy(int device)
{
	uint32_t flags = 0;

	if (!device_strategy_flags(device, HMM_BENCH_UNLOCKED, &flags) &&
	    flags & HMM_BENCH_PRESENT)
		return HMM_BENCH_UNLOCKED;
	return HMM_BENCH_PLAIN;
}

static int start_worker(struct load *load, const struct load_part *part, int cpu,
			int device)
{
	struct worker *w = &load->workers[load->workers_count];
	int ret;

	if (load->workers_count == LOAD_THREADS_MAX)
		return -E2BIG;
	w->load = load;
	w->part = part;
	w->work = (struct load_work){
		.device = device,
		.pages = part->pages,
		.strategy = peers_strategy(device),
	};
	if (part->kind->area) {
		w->work.area = mmap(NULL, part->pages * base_page_size(),
				    PROT_READ | PROT_WRITE,
				    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
		if (w->work.area == MAP_FAILED)
			return -errno;
		madvise(w->work.area, part->pages * base_page_size(),
			MADV_NOHUGEPAGE);
	}
	w->done = malloc(DONE_MAX * sizeof(*w->done));
	if (!w->done)
		return -ENOMEM;
	/* A first touch would want the mmap lock that is measured. */
	memset(w->done, 0, DONE_MAX * sizeof(*w->done));
	pthread_mutex_init(&w->gate, NULL);
	pthread_cond_init(&w->caught_up, NULL);
	ret = thread_start(&w->thread, cpu, run_worker, w);
	if (ret)
		return ret;
	load->workers_count++;
	/* Its memory and its first period are made before the next one's. */
	pthread_barrier_wait(&load->started);
	return 0;
}

int load_start(struct load **out, const struct load_parts *parts, const int *cpus,
	       size_t cpus_count, int device)
{
	struct load *load;
	size_t n = 0;
	int ret = 0;

	*out = NULL;
	if (!parts->count || !cpus_count)
		return parts->count ? -ENODEV : 0;
	load = calloc(1, sizeof(*load));
	if (!load)
		return -ENOMEM;
	load->parts = *parts;
	pthread_barrier_init(&load->started, NULL, 2);
	for (size_t i = 0; i < parts->count; i++) {
		struct load_part *part = &load->parts.part[i];

		part->threads = load_part_threads(part, cpus_count);
		for (unsigned int t = 0; t < part->threads && !ret; t++)
			ret = start_worker(load, part, cpus[n++ % cpus_count], device);
	}
	if (ret)
		load_stop(load);
	else
		*out = load;
	return ret;
}

void load_stop(struct load *load)
{
	for (size_t i = 0; i < load->workers_count; i++) {
		struct worker *w = &load->workers[i];

		thread_stop(w->thread, &load->stop);
		if (w->work.area)
			munmap(w->work.area, w->part->pages * base_page_size());
		free(w->done);
	}
	free(load);
}

static void lock_all(struct load *load)
{
	for (size_t i = 0; i < load->workers_count; i++)
		pthread_mutex_lock(&load->workers[i].gate);
}

static void unlock_all(struct load *load)
{
	for (size_t i = 0; i < load->workers_count; i++)
		pthread_mutex_unlock(&load->workers[i].gate);
}

void load_pause(struct load *load)
{
	lock_all(load);
}

void load_resume(struct load *load)
{
	uint64_t now = now_ns();

	for (size_t i = 0; i < load->workers_count; i++)
		if (load->workers[i].intended < now)
			load->workers[i].intended = now + load->workers[i].part->period;
	unlock_all(load);
}

void load_open(struct load *load, const struct range *range,
	       struct load_account *accounts)
{
	lock_all(load);
	load->range = range;
	load->accounts = accounts;
	load->opened = now_ns();
	load->closed = 0;
	for (size_t i = 0; i < load->workers_count; i++)
		load->workers[i].done_count = 0;
	unlock_all(load);
}

/* Of what a thread did, what was to begin during the call. */
static int account(const struct worker *w, uint64_t begin, uint64_t end)
{
	struct load_account *a = &w->load->accounts[w->part - w->load->parts.part];

	if (w->done_count > DONE_MAX)
		return -EOVERFLOW;
	for (size_t i = 0; i < w->done_count; i++) {
		if (w->done[i].intended < begin || w->done[i].intended >= end)
			continue;
		a->ops++;
		if (a->hist)
			hist_add(a->hist, w->done[i].delay);
	}
	return 0;
}

int load_close(struct load *load, uint64_t begin, uint64_t end)
{
	int ret = 0;

	lock_all(load);
	load->range = NULL;
	load->closed = end;
	for (size_t i = 0; i < load->workers_count && load->accounts; i++) {
		struct worker *w = &load->workers[i];

		/* A delayed bystander still owes operations of the call: wait for them. */
		while (w->part->kind->bystander && w->intended < end)
			pthread_cond_wait(&w->caught_up, &w->gate);
		ret = account(w, begin, end) ?: ret;
	}
	load->accounts = NULL;
	unlock_all(load);
	return ret;
}

void load_describe(const struct load *load, struct load_account *accounts)
{
	for (size_t i = 0; i < load->parts.count; i++) {
		const struct load_part *part = &load->parts.part[i];

		accounts[i].kind = part->kind->name;
		accounts[i].bystander = part->kind->bystander;
		accounts[i].threads = part->threads;
		accounts[i].period = part->period;
	}
}

size_t load_tids(const struct load *load, pid_t *tids, size_t max)
{
	size_t n = 0;

	for (size_t i = 0; i < load->workers_count && n < max; i++)
		if (!load->workers[i].part->kind->bystander)
			tids[n++] = load->workers[i].tid;
	return n;
}
