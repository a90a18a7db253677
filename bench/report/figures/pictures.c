// SPDX-License-Identifier: GPL-3.0-or-later
#include "pictures.h"

#include <stdlib.h>
#include <string.h>

#include "model/strategies.h"
#include "report/data/order.h"
#include "report/write/array.h"
#include "report/write/names.h"

static bool on_figure(const struct figure *f, const struct axis *axis)
{
	for (size_t i = 0; f->axes && f->axes[i]; i++)
		if (!strcmp(f->axes[i], axis->name))
			return true;
	return !f->axes;
}

void pictures_free(struct pictures *all)
{
	for (size_t i = 0; i < all->count; i++)
		free(all->picture[i].cells);
	free(all->picture);
}

static struct picture *find_picture(struct pictures *all, const struct dataset *data,
				    const struct figure *f, const struct axes *axes)
{
	struct picture *p;

	for (size_t i = 0; i < all->count; i++)
		if (!f->axes || axes_same_but(&picture_cell(&all->picture[i], 0)->axes, axes,
					      f->axes))
			return &all->picture[i];
	array_grow(&all->picture, all->count, sizeof(*p));
	p = &all->picture[all->count++];
	memset(p, 0, sizeof(*p));
	p->data = data;
	return p;
}

/* Only what was measured and passed; null has nothing to do with pages. */
static bool drawable(const struct figure *f, const struct cell_data *cell)
{
	return cell_measured(cell) &&
	       !strategy_is(cell->axes.strategy, STRATEGY_FLOOR) && (!f->takes || f->takes(cell));
}

static void sort_into(struct pictures *all, const struct dataset *data, const struct figure *f)
{
	size_t count;
	size_t *order = order_of(data, &count);

	for (size_t i = 0; i < count; i++) {
		const struct cell_data *cell = &data->cells[order[i]];
		struct picture *p;

		if (!drawable(f, cell))
			continue;
		p = find_picture(all, data, f, &cell->axes);
		array_grow(&p->cells, p->count, sizeof(*p->cells));
		p->cells[p->count++] = order[i];
	}
	free(order);
}

static bool worth_drawing(const struct figure *f, const struct picture *p)
{
	struct sheet *s = array_new(1, sizeof(*s));
	bool worth = f->fill(p, s) || s->full;

	sheet_free(s);
	return worth;
}

static void keep_worthy(struct pictures *all, const struct figure *f)
{
	size_t kept = 0;

	for (size_t i = 0; i < all->count; i++) {
		if (worth_drawing(f, &all->picture[i]))
			all->picture[kept++] = all->picture[i];
		else
			free(all->picture[i].cells);
	}
	all->count = kept;
}

static size_t fallbacks(const struct axes *axes)
{
	size_t n = 0;

	for (size_t i = 0; i < axes_count; i++)
		n += axis_is_fallback(&axes_table[i], axes);
	return n;
}

/* That of most cells; of those the most usual one; of those the longest range. */
static bool is_better(const struct picture *p, const struct picture *best)
{
	const struct axes *a = &picture_cell(best, 0)->axes, *b = &picture_cell(p, 0)->axes;

	if (p->count != best->count)
		return p->count > best->count;
	if (fallbacks(b) != fallbacks(a))
		return fallbacks(b) > fallbacks(a);
	return b->pages > a->pages;
}

static const struct axes *main_axes(const struct pictures *all)
{
	const struct picture *best = all->picture;

	for (const struct picture *p = best; p < all->picture + all->count; p++)
		if (is_better(p, best))
			best = p;
	return &picture_cell(best, 0)->axes;
}

/* Values that no two of these axes have in common need no name of the axis. */
static bool speaks_for_itself(const struct axis *axis, const char *value)
{
	static const char *const names[] = { "access", "backing", "uffd", "tables" };

	return AMONG(names, axis->name) && strcmp(value, "none");
}

static void add_to_file(struct picture *p, const struct axis *axis, const char *value)
{
	size_t n = strlen(p->file), size = sizeof(p->file);
	bool bare = speaks_for_itself(axis, value);

	snprintf(p->file + n, size - n, "-%s%s%s", bare ? "" : axis->name,
		 bare || axis->kind == AXIS_NUMBER ? "" : "_", value);
	for (char *c = p->file + n; *c; c++)
		if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			    "0123456789._-+", *c))
			*c = '+';
}

/* File name: what differs from the main picture. Subtitle: that, and what is unusual. */
static void name_picture(struct picture *p, const struct figure *f,
			 const struct axes *usual)
{
	const struct axes *axes = &picture_cell(p, 0)->axes;
	char mine[AXIS_TEXT_MAX];
	size_t m = 0;

	snprintf(p->file, sizeof(p->file), "%s", f->file);
	for (const struct axis *axis = axes_table; axis < axes_table + axes_count; axis++) {
		bool differs;

		if (on_figure(f, axis))
			continue;
		axis_format(axis, axes, mine, sizeof(mine));
		differs = axis_compare(axis, axes, usual) != 0;
		if (differs)
			add_to_file(p, axis, mine);
		if ((differs || !axis_is_omitted(axis, axes)) && m < sizeof(p->axes))
			m += snprintf(p->axes + m, sizeof(p->axes) - m, "%s%s %s",
				      m ? ", " : "", axis->name, mine);
	}
}

/* Replaced characters, or a cut, may have made two names one. */
static void keep_apart(struct pictures *all, size_t i)
{
	char *file = all->picture[i].file;
	size_t n = strlen(file), size = sizeof(all->picture[i].file), same = 0;

	for (size_t j = 0; j < i; j++)
		same += !strncmp(all->picture[j].file, file, n < size - 8 ? n : size - 8) &&
			(all->picture[j].file[n] == 0 || n >= size - 8);
	if (same)
		snprintf(file + (n < size - 8 ? n : size - 8), 8, "+%zu", same + 1);
}

void pictures_of(const struct dataset *data, const struct figure *f, struct pictures *all)
{
	*all = (struct pictures){ 0 };
	sort_into(all, data, f);
	keep_worthy(all, f);
	for (size_t i = 0; i < all->count; i++) {
		name_picture(&all->picture[i], f, main_axes(all));
		keep_apart(all, i);
	}
}

void pictures_main_first(struct pictures *all, const struct figure *f)
{
	for (size_t i = 1; i < all->count; i++) {
		struct picture main = all->picture[i];

		if (strcmp(main.file, f->file))
			continue;
		memmove(&all->picture[1], &all->picture[0], i * sizeof(main));
		all->picture[0] = main;
	}
}
