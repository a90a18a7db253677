/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The range that a sample is measured on: made fresh, checked, taken down. */
#ifndef HMMBENCH_PREPARE_H
#define HMMBENCH_PREPARE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/reason.h"
#include "model/axes.h"
#include "range.h"

/** backing_unit() - base pages that one fault brings in at least. */
uint64_t backing_unit(const struct axes *axes);

/** backing_huge() - do its pages come by the PMD, 2 MiB or more at once? */
bool backing_huge(const struct axes *axes);

/**
 * backing_refuses() - have kernels always refused this mode of userfaultfd for it?
 *
 * When its range is registered or, for UFFD_MOVE, when a page is resolved. Any
 * other refusal is a fault of the kernel's, or of its configuration.
 */
bool backing_refuses(const struct axes *axes);

/** range_populated() - does page @index need no fault? */
int range_populated(const struct axes *axes, uint64_t index);

/** range_missing() - pages that need a fault before the call is done. */
uint64_t range_missing(const struct axes *axes);

/** backing_fault_unit() - base pages that one UFFDIO ioctl resolves at least. */
uint64_t backing_fault_unit(const struct axes *axes);

/** range_group() - base pages that the responder resolves for one message. */
uint64_t range_group(const struct axes *axes);

/**
 * range_messages() - userfaultfd messages that the call must cause
 *
 * One for each aligned group of range_group() pages with a page that needs a
 * fault, since the responder resolves the whole group.
 */
uint64_t range_messages(const struct axes *axes);

/**
 * backing_check_axes() - can there be such a range at all?
 * Return: 0, or -EINVAL with the axis to blame and a sentence in @why.
 */
int backing_check_axes(const struct axes *axes, const struct axis **wrong,
		       struct reason *why);

/**
 * backing_lacking() - what this machine lacks for it
 * Return: 0 when nothing, else -ENODEV with a sentence in @why.
 */
int backing_lacking(const struct axes *axes, const struct range_place *place,
		    struct reason *why);

/**
 * range_prepare() - map and prepare, not yet registered with userfaultfd
 * @why: what could not be done
 * Return: 0 or -errno.
 */
int range_prepare(struct range *range, const struct axes *axes, uint64_t seed,
		  const struct range_place *place, struct reason *why);

/**
 * range_check() - does every page hold what it must?
 * @disturbed: pages may have been thrown away meanwhile, and hold zeroes
 * Return: index of the first wrong page, or @range->pages.
 */
uint64_t range_check(const struct range *range, int disturbed);

void range_release(struct range *range);

#endif
