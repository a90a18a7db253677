// SPDX-License-Identifier: GPL-3.0-or-later
#include "figure.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../common/err.h"
#include "stats.h"
#include "summary.h"

#define CURVES_MAX	32
#define SAME_LINE	0.1	/* hardly more than the width of a line in print */

#define TEXT_WIDTH	72
#define MARGIN		6	/* of its legend */
#define CAPTION_WIDTH	128	/* characters of the caption that a picture holds */

/* The cells of one picture: all of them agree on every axis it does not show. */
struct picture {
	const struct dataset *data;
	const size_t *cells;
	size_t count;
	char file[128];		/* without folder and ending */
	char axes[256];		/* what the cells agree on, for the subtitle */
};

/* What the template and the text below it need to know of the lines. */
struct legend {
	struct curve curves[CURVES_MAX];	/* as the blocks of the data */
	size_t count;
	size_t order[CURVES_MAX];	/* as they lie at the right, from above */
	char caption[512];
};

/* A kind of figure; a new one is a new entry. */
struct figure {
	const char *name;
	const char *help;
	const char *title;
	/* Writes the data and fills the legend: 0 or -errno. */
	int (*write)(FILE *out, const struct picture *picture, struct legend *legend);
};

static int on_figure(const struct axis *axis)
{
	return axis->kind == AXIS_NAME || !strcmp(axis->name, "pages");
}

static double apart(const struct curve *a, const struct curve *b, size_t i)
{
	return fabs(a->cost[i] - b->cost[i]) / a->cost[i];
}

static int near(const struct curve *a, const struct curve *b, double tolerance)
{
	if (a->count != b->count)
		return 0;
	for (size_t i = 0; i < a->count; i++)
		if (a->pages[i] != b->pages[i] ||
		    ((a->pages[i] >= CURVES_FROM || i + 1 == a->count) &&
		     apart(a, b, i) > tolerance))
			return 0;
	return 1;
}

static void merge(struct curve *into, const struct curve *c)
{
	size_t n = strlen(into->label);

	snprintf(into->label + n, sizeof(into->label) - n, ", %s", c->strategy);
	for (size_t i = 0; i < c->count; i++) {
		if (apart(into, c, i) <= into->apart)
			continue;
		into->apart = apart(into, c, i);
		into->apart_pages = c->pages[i];
		memcpy(into->apart_strategy, c->strategy, sizeof(c->strategy));
	}
}

size_t curves_merge(struct curve *curves, size_t count, double tolerance)
{
	size_t kept = 0, j;

	for (size_t i = 0; i < count; i++) {
		for (j = 0; j < kept; j++)
			if (near(&curves[j], &curves[i], tolerance))
				break;
		if (j == kept)
			curves[kept++] = curves[i];
		else
			merge(&curves[j], &curves[i]);
	}
	return kept;
}

static struct curve *find_curve(struct legend *l, const char *strategy)
{
	struct curve *c = l->curves;

	for (; c < l->curves + l->count; c++)
		if (!strcmp(c->strategy, strategy))
			return c;
	if (l->count == CURVES_MAX)
		return NULL;
	memset(c, 0, sizeof(*c));
	snprintf(c->strategy, sizeof(c->strategy), "%s", strategy);
	snprintf(c->label, sizeof(c->label), "%s", strategy);
	l->count++;
	return c;
}

static int gather(const struct picture *p, struct legend *l)
{
	for (size_t i = 0; i < p->count; i++) {
		const struct cell_data *cell = &p->data->cells[p->cells[i]];
		struct curve *c = find_curve(l, cell->axes.strategy);
		struct stats s;

		if (!c || c->count == sizeof(c->pages) / sizeof(*c->pages))
			return -E2BIG;
		stats_of(cell->times, cell->n_times, &s);
		c->pages[c->count] = cell->axes.pages;
		c->cost[c->count++] = s.median / cell->axes.pages;
	}
	return 0;
}

/* By where they end: the legend then lists the lines as they lie. */
static int compare_ends(const void *a, const void *b, void *curves)
{
	const struct curve *x = (struct curve *)curves + *(const size_t *)a;
	const struct curve *y = (struct curve *)curves + *(const size_t *)b;
	double d = y->cost[y->count - 1] - x->cost[x->count - 1];

	return d > 0 ? 1 : d < 0 ? -1 : 0;
}

