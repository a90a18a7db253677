// SPDX-License-Identifier: GPL-2.0-or-later
/* Backings, placements, loads, responders, profiles and counters. */
#include <errno.h>
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>

#include <cmocka.h>

#include "run/call/verify.h"
#include "run/plan/profile.h"

#include "vm_tests.h"

static void set(struct axes *axes, const char *name, const char *value)
{
	struct reason why;

	if (axis_parse(axis_find(name), value, axes, &why))
		fail_msg("%s: %s", name, why.text);
}

static const char *const some[] = {
	"rfc", "tried", "ebusy", "unlocked", "resume", "gup", "fixup", "touch", "populate",
};
#define SOME	(sizeof(some) / sizeof(*some))

/* Kinds of memory and modes under strategies of every kind; vm_drops.c has all of them. */
void test_backings(void **state)
{
	static const char *const pairs[][2] = {
		{ "anon", "wp" }, { "anon", "move" }, { "anon-thp", "none" },
		{ "anon-thp", "missing" }, { "shmem", "none" }, { "shmem", "missing" },
		{ "shmem", "minor" }, { "shmem", "wp" }, { "hugetlb", "none" },
		{ "hugetlb", "missing" }, { "hugetlb", "minor" }, { "hugetlb", "wp" },
		{ "file-private", "none" }, { "swap", "none" }, { "swap", "missing" },
	};
	struct sample s;

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		for (size_t k = 0; k < SOME; k++) {
			struct axes axes = axes_of(some[k], 1024);

			set(&axes, "backing", pairs[i][0]);
			set(&axes, "uffd", pairs[i][1]);
			take(&axes, MODE_TIME, &s);
			assert_int_equal(s.err, 0);
			assert_int_equal(s.messages, range_messages(&axes));
			/* These bring neighbours in with each page. */
			if (axes.backing == BACKING_FILE_PRIVATE || axes.backing == BACKING_SWAP)
				continue;
			set(&axes, "populated", "50");
			take(&axes, MODE_TIME, &s);
			assert_int_equal(s.messages, range_messages(&axes));
		}
	}
}

void test_placements(void **state)
{
	static const char *const names[] = {
		"local", "remote-responder", "remote-memory", "remote-source", "remote-all",
		"interleave", "0-0-0-0", "0-1-1-1", "1-0-1-0", "1-1-0-0",
	};
	struct reason why;
	struct sample s;

	(void)state;
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct axes axes = axes_of("unlocked", 64);

		set(&axes, "placement", names[i]);
		take(&axes, MODE_TIME, &s);
		set(&axes, "uffd", "none");
		take(&axes, MODE_TIME, &s);
	}
	struct axes axes = axes_of("unlocked", 64);

	set(&axes, "placement", "0-7-0-0");
	assert_false(supported(&axes, &why));
	assert_string_equal(why.text, "placement 0-7-0-0: node 7 does not exist");
	set(&axes, "placement", "local");
	set(&axes, "threads", "2");
	assert_false(supported(&axes, &why));
	assert_string_equal(why.text, "placement local with 2 responder threads wants 3 cores on "
			    "node 1, which has 2");
}

/* A sample whose pages, caller or responder are elsewhere is no sample. */
void test_misplaced(void **state)
{
	struct axes axes = axes_of("unlocked", 64);
	struct recipe recipe = recipe_of(&axes);
	struct reason why;
	struct sample s;

	(void)state;
	memset(&s, 0, sizeof(s));
	assert_int_equal(bench_begin(&bench, &recipe, &why), 0);
	bench.placement.caller_cpu ^= 1;
	assert_int_equal(cell_sample(&bench, &recipe, MODE_TIME, 7, NULL, &s, &why), 0);
	assert_non_null(strstr(s.check, "the caller moved to CPU"));
	bench.placement.caller_cpu ^= 1;
	/* Pages that were put on one node, and are looked for on another. */
	assert_int_equal(placement_bind_thread(bench.placement.caller_cpu), 0);
	struct range range;
	struct range_place place = bench_place(&bench);
	char check[RECORD_TEXT_MAX] = "";
	struct hmm_bench_call call = {
		.size = sizeof(call), .version = HMM_BENCH_VERSION,
		.strategy = HMM_BENCH_NULL, .pages = 64,
	};

	place.node = !place.node;
	set(&axes, "uffd", "none");
	set(&axes, "populated", "100");
	assert_int_equal(range_prepare(&range, &axes, 7, &place, &why), 0);
	call.addr = (uintptr_t)range.base;
	assert_int_equal(ioctl(bench.device, HMM_BENCH_IOC_CALL, &call), 0);
	assert_int_equal(call.node_pages[place.node], 64);
	assert_int_equal(call.node_pages[!place.node], 0);
	verify_place(&bench, &range, &call, check, sizeof(check));
	assert_string_equal(check, bench.placement.memory_node ? "0 of 64 pages on node 1" :
							       "0 of 64 pages on node 0");
	range_release(&range);
	bench_end(&bench);
}

