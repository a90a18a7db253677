// SPDX-License-Identifier: GPL-3.0-or-later
#include "figure.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../common/err.h"
#include "figure_kind.h"
#include "gnuplot.h"
#include "stats.h"
#include "summary.h"

static const struct figure_kind *const figures[] = {
	&figure_pages, &figure_numa, &figure_contention, &figure_drivers,
	&figure_responder, &figure_counters,
};
#define FIGURES	(sizeof(figures) / sizeof(*figures))

void figure_list(FILE *out)
{
	for (size_t i = 0; i < FIGURES; i++)
		fprintf(out, "  %-11s %s\n", figures[i]->name, figures[i]->help);
}

double cost_per_page(const struct cell_data *cell)
{
	struct stats s;

	stats_of(cell->times, cell->n_times, &s);
	return s.median / cell->axes.pages;
}

static int on_figure(const struct figure_kind *f, const struct axis *axis)
{
	for (size_t i = 0; f->shows[i]; i++)
		if (!strcmp(f->shows[i], axis->name))
			return 1;
	return 0;
}

static int axis_compare(const struct axis *axis, const struct axes *a,
			const struct axes *b)
{
	char x[AXIS_TEXT_MAX], y[AXIS_TEXT_MAX];

	return strcmp(axis_format(axis, a, x, sizeof(x)),
		      axis_format(axis, b, y, sizeof(y)));
}

static int same_picture(const struct figure_kind *f, const struct axes *a,
			const struct axes *b)
{
	for (size_t i = 0; i < axes_count; i++)
		if (!on_figure(f, &axes_table[i]) && axis_compare(&axes_table[i], a, b))
			return 0;
	return 1;
}

/*
 * File name and subtitle. The largest picture has the plain name, the others
 * say where they differ from it; the subtitle has what is not the default, and
 * what everybody asks for.
 */
static void name_picture(struct picture *p, const struct figure_kind *f,
			 const struct axes *largest)
{
	const struct axes *axes = &p->data->cells[p->cells[0]].axes;
	size_t n = snprintf(p->file, sizeof(p->file), "%s", f->name), m = 0;
	char mine[AXIS_TEXT_MAX];

	for (size_t i = 0; i < axes_count; i++) {
		const struct axis *axis = &axes_table[i];
		int differs = axis_compare(axis, axes, largest) != 0;

		if (on_figure(f, axis))
			continue;
		axis_format(axis, axes, mine, sizeof(mine));
		if (differs || !axis_is_fallback(axis, axes) ||
		    !strcmp(axis->name, "access") || !strcmp(axis->name, "backing") ||
		    !strcmp(axis->name, "uffd"))
			m += snprintf(p->axes + m, sizeof(p->axes) - m, "%s%s %s",
				      m ? ", " : "", axis->name, mine);
		if (differs && n < sizeof(p->file))
			n += snprintf(p->file + n, sizeof(p->file) - n, "-%s_%s",
				      axis->name, mine);
	}
}

/* Cells that were taken and belong on one picture, moved to follow each other. */
static size_t picture_end(const struct dataset *data, const struct figure_kind *f,
			  size_t *order, size_t count, size_t first)
{
	size_t end = first + 1;

	for (size_t i = end; i < count; i++) {
		size_t cell = order[i];

		if (!same_picture(f, &data->cells[order[first]].axes,
				  &data->cells[cell].axes))
			continue;
		memmove(order + end + 1, order + end, (i - end) * sizeof(*order));
		order[end++] = cell;
	}
	return end;
}

static int draw_picture(const struct figure_kind *f, const struct picture *p)
{
	char base[PATH_MAX - 16];

	snprintf(base, sizeof(base), "%s/figures/%s", p->data->folder, p->file);
	return gnuplot_draw(f, p, base);
}

/* Pictures of one figure; *@drawn is how many there were to draw. */
static int draw_all_pictures(const struct dataset *data, const struct figure_kind *f,
			     size_t *order, size_t count, size_t *drawn)
{
	struct picture p = { .data = data };
	size_t largest = 0, most = 0, end;
	int status = EXIT_FINE;

	*drawn = 0;
	for (size_t i = 0; i < count; i = end) {
		end = picture_end(data, f, order, count, i);
		p.cells = order + i;
		p.count = end - i;
		if (!f->worth(&p))
			continue;
		(*drawn)++;
		if (p.count > most) {
			most = p.count;
			largest = i;
		}
	}
	for (size_t i = 0; i < count && status == EXIT_FINE; i = end) {
		end = picture_end(data, f, order, count, i);
		p = (struct picture){ .data = data, .cells = order + i,
				      .count = end - i };
		if (!f->worth(&p))
			continue;
		name_picture(&p, f, &data->cells[order[largest]].axes);
		status = draw_picture(f, &p);
	}
	return status;
}

/* Only what was measured and passed. */
static size_t keep_drawable(const struct dataset *data, const struct figure_kind *f,
			    const size_t *all, size_t count, size_t *order)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		const struct cell_data *cell = &data->cells[all[i]];

		if (cell->status == CELL_OK && cell->n_times && f->takes(cell))
			order[kept++] = all[i];
	}
	return kept;
}

static int draw_figure(const struct dataset *data, const struct figure_kind *f,
		       const size_t *all, size_t count, int wanted)
{
	size_t *order = calloc(count + 1, sizeof(*order)), drawn = 0;
	int status;

	if (!order)
		err_exit(EXIT_UNKNOWN, "%s: out of memory", data->folder);
	count = keep_drawable(data, f, all, count, order);
	status = draw_all_pictures(data, f, order, count, &drawn);
	free(order);
	if (drawn || !wanted)
		return status;
	err_msg("%s: nothing to draw for '%s': that takes %s", data->folder, f->name,
		f->needs);
	return EXIT_UNKNOWN;
}

static int unknown(const char *name)
{
	char names[256];
	size_t n = 0;

	for (size_t i = 0; i < FIGURES; i++)
		n += snprintf(names + n, sizeof(names) - n, " %s", figures[i]->name);
	err_msg("no figure '%s'; there are%s, or all", name, names);
	return EXIT_USAGE;
}

int figure_draw(const struct dataset *data, const char *name)
{
	int status = EXIT_FINE, found = 0, all = !strcmp(name, "all");
	char folder[PATH_MAX];
	size_t count;
	size_t *order;

	for (size_t i = 0; i < FIGURES; i++)
		found |= all || !strcmp(name, figures[i]->name);
	if (!found)
		return unknown(name);
	order = summary_order(data, &count);
	snprintf(folder, sizeof(folder), "%s/figures", data->folder);
	if (!order || (mkdir(folder, 0777) && errno != EEXIST)) {
		err_msg("%s: %s", folder, strerror(errno));
		free(order);
		return EXIT_UNKNOWN;
	}
	for (size_t i = 0; i < FIGURES && status == EXIT_FINE; i++)
		if (all || !strcmp(name, figures[i]->name))
			status = draw_figure(data, figures[i], order, count, !all);
	free(order);
	return status;
}
