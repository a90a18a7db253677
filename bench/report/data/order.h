/* SPDX-License-Identifier: GPL-3.0-or-later */
/* In which order cells stand, whatever is made of them. */
#ifndef HMMBENCH_ORDER_H
#define HMMBENCH_ORDER_H

#include "dataset.h"

/**
 * order_of() - indices of the cells that were closed, in the order of every table
 *
 * By all axes but strategy and pages, then by strategy, then by pages; names in
 * the order of the matrix. Return: an allocated array of *@count.
 */
size_t *order_of(const struct dataset *data, size_t *count);

#endif