static void write_caption(struct legend *l)
{
	const struct curve *worst = NULL;
	uint64_t from = 0;
	int merged = 0;
	size_t n;

	for (size_t i = 0; i < l->count; i++) {
		const struct curve *c = &l->curves[i];

		merged |= strcmp(c->label, c->strategy) != 0;
		from = fmax(from, fmin(CURVES_FROM, c->pages[c->count - 1]));
		if (c->apart > SAME_LINE && (!worst || c->apart > worst->apart))
			worst = c;
	}
	n = snprintf(l->caption, sizeof(l->caption), merged ?
		     "Strategies within %.0f %% of the first one named, from %" PRIu64
		     " pages on, share its line; null, the floor of the harness, is not drawn." :
		     "The floor of the harness (null) is not drawn.",
		     SAME_LINE * 100, from);
	if (worst)
		snprintf(l->caption + n, sizeof(l->caption) - n,
			 " Furthest from its line on shorter ranges: %s, %.0f %% at %" PRIu64
			 " page%s.", worst->apart_strategy, worst->apart * 100,
			 worst->apart_pages, worst->apart_pages == 1 ? "" : "s");
}

static int write_pages(FILE *out, const struct picture *p, struct legend *l)
{
	int ret = gather(p, l);

	if (ret)
		return ret;
	l->count = curves_merge(l->curves, l->count, SAME_LINE);
	fprintf(out, "# pages, %s per page; a block for each group of strategies\n",
		p->data->info.unit);
	for (size_t i = 0; i < l->count; i++) {
		const struct curve *c = &l->curves[i];

		fprintf(out, "%s\"%s\"\n", i ? "\n\n" : "", c->label);
		for (size_t k = 0; k < c->count; k++)
			fprintf(out, "%" PRIu64 " %.6g\n", c->pages[k], c->cost[k]);
		l->order[i] = i;
	}
	qsort_r(l->order, l->count, sizeof(*l->order), compare_ends, l->curves);
	write_caption(l);
	return 0;
}

static const struct figure figures[] = {
	{ "pages", "cost per page over the page count, a line for each strategy",
	  "Cost per page of faulting a range in", write_pages },
};
#define FIGURES	(sizeof(figures) / sizeof(*figures))

void figure_list(FILE *out)
{
	for (size_t i = 0; i < FIGURES; i++)
		fprintf(out, "  %-8s %s\n", figures[i].name, figures[i].help);
}

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

	fputs("caption = ", out);
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

static void write_script(FILE *out, const struct figure *f,
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
	snprintf(text, sizeof(text), "Linux %s, %s", info->kernel ? info->kernel : "-",
		 insn ? "insn clock: guest instructions of the whole machine" :
		 dataset_emulated(p->data) ? "wall clock, EMULATED" : "wall clock");
	put_line(out, "machine = ", text, enhanced);
	put_line(out, "axes = ", p->axes, enhanced);
	put_caption(out, l->caption);
	fprintf(out, "curves = %zu\norder = '", l->count);
	for (size_t i = 0; i < l->count; i++)
		fprintf(out, " %zu", l->order[i]);
	fputs("'\n", out);
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
		print_wrapped(out, 'A' + i % 26, l->curves[l->order[i]].label);
	fputc('\n', out);
	print_wrapped(out, ' ', l->caption);
	return fclose(out);
}

