/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef HMMBENCH_PAGE_SIZE_H
#define HMMBENCH_PAGE_SIZE_H

#include <stddef.h>

/** base_page_size() - the base page size in bytes. */
size_t base_page_size(void);

#endif
