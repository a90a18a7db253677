/* SPDX-License-Identifier: GPL-2.0-or-later */
/* /dev/hmm_bench from user space. */
#ifndef HMMBENCH_DEVICE_H
#define HMMBENCH_DEVICE_H

#include <stdint.h>

#include "../../../kernel-helpers/hmm_bench/hmm_bench_uapi.h"

#define DEVICE_PATH	"/dev/hmm_bench"

/** device_open() - a file descriptor for this mm, or -errno. */
int device_open(void);

/** device_advice() - what to do about an errno of device_open(). */
const char *device_advice(int err);

/**
 * device_strategy_flags() - HMM_BENCH_PRESENT, ... of a strategy
 * Return: 0, or -errno (-EINVAL: the module knows no such strategy).
 */
int device_strategy_flags(int fd, uint32_t id, uint32_t *flags);

/**
 * device_version() - HMM_BENCH_VERSION of the module, whichever that is
 * Return: 0 when it is no module of ours.
 */
uint32_t device_version(int fd);

/**
 * device_call() - HMM_BENCH_IOC_CALL; size and version are filled in here
 * Return: 0 or -errno of the ioctl. The errno of the call is in call->error.
 */
int device_call(int fd, struct hmm_bench_call *call);

#endif
