// SPDX-License-Identifier: GPL-3.0-or-later
#include "figure.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../common/err.h"
#include "../common/strategies.h"
#include "array.h"
#include "gnuplot.h"
#include "picture.h"
#include "script.h"
#include "summary.h"

static const struct figure *const figures[] = {
	&figure_pages, &figure_numa, &figure_nodes, &figure_contention,
	&figure_bystander, &figure_drivers, &figure_responder, &figure_counters,
	&figure_phases, &figure_heatmap, &figure_order, &figure_aa,
	&figure_kernels,
};
#define FIGURES	(sizeof(figures) / sizeof(*figures))

static const char *const kinds[] = { "svg", "png", "txt", "dat" };
#define KINDS	(sizeof(kinds) / sizeof(*kinds))

/* The pictures of a figure. */
struct album {
	struct picture *pictures;
	size_t count;
};

void figure_list(FILE *out)
{
	for (size_t i = 0; i < FIGURES; i++)
		if (figures[i]->help)
			fprintf(out, "  %-10s %s\n", figures[i]->name, figures[i]->help);
}

static bool on_figure(const struct figure *f, const struct axis *axis)
{
	for (size_t i = 0; f->axes && f->axes[i]; i++)
		if (!strcmp(f->axes[i], axis->name))
			return true;
	return !f->axes;
}

static int write_text(const struct figure *f, const struct picture *p,
		      const struct drawing *d, const char *base)
{
	char path[PATH_MAX];
	FILE *out;

	snprintf(path, sizeof(path), "%s.txt.new", base);
	out = fopen(path, "we");
	if (!out) {
		err_msg("%s: %s", path, strerror(errno));
		return EXIT_UNKNOWN;
	}
	script_text(out, f, p, d);
	if (!fclose(out))
		return EXIT_FINE;
	err_msg("%s: %s", path, strerror(errno));
	return EXIT_UNKNOWN;
}

static int call_gnuplot(const struct figure *f, const struct picture *p,
			const struct drawing *d, const char *base, const char *kind)
{
	char script[PATH_MAX];
	struct reason why = { "" };
	FILE *out;
	int ret;

	snprintf(script, sizeof(script), "%s.gp", base);
	out = fopen(script, "we");
	if (!out) {
		err_msg("%s: %s", script, strerror(errno));
		return EXIT_UNKNOWN;
	}
	script_write(out, f, p, d, base, kind);
	fclose(out);
	ret = gnuplot_run(script, &why);
	unlink(script);
	if (!ret)
		return EXIT_FINE;
	err_msg("%s.%s: gnuplot failed: %s", base, kind, why.text);
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
		      struct drawing *d, const char *base)
{
	char path[PATH_MAX];
	FILE *out;
	int ret = f->fill(p, d);

	if (ret) {
		err_msg("%s: %s", base, ret == -E2BIG ?
			"more strategies or values of an axis than a figure holds; "
			"measure fewer in one run" : strerror(-ret));
		return EXIT_UNKNOWN;
	}
	snprintf(path, sizeof(path), "%s.dat.new", base);
	out = fopen(path, "we");
	if (out)
		f->write(out, p, d);
	if (out && !fclose(out))
		return EXIT_FINE;
	err_msg("%s: %s", path, strerror(errno));
	return EXIT_UNKNOWN;
}

/* All files or none: a figure never disagrees with its data. */
static int draw_picture(const struct figure *f, const struct picture *p)
{
	struct drawing *d = calloc(1, sizeof(*d));
	char base[PATH_MAX - 16];
	int status, drawn;

	if (!d)
		err_exit(EXIT_UNKNOWN, "%s: out of memory", p->file);
	snprintf(base, sizeof(base), "%s/figures/%s", p->data->folder, p->file);
	status = write_data(f, p, d, base) ?: write_text(f, p, d, base) ?:
		 call_gnuplot(f, p, d, base, "svg") ?: call_gnuplot(f, p, d, base, "png");
	drawn = status == EXIT_FINE;
	for (size_t k = 0; k < KINDS; k++)
		if (settle(base, kinds[k], drawn))
			status = EXIT_UNKNOWN;
	drawing_free(d);
	return status;
}

static void album_free(struct album *album)
{
	for (size_t i = 0; i < album->count; i++)
		free(album->pictures[i].cells);
	free(album->pictures);
}

