// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels.h"

#include <stdio.h>
#include <string.h>

#include "../common/err.h"

/* The last part of a path, whatever slashes follow it. */
static char *folder_of(const struct dataset *run, char *buf, size_t size)
{
	const char *path = run->folder;
	size_t n = strlen(path), begin;

	while (n > 1 && path[n - 1] == '/')
		n--;
	begin = n;
	while (begin && path[begin - 1] != '/')
		begin--;
	snprintf(buf, size, "%.*s", (int)(n - begin), path + begin);
	return buf;
}

static char *short_name(const struct dataset *run, char *buf, size_t size)
{
	const char *name = run->info.kernel_name, *release = run->info.kernel;

	if (name && *name)
		snprintf(buf, size, "%s", name);
	else if (release && strcspn(release, "+-"))
		snprintf(buf, size, "%.*s", (int)strcspn(release, "+-"), release);
	else
		folder_of(run, buf, size);
	return err_one_line(buf);
}

char *kernel_name(const struct dataset *run, const struct dataset *others, size_t count,
		  char *buf, size_t size)
{
	char mine[KERNEL_NAME_MAX], theirs[KERNEL_NAME_MAX];
	char folder[KERNEL_NAME_MAX], other[KERNEL_NAME_MAX];
	const char *apart = "";

	short_name(run, mine, sizeof(mine));
	folder_of(run, folder, sizeof(folder));
	for (size_t i = 0; i < count; i++) {
		if (&others[i] == run ||
		    strcmp(mine, short_name(&others[i], theirs, sizeof(theirs))))
			continue;
		if (!*apart)
			apart = folder;
		if (!strcmp(folder, folder_of(&others[i], other, sizeof(other))))
			apart = run->folder;
	}
	if (*apart)
		snprintf(buf, size, "%s (%s)", mine, apart);
	else
		snprintf(buf, size, "%s", mine);
	return err_one_line(buf);
}

static bool differ(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) != 0 : a != b;
}

bool kernel_differs(const struct dataset *a, const struct dataset *b)
{
	const struct run_info *x = &a->info, *y = &b->info;

	return differ(x->kernel_name, y->kernel_name) || differ(x->kernel, y->kernel) ||
	       differ(x->kernel_config_sha256, y->kernel_config_sha256) ||
	       differ(x->kernel_build_id, y->kernel_build_id);
}
