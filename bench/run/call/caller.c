// SPDX-License-Identifier: GPL-2.0-or-later
#include "caller.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "run/system/device.h"
#include "rxe.h"

void caller_blame_module(uint32_t version, int err, struct reason *why)
{
	if (version && version != HMM_BENCH_VERSION)
		reason_set(why, "%s: hmm_bench.ko is of version %u, and this hmmbench wants %u: "
			   "rmmod hmm_bench hmm_strategies, build both from this tree "
			   "(scripts/kernel --here) and load them again", DEVICE_PATH, version,
			   HMM_BENCH_VERSION);
	else
		reason_set(why, "%s: %s; it is not the device of hmm_bench.ko: rmmod hmm_bench, "
			   "and load the one of this tree", DEVICE_PATH, strerror(-err));
}

static int open_module(struct reason *why)
{
	uint32_t flags;
	int ret, device = device_open();

	if (device < 0) {
		reason_set(why, "%s: %s; %s", DEVICE_PATH, strerror(-device),
			   device_advice(-device));
		return device;
	}
	ret = device_strategy_flags(device, HMM_BENCH_NULL, &flags);
	if (!ret)
		return device;
	caller_blame_module(device_version(device), ret, why);
	close(device);
	return ret;
}

static void close_module(int device)
{
	close(device);
}

const struct caller callers[CALLER_COUNT] = {
	[CALLER_MODULE] = {
		.name = "module", .help = "hmm_bench.ko calls, and looks at what others left",
		.open = open_module, .close = close_module,
	},
	[CALLER_RXE] = {
		.name = "rxe", .help = "the kernel's own soft-RoCE driver, on-demand paging",
		.open = rxe_open, .close = rxe_close, .advice = rxe_advice,
	},
};

int caller_get(struct caller_state *states, enum caller_id id, struct reason *why)
{
	struct caller_state *state = &states[id];

	if (!state->opened)
		state->handle = callers[id].open(&state->why);
	state->opened = true;
	if (state->handle < 0)
		*why = state->why;
	return state->handle;
}

void callers_close(struct caller_state *states)
{
	for (size_t i = 0; i < CALLER_COUNT; i++) {
		if (states[i].opened && states[i].handle >= 0)
			callers[i].close(states[i].handle);
		states[i].opened = false;
	}
}

const char *caller_advice(enum caller_id id, int err)
{
	const char *advice = callers[id].advice ? callers[id].advice(err) : NULL;

	return advice ? advice : "";
}
