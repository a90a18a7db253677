// SPDX-License-Identifier: GPL-2.0-or-later
#include "page_size.h"

#include <unistd.h>

size_t base_page_size(void)
{
	static size_t size;

	if (!size)
		size = sysconf(_SC_PAGESIZE);
	return size;
}