/* With pages thrown away under it, a strategy begins again; stale cannot. */
void test_restarts(void **state)
{
	static const char *const again[] = { "rfc", "resume", "tried", "unlocked", "ebusy" };
	struct axes axes;
	struct sample s;

	(void)state;
	for (size_t i = 0; i < sizeof(again) / sizeof(*again); i++) {
		axes = axes_of(again[i], 256);
		set(&axes, "load", "invalidators:1:400us:1");
		take(&axes, MODE_COUNT, &s);
		assert_true(s.invalidations > 0);
		assert_true(s.counts.seq_reads > 1);
		assert_int_equal(s.valid, 256);
		set(&axes, "load", "none");
		take(&axes, MODE_COUNT, &s);
		assert_int_equal(s.invalidations, 0);
		if (i < 3)
			assert_int_equal(s.counts.seq_reads, 1);
	}
	/* A page is thrown away out of a batch that is there: only it is resolved. */
	axes = axes_of("unlocked", 256);
	set(&axes, "batch", "16");
	set(&axes, "load", "invalidators:1:40us:1");
	for (int i = 0; i < 20; i++)
		take(&axes, MODE_TIME, &s);
	axes = axes_of("stale", 256);
	set(&axes, "load", "invalidators:1:400us:1");
	take_any(&axes, MODE_TIME, NULL, &s);
	assert_int_equal(s.err, ETIME);
	assert_string_equal(s.check, "the call failed: Timer expired");
}

static const struct watch_sum *sum_of(const struct observation *o, enum role role,
				      const char *name)
{
	for (size_t i = 0; i < counters_count; i++)
		if (!strcmp(counters[i].name, name))
			return &o->sums[role * counters_count + i];
	fail_msg("no counter %s", name);
	return NULL;
}

static void watch(const char *strategy, struct sample *s, struct observation **o)
{
	struct axes axes = axes_of(strategy, 128);

	*o = observation_new(NULL);
	assert_non_null(*o);
	take_any(&axes, MODE_WATCH, *o, s);
	assert_string_equal(s->check, "ok");
}

/*
 * The module's account against the kernel's tracepoints. The ioctl itself takes
 * the mmap lock too, and that is what null shows.
 */
void test_counters_agree(void **state)
{
	static const char *const lock = "mmap_lock_acquire_returned";
	static const char *const names[] = {
		"rfc", "optin", "unlockable", "tried", "ebusy", "unlocked", "unlocked-1s",
		"step:16", "resume", "stale",
	};
	struct observation *o, *null;
	struct sample s;

	(void)state;
	watch("null", &s, &null);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		uint64_t pieces = !strcmp(names[i], "step:16") ? 8 : 1;

		watch(names[i], &s, &o);
		assert_int_equal(s.counts.lock_drops, 128);
		assert_int_equal(sum_of(o, ROLE_CALLER, "hmm_bench_drop")->value, 128);
		assert_int_equal(sum_of(o, ROLE_CALLER, lock)->value -
				 sum_of(null, ROLE_CALLER, lock)->value, o->locks);
		/* Taken to begin with, and again after each drop. */
		assert_int_equal(o->locks, s.counts.lock_drops + pieces);
		assert_true(o->hold_ns > 0);
		assert_int_equal(s.messages, 128);
		assert_int_equal(sum_of(o, ROLE_CALLER, "hmm_bench_call_begin")->value, 1);
		observation_free(o);
	}
	watch("touch", &s, &o);
	assert_int_equal(sum_of(o, ROLE_CALLER, "page-faults")->value, 128);
	assert_int_equal(s.messages, 128);
	observation_free(o);
	watch("gup", &s, &o);
	assert_true(sum_of(o, ROLE_CALLER, lock)->value > 128);
	observation_free(o);
	observation_free(null);
}

static double mean_cost(const char *wait)
{
	struct axes axes = axes_of("touch", 512);
	double sum = 0;
	struct sample s;

	set(&axes, "wait", wait);
	for (int i = 0; i < 5; i++) {
		take(&axes, MODE_TIME, &s);
		sum += s.total;
	}
	return sum / 5 / 512;
}

/* Instructions per resolved page, against a poll, a read and an answer for each. */
void test_responder_is_cheap(void **state)
{
	double plain = mean_cost("plain"), read = mean_cost("read");

	(void)state;
	print_message("responder: %.0f instructions a page, %.1f %% of the plain loop\n", read,
		      100 * read / plain);
	assert_true(read < plain);
}

/* A driver's piece and lock, as the counts show them; a snapshot drops nothing. */
static void check_profile(const struct profile *p)
{
	bool locked = p->locked || p->flags & (HMM_BENCH_DOWNGRADE | HMM_BENCH_EXCLUSIVE);
	bool asks = !(p->flags & HMM_BENCH_SNAPSHOT);
	bool once = p->flags & HMM_BENCH_EXCLUSIVE || (locked && p->flags & HMM_BENCH_NO_RETRY);
	struct axes axes = axes_of(!asks || once ? "plain" : locked ? "ebusy" : "unlocked", 1024);
	uint64_t pieces = p->piece ? 1024 / p->piece : 1;
	uint64_t drops = asks && !once ? 1024 : 0;
	struct sample s;

	set(&axes, "profile", p->name);
	set(&axes, "access", p->reads ? "read" : "write");
	if (!drops)
		set(&axes, "uffd", "none");
	if (!asks)
		set(&axes, "populated", "50");
	take(&axes, MODE_COUNT, &s);
	assert_int_equal(s.err, 0);
	assert_int_equal(s.counts.lock_drops, drops);
	assert_int_equal(s.valid, asks ? 1024 : 512);
	/* A seq for each piece, and one more after each drop. */
	assert_int_equal(s.counts.seq_reads, drops + pieces);
}

