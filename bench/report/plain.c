// SPDX-License-Identifier: GPL-3.0-or-later
#include "plain.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define COMMAND_INDENT	2

static void put(FILE *out, const char *word, size_t length)
{
	for (size_t i = 0; i < length; i++)
		fputc(word[i] >= ' ' && word[i] <= '~' ? word[i] : '?', out);
}

void plain_heading(FILE *out, const char *title)
{
	fprintf(out, "\n%s\n", title);
	for (size_t i = 0; i < strlen(title); i++)
		fputc('-', out);
	fputc('\n', out);
}

/**
 * struct lines - where words are put
 * @end:	before the newline of a line that goes on
 * @at:		column
 * @fresh:	nothing was put into the line yet
 */
struct lines {
	FILE *out;
	const char *end;
	size_t indent, width, at;
	int fresh;
};

static void new_line(struct lines *l)
{
	fprintf(l->out, "%s\n%*s", l->end, (int)l->indent, "");
	l->at = l->indent;
	l->fresh = 1;
}

static void put_word(struct lines *l, const char *word, size_t length)
{
	if (!l->fresh && l->at + 1 + length > l->width)
		new_line(l);
	if (!l->fresh) {
		fputc(' ', l->out);
		l->at++;
	}
	while (l->at + length > l->width) {
		size_t part = l->width - l->at;

		put(l->out, word, part);
		word += part;
		length -= part;
		new_line(l);
	}
	put(l->out, word, length);
	l->at += length;
	l->fresh = 0;
}

__attribute__((format(printf, 2, 0)))
static void put_words(struct lines *l, const char *fmt, va_list args)
{
	char *text = NULL;

	if (vasprintf(&text, fmt, args) < 0)
		text = NULL;
	for (const char *at = text ? text : "(out of memory)"; *at;) {
		size_t length = strcspn(at, " \n");

		if (length)
			put_word(l, at, length);
		at += length + (at[length] != 0);
	}
	fputc('\n', l->out);
	free(text);
}

void plain_vparagraph(FILE *out, const char *first, int indent, const char *fmt, va_list args)
{
	struct lines l = { out, "", indent, PLAIN_WIDTH, strlen(first), 1 };

	fputs(first, out);
	put_words(&l, fmt, args);
}

void plain_paragraph(FILE *out, const char *first, int indent, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	plain_vparagraph(out, first, indent, fmt, args);
	va_end(args);
}

void plain_command(FILE *out, const char *fmt, ...)
{
	struct lines l = { out, " \\", 2 * COMMAND_INDENT, PLAIN_WIDTH - 2, COMMAND_INDENT, 1 };
	va_list args;

	fprintf(out, "%*s", COMMAND_INDENT, "");
	va_start(args, fmt);
	put_words(&l, fmt, args);
	va_end(args);
}

char *plain_number(double value, char *buf, size_t size)
{
	double much = fabs(value);

	if (isnan(value))
		snprintf(buf, size, "-");
	else if (much >= 99999999.5)
		snprintf(buf, size, "%.3ge9", value / 1e9);
	else if (much >= 999999.5)
		snprintf(buf, size, "%.4ge6", value / 1e6);
	else if (much >= 999.95 || value == floor(value))
		snprintf(buf, size, "%.0f", value);
	else
		snprintf(buf, size, much >= 99.995 ? "%.1f" : "%.2f", value);
	return buf;
}
