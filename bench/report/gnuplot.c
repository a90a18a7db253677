// SPDX-License-Identifier: GPL-3.0-or-later
#include "gnuplot.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../common/err.h"

#define TEXT_WIDTH	72
#define MARGIN		6	/* of its legend */
#define CAPTION_WIDTH	128	/* characters of the caption that a picture holds */

static const char *const kinds[] = { "svg", "png", "txt" };
#define KINDS	(sizeof(kinds) / sizeof(*kinds))

static const char *plots_folder(void)
{
	const char *folder = getenv("HMMBENCH_PLOTS");

	return folder ? folder : HMMBENCH_PLOTS_DIR;
}

/* The line that says what is wrong: gnuplot shows the command above it. */
static void pick_complaint(char *text, size_t size)
{
	char *rest = NULL, *line, *found = NULL;

	for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
		if (!found || strstr(line, "\" line "))
			found = line;
	if (found)
		memmove(text, found, strlen(found) + 1);
	else
		snprintf(text, size, "no reason given");
}

/* Runs gnuplot on a script; its complaint goes into @why. */
static int run_gnuplot(const char *script, char *why, size_t why_size)
{
	/* -d: the user's own settings must not change a figure. */
	char *argv[] = { "gnuplot", "-d", (char *)script, NULL };
	int fds[2], status;
	char rest[256];
	size_t n = 0;
	ssize_t got;
	pid_t pid;

	if (pipe2(fds, O_CLOEXEC))
		return -errno;
	pid = fork();
	if (!pid) {
		dup2(fds[1], STDERR_FILENO);
		execvp(argv[0], argv);
		dprintf(STDERR_FILENO, "%s; scripts/setup installs it",
			strerror(errno));
		_exit(127);
	}
	close(fds[1]);
	/* To the end, so that gnuplot never writes to a pipe that is gone. */
	while (pid > 0 && (got = read(fds[0], rest, sizeof(rest))) > 0) {
		size_t take = n + got < why_size ? (size_t)got : why_size - 1 - n;

		memcpy(why + n, rest, take);
		n += take;
	}
	why[n] = 0;
	close(fds[0]);
	if (pid < 0 || waitpid(pid, &status, 0) < 0)
		return -errno;
	pick_complaint(why, why_size);
	return WIFEXITED(status) && !WEXITSTATUS(status) ? 0 : -EIO;
}

/* A string of gnuplot's: in the name of a kernel, say, _ would be markup. */
static void put_text(FILE *out, const char *text, size_t n, int enhanced)
{
	fputc('\'', out);
	for (; n; n--, text++) {
		if (*text == '\'')
			fputc('\'', out);
		else if (enhanced && strchr("{}^_@&~\\", *text))
			fputc('\\', out);
		fputc(*text, out);
	}
	fputc('\'', out);
}

/* How much of @text goes on a line. */
static size_t line_length(const char *text, size_t width)
{
	size_t n = strlen(text);

	if (n <= width)
		return n;
	n = width;
	while (n && text[n] != ' ')
		n--;
	return n ? n : width;
}

/* The caption as a string of several lines, and how many it has. */
static void put_caption(FILE *out, const char *text)
{
	int lines = 0;

	fputs(*text ? "caption = " : "caption = ''", out);
	for (; *text; lines++) {
		size_t n = line_length(text, CAPTION_WIDTH);

		if (lines)
			fputs(".\"\\n\".", out);
		put_text(out, text, n, 1);
		text += n + (text[n] == ' ');
	}
	fprintf(out, "\nnotes = %d\n", lines);
}

static void put_line(FILE *out, const char *what, const char *text, int enhanced)
{
	fputs(what, out);
	put_text(out, text, strlen(text), enhanced);
	fputc('\n', out);
}

static void describe_machine(const struct picture *p, char *text, size_t size)
{
	const struct run_info *info = &p->data->info;

	snprintf(text, size, "Linux %s, %s", info->kernel ? info->kernel : "-",
		 !strcmp(info->unit, "insn") ?
		 "insn clock: guest instructions of the whole machine" :
		 dataset_emulated(p->data) ? "wall clock, EMULATED" : "wall clock");
}

static void write_script(FILE *out, const struct figure_kind *f,
			 const struct picture *p, const struct legend *l,
			 const char *base, const char *kind)
{
	const struct run_info *info = &p->data->info;
	int insn = !strcmp(info->unit, "insn"), enhanced = strcmp(kind, "txt") != 0;
	char text[PATH_MAX];

	put_line(out, "kind = ", kind, 0);
	snprintf(text, sizeof(text), "%s.%s.new", base, kind);
	put_line(out, "out = ", text, 0);
	snprintf(text, sizeof(text), "%s.dat.new", base);
	put_line(out, "data = ", text, 0);
	put_line(out, "title = ", f->title, enhanced);
	put_line(out, "unit = ", insn ? "instructions" : "ns", enhanced);
	describe_machine(p, text, sizeof(text));
	put_line(out, "machine = ", text, enhanced);
	put_line(out, "axes = ", p->axes, enhanced);
	put_caption(out, l->caption);
	fprintf(out, "panels = %d\ncurves = %zu\norder = '", l->panels ? l->panels : 1,
		l->count);
	for (size_t i = 0; i < l->count; i++)
		fprintf(out, " %zu", l->order[i]);
	fputs("'\n", out);
	put_line(out, "plots = ", plots_folder(), 0);
	snprintf(text, sizeof(text), "%s/style.gp", plots_folder());
	put_line(out, "load ", text, 0);
	snprintf(text, sizeof(text), "%s/%s.gp", plots_folder(), f->name);
	put_line(out, "load ", text, 0);
}

