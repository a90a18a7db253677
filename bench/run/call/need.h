/* SPDX-License-Identifier: GPL-2.0-or-later */
/* How much memory a cell cannot do without. */
#ifndef HMMBENCH_NEED_H
#define HMMBENCH_NEED_H

#include <stddef.h>
#include <stdint.h>

#include "recipe.h"

/**
 * need_bytes() - what is in memory at once while the cell is measured, at least
 *
 * The range, what the kernel and the module keep for each of its pages, what the responder
 * copies from, and the load. A range of hugetlb pages is in its pool, which
 * backing_lacking() asks.
 * @cores: that are free for the load
 */
uint64_t need_bytes(const struct recipe *recipe, size_t cores);

#endif
