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

/* The cells of one picture: all of them agree on every axis it does not show. */
struct picture {
	const struct dataset *data;
	const size_t *cells;
	size_t count;
	char file[128];		/* without folder and ending */
	char axes[256];		/* what the cells agree on, for the subtitle */
};

/* A kind of figure; a new one is a new entry. */
struct figure {
	const char *name;
	const char *help;
	/* Writes the data for gnuplot; how many curves, or -errno. */
	int (*write)(FILE *out, const struct picture *picture);
};

static int on_figure(const struct axis *axis)
{
	return axis->kind == AXIS_NAME || !strcmp(axis->name, "pages");
}

static int near(const struct curve *a, const struct curve *b, double tolerance)
{
	if (a->count != b->count)
		return 0;
	for (size_t i = 0; i < a->count; i++)
		if (a->pages[i] != b->pages[i] ||
		    (a->pages[i] >= CURVES_FROM &&
		     fabs(a->cost[i] - b->cost[i]) > tolerance * a->cost[i]))
			return 0;
	return 1;
}

size_t curves_merge(struct curve *curves, size_t count, double tolerance)
{
	size_t kept = 0, j;

	for (size_t i = 0; i < count; i++) {
		for (j = 0; j < kept; j++)
			if (near(&curves[j], &curves[i], tolerance))
				break;
		if (j == kept) {
			curves[kept++] = curves[i];
			continue;
		}
		size_t n = strlen(curves[j].label);

		snprintf(curves[j].label + n, sizeof(curves[j].label) - n, ", %s",
			 curves[i].strategy);
	}
	return kept;
}

static struct curve *find_curve(struct curve *curves, size_t *count,
				const char *strategy)
{
	struct curve *c = curves;

	for (; c < curves + *count; c++)
		if (!strcmp(c->strategy, strategy))
			return c;
	if (*count == CURVES_MAX)
		return NULL;
	memset(c, 0, sizeof(*c));
	snprintf(c->strategy, sizeof(c->strategy), "%s", strategy);
	snprintf(c->label, sizeof(c->label), "%s", strategy);
	(*count)++;
	return c;
}

static size_t gather(const struct picture *p, struct curve *curves)
{
	size_t count = 0;

	for (size_t i = 0; i < p->count; i++) {
		const struct cell_data *cell = &p->data->cells[p->cells[i]];
		struct curve *c;
		struct stats s;

		/* The floor of the harness has nothing to do with pages. */
		if (cell->status != CELL_OK || !cell->n_times ||
		    !strcmp(cell->axes.strategy, "null"))
			continue;
		c = find_curve(curves, &count, cell->axes.strategy);
		if (!c || c->count == sizeof(c->pages) / sizeof(*c->pages))
			continue;
		stats_of(cell->times, cell->n_times, &s);
		c->pages[c->count] = cell->axes.pages;
		c->cost[c->count++] = s.median / cell->axes.pages;
	}
	return count;
}

static int write_pages(FILE *out, const struct picture *p)
{
	struct curve *curves = calloc(CURVES_MAX, sizeof(*curves));
	size_t count;

	if (!curves)
		return -ENOMEM;
	count = curves_merge(curves, gather(p, curves), SAME_LINE);
	fprintf(out, "# pages, %s per page; a block for each group of strategies\n",
		p->data->info.unit);
	for (size_t i = 0; i < count; i++) {
		fprintf(out, "%s\"%s\"\n", i ? "\n\n" : "", curves[i].label);
		for (size_t k = 0; k < curves[i].count; k++)
			fprintf(out, "%" PRIu64 " %.6g\n", curves[i].pages[k],
				curves[i].cost[k]);
	}
	free(curves);
	return count;
}

static const struct figure figures[] = {
	{ "pages", "cost per page over the page count, a line for each strategy",
	  write_pages },
};
#define FIGURES	(sizeof(figures) / sizeof(*figures))

void figure_list(FILE *out)
{
	for (size_t i = 0; i < FIGURES; i++)
		fprintf(out, "  %-8s %s\n", figures[i].name, figures[i].help);
}

struct terminal {
	const char *ending;
	const char *setting;
};

static const struct terminal terminals[] = {
	{ "svg", "svg size 900,620 font 'DejaVu Sans,13' background rgb 'white'" },
	{ "png", "pngcairo size 1350,930 font 'DejaVu Sans,19'" },
	{ "txt", "dumb noenhanced size 72,36" },
};

static const char *plots_folder(void)
{
	const char *folder = getenv("HMMBENCH_PLOTS");

	return folder ? folder : HMMBENCH_PLOTS_DIR;
}

