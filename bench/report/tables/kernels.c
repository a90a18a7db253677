// SPDX-License-Identifier: GPL-3.0-or-later
#include "kernels.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "model/strategies.h"
#include "report/write/array.h"

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
	return err_one_line(buf, size);
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
	return err_one_line(buf, size);
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

/* "7.2.1, 7.3.4", each once, for the headings of figures. */
static char *join_releases(const struct dataset *data, size_t count)
{
	char *all = NULL;
	size_t size;
	FILE *out = array_held(open_memstream(&all, &size));

	for (size_t i = 0; i < count; i++) {
		const char *release = data[i].info.kernel ? data[i].info.kernel : "-";
		size_t k = 0;

		while (k < i && (!data[k].info.kernel || strcmp(data[k].info.kernel, release)))
			k++;
		if (k == i)
			fprintf(out, "%s%s", i ? ", " : "", release);
	}
	fclose(out);
	return array_held(all);
}

static void join_run(struct dataset *out, const struct dataset *run, const char *kernel,
		     const char *strategies)
{
	for (size_t i = 0; i < run->count; i++) {
		struct cell_data *cell = &out->cells[out->count];
		const char *strategy = run->cells[i].axes.strategy;

		if (!run->cells[i].closed || strategy_is(strategy, STRATEGY_FLOOR) ||
		    !strategy_listed(strategies, strategy))
			continue;
		*cell = run->cells[i];
		memset(cell->axes.strategy, 0, sizeof(cell->axes.strategy));
		snprintf(cell->axes.strategy, sizeof(cell->axes.strategy), "%.*s %.30s",
			 (int)sizeof(cell->axes.strategy) - 32, kernel, strategy);
		out->count++;
	}
}

void kernels_join(const struct dataset *data, size_t count, const char *strategies,
		  const char *folder, struct dataset *out)
{
	char kernel[KERNEL_NAME_MAX];
	size_t cells = 0;

	memset(out, 0, sizeof(*out));
	for (size_t i = 0; i < count; i++) {
		cells += data[i].count;
		if (!i || (dataset_emulated(&data[i]) && !dataset_emulated(out)))
			out->info = data[i].info;
	}
	out->folder = folder;
	out->info.kernel = join_releases(data, count);
	out->cells = array_new(cells, sizeof(*out->cells));
	for (size_t i = 0; i < count; i++)
		join_run(out, &data[i], kernel_name(&data[i], data, count, kernel, sizeof(kernel)),
			 strategies);
}

void kernels_unjoin(struct dataset *joined)
{
	free(joined->cells);
	free(joined->info.kernel);
	memset(joined, 0, sizeof(*joined));
}

size_t kernels_lines(const struct dataset *joined)
{
	size_t lines = 0;

	for (size_t i = 0; i < joined->count; i++) {
		size_t k = 0;

		while (k < i && (!cell_measured(&joined->cells[k]) ||
				 strcmp(joined->cells[k].axes.strategy,
					joined->cells[i].axes.strategy)))
			k++;
		lines += k == i && cell_measured(&joined->cells[i]);
	}
	return lines;
}
