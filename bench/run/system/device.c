// SPDX-License-Identifier: GPL-2.0-or-later
#include "device.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include "kernel.h"

int device_open(void)
{
	int fd = open(DEVICE_PATH, O_RDWR | O_CLOEXEC);

	return fd < 0 ? -errno : fd;
}

static bool says(const char *path, const char *word)
{
	char *line = kernel_read_line(path);
	bool found = line && strstr(line, word);

	free(line);
	return found;
}

static bool wants_signature(void)
{
	static const char lockdown[] = "/sys/kernel/security/lockdown";

	return says("/sys/module/module/parameters/sig_enforce", "Y") ||
	       says(lockdown, "[integrity]") || says(lockdown, "[confidentiality]");
}

const char *device_advice(int err)
{
	switch (err) {
	case ENOENT:
	case ENXIO:
	case ENODEV:
		if (wants_signature())
			return "the kernel takes signed modules alone (Secure Boot, lockdown or "
			       "sig_enforce): sign hmm_bench.ko with a key that it knows and "
			       "load it, or run in the VM with scripts/bench";
		return "load the module hmm_bench.ko (kernel-helpers/hmm_bench) "
		       "or run in the VM with scripts/bench";
	case EACCES:
	case EPERM:
		return "run as root";
	default:
		return "see dmesg";
	}
}

/* What a module of this version says of a strategy; -EINVAL from all others. */
static int ask(int fd, uint32_t version, uint32_t id, uint32_t *flags)
{
	struct hmm_bench_strategy_info info = {
		.size = sizeof(info),
		.version = version,
		.strategy = id,
	};

	if (ioctl(fd, HMM_BENCH_IOC_STRATEGY, &info))
		return -errno;
	*flags = info.flags;
	return 0;
}

int device_strategy_flags(int fd, uint32_t id, uint32_t *flags)
{
	return ask(fd, HMM_BENCH_VERSION, id, flags);
}

#define VERSIONS	1000	/* that there may ever be */

uint32_t device_version(int fd)
{
	uint32_t flags;

	for (uint32_t v = 1; v < VERSIONS; v++)
		if (!ask(fd, v, HMM_BENCH_NULL, &flags))
			return v;
	return 0;
}

int device_call(int fd, struct hmm_bench_call *call)
{
	call->size = sizeof(*call);
	call->version = HMM_BENCH_VERSION;
	return ioctl(fd, HMM_BENCH_IOC_CALL, call) ? -errno : 0;
}
