/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Seeded pseudo-random numbers, the same on every machine and libc.
 *
 * xoshiro256** seeded through splitmix64, after the public-domain reference
 * code of Blackman and Vigna (https://prng.di.unimi.it). Not for secrets.
 */
#ifndef HMMBENCH_PRNG_H
#define HMMBENCH_PRNG_H

#include <stdint.h>

struct prng {
	uint64_t s[4];
};

/** prng_mix() - one step of splitmix64: advances @state, returns 64 bits. */
static inline uint64_t prng_mix(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

/** prng_seed() - start a stream; equal seeds give equal streams. */
static inline void prng_seed(struct prng *prng, uint64_t seed)
{
	for (int i = 0; i < 4; i++)
		prng->s[i] = prng_mix(&seed);
}

static inline uint64_t prng_rotl(uint64_t x, int k)
{
	return x << k | x >> (64 - k);
}

/** prng_next() - 64 evenly distributed bits. */
static inline uint64_t prng_next(struct prng *prng)
{
	uint64_t *s = prng->s;
	uint64_t result = prng_rotl(s[1] * 5, 7) * 9;
	uint64_t t = s[1] << 17;

	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= t;
	s[3] = prng_rotl(s[3], 45);
	return result;
}

/** prng_below() - an even choice of 0 .. @bound - 1; @bound must not be 0. */
static inline uint64_t prng_below(struct prng *prng, uint64_t bound)
{
	/* 2^64 mod bound: below it, a plain modulo would favour small results */
	uint64_t reject = -bound % bound;
	uint64_t x;

	do {
		x = prng_next(prng);
	} while (x < reject);
	return x % bound;
}

#endif
