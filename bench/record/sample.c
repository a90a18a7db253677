// SPDX-License-Identifier: GPL-2.0-or-later
#include "sample.h"

const char *const sample_modes[] = { "time", "count", "warmup", "watch", NULL };

#define COUNT(_name, _newer) \
	{ .name = #_name, .offset = offsetof(struct counts, _name), .newer = (_newer) },
#define RESULT(_name, _newer) \
	{ .name = #_name, .offset = offsetof(struct sample, _name), .newer = (_newer) },

const struct count_field count_fields[] = { SAMPLE_COUNTS(COUNT) };
const size_t count_fields_count = sizeof(count_fields) / sizeof(*count_fields);
const struct count_field result_fields[] = { SAMPLE_RESULTS(RESULT) };
const size_t result_fields_count = sizeof(result_fields) / sizeof(*result_fields);

const char *sample_mode_name(enum sample_mode mode)
{
	return sample_modes[mode];
}