static struct picture *find_picture(struct album *album, const struct dataset *data,
				    const struct figure *f, const struct axes *axes)
{
	struct picture *p;

	for (size_t i = 0; i < album->count; i++)
		if (!f->axes || axes_same_but(&picture_cell(&album->pictures[i], 0)->axes, axes,
					      f->axes))
			return &album->pictures[i];
	if (array_grow(&album->pictures, album->count, sizeof(*p)))
		return NULL;
	p = &album->pictures[album->count++];
	memset(p, 0, sizeof(*p));
	p->data = data;
	return p;
}

/* Only what was measured and passed; the floor has nothing to do with pages. */
static bool drawable(const struct figure *f, const struct cell_data *cell)
{
	return cell_measured(cell) &&
	       !strategy_is(cell->axes.strategy, STRATEGY_FLOOR) && (!f->takes || f->takes(cell));
}

static int sort_into(struct album *album, const struct dataset *data,
		     const struct figure *f)
{
	size_t count;
	size_t *order = summary_order(data, &count);
	int ret = order ? 0 : -ENOMEM;

	for (size_t i = 0; i < count && !ret; i++) {
		const struct cell_data *cell = &data->cells[order[i]];
		struct picture *p;

		if (!drawable(f, cell))
			continue;
		p = find_picture(album, data, f, &cell->axes);
		if (!p || array_grow(&p->cells, p->count, sizeof(*p->cells)))
			ret = -ENOMEM;
		else
			p->cells[p->count++] = order[i];
	}
	free(order);
	return ret;
}

static bool worth_drawing(const struct figure *f, const struct picture *p)
{
	struct drawing *d = calloc(1, sizeof(*d));
	bool worth = !d || f->fill(p, d) != -ENODATA;

	drawing_free(d);
	return worth;
}

static void keep_worthy(struct album *album, const struct figure *f)
{
	size_t kept = 0;

	for (size_t i = 0; i < album->count; i++) {
		if (worth_drawing(f, &album->pictures[i]))
			album->pictures[kept++] = album->pictures[i];
		else
			free(album->pictures[i].cells);
	}
	album->count = kept;
}

static size_t fallbacks(const struct axes *axes)
{
	size_t n = 0;

	for (size_t i = 0; i < axes_count; i++)
		n += axis_is_fallback(&axes_table[i], axes);
	return n;
}

/* That of most cells; of those the most usual one; of those the longest range. */
static const struct axes *main_axes(const struct album *album)
{
	const struct picture *best = &album->pictures[0];

	for (size_t i = 1; i < album->count; i++) {
		const struct picture *p = &album->pictures[i];
		const struct axes *a = &picture_cell(best, 0)->axes;
		const struct axes *b = &picture_cell(p, 0)->axes;

		if (p->count != best->count) {
			if (p->count > best->count)
				best = p;
		} else if (fallbacks(b) != fallbacks(a)) {
			if (fallbacks(b) > fallbacks(a))
				best = p;
		} else if (b->pages > a->pages) {
			best = p;
		}
	}
	return &picture_cell(best, 0)->axes;
}

/* Values that no two of these axes have in common need no name of the axis. */
static bool speaks_for_itself(const struct axis *axis, const char *value)
{
	static const char *const names[] = { "access", "backing", "uffd", "tables" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(names[i], axis->name))
			return strcmp(value, "none") != 0;
	return false;
}

static void add_to_file(struct picture *p, const struct axis *axis, const char *value)
{
	size_t n = strlen(p->file), size = sizeof(p->file);
	bool bare = speaks_for_itself(axis, value);

	snprintf(p->file + n, size - n, "-%s%s%s", bare ? "" : axis->name,
		 bare || axis->kind == AXIS_NUMBER ? "" : "_", value);
	for (char *c = p->file + n; *c; c++)
		if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			    "0123456789._-+", *c))
			*c = '+';
}

static bool always_told(const struct axis *axis)
{
	return !strcmp(axis->name, "pages") || !strcmp(axis->name, "access") ||
	       !strcmp(axis->name, "uffd");
}

/* File name: what differs from the main picture. Subtitle: that, and what is unusual. */
static void name_picture(struct picture *p, const struct figure *f,
			 const struct axes *usual)
{
	const struct axes *axes = &picture_cell(p, 0)->axes;
	char mine[AXIS_TEXT_MAX], theirs[AXIS_TEXT_MAX];
	size_t m = 0;

	snprintf(p->file, sizeof(p->file), "%s", f->file);
	for (size_t i = 0; i < axes_count; i++) {
		const struct axis *axis = &axes_table[i];
		bool differs;

		if (on_figure(f, axis))
			continue;
		axis_format(axis, axes, mine, sizeof(mine));
		axis_format(axis, usual, theirs, sizeof(theirs));
		differs = strcmp(mine, theirs) != 0;
		if (differs)
			add_to_file(p, axis, mine);
		if ((differs || always_told(axis) || !axis_is_fallback(axis, axes)) &&
		    m < sizeof(p->axes))
			m += snprintf(p->axes + m, sizeof(p->axes) - m, "%s%s %s",
				      m ? ", " : "", axis->name, mine);
	}
}

