// SPDX-License-Identifier: GPL-3.0-or-later
#include "plain.h"

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

size_t plain_line(const char **text, size_t width)
{
	const char *at = *text + strspn(*text, " \n");
	size_t n = 0, next = 0;

	for (*text = at; at[next]; next = n + strspn(at + n, " \n")) {
		next += strcspn(at + next, " \n");
		if (next > width)
			return n ? n : width;
		n = next;
	}
	return n;
}

/* One space between two words, none at the end. */
static void squeeze(char *text)
{
	char *to = text;

	for (const char *word = text; *word;) {
		size_t n = strcspn(word, " \n");

		if (n && to != text)
			*to++ = ' ';
		memmove(to, word, n);
		to += n;
		word += n + (word[n] != 0);
	}
	*to = 0;
}

/* Words in lines of @width, in the first of which @used columns are taken. */
__attribute__((format(printf, 6, 0)))
static void put_words(FILE *out, size_t used, int indent, size_t width, const char *end,
		      const char *fmt, va_list args)
{
	char *text = NULL;
	const char *at;
	size_t n;

	if (vasprintf(&text, fmt, args) < 0)
		text = NULL;
	else
		squeeze(text);
	at = text ? text : "(out of memory)";
	while ((n = plain_line(&at, width - used))) {
		put(out, at, n);
		at += n;
		if (*at)
			fprintf(out, "%s\n%*s", end, indent, "");
		used = indent;
	}
	fputc('\n', out);
	free(text);
}

void plain_vparagraph(FILE *out, const char *first, int indent, const char *fmt, va_list args)
{
	fputs(first, out);
	put_words(out, strlen(first), indent, PLAIN_WIDTH, "", fmt, args);
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
	va_list args;

	fprintf(out, "%*s", COMMAND_INDENT, "");
	va_start(args, fmt);
	put_words(out, COMMAND_INDENT, 2 * COMMAND_INDENT, PLAIN_WIDTH - 2, " \\", fmt, args);
	va_end(args);
}
