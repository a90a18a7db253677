// SPDX-License-Identifier: GPL-2.0-or-later
#include "taint.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernel.h"

/* Bits of Documentation/admin-guide/tainted-kernels.rst, worst first. */
static const struct {
	uint64_t bit;
	const char *what;
} broken[] = {
	{ 128, "an oops" },
	{ 32, "a bad page" },
	{ 16, "a machine check" },
	{ 16384, "a soft lockup" },
	{ 512, "a warning" },
	{ 8, "a module removed by force" },
};

static char *in_words(uint64_t taint)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	int found = 0;

	if (!out)
		return NULL;
	for (size_t i = 0; i < sizeof(broken) / sizeof(*broken); i++)
		if (taint & broken[i].bit)
			fprintf(out, "%s%s (%llu)", found++ ? ", " : "", broken[i].what,
				(unsigned long long)broken[i].bit);
	if (!found)
		fputs(TAINT_NONE, out);
	fclose(out);
	return text;
}

char *taint_read(const char *path)
{
	char *line = kernel_read_line(path), *end = NULL, *words = NULL;
	uint64_t taint = line ? strtoull(line, &end, 10) : 0;

	if (line && end != line && !*end)
		words = in_words(taint);
	free(line);
	return words;
}
