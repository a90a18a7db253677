// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A reliable connection of the device with itself. What is read of a region is faulted in
 * by the side that answers, a packet at a time.
 */
#include <errno.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include "rxe_verbs.h"

#define PORT	1

/* An RDMA READ; the device takes 8 MiB. Nothing reads what arrives, so all arrive in one place. */
#define READ_BYTES	(4UL << 20)

/* Longer than any answer: without it a packet that was lost would be waited for for ever. */
#define PATIENCE_MS	60000

static bool is_ipv4(const union ibv_gid *gid)
{
	static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };

	return !memcmp(gid->raw, mapped, sizeof(mapped));
}

/* The entry that stands for an IPv4 address, which needs no neighbour to be found. */
static int find_gid(struct rxe_device *device, int entries, union ibv_gid *gid)
{
	for (int i = 0; i < entries; i++)
		if (!device->verbs.query_gid(device->context, PORT, i, gid) && is_ipv4(gid))
			return i;
	return -ENOENT;
}

static int to_init(const struct verbs *verbs, struct ibv_qp *qp)
{
	struct ibv_qp_attr attr = {
		.qp_state = IBV_QPS_INIT,
		.port_num = PORT,
		.qp_access_flags = IBV_ACCESS_REMOTE_READ,
	};

	return verbs->modify_qp(qp, &attr, IBV_QP_STATE | IBV_QP_PKEY_INDEX | IBV_QP_PORT |
				IBV_QP_ACCESS_FLAGS);
}

static int to_rtr(const struct verbs *verbs, struct ibv_qp *qp, uint32_t other,
		  const union ibv_gid *gid, int index, enum ibv_mtu mtu)
{
	struct ibv_qp_attr attr = {
		.qp_state = IBV_QPS_RTR,
		.path_mtu = mtu,
		.dest_qp_num = other,
		.max_dest_rd_atomic = 1,
		.min_rnr_timer = 12,
		.ah_attr = {
			.is_global = 1,
			.port_num = PORT,
			.grh = { .dgid = *gid, .sgid_index = index, .hop_limit = 1 },
		},
	};

	return verbs->modify_qp(qp, &attr, IBV_QP_STATE | IBV_QP_AV | IBV_QP_PATH_MTU |
				IBV_QP_DEST_QPN | IBV_QP_RQ_PSN | IBV_QP_MAX_DEST_RD_ATOMIC |
				IBV_QP_MIN_RNR_TIMER);
}

/* With a timeout of 0 nothing is sent again: an answer may take as long as its fault. */
static int to_rts(const struct verbs *verbs, struct ibv_qp *qp)
{
	struct ibv_qp_attr attr = {
		.qp_state = IBV_QPS_RTS,
		.retry_cnt = 7,
		.rnr_retry = 7,
		.max_rd_atomic = 1,
	};

	return verbs->modify_qp(qp, &attr, IBV_QP_STATE | IBV_QP_TIMEOUT | IBV_QP_RETRY_CNT |
				IBV_QP_RNR_RETRY | IBV_QP_SQ_PSN | IBV_QP_MAX_QP_RD_ATOMIC);
}

static int connect_both(struct rxe_device *device, struct rxe_link *link, const char **what)
{
	struct verbs_context *extended = verbs_get_ctx_op(device->context, query_port);
	struct ibv_qp *qps[] = { link->asks, link->answers };
	struct ibv_port_attr port = { 0 };
	union ibv_gid gid;
	int index, ret;

	*what = "ibv_query_port()";
	ret = extended ? extended->query_port(device->context, PORT, &port, sizeof(port)) :
	      EOPNOTSUPP;
	if (ret)
		return -ret;
	*what = "an IPv4 address on the netdev of the rxe device";
	index = find_gid(device, port.gid_tbl_len, &gid);
	if (index < 0)
		return index;
	*what = "ibv_modify_qp()";
	for (int i = 0; i < 2 && !ret; i++)
		ret = to_init(&device->verbs, qps[i]);
	for (int i = 0; i < 2 && !ret; i++)
		ret = to_rtr(&device->verbs, qps[i], qps[!i]->qp_num, &gid, index,
			     port.active_mtu);
	for (int i = 0; i < 2 && !ret; i++)
		ret = to_rts(&device->verbs, qps[i]);
	return -ret;
}

