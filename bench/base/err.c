// SPDX-License-Identifier: GPL-2.0-or-later
#include "err.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "reason.h"

static void vmsg(const char *fmt, va_list args)
{
	char line[REASON_MAX + 256];
	int n = snprintf(line, sizeof(line), "%s: ",
			 program_invocation_short_name);

	n += vsnprintf(line + n, sizeof(line) - n - 1, fmt, args);
	if (n > (int)sizeof(line) - 2)
		n = sizeof(line) - 2;
	line[n++] = '\n';
	if (write(STDERR_FILENO, line, n) < 0)
		return;			/* nowhere left to say it */
}

void err_msg(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vmsg(fmt, args);
	va_end(args);
}

void err_exit(enum exit_status status, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vmsg(fmt, args);
	va_end(args);
	exit(status);
}

/* How many bytes of a character of UTF-8 nobody sees; 0 when it is seen. */
static size_t unseen(const char *text, unsigned int *number)
{
	/* first and last: controls, blanks, joiners and directions, the byte order mark */
	static const unsigned short ranges[][2] = {
		{ 0x80, 0xa0 }, { 0xad, 0xad }, { 0x180e, 0x180e }, { 0x2000, 0x200f },
		{ 0x2028, 0x202f }, { 0x205f, 0x206f }, { 0x3000, 0x3000 }, { 0xfeff, 0xfeff },
	};
	const unsigned char *c = (const unsigned char *)text;
	size_t size = (c[0] & 0xe0) == 0xc0 ? 2 : (c[0] & 0xf0) == 0xe0 ? 3 : 0;

	*number = size == 2 ? c[0] & 0x1f : c[0] & 0xf;
	for (size_t i = 1; i < size; i++) {
		if ((c[i] & 0xc0) != 0x80)
			return 0;
		*number = *number << 6 | (c[i] & 0x3f);
	}
	for (size_t i = 0; size && i < sizeof(ranges) / sizeof(*ranges); i++)
		if (*number >= ranges[i][0] && *number <= ranges[i][1])
			return size;
	return 0;
}

char *err_one_line(char *text, size_t size)
{
	char *rest = strdup(text), *to = text;
	unsigned int number;
	size_t n;

	for (const char *c = rest; c && *c && to < text + size - 1; c += n) {
		n = unseen(c, &number);
		if (n)
			to += snprintf(to, text + size - to, "<U+%04X>", number);
		else
			*to++ = iscntrl((unsigned char)*c) ? '?' : *c;
		n += !n;
	}
	if (rest)
		text[to < text + size ? to - text : (ptrdiff_t)size - 1] = 0;
	free(rest);
	return text;
}
