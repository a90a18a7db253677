// SPDX-License-Identifier: GPL-2.0-or-later
/* Calls of rdma_rxe, in a guest that has it: scripts/vm --rxe with a generic kernel. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>

#include <cmocka.h>

#include "run/call/rxe.h"

#include "vm_tests.h"

static struct axes rxe_axes(const char *strategy, uint64_t pages, uint64_t access)
{
	struct axes axes = axes_of(strategy, pages);

	axes.access = access;
	axes.uffd = UFFD_NONE;
	return axes;
}

/* The range is there, for writing where it was asked for so, with one message a page. */
static void prefetch_fills(void **state)
{
	static const uint64_t sizes[] = { 1, 64, 600 };
	static const uint64_t backings[] = { BACKING_ANON, BACKING_SHMEM };
	struct sample s;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		for (int bits = 0; bits < 16; bits++) {
			struct axes axes = rxe_axes("rxe-prefetch", sizes[i], bits & 1 ?
						    ACCESS_READ : ACCESS_WRITE);

			axes.backing = backings[!!(bits & 2)];
			axes.uffd = bits & 4 ? UFFD_MISSING : UFFD_NONE;
			axes.populated = bits & 8 ? 40 : 0;
			take(&axes, MODE_TIME, &s);
			assert_int_equal(s.valid, sizes[i]);
			if (axes.access == ACCESS_WRITE)
				assert_int_equal(s.writable, sizes[i]);
			assert_int_equal(s.messages, range_messages(&axes));
			assert_true(s.total > 1000);
		}
	}
}

/* What was not there is not there after it. */
static void register_looks(void **state)
{
	struct axes axes = rxe_axes("rxe-register", 100, ACCESS_WRITE);
	struct sample s;

	(void)state;
	take(&axes, MODE_TIME, &s);
	assert_int_equal(s.valid, 0);
	axes.populated = 40;
	take(&axes, MODE_TIME, &s);
	assert_int_equal(s.valid, 40);
}

/* Of several messages, too: 4 MiB each. */
static void read_fills(void **state)
{
	static const uint64_t sizes[] = { 1, 64, 1500 };
	struct sample s;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct axes axes = rxe_axes("rxe-read", sizes[i], ACCESS_READ);

		take(&axes, MODE_TIME, &s);
		assert_int_equal(s.valid, sizes[i]);
		axes.uffd = UFFD_MISSING;
		take(&axes, MODE_TIME, &s);
		assert_int_equal(s.messages, sizes[i]);
	}
}

static void prepare(struct range *range, const struct axes *axes,
		    int (*how)(const struct range *, struct reason *))
{
	struct reason why;
	struct range_place place = bench_place(&bench);

	place.node = PLACEMENT_INTERLEAVE;
	if (range_prepare(range, axes, 7, &place, &why) ||
	    how(range, &why))
		fail_msg("%s", why.text);
}

/* A range that is not all there any more is an errno, and the next call is as any other. */
static void failures(void **state)
{
	struct axes prefetch = rxe_axes("rxe-prefetch", 64, ACCESS_WRITE);
	struct axes read = rxe_axes("rxe-read", 64, ACCESS_READ);
	struct range range;
	struct sample s;

	(void)state;
	take(&prefetch, MODE_TIME, &s);
	prepare(&range, &prefetch, rxe_prepare);
	munmap(range.base + 32 * base_page_size(), 32 * base_page_size());
	assert_int_equal(rxe_prefetch(&range), -EFAULT);
	rxe_finish();
	range_release(&range);
	take(&prefetch, MODE_TIME, &s);

	prepare(&range, &read, rxe_prepare_read);
	munmap(range.base + 32 * base_page_size(), 32 * base_page_size());
	assert_int_equal(rxe_read(&range), -EFAULT);
	rxe_finish();
	range_release(&range);
	take(&read, MODE_TIME, &s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prefetch_fills),
		cmocka_unit_test(register_looks),
		cmocka_unit_test(read_fills),
		cmocka_unit_test(failures),
	};

	return cmocka_run_group_tests(tests, open_bench, close_bench);
}