/* Replaced characters, or a cut, may have made two names one. */
static void keep_apart(struct album *album, size_t i)
{
	char *file = album->pictures[i].file;
	size_t n = strlen(file), size = sizeof(album->pictures[i].file), same = 0;

	for (size_t j = 0; j < i; j++)
		same += !strncmp(album->pictures[j].file, file, n < size - 8 ? n : size - 8) &&
			(album->pictures[j].file[n] == 0 || n >= size - 8);
	if (same)
		snprintf(file + (n < size - 8 ? n : size - 8), 8, "+%zu", same + 1);
}

/* The pictures of a figure, named; album_free() them, whatever the result. */
static int make_album(const struct dataset *data, const struct figure *f,
		      struct album *album)
{
	if (sort_into(album, data, f)) {
		err_msg("%s: out of memory", data->folder);
		return EXIT_UNKNOWN;
	}
	keep_worthy(album, f);
	for (size_t i = 0; i < album->count; i++) {
		name_picture(&album->pictures[i], f, main_axes(album));
		keep_apart(album, i);
	}
	return EXIT_FINE;
}

/* Draws all pictures of a figure and adds to @drawn how many there were. */
static int draw_figure(const struct dataset *data, const struct figure *f, size_t *drawn)
{
	struct album album = { 0 };
	int status = make_album(data, f, &album);

	*drawn += album.count;
	for (size_t i = 0; i < album.count && status == EXIT_FINE; i++)
		status = draw_picture(f, &album.pictures[i]);
	album_free(&album);
	return status;
}

/* The one of most cells, which has the figure's own name, before the others. */
static void main_first(struct album *album, const struct figure *f)
{
	for (size_t i = 1; i < album->count; i++) {
		struct picture main = album->pictures[i];

		if (strcmp(main.file, f->file))
			continue;
		memmove(&album->pictures[1], &album->pictures[0], i * sizeof(main));
		album->pictures[0] = main;
	}
}

int figure_each(const struct dataset *data,
		int (*see)(void *arg, const struct figure_view *view), void *arg)
{
	int status = EXIT_FINE;

	for (size_t i = 0; i < FIGURES && status == EXIT_FINE; i++) {
		struct album album = { 0 };

		if (figures[i]->joined)
			continue;
		status = make_album(data, figures[i], &album);
		main_first(&album, figures[i]);
		for (size_t k = 0; k < album.count && status == EXIT_FINE; k++)
			status = see(arg, &(struct figure_view){
				figures[i]->title, figures[i]->help,
				album.pictures[k].file, album.pictures[k].axes, k,
				album.count });
		album_free(&album);
	}
	return status;
}

static int unknown_figure(const char *name)
{
	char names[256];
	size_t n = 0;

	for (size_t i = 0; i < FIGURES; i++)
		if (figures[i]->help)
			n += snprintf(names + n, sizeof(names) - n, "%s, ", figures[i]->name);
	err_msg("no figure '%s'; there are %sall", name, names);
	return EXIT_USAGE;
}

int figure_draw(const struct dataset *data, const char *name)
{
	const struct figure *named = NULL;
	char folder[PATH_MAX];
	int status = EXIT_FINE, all = !strcmp(name, "all");
	size_t drawn = 0;

	for (size_t i = 0; i < FIGURES && !named; i++)
		if (!strcmp(name, figures[i]->name))
			named = figures[i];
	if (!named && !all)
		return unknown_figure(name);
	snprintf(folder, sizeof(folder), "%s/figures", data->folder);
	if (mkdir(folder, 0777) && errno != EEXIST) {
		err_msg("%s: %s", folder, strerror(errno));
		return EXIT_UNKNOWN;
	}
	for (size_t i = 0; i < FIGURES && status == EXIT_FINE; i++)
		if (all ? !figures[i]->joined : !strcmp(name, figures[i]->name))
			status = draw_figure(data, figures[i], &drawn);
	if (named && status == EXIT_FINE && !drawn) {
		err_msg("%s: no data for figure '%s': it needs %s", data->folder, name,
			named->needs);
		return EXIT_UNKNOWN;
	}
	return status;
}
