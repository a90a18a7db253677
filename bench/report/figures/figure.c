// SPDX-License-Identifier: GPL-3.0-or-later
#include "figure.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "record/folder.h"
#include "report/write/array.h"
#include "report/write/whole_file.h"
#include "gnuplot.h"
#include "pictures.h"
#include "script.h"

static const struct figure *const figures[] = {
#define FIGURE(name)	&figure_##name,
#include "figures.h"
};
#define FIGURES	(sizeof(figures) / sizeof(*figures))

static const char *const kinds[] = { "svg", "png", "txt", "dat" };
#define KINDS	(sizeof(kinds) / sizeof(*kinds))

void figure_list(const struct listing *list)
{
	for (size_t i = 0; i < FIGURES; i++) {
		if (!figures[i]->help)
			continue;
		listing_say(list, figures[i]->name, figures[i]->help);
		listing_note(list, "  %-18s needs %s\n", "", figures[i]->needs);
	}
}

static int write_text(const struct figure *f, const struct picture *p,
		      const struct sheet *s, const char *base)
{
	char path[PATH_MAX];
	FILE *out;

	snprintf(path, sizeof(path), "%s.txt.new", base);
	out = fopen(path, "we");
	if (!out) {
		err_msg("%s: %s", path, strerror(errno));
		return EXIT_UNKNOWN;
	}
	script_text(out, f, p, s);
	if (!fclose(out))
		return EXIT_FINE;
	err_msg("%s: %s", path, strerror(errno));
	return EXIT_UNKNOWN;
}

static int call_gnuplot(const struct figure *f, const struct picture *p,
			const struct sheet *s, const char *base, const char *kind)
{
	static int told;	/* what a machine cannot do, it can for no figure */
	char script[PATH_MAX];
	struct reason why = { "" };
	FILE *out;
	int ret;

	snprintf(script, sizeof(script), "%s%s.gp", *base == '/' ? "" : "./", base);
	out = fopen(script, "we");
	if (!out) {
		err_msg("%s: %s", script, strerror(errno));
		return EXIT_UNKNOWN;
	}
	script_write(out, f, p, s, base, kind);
	fclose(out);
	ret = gnuplot_run(script, &why);
	unlink(script);
	if (!ret && !strcmp(kind, "svg")) {
		snprintf(script, sizeof(script), "%s.svg.new", base);
		ret = gnuplot_mend_svg(script);
		reason_set(&why, "%s", strerror(-ret));
	}
	if (!ret)
		return EXIT_FINE;
	if (ret == -ENOTSUP) {
		if (!told++)
			err_msg("no figure is drawn as %s: %s", kind, why.text);
		return EXIT_SKIPPED;
	}
	err_msg("%s.%s: gnuplot failed: %s", base, kind, why.text);
	return EXIT_UNKNOWN;
}

static int settle(const char *base, const char *ending, bool keep)
{
	char path[PATH_MAX - 8];
	int ret;

	snprintf(path, sizeof(path), "%s.%s", base, ending);
	ret = whole_settle(path, keep);
	if (ret)
		err_msg("%s: %s", path, strerror(-ret));
	else if (keep && strcmp(ending, "dat"))
		puts(path);
	return ret ? EXIT_UNKNOWN : EXIT_FINE;
}

static int write_data(const struct figure *f, const struct picture *p,
		      struct sheet *s, const char *base)
{
	char path[PATH_MAX];
	FILE *out;

	f->fill(p, s);
	if (s->full) {
		err_msg("%s: more strategies or values of an axis than a figure holds; "
			"measure fewer in one run", base);
		return EXIT_UNKNOWN;
	}
	snprintf(path, sizeof(path), "%s.dat.new", base);
	out = fopen(path, "we");
	if (out)
		f->write(out, p, s);
	if (out && !fclose(out))
		return EXIT_FINE;
	err_msg("%s: %s", path, strerror(errno));
	return EXIT_UNKNOWN;
}

static bool is_png(const char *kind)
{
	return !strcmp(kind, "png");
}

/* All files or none, but for a PNG where none can be drawn: a figure never disagrees with
 * its data.
 */
static int draw_picture(const struct figure *f, const struct picture *p)
{
	struct sheet *s = array_new(1, sizeof(*s));
	char base[PATH_MAX - 16];
	int status, png;
	bool drawn, has_png;

	snprintf(base, sizeof(base), "%s/" FOLDER_FIGURES "/%s", p->data->folder, p->file);
	status = write_data(f, p, s, base) ?: write_text(f, p, s, base) ?:
		 call_gnuplot(f, p, s, base, "svg");
	png = status ?: call_gnuplot(f, p, s, base, "png");
	has_png = png != EXIT_SKIPPED;
	if (has_png)
		status = png;
	drawn = status == EXIT_FINE;
	for (size_t k = 0; k < KINDS; k++)
		status = settle(base, kinds[k], drawn && (has_png || !is_png(kinds[k]))) ?: status;
	/* One that was drawn earlier is of other data. */
	if (!has_png) {
		snprintf(base + strlen(base), sizeof(base) - strlen(base), ".png");
		unlink(base);
	}
	sheet_free(s);
	return status;
}

/* Draws all pictures of a figure and adds to @drawn how many there were. */
static int draw_figure(const struct dataset *data, const struct figure *f, size_t *drawn)
{
	struct pictures all;
	int status = EXIT_FINE;

	pictures_of(data, f, &all);
	whole_lock(data->folder);
	*drawn += all.count;
	for (size_t i = 0; i < all.count && status == EXIT_FINE; i++)
		status = draw_picture(f, &all.picture[i]);
	pictures_free(&all);
	return status;
}

int figure_each(const struct dataset *data,
		int (*see)(void *arg, const struct figure_view *view), void *arg)
{
	int status = EXIT_FINE;

	for (size_t i = 0; i < FIGURES && status == EXIT_FINE; i++) {
		struct pictures all;

		if (figures[i]->joined)
			continue;
		pictures_of(data, figures[i], &all);
		pictures_main_first(&all, figures[i]);
		for (size_t k = 0; k < all.count && status == EXIT_FINE; k++)
			status = see(arg, &(struct figure_view){
				figures[i]->title, figures[i]->help,
				all.picture[k].file, all.picture[k].axes, k,
				all.count });
		pictures_free(&all);
	}
	return status;
}

static int unknown_figure(const char *name)
{
	struct reason names = { "" };

	for (size_t i = 0; i < FIGURES; i++)
		if (figures[i]->help)
			reason_add(&names, "%s, ", figures[i]->name);
	err_msg("no figure '%s'; there are %sall", name, names.text);
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
	folder_file(folder, data->folder, FOLDER_FIGURES);
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
