// SPDX-License-Identifier: GPL-2.0-or-later
#include "strategies.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "axes.h"

#define LABEL_MAX	8

#define OF_7_3	"Linux 7.3 or later"
#define OURS	"hmm_strategies.ko, which is made of the mm/hmm.c of " OF_7_3 " with CONFIG_KPROBES"

/* Its pages are all there afterwards, and it says which they are. */
#define HMM	.fills = true, .returns = true

const struct strategy strategies[] = {
	{ .name = "null", .role = STRATEGY_FLOOR,
	  .help = "the same ioctl with nothing in it: the floor of the harness" },
	{ .name = "plain", .role = STRATEGY_MERGED, HMM, .refused = EFAULT,
	  .help = "hmm_range_fault(), all kernels" },
	{ .name = "rfc", .role = STRATEGY_POSTED, HMM, .needs = OURS, .user = true,
	  .help = "RFC: HMM retakes the lock, one page per turn" },
	{ .name = "optin", .role = STRATEGY_POSTED, HMM, .needs = OURS,
	  .help = "RFC thread, option 1: as rfc when the range asks" },
	{ .name = "unlockable", .role = STRATEGY_POSTED, HMM, .needs = OURS, .restarts = true,
	  .help = "v1-v4: int *locked, the caller loops" },
	{ .name = "tried", .role = STRATEGY_POSTED, HMM, .needs = OURS,
	  .help = "v5: HMM retakes the lock and refaults with TRIED" },
	{ .name = "ebusy", .role = STRATEGY_POSTED, HMM, .needs = OURS, .restarts = true,
	  .help = "v6: -EBUSY to the caller, who loops" },
	{ .name = "unlocked", .role = STRATEGY_MERGED, HMM, .needs = OF_7_3, .restarts = true,
	  .help = "7.3: hmm_range_fault_unlocked_timeout(), timeout as in the profile" },
	{ .name = "unlocked-1s", .role = STRATEGY_MERGED, HMM, .needs = OF_7_3, .restarts = true,
	  .help = "7.3: the same with 1000 ms for each call" },
	{ .name = "step", .role = STRATEGY_MERGED, HMM, .needs = OF_7_3, .takes_chunk = true,
	  .restarts = true,
	  .help = "unlocked on K-page pieces, as a driver can on a stock kernel" },
	{ .name = "resume", .role = STRATEGY_PROPOSAL, HMM, .needs = OURS,
	  .help = "this project's proposal: goes on where it was while the seq holds" },
	{ .name = "advance", .role = STRATEGY_VARIANT, HMM, .needs = OURS,
	  .help = "a mend: as resume; a fault that is done is followed by the next, with no walk" },
	{ .name = "tried-first", .role = STRATEGY_VARIANT, HMM, .needs = OURS, .restarts = true,
	  .waits = true,
	  .help = "a mend: as unlocked, with TRIED from the start: only userfaultfd drops" },
	{ .name = "stale", .role = STRATEGY_CONTROL, HMM, .needs = OURS, .restarts = true,
	  .help = "negative control: the seq is never read again" },
	{ .name = "gup", .role = STRATEGY_REFERENCE, HMM,
	  .help = "reference: pin_user_pages_unlocked()" },
	{ .name = "fixup", .role = STRATEGY_REFERENCE, .fills = true, .once = true,
	  .help = "reference: fixup_user_fault() page by page" },
	{ .name = "touch", .role = STRATEGY_REFERENCE, .fills = true, .user = true, .dies = true,
	  .help = "reference: a CPU reads or writes the pages" },
	{ .name = "populate", .role = STRATEGY_REFERENCE, .fills = true, .poisoned = EHWPOISON,
	  .help = "reference: MADV_POPULATE_READ or _WRITE" },
	{ .name = "rxe-prefetch", .role = STRATEGY_DRIVER, .fills = true, .restarts = true,
	  .help = "rdma_rxe: ibv_advise_mr() of a registered range, until it is there" },
	{ .name = "rxe-register", .role = STRATEGY_DRIVER,
	  .help = "rdma_rxe: ibv_reg_mr() on demand, which takes what is there" },
	{ .name = "rxe-read", .role = STRATEGY_DRIVER, .fills = true, .reads_only = true,
	  .help = "rdma_rxe: RDMA READ of the range, which faults in a packet at a time" },
};
const size_t strategies_count = sizeof(strategies) / sizeof(*strategies);

const struct strategy *strategy_find(const char *text)
{
	size_t len = strcspn(text, ":@");

	for (size_t i = 0; i < strategies_count; i++)
		if (!strncmp(strategies[i].name, text, len) && !strategies[i].name[len])
			return &strategies[i];
	return NULL;
}

bool strategy_is(const char *text, enum strategy_role role)
{
	const struct strategy *s = strategy_find(text);

	return s && s->role == role;
}

bool strategy_is_labelled(const char *text)
{
	return strchr(text, '@');
}

static int unknown(const char *text, struct reason *why)
{
	reason_set(why, "no strategy '%s'; there are", text);
	for (size_t i = 0; i < strategies_count; i++)
		reason_add(why, " %s%s", strategies[i].name,
			   strategies[i].takes_chunk ? ":K" : "");
	return -EINVAL;
}

static int parse_chunk(const char *text, uint32_t *chunk)
{
	char *end;
	unsigned long k;

	if (*text < '1' || *text > '9')
		return -EINVAL;
	errno = 0;
	k = strtoul(text, &end, 10);
	if (errno || *end || k > AXIS_PAGES_MAX)
		return -EINVAL;
	*chunk = k;
	return 0;
}

/* "unlocked@b" without its label, into @name. */
static int cut_label(const char *text, char name[AXIS_TEXT_MAX], struct reason *why)
{
	const char *label = strchrnul(text, '@');
	size_t len = 0;

	snprintf(name, AXIS_TEXT_MAX, "%.*s", (int)(label - text), text);
	if (!*label++)
		return 0;
	while (isalnum((unsigned char)label[len]))
		len++;
	if (len && len <= LABEL_MAX && !label[len])
		return 0;
	return reason_err(why, -EINVAL, "'%s' has no label after its '@'; write 1 to %d letters "
			  "and digits", text, LABEL_MAX);
}

int strategy_parse(const char *whole, struct strategy_choice *out, struct reason *why)
{
	const struct strategy *s = strategy_find(whole);
	char text[AXIS_TEXT_MAX];
	int ret = cut_label(whole, text, why);
	const char *chunk = strchr(text, ':');

	if (ret)
		return ret;
	if (!s)
		return unknown(text, why);
	*out = (struct strategy_choice){ .strategy = s };
	if (chunk ? s->takes_chunk && !parse_chunk(chunk + 1, &out->chunk) : !s->takes_chunk)
		return 0;
	return reason_err(why, -EINVAL, s->takes_chunk ?
			  "'%s' wants a piece size, %s:K with K from 1 to %d pages" :
			  "'%s' takes no piece size, write %s", text, s->name, AXIS_PAGES_MAX);
}

bool strategy_listed(const char *list, const char *strategy)
{
	size_t n;

	for (; list && *list; list += n + !!list[n]) {
		n = strcspn(list, ",");
		if (n == strlen(strategy) && !strncmp(list, strategy, n))
			return true;
	}
	return !list;
}
