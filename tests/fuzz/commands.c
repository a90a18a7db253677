// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * A whole program under libFuzzer, with the address and undefined behaviour sanitizers: each
 * line of an input is an argument. PROGRAM is the source of its command line. It reads the
 * runs and matrices of the tests, and can change nothing: every way to write is closed, and a
 * run begins, in a folder that is there, and is not measured. Whatever it is told it must end
 * with one of its statuses, and where that is not 0 it must have said why: in one line, or in
 * what it prints.
 */
#include <argp.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int program_main(int argc, char **argv);
#define main program_main
#include PROGRAM
#undef main
#undef argp_parse

#include "base/reason.h"

#define ARGUMENTS_MAX	24

static jmp_buf end;
static int ended, said;
/* What libFuzzer keeps inputs in is opened by us too, between runs; and findings, amid one. */
static bool running;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* --- how a program ends, and what it says ------------------------------------------ */

error_t argp_parse(const struct argp *argp, int argc, char **argv, unsigned int flags, int *index,
		   void *input);

/* The library would exit, after a line of its own. */
error_t fuzz_argp_parse(const struct argp *argp, int argc, char **argv, unsigned int flags,
			int *index, void *input)
{
	if (argp_parse(argp, argc, argv, flags | ARGP_NO_EXIT, index, input)) {
		said = 1;
		ended = EXIT_USAGE;
		longjmp(end, 1);
	}
	return 0;
}

static void one_line(const char *format, va_list args)
{
	char text[4 * REASON_MAX];

	vsnprintf(text, sizeof(text), format, args);
	if (!*text || strchr(text, '\n')) {
		fprintf(stderr, "not one line: '%s'\n", text);
		abort();
	}
	said = 1;
}

void __wrap_err_msg(const char *format, ...);
void __wrap_err_msg(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	one_line(format, args);
	va_end(args);
}

void __wrap_err_exit(enum exit_status status, const char *format, ...);
void __wrap_err_exit(enum exit_status status, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	one_line(format, args);
	va_end(args);
	ended = status;
	longjmp(end, 1);
}

/* --- a world that nothing is written into -------------------------------------------- */

#define CLOSED(type, name, ...)				\
	type __wrap_##name(__VA_ARGS__);		\
	type __wrap_##name(__VA_ARGS__)			\
	{						\
		errno = EROFS;				\
		return -1;				\
	}
CLOSED(int, rmdir, const char *path __attribute__((unused)))
CLOSED(int, unlink, const char *path __attribute__((unused)))
CLOSED(int, rename, const char *from __attribute__((unused)), const char *to __attribute__((unused)))
CLOSED(pid_t, fork, void)

int __wrap_mkdir(const char *path, mode_t mode);
int __wrap_mkdir(const char *path, mode_t mode)
{
	struct stat st;

	(void)mode;
	errno = lstat(path, &st) ? EROFS : EEXIST;
	return -1;
}

/* What is opened to be changed is there, and is read: it is not changed. */
FILE *__real_fopen(const char *path, const char *mode);
FILE *__wrap_fopen(const char *path, const char *mode);
FILE *__wrap_fopen(const char *path, const char *mode)
{
	struct stat st;

	if (!running || !strcmp(mode, "wb"))
		return __real_fopen(path, mode);
	errno = EROFS;
	if (*mode != 'r')
		return NULL;
	/* A terminal, or a pipe that nobody writes into, is waited for: not by this. */
	if (!stat(path, &st) && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))
		return NULL;
	return __real_fopen(path, strchr(mode, '+') ? "re" : mode);
}

int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...)
{
	struct stat st;
	bool there = !stat(path, &st);

	errno = EROFS;
	if ((flags & O_CREAT && !there) || (there && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode)))
		return -1;
	return __real_open(path, flags & ~(O_ACCMODE | O_CREAT | O_TRUNC));
}

/* Of hmmbench alone: there is no configuration of the kernel to be hashed. */
void *__wrap_gzopen(void);
void *__wrap_gzopen(void)
{
	return NULL;
}

int __wrap_runner_run(void);
int __wrap_runner_run(void)
{
	return EXIT_FINE;
}

/* ------------------------------------------------------------------------------------- */

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	/*
	 * Looking at the machine was most of the work, and is the same each time. A guest has
	 * both clocks.
	 */
	return setenv("HMMBENCH_ACCELERATOR", "tcg", 1) || setenv("HMMBENCH_QEMU", "QEMU", 1) ||
	       setenv("HWLOC_SYNTHETIC", "node:2 core:2 pu:2", 1) || chdir(RUNS);
}

static void run(int argc, char **argv)
{
	FILE *terminal = stdout;
	char *printed = NULL;
	size_t size = 0;

	stdout = open_memstream(&printed, &size);
	said = 0;
	running = true;
	if (!setjmp(end))
		ended = program_main(argc, argv);
	running = false;
	fclose(stdout);
	stdout = terminal;
	if (((ended < EXIT_FINE || ended > EXIT_UNKNOWN) && ended != EXIT_SKIPPED) ||
	    (ended && !said && !size)) {
		fprintf(stderr, "exit status %d, and %s\n", ended, said ? "a line" : "not a word");
		abort();
	}
	free(printed);
}

#define FILES_MAX	32	/* that libFuzzer and the sanitizers have open */

static struct pollfd files[FILES_MAX];

static void note_files(void)
{
	for (int fd = 0; fd < FILES_MAX; fd++)
		files[fd].fd = fd;
	if (poll(files, FILES_MAX, 0) < 0)
		abort();
}

/* What a program leaves to its end, as the claim of a folder; not the symbolizer's pipe. */
static void close_files(void)
{
	for (int fd = 0; fd < FILES_MAX; fd++)
		if (files[fd].revents & POLLNVAL)
			close(fd);
	close_range(FILES_MAX, UINT_MAX, 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
	char *text = strndup((const char *)bytes, size), *rest = text;
	char *argv[ARGUMENTS_MAX + 2] = { (char *)"program" };
	int argc = 1;

	while (argc <= ARGUMENTS_MAX && (argv[argc] = strsep(&rest, "\n")))
		argc++;
	argv[argc] = NULL;
	note_files();
	run(argc, argv);
	free(text);
	close_files();
	return 0;
}
