// SPDX-License-Identifier: GPL-2.0-or-later
#include "err.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
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

char *err_one_line(char *text)
{
	for (char *c = text; *c; c++)
		if (iscntrl((unsigned char)*c))
			*c = '?';
	return text;
}
