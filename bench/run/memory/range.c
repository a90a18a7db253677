// SPDX-License-Identifier: GPL-2.0-or-later
#include "range.h"

#include <string.h>

#include "pattern.h"

void range_write(const struct range *range, void *page, uint64_t index)
{
	memcpy(page, range->model, base_page_size());
	pattern_stamp(page, base_page_size() / sizeof(uint64_t) - 1, range->seed,
		      index);
}
