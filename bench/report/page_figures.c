// SPDX-License-Identifier: GPL-3.0-or-later
/* The figures, each with its heading, a sentence and its numbers as text. */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>

#include "../common/err.h"
#include "figure.h"
#include "html.h"
#include "page_parts.h"
#include "svg.h"

#define TEXT_MAX	65536	/* of a figure as text */
#define FOLDED_MAX	(2 * 1024 * 1024)	/* bytes of figures that are folded */

static void path_of(const struct dataset *data, const struct figure_view *view,
		    const char *ending, char *path)
{
	snprintf(path, PATH_MAX, "%s/figures/%s.%s", data->folder, view->file, ending);
}

/* In whole seconds: a checkout writes the files of a run in any order. */
static int is_stale(void *arg, const struct figure_view *view)
{
	const struct dataset *data = arg;
	char figure[PATH_MAX], samples[PATH_MAX];
	struct stat drawn, taken;

	path_of(data, view, "svg", figure);
	snprintf(samples, sizeof(samples), "%s/samples.jsonl", data->folder);
	return stat(figure, &drawn) || stat(samples, &taken) ||
	       drawn.st_mtime < taken.st_mtime ? -1 : 0;
}

int page_figures_fresh(const struct dataset *data)
{
	int status = figure_each(data, is_stale, (void *)data);

	return status == -1 ? figure_draw(data, "all") : status;
}

/* The picture as text is what a reader has who cannot see it. */
static int put_text(FILE *out, const char *path)
{
	static char text[TEXT_MAX];
	FILE *in = fopen(path, "re");
	size_t n;

	if (!in) {
		err_msg("%s: %s; draw the figure anew", path, strerror(errno));
		return EXIT_UNKNOWN;
	}
	n = fread(text, 1, sizeof(text), in);
	fclose(in);
	fputs("<details><summary>As text</summary>\n<pre tabindex=\"0\">", out);
	html_bytes(out, text, n);
	fputs("</pre></details>\n", out);
	return EXIT_FINE;
}

static void put_sentence(FILE *out, const struct figure_view *view)
{
	const char *what = view->help ? view->help : view->title;

	fprintf(out, "<p>%c", toupper(*what));
	html_put(out, *view->axes ? "%s: <b>%s</b>.</p>\n" : "%s.</p>\n", what + 1, view->axes);
}

static int put_figure(struct page *page, const struct figure_view *view)
{
	char path[PATH_MAX], label[1024], prefix[16];
	struct reason why;
	FILE *out = page->out;

	snprintf(prefix, sizeof(prefix), "f%zu-", ++page->figures);
	snprintf(label, sizeof(label), "%s%s%s. The numbers follow as text.", view->title,
		 *view->axes ? ": " : "", view->axes);
	html_put(out, "<figure id=\"%sfigure\">\n<figcaption>\n<h3>%s</h3>\n", prefix,
		 view->title);
	put_sentence(out, view);
	page_tag(page);
	fputs("</figcaption>\n<div class=\"scroll card\" tabindex=\"0\" role=\"region\" "
	      "aria-label=\"Figure\">\n", out);
	path_of(page->data, view, "svg", path);
	if (svg_inline(out, path, prefix, label, &why)) {
		err_msg("%s", why.text);
		return EXIT_UNKNOWN;
	}
	fputs("\n</div>\n", out);
	path_of(page->data, view, "txt", path);
	if (put_text(out, path))
		return EXIT_UNKNOWN;
	fputs("</figure>\n", out);
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