static int draw_kind(const struct figure *f, const struct picture *p,
		     const struct legend *l, const char *base, const char *kind)
{
	char script[PATH_MAX], path[PATH_MAX], why[2048] = "";
	FILE *out;
	int ret;

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

static int write_data(const struct figure *f, const struct picture *p,
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

/* All files or none: a figure never disagrees with its data. */
static int draw_picture(const struct figure *f, const struct picture *p)
{
	struct legend *l = calloc(1, sizeof(*l));
	char base[PATH_MAX - 16];
	int status, drawn;

	if (!l)
		err_exit(EXIT_UNKNOWN, "%s: out of memory", p->file);
	snprintf(base, sizeof(base), "%s/figures/%s", p->data->folder, p->file);
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

static int same_picture(const struct axes *a, const struct axes *b)
{
	char x[AXIS_TEXT_MAX], y[AXIS_TEXT_MAX];

	for (size_t i = 0; i < axes_count; i++)
		if (!on_figure(&axes_table[i]) &&
		    strcmp(axis_format(&axes_table[i], a, x, sizeof(x)),
			   axis_format(&axes_table[i], b, y, sizeof(y))))
			return 0;
	return 1;
}

/* At least two strategies with two page counts each, else there is nothing to see. */
static int worth_drawing(const struct dataset *data, const size_t *cells, size_t count)
{
	int lines = 0;

	/* Cells are ordered, so those of a strategy lie together. */
	for (size_t i = 1; i < count; i++) {
		const struct axes *a = &data->cells[cells[i - 1]].axes;
		const struct axes *b = &data->cells[cells[i]].axes;

		if (strcmp(a->strategy, b->strategy))
			continue;
		lines++;
		while (i + 1 < count && !strcmp(data->cells[cells[i + 1]].axes.strategy,
						b->strategy))
			i++;
	}
	return lines >= 2;
}

/* File name and subtitle: what differs from the largest picture is in both. */
static void name_picture(struct picture *p, const struct figure *f,
			 const struct axes *largest)
{
	const struct axes *axes = &p->data->cells[p->cells[0]].axes;
	char mine[AXIS_TEXT_MAX], theirs[AXIS_TEXT_MAX];
	size_t n = snprintf(p->file, sizeof(p->file), "%s", f->name), m = 0;

	for (size_t i = 0; i < axes_count; i++) {
		const struct axis *axis = &axes_table[i];

		if (on_figure(axis))
			continue;
		axis_format(axis, axes, mine, sizeof(mine));
		axis_format(axis, largest, theirs, sizeof(theirs));
		m += snprintf(p->axes + m, sizeof(p->axes) - m, "%s%s %s",
			      m ? ", " : "", axis->name, mine);
		if (strcmp(mine, theirs))
			n += snprintf(p->file + n, sizeof(p->file) - n, "-%s_%s",
				      axis->name, mine);
	}
}

/* End of the run of cells from @first that belong on one picture. */
static size_t picture_end(const struct dataset *data, const size_t *order,
			  size_t count, size_t first)
{
	size_t end = first + 1;

	while (end < count && same_picture(&data->cells[order[first]].axes,
					   &data->cells[order[end]].axes))
		end++;
	return end;
}

static int draw_all_pictures(const struct dataset *data, const struct figure *f,
			     const size_t *order, size_t count)
{
	size_t largest = 0, most = 0, end;
	int status = EXIT_FINE;

	for (size_t i = 0; i < count; i = end) {
		end = picture_end(data, order, count, i);
		if (end - i > most && worth_drawing(data, order + i, end - i)) {
			most = end - i;
			largest = i;
		}
	}
	if (!most)
		err_msg("%s: nothing to draw for '%s': that takes two strategies with two "
			"page counts each", data->folder, f->name);
	for (size_t i = 0; i < count && status == EXIT_FINE; i = end) {
		struct picture p = { .data = data, .cells = order + i };

		end = picture_end(data, order, count, i);
		p.count = end - i;
		if (!worth_drawing(data, p.cells, p.count))
			continue;
		name_picture(&p, f, &data->cells[order[largest]].axes);
		status = draw_picture(f, &p);
	}
	return status;
}

/* Only what was measured and passed; null has nothing to do with pages. */
static size_t keep_drawable(const struct dataset *data, size_t *order, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		const struct cell_data *cell = &data->cells[order[i]];

		if (cell->status == CELL_OK && cell->n_times &&
		    strcmp(cell->axes.strategy, "null"))
			order[kept++] = order[i];
	}
	return kept;
}

int figure_draw(const struct dataset *data, const char *name)
{
	char folder[PATH_MAX];
	int status = EXIT_FINE, found = 0;
	size_t count;
	size_t *order = summary_order(data, &count);

	snprintf(folder, sizeof(folder), "%s/figures", data->folder);
	if (!order || (mkdir(folder, 0777) && errno != EEXIST)) {
		err_msg("%s: %s", folder, strerror(errno));
		free(order);
		return EXIT_UNKNOWN;
	}
	count = keep_drawable(data, order, count);
	for (size_t i = 0; i < FIGURES && status == EXIT_FINE; i++) {
		if (strcmp(name, "all") && strcmp(name, figures[i].name))
			continue;
		found = 1;
		status = draw_all_pictures(data, &figures[i], order, count);
	}
	free(order);
	if (!found) {
		err_msg("no figure '%s'; hmmreport --help lists them", name);
		return EXIT_USAGE;
	}
	return status;
}
