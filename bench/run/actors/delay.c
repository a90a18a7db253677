// SPDX-License-Identifier: GPL-2.0-or-later
#include "delay.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define DURATION_MAX	1000000000000ULL

int duration_parse(const char *text, const char **end, uint64_t *ns)
{
	static const struct {
		const char *name;
		uint64_t ns;
	} units[] = {
		{ "ns", 1 }, { "us", 1000 }, { "ms", 1000000 }, { "s", 1000000000 },
	};
	const char *c = text;
	uint64_t value = 0;

	while (*c >= '0' && *c <= '9' && c - text < 13)
		value = value * 10 + (*c++ - '0');
	if (c == text)
		return -EINVAL;
	for (size_t i = 0; i < sizeof(units) / sizeof(*units); i++) {
		size_t len = strlen(units[i].name);

		if (strncmp(c, units[i].name, len))
			continue;
		c += len;
		if (value > DURATION_MAX / units[i].ns)
			return -EINVAL;
		*ns = value * units[i].ns;
		if (end)
			*end = c;
		return end || !*c ? 0 : -EINVAL;
	}
	/* A bare 0 needs no unit. */
	*ns = 0;
	if (end)
		*end = c;
	return !value && (end || !*c) ? 0 : -EINVAL;
}

int delay_parse(const char *text, struct delay *delay, struct reason *why)
{
	int exponential = !strncmp(text, "exp:", 4);

	delay->exponential = exponential;
	if (!duration_parse(text + (exponential ? 4 : 0), NULL, &delay->mean))
		return 0;
	return reason_err(why, -EINVAL, "'%.40s' is not a delay; allowed: 0, a time such as 100us "
			  "(ns, us, ms, s; at most 1000s), or exp:100us", text);
}

uint64_t delay_draw(const struct delay *delay, struct prng *prng)
{
	double u;

	if (!delay->mean || !delay->exponential)
		return delay->mean;
	/* Inverse of the distribution function; u is in (0, 1]. */
	u = ((prng_next(prng) >> 11) + 1) * 0x1p-53;
	return -log(u) * delay->mean;
}
