// SPDX-License-Identifier: GPL-2.0-or-later
#include "reason.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void reason_set(struct reason *why, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(why->text, sizeof(why->text), fmt, args);
	va_end(args);
}

void reason_add(struct reason *why, const char *fmt, ...)
{
	size_t n = strlen(why->text);
	va_list args;

	va_start(args, fmt);
	vsnprintf(why->text + n, sizeof(why->text) - n, fmt, args);
	va_end(args);
}

int reason_err(struct reason *why, int err, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(why->text, sizeof(why->text), fmt, args);
	va_end(args);
	return err;
}