static void print_wrapped(FILE *out, char letter, const char *text)
{
	while (*text) {
		size_t n = line_length(text, TEXT_WIDTH - MARGIN);

		fprintf(out, "%*c%*s%.*s\n", MARGIN / 2 + 1, letter, MARGIN / 2 - 1, "",
			(int)n, text);
		text += n + (text[n] == ' ');
		letter = ' ';
	}
}

/* gnuplot's own legend is cut off at the edge of the text. */
static int append_legend(const char *path, const struct legend *l)
{
	FILE *out = fopen(path, "ae");

	if (!out)
		return -1;
	for (size_t i = 0; i < l->count; i++)	/* gnuplot's point types, 1 is A */
		print_wrapped(out, 'A' + i % 26, l->labels[i]);
	fputc('\n', out);
	print_wrapped(out, ' ', l->caption);
	return fclose(out);
}

static int print_text(const struct figure_kind *f, const struct picture *p,
		      const struct legend *l, const char *base)
{
	char path[PATH_MAX], machine[256];
	FILE *out;
	int ret;

	snprintf(path, sizeof(path), "%s.txt.new", base);
	out = fopen(path, "we");
	ret = out ? 0 : -errno;
	if (out) {
		describe_machine(p, machine, sizeof(machine));
		fprintf(out, "%s\n%s\n%s\n\n", f->title, machine, p->axes);
		ret = f->print(out, p, l);
		if (*l->caption) {
			fputc('\n', out);
			print_wrapped(out, ' ', l->caption);
		}
		if (fclose(out) && !ret)
			ret = -errno;
	}
	if (ret)
		err_msg("%s: %s", path, strerror(-ret));
	return ret ? EXIT_UNKNOWN : EXIT_FINE;
}

static int draw_kind(const struct figure_kind *f, const struct picture *p,
		     const struct legend *l, const char *base, const char *kind)
{
	char script[PATH_MAX], path[PATH_MAX], why[2048] = "";
	FILE *out;
	int ret;

	if (f->print && !strcmp(kind, "txt"))
		return print_text(f, p, l, base);

	snprintf(script, sizeof(script), "%s.gp", base);
	snprintf(path, sizeof(path), "%s.%s.new", base, kind);
	out = fopen(script, "we");
	if (!out) {
		err_msg("%s: %s", script, strerror(errno));
		return EXIT_UNKNOWN;
	}
	write_script(out, f, p, l, base, kind);
	fclose(out);
	ret = run_gnuplot(script, why, sizeof(why));
	unlink(script);
	if (ret) {
		err_msg("%s.%s: gnuplot failed: %s", base, kind, why);
		return EXIT_UNKNOWN;
	}
	if (strcmp(kind, "txt") || !append_legend(path, l))
		return EXIT_FINE;
	err_msg("%s: %s", path, strerror(errno));
	return EXIT_UNKNOWN;
}

/* BASE.ENDING.new gets its name, or goes. */
static int settle(const char *base, const char *ending, int keep)
{
	char from[PATH_MAX], to[PATH_MAX];

	snprintf(from, sizeof(from), "%s.%s.new", base, ending);
	snprintf(to, sizeof(to), "%s.%s", base, ending);
	if (!keep) {
		unlink(from);
	} else if (rename(from, to)) {
		err_msg("%s: %s", to, strerror(errno));
		return EXIT_UNKNOWN;
	} else if (strcmp(ending, "dat")) {
		puts(to);
	}
	return EXIT_FINE;
}

static int write_data(const struct figure_kind *f, const struct picture *p,
		      struct legend *l, const char *base)
{
	char path[PATH_MAX];
	FILE *out;
	int ret;

	snprintf(path, sizeof(path), "%s.dat.new", base);
	out = fopen(path, "we");
	ret = out ? f->write(out, p, l) : -errno;
	if (out && fclose(out) && !ret)
		ret = -errno;
	if (ret)
		err_msg("%s: %s", path, ret == -E2BIG ?
			"more strategies or page counts than a figure holds" : strerror(-ret));
	return ret ? EXIT_UNKNOWN : EXIT_FINE;
}

int gnuplot_draw(const struct figure_kind *f, const struct picture *p,
		 const char *base)
{
	struct legend *l = calloc(1, sizeof(*l));
	int status, drawn;

	if (!l)
		err_exit(EXIT_UNKNOWN, "%s: out of memory", base);
	status = write_data(f, p, l, base);
	for (size_t k = 0; k < KINDS && status == EXIT_FINE; k++)
		status = draw_kind(f, p, l, base, kinds[k]);
	drawn = status == EXIT_FINE;
	for (size_t k = 0; k <= KINDS; k++)
		if (settle(base, k < KINDS ? kinds[k] : "dat", drawn))
			status = EXIT_UNKNOWN;
	free(l);
	return status;
}