/* Runs gnuplot on a script; its first complaint goes into @why. */
static int run_gnuplot(const char *script, char *why, size_t why_size)
{
	char *argv[] = { "gnuplot", (char *)script, NULL };
	int fds[2], status;
	ssize_t n;
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
	n = pid < 0 ? 0 : read(fds[0], why, why_size - 1);
	why[n > 0 ? n : 0] = 0;
	close(fds[0]);
	if (pid < 0 || waitpid(pid, &status, 0) < 0)
		return -errno;
	why[strcspn(why, "\n")] = 0;
	return WIFEXITED(status) && !WEXITSTATUS(status) ? 0 : -EIO;
}

static void write_script(FILE *out, const struct figure *f,
			 const struct picture *p, const struct terminal *t,
			 const char *base, int curves)
{
	const struct run_info *info = &p->data->info;
	int insn = !strcmp(info->unit, "insn");

	fprintf(out, "set terminal %s\nset output '%s.%s.new'\n", t->setting, base,
		t->ending);
	fprintf(out, "data = '%s.dat'\ncurves = %d\ntext = %d\n", base, curves,
		!strcmp(t->ending, "txt"));
	fprintf(out, "same = 'Lines within %.0f %% of each other from %d pages on "
		"are drawn as one.'\n", SAME_LINE * 100, CURVES_FROM);
	fprintf(out, "unit = '%s'\n", insn ? "instructions" : "ns");
	fprintf(out, "clock = '%s'\n", insn ?
		"insn clock: guest instructions of the whole machine" :
		dataset_emulated(p->data) ? "wall clock, EMULATED" : "wall clock");
	fprintf(out, "kernel = 'Linux %s'\naxes = '%s'\n",
		info->kernel ? info->kernel : "-", p->axes);
	fprintf(out, "load '%s/style.gp'\nload '%s/%s.gp'\n", plots_folder(),
		plots_folder(), f->name);
}

static int draw_terminal(const struct figure *f, const struct picture *p,
			 const struct terminal *t, const char *base, int curves)
{
	char script[PATH_MAX], from[PATH_MAX], to[PATH_MAX], why[512] = "";
	FILE *out;
	int ret;

	snprintf(script, sizeof(script), "%s.gp", base);
	snprintf(from, sizeof(from), "%s.%s.new", base, t->ending);
	snprintf(to, sizeof(to), "%s.%s", base, t->ending);
	out = fopen(script, "we");
	if (!out) {
		err_msg("%s: %s", script, strerror(errno));
		return EXIT_UNKNOWN;
	}
	write_script(out, f, p, t, base, curves);
	fclose(out);
	ret = run_gnuplot(script, why, sizeof(why));
	unlink(script);
	if (ret || rename(from, to)) {
		err_msg("%s: gnuplot failed: %s", to, why[0] ? why :
			strerror(ret ? -ret : errno));
		unlink(from);
		return EXIT_UNKNOWN;
	}
	puts(to);
	return EXIT_FINE;
}

static int draw_picture(const struct figure *f, const struct picture *p)
{
	char base[PATH_MAX - 16], path[PATH_MAX];
	int curves, status = EXIT_FINE;
	FILE *out;

	snprintf(base, sizeof(base), "%s/figures/%s", p->data->folder, p->file);
	snprintf(path, sizeof(path), "%s.dat", base);
	out = fopen(path, "we");
	if (!out) {
		err_msg("%s: %s", path, strerror(errno));
		return EXIT_UNKNOWN;
	}
	curves = f->write(out, p);
	if (fclose(out) || curves < 0) {
		err_msg("%s: cannot be written", path);
		return EXIT_UNKNOWN;
	}
	for (size_t t = 0; curves && status == EXIT_FINE &&
	     t < sizeof(terminals) / sizeof(*terminals); t++)
		status = draw_terminal(f, p, &terminals[t], base, curves);
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

/* At least two page counts and two strategies, else there is nothing to see. */
static int worth_drawing(const struct picture *p)
{
	const struct cell_data *cells = p->data->cells;
	int pages = 0, strategies = 0;

	for (size_t i = 1; i < p->count; i++) {
		const struct axes *a = &cells[p->cells[0]].axes;
		const struct axes *b = &cells[p->cells[i]].axes;

		pages |= a->pages != b->pages;
		strategies |= strcmp(a->strategy, b->strategy) != 0;
	}
	return pages && strategies;
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
		if (end - i > most) {
			most = end - i;
			largest = i;
		}
	}
	for (size_t i = 0; i < count && status == EXIT_FINE; i = end) {
		struct picture p = { .data = data, .cells = order + i };

		end = picture_end(data, order, count, i);
		p.count = end - i;
		if (!worth_drawing(&p))
			continue;
		name_picture(&p, f, &data->cells[order[largest]].axes);
		status = draw_picture(f, &p);
	}
	return status;
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
