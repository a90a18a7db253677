// SPDX-License-Identifier: GPL-3.0-or-later
/* The figures, each with its heading, a sentence and its numbers as text. */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/err.h"
#include "record/folder.h"
#include "report/figures/figure.h"
#include "report/write/html.h"
#include "page_parts.h"

#define FOLDED_MAX	(2 * 1024 * 1024)	/* bytes of figures that are folded */

static void path_of(const struct dataset *data, const struct figure_view *view,
		    const char *ending, char *path)
{
	snprintf(path, PATH_MAX, "%s/" FOLDER_FIGURES "/%s.%s", data->folder, view->file, ending);
}

/* In whole seconds: a checkout writes the files of a run in any order. */
static int is_stale(void *arg, const struct figure_view *view)
{
	const struct dataset *data = arg;
	char figure[PATH_MAX], text[PATH_MAX], samples[PATH_MAX];
	struct stat drawn, taken;

	path_of(data, view, "svg", figure);
	path_of(data, view, "txt", text);
	folder_file(samples, data->folder, FOLDER_SAMPLES);
	return stat(text, &drawn) || stat(figure, &drawn) || stat(samples, &taken) ||
	       drawn.st_mtime < taken.st_mtime ? -1 : 0;
}

int page_figures_fresh(const struct dataset *data)
{
	int status = figure_each(data, is_stale, (void *)data);

	return status == -1 ? figure_draw(data, "all") : status;
}

/* Writes a file of a figure into the page by @put. */
static int put_file(struct page *page, const struct figure_view *view, const char *ending,
		    void (*put)(FILE *out, const void *bytes, size_t size))
{
	char path[PATH_MAX], *bytes = NULL;
	int status = EXIT_FINE;
	struct stat file;
	FILE *in;

	path_of(page->data, view, ending, path);
	in = fopen(path, "re");
	if (in && !fstat(fileno(in), &file))
		bytes = malloc(file.st_size + 1);
	if (bytes)
		put(page->out, bytes, fread(bytes, 1, file.st_size, in));
	if (!bytes || ferror(in)) {
		err_msg("%s: %s; draw the figure anew", path, strerror(errno));
		status = EXIT_UNKNOWN;
	}
	if (in)
		fclose(in);
	free(bytes);
	return status;
}

static void put_sentence(FILE *out, const struct figure_view *view)
{
	const char *what = view->help ? view->help : view->title;

	fprintf(out, "<p>%c", toupper(*what));
	html_put(out, *view->axes ? "%s: <b>%s</b>.</p>\n" : "%s.</p>\n", what + 1, view->axes);
}

static int put_figure(struct page *page, const struct figure_view *view)
{
	FILE *out = page->out;

	page->figures++;
	html_put(out, "<figure>\n<figcaption>\n<h3>%s</h3>\n", view->title);
	put_sentence(out, view);
	page_tag(page);
	fputs("</figcaption>\n<div class=\"scroll card\" tabindex=\"0\" role=\"region\" "
	      "aria-label=\"Figure\">\n", out);
	html_put(out, "<img alt=\"%s%s%s. The numbers follow as text.\" "
		 "src=\"data:image/svg+xml;base64,", view->title, *view->axes ? ": " : "",
		 view->axes);
	if (put_file(page, view, "svg", html_base64))
		return EXIT_UNKNOWN;
	fputs("\"/>\n</div>\n"
	      "<details><summary>As text</summary>\n<pre tabindex=\"0\">", out);
	if (put_file(page, view, "txt", html_bytes))
		return EXIT_UNKNOWN;
	fputs("</pre></details>\n</figure>\n", out);
	return EXIT_FINE;
}

/* The first of each kind: all that stand in the open. */
static int show_first(void *arg, const struct figure_view *view)
{
	return view->index ? EXIT_FINE : put_figure(arg, view);
}

/* The others, folded kind by kind. */
static int show_others(void *arg, const struct figure_view *view)
{
	struct page *page = arg;
	int status = EXIT_FINE;
	long before;

	if (!view->index)
		return EXIT_FINE;
	if (view->index == 1)
		html_put(page->out, "<details class=\"more\"><summary>%s: %zu more, with other "
			 "axes</summary>\n<div class=\"figures\">\n", view->title,
			 view->count - 1);
	before = ftell(page->out);
	if (page->folded > FOLDED_MAX)
		html_put(page->out, "<p>Not on this page, for its size: figures/%s.svg (%s).</p>\n",
			 view->file, view->axes);
	else
		status = put_figure(page, view);
	page->folded += ftell(page->out) - before;
	if (view->index == view->count - 1)
		fputs("</div>\n</details>\n", page->out);
	return status;
}

int page_figures(struct page *page)
{
	int status;

	page_section(page->out, "figures", "Figures");
	fputs("<div class=\"figures\">\n", page->out);
	status = figure_each(page->data, show_first, page);
	fputs("</div>\n", page->out);
	if (status == EXIT_FINE)
		status = figure_each(page->data, show_others, page);
	if (!page->figures)
		fputs("<p>The run has data for no figure.</p>\n", page->out);
	fputs("</section>\n", page->out);
	return status;
}