static int make(struct rxe_device *device, struct rxe_link *link, const char **what)
{
	const struct verbs *verbs = &device->verbs;
	struct ibv_qp_init_attr init = {
		.cap = { .max_send_wr = 1, .max_recv_wr = 1, .max_send_sge = 1,
			 .max_recv_sge = 1 },
		.qp_type = IBV_QPT_RC,
	};

	*what = "mmap() of 4 MiB";
	link->buffer = mmap(NULL, READ_BYTES, PROT_READ | PROT_WRITE,
			    MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
	if (link->buffer == MAP_FAILED)
		return -errno;
	*what = "ibv_reg_mr() of 4 MiB (ulimit -l)";
	link->mr = verbs->reg_mr(device->pd, link->buffer, READ_BYTES, IBV_ACCESS_LOCAL_WRITE);
	if (!link->mr)
		return -errno;
	*what = "ibv_create_cq()";
	link->channel = verbs->create_comp_channel(device->context);
	if (link->channel)
		link->cq = verbs->create_cq(device->context, 4, NULL, link->channel, 0);
	if (!link->cq)
		return -errno;
	*what = "ibv_create_qp()";
	init.send_cq = init.recv_cq = link->cq;
	link->asks = verbs->create_qp(device->pd, &init);
	link->answers = verbs->create_qp(device->pd, &init);
	return link->asks && link->answers ? 0 : -errno;
}

int rxe_link_open(struct rxe_device *device, struct rxe_link *link, struct reason *why)
{
	const char *what;
	int ret;

	*link = (struct rxe_link){ .buffer = MAP_FAILED };
	ret = make(device, link, &what);
	if (!ret)
		ret = connect_both(device, link, &what);
	if (ret)
		reason_set(why, "cannot connect rxe with itself: %s: %s; is its netdev up, "
			   "with an address?", what, strerror(-ret));
	return ret;
}

void rxe_link_close(struct rxe_device *device, struct rxe_link *link)
{
	if (link->answers)
		device->verbs.destroy_qp(link->answers);
	if (link->asks)
		device->verbs.destroy_qp(link->asks);
	if (link->cq)
		device->verbs.destroy_cq(link->cq);
	if (link->channel)
		device->verbs.destroy_comp_channel(link->channel);
	if (link->mr)
		device->verbs.dereg_mr(link->mr);
	if (link->buffer != MAP_FAILED)
		munmap(link->buffer, READ_BYTES);
}

static int errno_of(enum ibv_wc_status status)
{
	switch (status) {
	case IBV_WC_SUCCESS:
		return 0;
	case IBV_WC_REM_ACCESS_ERR:	/* what the range could not be faulted in for */
		return -EFAULT;
	case IBV_WC_RETRY_EXC_ERR:
	case IBV_WC_RNR_RETRY_EXC_ERR:
		return -ETIMEDOUT;
	default:
		return -EIO;
	}
}

/*
 * Asleep: whoever spins until it is there is charged, on the insn clock, for as long as the
 * processors take turns, whatever there was to do.
 */
static int wait_for_it(struct rxe_device *device, struct rxe_link *link)
{
	struct pollfd fd = { .fd = link->channel->fd, .events = POLLIN };
	struct ibv_wc wc = { 0 };
	struct ibv_cq *cq;
	void *context;
	int n = poll(&fd, 1, PATIENCE_MS);

	if (n < 1)
		return n ? -errno : -ETIMEDOUT;
	if (device->verbs.get_cq_event(link->channel, &cq, &context))
		return -errno;
	device->verbs.ack_cq_events(cq, 1);
	return ibv_poll_cq(cq, 1, &wc) == 1 ? errno_of(wc.status) : -EIO;
}

int rxe_link_read(struct rxe_device *device, struct rxe_link *link, uint64_t addr,
		  uint64_t bytes, uint32_t rkey)
{
	int ret = 0;

	for (uint64_t at = 0; at < bytes && !ret; at += READ_BYTES) {
		struct ibv_sge sge = {
			.addr = (uintptr_t)link->buffer,
			.length = bytes - at < READ_BYTES ? bytes - at : READ_BYTES,
			.lkey = link->mr->lkey,
		};
		struct ibv_send_wr wr = {
			.sg_list = &sge, .num_sge = 1, .opcode = IBV_WR_RDMA_READ,
			.send_flags = IBV_SEND_SIGNALED,
			.wr.rdma = { .remote_addr = addr + at, .rkey = rkey },
		}, *bad;

		ret = -ibv_req_notify_cq(link->cq, 0);
		if (!ret)
			ret = -ibv_post_send(link->asks, &wr, &bad);
		if (!ret)
			ret = wait_for_it(device, link);
	}
	return ret;
}