void test_profiles(void **state)
{
	struct reason why;
	struct axes axes;
	struct sample s;

	(void)state;
	for (size_t i = 0; i < profiles_count; i++) {
		print_message("%s\n", profiles[i].name);
		/* Its first -EBUSY goes upwards, and it calls what drops nothing. */
		if (strcmp(profiles[i].name, "amdgpu") && strcmp(profiles[i].name, "gpusvm-evict"))
			check_profile(&profiles[i]);
	}
	axes = axes_of("unlocked", 1024);
	set(&axes, "profile", "kfd");
	assert_false(supported(&axes, &why));
	axes = axes_of("ebusy", 1024);
	set(&axes, "profile", "kfd-restore");
	assert_false(supported(&axes, &why));
	set(&axes, "profile", "amdgpu");
	take_any(&axes, MODE_TIME, NULL, &s);
	assert_int_equal(s.err, EAGAIN);
	/* As it is, amdgpu under userfaultfd gets what every plain call gets. */
	strcpy(axes.strategy, "plain");
	take(&axes, MODE_TIME, &s);
	assert_int_equal(s.err, EFAULT);
	axes = axes_of("unlocked", 1024);
	set(&axes, "profile", "gpusvm-evict");
	set(&axes, "access", "read");
	take(&axes, MODE_COUNT, &s);
	assert_int_equal(s.counts.lock_drops, 1024);
}

/* 32 pages that take 50 ms each: more than the second that most drivers have. */
void test_patience(void **state)
{
	static const struct { const char *strategy, *profile, *access; int err; } cases[] = {
		/* The driver's deadline stands, whatever happens meanwhile. */
		{ "ebusy", "test_hmm", "write", ETIME },
		/* A dropped lock gives HMM the time anew, and the driver knows nothing. */
		{ "unlocked", "test_hmm", "write", 0 }, { "unlocked", "gpusvm", "write", 0 },
		/* No drop, or each drop, counts. */
		{ "resume", "gpusvm", "write", 0 }, { "ebusy", "odp", "write", 0 },
		{ "unlocked", "amdxdna", "read", 0 }, { "ebusy", "mshv", "write", 0 },
		{ "unlocked-1s", "none", "write", 0 },
	};
	struct axes axes;
	struct sample s;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		axes = axes_of(cases[i].strategy, 32);
		set(&axes, "profile", cases[i].profile);
		set(&axes, "access", cases[i].access);
		set(&axes, "delay", "50ms");
		take_any(&axes, MODE_TIME, NULL, &s);
		assert_int_equal(s.err, cases[i].err);
	}
}

/* What was done during one call; observation_free() it. */
static struct observation *observe(struct axes *axes)
{
	struct recipe recipe;
	struct reason why;
	struct observation *o;
	struct sample s;

	set(axes, "bystanders", "on");
	set(axes, "load", "light");
	recipe = recipe_of(axes);
	memset(&s, 0, sizeof(s));
	assert_int_equal(bench_begin(&bench, &recipe, &why), 0);
	o = observation_new(bench.load);
	assert_non_null(o);
	assert_int_equal(cell_sample(&bench, &recipe, MODE_TIME, 7, o, &s, &why), 0);
	bench_end(&bench);
	assert_string_equal(s.check, "ok");
	return o;
}

/* Each period of the calls has its operation, however long that was kept waiting. */
void test_bystanders(void **state)
{
	struct axes axes = axes_of("unlocked", 512);
	struct observation *o = observe(&axes);

	(void)state;
	for (size_t i = 0; i < LOAD_PARTS_MAX && o->accounts[i].kind; i++) {
		const struct load_account *a = &o->accounts[i];

		assert_true(a->ops > 0);
		if (!a->bystander)
			continue;
		assert_int_equal(a->hist->n, a->ops);
		assert_in_range(a->ops, o->time / a->period, o->time / a->period + 1);
	}
	observation_free(o);
}

/* The look at a large range keeps bystanders waiting for long: that is not the call's. */
void test_only_the_call_counts(void **state)
{
	struct axes axes = axes_of("null", 65536);
	struct observation *o;

	(void)state;
	set(&axes, "uffd", "none");
	set(&axes, "populated", "100");
	o = observe(&axes);
	assert_true(no_costs || o->time < 1000);
	for (size_t i = 0; i < LOAD_PARTS_MAX && o->accounts[i].kind; i++)
		assert_in_range(o->accounts[i].ops, 0, 1);
	observation_free(o);
}
