/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Times in matrix files: "200us", and the delay of a page source. */
#ifndef HMMBENCH_DELAY_H
#define HMMBENCH_DELAY_H

#include <stddef.h>
#include <stdint.h>

#include "base/prng.h"
#include "base/reason.h"

/**
 * duration_parse() - "10ns", "100us", "1ms", "2s"; "0" needs no unit
 * @end: first character not taken; NULL when the text must end there
 * Return: 0, or -EINVAL (no duration, or over 1000 s).
 */
int duration_parse(const char *text, const char **end, uint64_t *ns);

/**
 * struct delay - what a page source takes to deliver
 * @mean:	ns
 * @exponential: drawn anew for each request with that mean, else always that
 */
struct delay {
	uint64_t mean;
	int exponential;
};

/**
 * delay_parse() - "0", "100us" or "exp:100us"
 * Return: 0, or -EINVAL with a sentence in @why.
 */
int delay_parse(const char *text, struct delay *delay, struct reason *why);

/** delay_draw() - the delay of one request, ns. */
uint64_t delay_draw(const struct delay *delay, struct prng *prng);

#endif
