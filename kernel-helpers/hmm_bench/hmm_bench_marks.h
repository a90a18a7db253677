/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/*
 * Marks that an emulator can see and a processor cannot: a long NOP whose operand says what
 * begins or ends here. Where a mark has a value, or a place, the next instruction touches
 * memory there; a value is told by the byte of a page of its own that is touched.
 * Shared by the module, by user space and by the plugin of the emulator.
 */
#ifndef HMM_BENCH_MARKS_H
#define HMM_BENCH_MARKS_H

#define HMM_BENCH_MARK		0x484d0000	/* "HM", and below it one of these */

/*
 * CELL_LOW, CELL_HIGH	value: cell that is measured, 12 bits each
 * BOOT			value: the boot, its low 12 bits
 * ROLE			value: what the thread is that runs on this processor, 0 nothing
 * WARM, COLD		caches are empty, and filled from here on, without counting; or not any more
 * LOCK			place: the mmap lock that the call will take
 * BEGIN, END		the timed call; only this counts
 * CLOSE		the cell is closed: its counts are complete
 * IN_WALK, ...		place: the entry of a function, by which a call is taken apart: as long as
 *			it has not returned, or in a call of its own is another, that is the phase
 */
enum hmm_bench_mark {
	HMM_BENCH_MARK_CELL_LOW, HMM_BENCH_MARK_CELL_HIGH, HMM_BENCH_MARK_BOOT,
	HMM_BENCH_MARK_ROLE, HMM_BENCH_MARK_WARM, HMM_BENCH_MARK_COLD,
	HMM_BENCH_MARK_LOCK, HMM_BENCH_MARK_BEGIN, HMM_BENCH_MARK_END,
	HMM_BENCH_MARK_CLOSE, HMM_BENCH_MARK_IN_WALK, HMM_BENCH_MARK_IN_FAULT,
	HMM_BENCH_MARK_IN_LOCK, HMM_BENCH_MARK_IN_COPY,
	HMM_BENCH_MARKS
};

#ifdef __x86_64__
#define hmm_bench_mark(mark)						\
	asm volatile("nopl %c0(%%rax)" : : "i" (HMM_BENCH_MARK + (mark)) : "memory")
#define hmm_bench_mark_at(mark, place)					\
	asm volatile("nopl %c0(%%rax)\n\ttestb $0, %1"			\
		     : : "i" (HMM_BENCH_MARK + (mark)), "m" (*(const char *)(place)) \
		     : "memory", "cc")
#else
#define hmm_bench_mark(mark)		((void)(mark))
#define hmm_bench_mark_at(mark, place)	((void)(place))
#endif

#endif
