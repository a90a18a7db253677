// SPDX-License-Identifier: GPL-2.0-or-later
#include "rxe.h"

#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "rxe_advise.h"
#include "rxe_verbs.h"

#define MODULE	"/sys/module/rdma_rxe"

/* The driver looks a region up for writing even to prefetch it for reading. */
#define ACCESS	(IBV_ACCESS_LOCAL_WRITE | IBV_ACCESS_REMOTE_READ | IBV_ACCESS_ON_DEMAND)

/* All that a process has of it: the calls are given a range and nothing else. */
static struct {
	struct rxe_device device;
	struct rxe_link link;
	struct ibv_mr *mr;	/* over the range of the sample at hand */
	bool linked;
} rxe;

/* Of the drivers without hardware only rxe has this file: the netdev that it sits on. */
static bool is_rxe(const struct ibv_device *device)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s/parent", device->ibdev_path);
	return !access(path, F_OK);
}

static bool pages_on_demand(struct ibv_context *context)
{
	struct verbs_context *extended = verbs_get_ctx_op(context, query_device_ex);
	struct ibv_device_attr_ex attr = { 0 };

	return extended && !extended->query_device_ex(context, NULL, &attr, sizeof(attr)) &&
	       attr.odp_caps.general_caps & IBV_ODP_SUPPORT &&
	       attr.odp_caps.per_transport_caps.rc_odp_caps & IBV_ODP_SUPPORT_READ;
}

static int open_device(struct ibv_device *device, struct reason *why)
{
	const char *name = rxe.device.verbs.get_device_name(device);
	struct ibv_context *context = rxe.device.verbs.open_device(device);

	if (!context)
		return reason_err(why, -ENODEV, "ibv_open_device(%s): %s; run as root", name,
				  strerror(errno));
	if (!pages_on_demand(context)) {
		reason_set(why, "%s does not page on demand, which takes Linux 6.15 or "
			   "later with CONFIG_INFINIBAND_ON_DEMAND_PAGING", name);
		rxe.device.verbs.close_device(context);
		return -ENODEV;
	}
	rxe.device.context = context;
	rxe.device.pd = rxe.device.verbs.alloc_pd(context);
	if (rxe.device.pd)
		return 0;
	reason_set(why, "ibv_alloc_pd(%s): %s; see dmesg", name, strerror(errno));
	rxe.device.verbs.close_device(context);
	return -ENODEV;
}

static int find_device(struct reason *why)
{
	struct ibv_device **list = rxe.device.verbs.get_device_list(NULL);
	int ret = -ENODEV;

	reason_set(why, "no soft-RoCE device; 'rdma link add rxe0 type rxe netdev DEV' "
		   "makes one, and ibverbs-providers is what finds it");
	for (size_t i = 0; list && list[i] && ret; i++)
		if (is_rxe(list[i]))
			ret = open_device(list[i], why);
	if (list)
		rxe.device.verbs.free_device_list(list);
	return ret;
}

int rxe_open(struct reason *why)
{
	int ret;

	/* Built in, it shows itself by its devices alone. */
	if (access(MODULE, F_OK) && access("/sys/class/infiniband", F_OK))
		return reason_err(why, -ENODEV, "rdma_rxe is not loaded: modprobe it, or in the VM "
				  "take a kernel that has it, such as 7.3-generic");
	ret = verbs_load(&rxe.device.verbs, why);
	if (ret)
		return ret;
	ret = find_device(why);
	if (ret)
		dlclose(rxe.device.verbs.library);
	return ret;
}

static void close_link(void)
{
	if (rxe.linked)
		rxe_link_close(&rxe.device, &rxe.link);
	rxe.linked = false;
}

void rxe_close(int handle)
{
	(void)handle;
	rxe_finish();
	close_link();
	rxe.device.verbs.dealloc_pd(rxe.device.pd);
	rxe.device.verbs.close_device(rxe.device.context);
	dlclose(rxe.device.verbs.library);
}

const char *rxe_advice(int err)
{
	switch (err) {
	case EFAULT:
		return "; under userfaultfd rxe takes Linux 7.3 or later";
	case EOPNOTSUPP:
		return "; to prefetch, rxe takes Linux 6.16 or later";
	case ETIMEDOUT:
	case EIO:
		return "; is the netdev of the rxe device up, with an address?";
	default:
		return "; dmesg may say more";
	}
}

int rxe_register(const struct range *range)
{
	rxe.mr = rxe.device.verbs.reg_mr(rxe.device.pd, range->base, range_size(range), ACCESS);
	return rxe.mr ? 0 : -errno;
}

int rxe_prepare(const struct range *range, struct reason *why)
{
	int ret = rxe_register(range);

	if (ret)
		reason_set(why, "ibv_reg_mr() of the range: %s%s", strerror(-ret),
			   rxe_advice(-ret));
	return ret;
}

int rxe_prepare_read(const struct range *range, struct reason *why)
{
	int ret = 0;

	if (!rxe.linked) {
		ret = rxe_link_open(&rxe.device, &rxe.link, why);
		rxe.linked = true;
	}
	if (ret)
		close_link();
	return ret ? ret : rxe_prepare(range, why);
}

void rxe_finish(void)
{
	if (rxe.mr)
		rxe.device.verbs.dereg_mr(rxe.mr);
	rxe.mr = NULL;
}

int rxe_prefetch(const struct range *range)
{
	return rxe_advise(rxe.device.context->cmd_fd, rxe.device.pd->handle, rxe.mr->lkey,
			  range->base, range_size(range), range->axes->access == ACCESS_WRITE);
}

int rxe_read(const struct range *range)
{
	int ret = rxe_link_read(&rxe.device, &rxe.link, (uintptr_t)range->base,
				range_size(range), rxe.mr->rkey);

	/* Its queue pairs refuse all that comes after an error. */
	if (ret)
		close_link();
	return ret;
}
