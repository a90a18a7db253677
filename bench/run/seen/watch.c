// SPDX-License-Identifier: GPL-2.0-or-later
#include "watch.h"

#include <errno.h>
#include <stdlib.h>

/* An event of a role: @evsel is NULL when @err says why. */
struct event {
	struct perf_evsel *evsel;
	struct counter_values seen;
	int err;
};

struct watch {
	size_t threads[ROLE_COUNT];
	struct event *events;	/* [ROLE_COUNT * counters_count] */
};

unsigned int watch_turns(void)
{
	unsigned int last = 0;

	for (size_t i = 0; i < counters_count; i++)
		if (counters[i].turn > last && !counter_try(&counters[i]))
			last = counters[i].turn;
	return last + 1;
}

int watch_open(struct watch **watch)
{
	struct watch *w = calloc(1, sizeof(*w));

	if (w)
		w->events = calloc(ROLE_COUNT * counters_count, sizeof(*w->events));
	if (!w || !w->events) {
		free(w);
		return -ENOMEM;
	}
	*watch = w;
	return 0;
}

void watch_close(struct watch *w)
{
	for (size_t i = 0; i < ROLE_COUNT * counters_count; i++)
		if (w->events[i].evsel)
			counter_close(w->events[i].evsel);
	free(w->events);
	free(w);
}

int watch_role(struct watch *w, enum role role, const pid_t *tids, size_t n)
{
	struct event *events = w->events + role * counters_count;

	w->threads[role] = n;
	for (size_t i = 0; i < counters_count; i++) {
		int ret = counter_open(&counters[i], tids, n, &events[i].evsel);

		if (ret == -ENOMEM)
			return ret;
		events[i].err = -ret;
		if (ret)
			events[i].evsel = NULL;
	}
	return 0;
}

void watch_enable(struct watch *w, unsigned int turn, bool on)
{
	for (size_t i = 0; i < ROLE_COUNT * counters_count; i++)
		if (w->events[i].evsel && counters[i % counters_count].turn == turn)
			counter_enable(w->events[i].evsel, on);
}

static void add_event(struct event *event, size_t threads, struct watch_sum *sum)
{
	struct counter_values now;
	int ret;

	sum->samples++;
	if (!event->evsel) {
		sum->err = event->err;
		return;
	}
	ret = counter_read(event->evsel, threads, &now);
	if (ret) {
		sum->err = -ret;
		return;
	}
	sum->value += now.value - event->seen.value;
	sum->ena += now.ena - event->seen.ena;
	sum->run += now.run - event->seen.run;
	event->seen = now;
}

void watch_add(struct watch *w, unsigned int turn, struct watch_sum *sums)
{
	for (size_t i = 0; i < ROLE_COUNT * counters_count; i++) {
		size_t threads = w->threads[i / counters_count];

		if (threads && (counters[i % counters_count].turn == turn || !w->events[i].evsel))
			add_event(&w->events[i], threads, &sums[i]);
	}
}
