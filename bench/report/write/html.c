// SPDX-License-Identifier: GPL-3.0-or-later
#include "html.h"

#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define REPLACEMENT	"\xEF\xBF\xBD"	/* U+FFFD */
#define THIN_SPACE	"\xE2\x80\xAF"	/* U+202F, at which no line is broken */
#define GROUP_FROM	10000

/* The smallest code point that takes as many bytes: a longer form of it is not UTF-8. */
static const uint32_t smallest[] = { 0, 0, 0x80, 0x800, 0x10000 };

/* Decodes one character. Return: its bytes, or 0 when it is not UTF-8. */
static size_t decode(const unsigned char *s, size_t size, uint32_t *c)
{
	size_t n = *s < 0x80 ? 1 : (*s & 0xE0) == 0xC0 ? 2 : (*s & 0xF0) == 0xE0 ? 3 :
		   (*s & 0xF8) == 0xF0 ? 4 : 0;

	if (!n || n > size)
		return 0;
	*c = n == 1 ? *s : *s & (0x7F >> n);
	for (size_t i = 1; i < n; i++) {
		if ((s[i] & 0xC0) != 0x80)
			return 0;
		*c = *c << 6 | (s[i] & 0x3F);
	}
	return *c < smallest[n] || *c > 0x10FFFF || (*c >= 0xD800 && *c <= 0xDFFF) ? 0 : n;
}

static int printable(uint32_t c)
{
	if (c < 0x20)
		return c == '\t' || c == '\n';
	return (c < 0x7F || c > 0x9F) && (c & 0xFFFE) != 0xFFFE && (c < 0xFDD0 || c > 0xFDEF);
}

static void put_character(FILE *out, const char *bytes, size_t n)
{
	switch (*bytes) {
	case '&':
		fputs("&amp;", out);
		break;
	case '<':
		fputs("&lt;", out);
		break;
	case '>':
		fputs("&gt;", out);
		break;
	case '"':
		fputs("&quot;", out);
		break;
	case '\'':
		fputs("&#39;", out);
		break;
	default:
		fwrite(bytes, 1, n, out);
	}
}

void html_bytes(FILE *out, const void *bytes, size_t size)
{
	const char *text = bytes;

	for (size_t i = 0, n; i < size; i += n) {
		uint32_t c = 0;

		n = decode((const unsigned char *)text + i, size - i, &c);
		if (n && printable(c))
			put_character(out, text + i, n);
		else if (c != '\r')
			fputs(REPLACEMENT, out);
		n = n ? n : 1;
	}
}

static void put_text(FILE *out, const char *text)
{
	html_bytes(out, text ? text : "-", text ? strlen(text) : 1);
}

/* One conversion of html_put(), up to its last character @type. */
static void convert(FILE *out, const char *conversion, char type, va_list *list)
{
	const char *text;

	switch (type) {
	case 's':
		text = va_arg(*list, const char *);
		put_text(out, text);
		break;
	case 'd':
		fprintf(out, conversion, va_arg(*list, int));
		break;
	case 'u':	/* %zu alone: the size is not looked at */
		fprintf(out, conversion, va_arg(*list, size_t));
		break;
	case 'g':
		fprintf(out, conversion, va_arg(*list, double));
		break;
	default:
		fputs(type == '%' ? "%" : conversion, out);
	}
}

void html_put(FILE *out, const char *format, ...)
{
	char conversion[16];
	va_list list;

	va_start(list, format);
	while (*format) {
		size_t n = strcspn(format, "%");

		fwrite(format, 1, n, out);
		format += n;
		if (!*format)
			break;
		n = 1 + strcspn(format + 1, "sdug%") + 1;
		snprintf(conversion, sizeof(conversion), "%.*s", (int)n, format);
		convert(out, conversion, format[n - 1], &list);
		format += n;
	}
	va_end(list);
}

void html_base64(FILE *out, const void *bytes, size_t size)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				     "0123456789+/";
	const unsigned char *from = bytes;

	for (size_t i = 0; i < size; i += 3) {
		size_t have = size - i < 3 ? size - i : 3;
		uint32_t group = 0;

		for (size_t k = 0; k < 3; k++)
			group = group << 8 | (k < have ? from[i + k] : 0);
		for (size_t k = 0; k < 4; k++)
			fputc(k <= have ? digits[group >> (18 - 6 * k) & 63] : '=', out);
	}
}

void html_number(FILE *out, double value, int digits)
{
	char text[48];
	size_t whole;
	bool grouped = fabs(value) >= GROUP_FROM;

	if (!isfinite(value)) {
		fputc('-', out);
		return;
	}
	snprintf(text, sizeof(text), "%.*f", grouped || value == floor(value) ? 0 : digits,
		 value);
	if (!grouped) {
		fputs(text, out);
		return;
	}
	whole = strlen(text);
	fprintf(out, "<data value=\"%s\">", text);
	for (size_t i = 0; text[i]; i++) {
		if (i && (whole - i) % 3 == 0 && text[i - 1] != '-')
			fputs(THIN_SPACE, out);
		fputc(text[i], out);
	}
	fputs("</data>", out);
}
