/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a run is made on, as run.json records it. */
#ifndef HMMBENCH_MACHINE_H
#define HMMBENCH_MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/reason.h"
#include "model/clock.h"
#include "run/plan/matrix.h"

/**
 * struct machine_facts - what the machine cannot tell of itself
 * @clock:	by which it measures
 * @accelerator: "none", "kvm" or "tcg"; NULL: in a virtual machine of unknown kind
 * @qemu:	version and flags, or NULL
 * @kernel_name: what the user calls the kernel, or NULL
 * @kernel_source: what the kernel was built from, or NULL
 * @git:	revision of hmmbench, or NULL
 * @taint:	of taint_read()
 * @guest:	was a virtual machine started for this boot alone, so that its kernel is it?
 * @boots:	the most that the run may have
 */
struct machine_facts {
	const struct clock *clock;
	const char *accelerator;
	const char *qemu;
	const char *kernel_name;
	const char *kernel_source;
	const char *git;
	const char *taint;
	bool guest;
	uint32_t boots;
};

/**
 * machine_write() - write OUT/run.json, or hold the one of @resume against it
 * @resume: folder of the run that goes on, or NULL
 * Return: 0, or -errno with a line in @why: also -EINVAL when run_info_difference() tells
 *	this machine, build or matrix from those that the run was begun with.
 */
int machine_write(const char *out, const char *resume,
		  const struct machine_facts *facts, const struct matrix *matrix,
		  struct reason *why);

/**
 * machine_accelerator() - what runs this machine
 * @given: what the one who started it said, or NULL
 * @cpuinfo: /proc/cpuinfo
 * Return: @given, else "none", or NULL where the processor says that it is a virtual one:
 *	KVM or an emulator, which the machine cannot tell. Only x86 says so.
 */
const char *machine_accelerator(const char *given, const char *cpuinfo);

#endif
