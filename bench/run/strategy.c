// SPDX-License-Identifier: GPL-2.0-or-later
#include "strategy.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "pattern.h"
#include "rxe.h"

#define LABEL_MAX	8

#define OF_7_3	"Linux 7.3 or later"
#define OURS	"hmm_strategies.ko, which is made of the mm/hmm.c of " OF_7_3 " with CONFIG_KPROBES"

static int run_touch(const struct range *range)
{
	size_t step = base_page_size();
	volatile uint64_t *word =
		(volatile uint64_t *)range->base + PATTERN_FREE_WORD;

	for (uint64_t i = 0; i < range->pages; i++) {
		if (range->axes->access == ACCESS_WRITE)
			*word = i;
		else
			(void)*word;
		word += step / sizeof(*word);
	}
	return 0;
}

static int run_populate(const struct range *range)
{
	int advice = range->axes->access == ACCESS_WRITE ?
		     MADV_POPULATE_WRITE : MADV_POPULATE_READ;

	return madvise(range->base, range->pages * base_page_size(), advice) ?
	       -errno : 0;
}

const struct strategy strategies[] = {
	{ .name = "null", .id = HMM_BENCH_NULL,
	  .help = "the same ioctl with nothing in it: the floor of the harness" },
	{ .name = "plain", .id = HMM_BENCH_PLAIN, .fills = true, .returns = true, .refused = EFAULT,
	  .help = "hmm_range_fault(), all kernels" },
	{ .name = "rfc", .id = HMM_BENCH_RFC, .needs = OURS, .fills = true, .returns = true, .user = true,
	  .help = "RFC: HMM retakes the lock, one page per turn" },
	{ .name = "optin", .id = HMM_BENCH_OPTIN, .needs = OURS, .fills = true, .returns = true,
	  .help = "RFC thread, option 1: as rfc when the range asks" },
	{ .name = "unlockable", .id = HMM_BENCH_UNLOCKABLE, .needs = OURS, .fills = true, .returns = true,
	  .restarts = true, .help = "v1-v4: int *locked, the caller loops" },
	{ .name = "tried", .id = HMM_BENCH_TRIED, .needs = OURS, .fills = true, .returns = true,
	  .help = "v5: HMM retakes the lock and refaults with TRIED" },
	{ .name = "ebusy", .id = HMM_BENCH_EBUSY, .needs = OURS, .fills = true, .returns = true,
	  .restarts = true, .help = "v6: -EBUSY to the caller, who loops" },
	{ .name = "unlocked", .id = HMM_BENCH_UNLOCKED, .needs = OF_7_3, .fills = true, .returns = true,
	  .restarts = true, .help = "7.3: hmm_range_fault_unlocked_timeout(), timeout as in the profile" },
	{ .name = "unlocked-1s", .id = HMM_BENCH_UNLOCKED_1S, .needs = OF_7_3, .fills = true, .returns = true,
	  .restarts = true, .help = "7.3: the same with 1000 ms for each call" },
	{ .name = "step", .id = HMM_BENCH_STEP, .needs = OF_7_3, .fills = true, .returns = true, .takes_chunk = true,
	  .restarts = true, .help = "unlocked on K-page pieces, as a driver can on a stock kernel" },
	{ .name = "resume", .id = HMM_BENCH_RESUME, .needs = OURS, .fills = true, .returns = true,
	  .help = "this project's proposal: goes on where it was while the seq holds" },
	{ .name = "advance", .id = HMM_BENCH_ADVANCE, .needs = OURS, .fills = true, .returns = true,
	  .help = "a mend: as resume; a fault that is done is followed by the next, with no walk" },
	{ .name = "tried-first", .id = HMM_BENCH_TRIED_FIRST, .needs = OURS, .fills = true, .returns = true,
	  .restarts = true, .waits = true,
	  .help = "a mend: as unlocked, with TRIED from the start: only userfaultfd drops" },
	{ .name = "stale", .id = HMM_BENCH_STALE, .needs = OURS, .fills = true, .returns = true,
	  .restarts = true, .help = "negative control: the seq is never read again" },
	{ .name = "gup", .id = HMM_BENCH_GUP, .fills = true, .returns = true,
	  .help = "reference: pin_user_pages_unlocked()" },
	{ .name = "fixup", .id = HMM_BENCH_FIXUP, .fills = true,
	  .help = "reference: fixup_user_fault() page by page" },
	{ .name = "touch", .id = HMM_BENCH_NULL, .fills = true, .run = run_touch, .user = true, .dies = true,
	  .help = "reference: a CPU reads or writes the pages" },
	{ .name = "populate", .id = HMM_BENCH_NULL, .fills = true,
	  .run = run_populate, .poisoned = EHWPOISON,
	  .help = "reference: MADV_POPULATE_READ or _WRITE" },
	{ .name = "rxe-prefetch", .id = HMM_BENCH_NULL, .caller = CALLER_RXE, .fills = true,
	  .restarts = true, .prepare = rxe_prepare, .run = rxe_prefetch, .finish = rxe_finish,
	  .help = "rdma_rxe: ibv_advise_mr() of a registered range, until it is there" },
	{ .name = "rxe-register", .id = HMM_BENCH_NULL, .caller = CALLER_RXE,
	  .run = rxe_register, .finish = rxe_finish,
	  .help = "rdma_rxe: ibv_reg_mr() on demand, which takes what is there" },
	{ .name = "rxe-read", .id = HMM_BENCH_NULL, .caller = CALLER_RXE, .fills = true,
	  .prepare = rxe_prepare_read, .run = rxe_read, .finish = rxe_finish, .reads_only = true,
	  .help = "rdma_rxe: RDMA READ of the range, which faults in a packet at a time" },
};
const size_t strategies_count = sizeof(strategies) / sizeof(*strategies);

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
	if (errno || *end || k > HMM_BENCH_PAGES_MAX)
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
	reason_set(why, "'%s' has no label after its '@'; write 1 to %d letters and "
		   "digits", text, LABEL_MAX);
	return -EINVAL;
}

int strategy_parse(const char *whole, struct strategy_choice *out, struct reason *why)
{
	char text[AXIS_TEXT_MAX];
	int ret = cut_label(whole, text, why);
	size_t len = strcspn(text, ":");

	if (ret)
		return ret;
	for (size_t i = 0; i < strategies_count; i++) {
		const struct strategy *s = &strategies[i];

		if (strlen(s->name) != len || strncmp(s->name, text, len))
			continue;
		out->strategy = s;
		out->chunk = 0;
		if (!s->takes_chunk && !text[len])
			return 0;
		if (s->takes_chunk && text[len] &&
		    !parse_chunk(text + len + 1, &out->chunk))
			return 0;
		reason_set(why, s->takes_chunk ?
			   "'%s' wants a piece size, %s:K with K from 1 to %d pages" :
			   "'%s' takes no piece size, write %s", text, s->name,
			   HMM_BENCH_PAGES_MAX);
		return -EINVAL;
	}
	return unknown(text, why);
}

int strategy_check_axes(const struct axes *axes, const struct axis **culprit,
			struct reason *why)
{
	struct strategy_choice choice;
	int ret = strategy_parse(axes->strategy, &choice, why);

	*culprit = axis_find("strategy");
	if (!ret && choice.strategy->reads_only && axes->access != ACCESS_READ) {
		*culprit = axis_find("access");
		reason_set(why, "%s reads the range and never writes it; write "
			   "access: [read]", axes->strategy);
		return -EINVAL;
	}
	return ret;
}
