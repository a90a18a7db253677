// SPDX-License-Identifier: GPL-3.0-or-later
#include "svg.h"

#include <errno.h>
#include <expat.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "html.h"
#include "names.h"

/* What gnuplot draws with; anything else does not get into a page. */
static const char *const elements[] = {
	"svg", "g", "defs", "path", "circle", "ellipse", "rect", "line", "polygon",
	"polyline", "use", "text", "tspan", "pattern", "clipPath", "mask", "filter",
	"feFlood", "feComposite", "linearGradient", "stop", "image",
};

/* Said by the page itself, or of no use in it. */
static const char *const dropped[] = { "title", "desc" };

/**
 * struct writing - a picture on its way into a page
 * @out:	what is written, in memory: all of it or nothing gets into the page
 * @hidden:	depth inside an element that is dropped
 * @open:	the last start tag is not yet closed by ">"
 */
struct writing {
	FILE *out;
	XML_Parser parser;
	const char *path, *prefix, *label;
	size_t depth, hidden;
	bool open, bad;
	struct reason *why;
};

static void refuse(struct writing *w, const char *what, const char *name)
{
	if (!w->bad)
		reason_set(w->why, "%s:%lu: %s '%.60s' has no place in a page; "
			   "draw the figure anew", w->path,
			   XML_GetCurrentLineNumber(w->parser), what, name);
	w->bad = true;
	XML_StopParser(w->parser, XML_FALSE);
}

static void close_tag(struct writing *w)
{
	if (w->open)
		fputc('>', w->out);
	w->open = false;
}

/* "#name" and "url(#name)" are of this picture: they get its prefix. */
static void put_value(struct writing *w, const char *value)
{
	const char *hash;

	for (; (hash = strchr(value, '#')); value = hash + 1) {
		bool reference = hash - value >= 4 && !strncasecmp(hash - 4, "url(", 4);

		html_bytes(w->out, value, hash - value);
		html_put(w->out, "#%s", reference ? w->prefix : "");
	}
	html_put(w->out, "%s", value);
}

static bool is_link(const char *name)
{
	return !strcmp(name, "href") || !strcmp(name, "xlink:href");
}

static bool leads_away(const char *value)
{
	for (const char *url = value; (url = strcasestr(url, "url(")); url += 4)
		if (url[4] != '#')
			return true;
	return false;
}

static void put_attribute(struct writing *w, const char *name, const char *value)
{
	bool image = !strncmp(value, "data:image/png;base64,", 22);

	if (!strncasecmp(name, "on", 2) || !strcasecmp(name, "src"))
		refuse(w, "attribute", name);
	else if (is_link(name) && *value != '#' && !image)
		refuse(w, "link", value);
	else if (leads_away(value))
		refuse(w, "link", value);
	else if (is_link(name) && !image)
		html_put(w->out, " %s=\"#%s%s\"", name, w->prefix, value + 1);
	else if (!strcmp(name, "id"))
		html_put(w->out, " id=\"%s%s\"", w->prefix, value);
	else {
		html_put(w->out, " %s=\"", name);
		put_value(w, value);
		fputc('"', w->out);
	}
}

static void begin_element(void *data, const char *name, const char **attributes)
{
	struct writing *w = data;
	bool root = !w->depth++;

	if (w->bad)
		return;
	if (w->hidden || AMONG(dropped, name)) {
		w->hidden++;
		return;
	}
	if (!AMONG(elements, name) || (root && strcmp(name, "svg"))) {
		refuse(w, "element", name);
		return;
	}
	close_tag(w);
	fprintf(w->out, "<%s", name);
	for (const char **a = attributes; *a && !w->bad; a += 2)
		if (!root || (strcmp(*a, "width") && strcmp(*a, "height")))
			put_attribute(w, a[0], a[1]);
	if (root)
		html_put(w->out, " role=\"img\" aria-label=\"%s\"", w->label);
	w->open = true;
}

static void end_element(void *data, const char *name)
{
	struct writing *w = data;

	w->depth--;
	if (w->bad)
		return;
	if (w->hidden) {
		w->hidden--;
		return;
	}
	if (w->open)
		fputs("/>", w->out);
	else
		fprintf(w->out, "</%s>", name);
	w->open = false;
}

static void text_inside(void *data, const char *text, int length)
{
	struct writing *w = data;

	if (w->bad || w->hidden)
		return;
	/* Between shapes there are line feeds and tabs only: not worth the bytes. */
	if (strspn(text, " \t\n") >= (size_t)length && memchr(text, '\n', length))
		return;
	close_tag(w);
	html_bytes(w->out, text, length);
}

static void document_type(void *data, const char *name, const char *system_id,
			  const char *public_id, int has_subset)
{
	(void)system_id;
	(void)public_id;
	(void)has_subset;
	refuse(data, "document type", name);	/* entities would grow without bound */
}

static int parse(struct writing *w, FILE *in)
{
	char block[16384];
	size_t n;

	XML_SetUserData(w->parser, w);
	XML_SetElementHandler(w->parser, begin_element, end_element);
	XML_SetCharacterDataHandler(w->parser, text_inside);
	XML_SetStartDoctypeDeclHandler(w->parser, document_type);
	do {
		n = fread(block, 1, sizeof(block), in);
		if (ferror(in)) {
			reason_set(w->why, "%s: cannot be read", w->path);
			return -EIO;
		}
		if (!XML_Parse(w->parser, block, n, n < sizeof(block))) {
			if (!w->bad)
				reason_set(w->why, "%s:%lu: %s; draw the figure anew",
					   w->path, XML_GetCurrentLineNumber(w->parser),
					   XML_ErrorString(XML_GetErrorCode(w->parser)));
			return -EINVAL;
		}
	} while (n == sizeof(block));
	return 0;
}

int svg_inline(FILE *out, const char *path, const char *prefix, const char *label,
	       struct reason *why)
{
	struct writing w = { .path = path, .prefix = prefix, .label = label, .why = why };
	FILE *in = fopen(path, "re");
	char *text = NULL;
	size_t size;
	int ret;

	if (!in) {
		ret = -errno;
		reason_set(why, "%s: %s", path, strerror(errno));
		return ret;
	}
	reason_set(why, "%s: out of memory", path);
	w.out = open_memstream(&text, &size);
	w.parser = XML_ParserCreate(NULL);
	ret = w.out && w.parser ? parse(&w, in) : -ENOMEM;
	if (w.parser)
		XML_ParserFree(w.parser);
	if (w.out && fclose(w.out) && !ret)
		ret = -ENOMEM;
	if (!ret)
		fwrite(text, 1, size, out);
	free(text);
	fclose(in);
	return ret;
}
