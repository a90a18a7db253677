// SPDX-License-Identifier: GPL-3.0-or-later
#include "number.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "record/record.h"

char *number_real(double value, char buf[NUMBER_MAX])
{
	if (isnan(value))
		snprintf(buf, NUMBER_MAX, "-");
	else
		snprintf(buf, NUMBER_MAX, value >= 1e6 ? "%.0f" : "%.6g", value);
	return buf;
}

char *number_whole(uint64_t value, char buf[NUMBER_MAX])
{
	if (value == NOT_KNOWN)
		snprintf(buf, NUMBER_MAX, "-");
	else
		snprintf(buf, NUMBER_MAX, "%" PRIu64, value);
	return buf;
}

char *number_plain(double value, char buf[NUMBER_MAX])
{
	double much = fabs(value);

	if (isnan(value))
		snprintf(buf, NUMBER_MAX, "-");
	else if (much >= 99999999.5)
		snprintf(buf, NUMBER_MAX, "%.3ge9", value / 1e9);
	else if (much >= 999999.5)
		snprintf(buf, NUMBER_MAX, "%.4ge6", value / 1e6);
	else if (much >= 999.95 || value == floor(value))
		snprintf(buf, NUMBER_MAX, "%.0f", value);
	else
		snprintf(buf, NUMBER_MAX, much >= 99.995 ? "%.1f" : "%.2f", value);
	return buf;
}

char *number_short(double value, char buf[NUMBER_MAX])
{
	static const char *const suffix[] = { "", "k", "M", "G", "T", "P", "E" };
	size_t i = 0;

	if (isnan(value))
		return memcpy(buf, "-", 2);
	while (fabs(value) >= 999.5 && i + 1 < sizeof(suffix) / sizeof(*suffix)) {
		value /= 1000;
		i++;
	}
	snprintf(buf, NUMBER_MAX, "%.3g%s", value, suffix[i]);
	return buf;
}
