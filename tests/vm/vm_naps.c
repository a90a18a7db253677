// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Usage: vm_naps
 *
 * Threads that sleep most of the time, in a guest: how its clock moves on when no processor
 * computes. Prints a number that all times went into.
 */
#include <inttypes.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>

#include "base/prng.h"
#include "run/system/now.h"

#define THREADS		3
#define NAPS		40000
#define NAP_NS		100000
#define TURNS		3000

static void *nap(void *number)
{
	uint64_t *mixed = number;
	struct prng prng;

	prng_seed(&prng, *mixed);
	for (int i = 0; i < NAPS; i++) {
		struct timespec time = { .tv_nsec = prng_below(&prng, NAP_NS) };

		if (nanosleep(&time, NULL))
			return number;
		for (volatile uint64_t turns = prng_below(&prng, TURNS); turns; turns--)
			;
		*mixed = *mixed * 31 + now_ns();
	}
	return NULL;
}

int main(void)
{
	pthread_t threads[THREADS];
	uint64_t mixed[THREADS], all = 0;
	void *failed;

	for (int i = 0; i < THREADS; i++) {
		mixed[i] = i;
		if (pthread_create(&threads[i], NULL, nap, &mixed[i]))
			return 1;
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(threads[i], &failed);
		if (failed)
			return 1;
		all = all * 31 + mixed[i];
	}
	printf("%016" PRIx64 " at %" PRIu64 " ns\n", all, now_ns());
	return 0;
}
