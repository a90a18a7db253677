// SPDX-License-Identifier: GPL-3.0-or-later
/* Cost per page over the course of the run: how many samples in each field. */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "report/data/stats.h"
#include "report/write/number.h"
#include "picture.h"

#define COLUMNS		48	/* of a map, at most */
#define BINS		24
#define LEAST		16	/* samples without which there is no map to see */
#define SPAN		1.25	/* of the axis, at least: 1 % for each bin */
#define NAMES		12	/* below a map */

/* A map: how many samples there are in each field. */
struct map {
	size_t boots, each, columns;	/* columns of a boot; of all boots */
	double low, high;		/* of the axis, per page */
	uint32_t count[BINS][COLUMNS];
};

static bool takes(const struct cell_data *cell)
{
	return cell->n_times >= LEAST;
}

static void set_scale(struct map *map, const struct cell_data *cell)
{
	double low = (double)cell->totals[0] / cell->axes.pages;
	double high = (double)cell->totals[cell->n_times - 1] / cell->axes.pages;
	double room;

	low = fmax(low, 1e-3);
	high = fmax(high, low);
	room = high / low < SPAN / 1.02 ? sqrt(SPAN * low / high) : 1.01;
	map->low = low / room;
	map->high = high * room;
}

static size_t bin_of(const struct map *map, double cost)
{
	double at = BINS * log(cost / map->low) / log(map->high / map->low);

	return at < 0 ? 0 : at >= BINS ? BINS - 1 : (size_t)at;
}

/* Many boots share columns; few have some each, as many as they have samples. */
static void set_columns(struct map *map, const struct cell_data *cell)
{
	size_t longest = 0, n = 0;

	map->boots = 0;
	for (size_t i = 0; i < cell->n_times; i++) {
		n = i && cell->times[i].boot == cell->times[i - 1].boot ? n + 1 : 1;
		map->boots += n == 1;
		longest = n > longest ? n : longest;
	}
	map->each = map->boots && map->boots < COLUMNS ? COLUMNS / map->boots : 1;
	map->each = map->each < longest ? map->each : longest;
	map->columns = map->boots < COLUMNS ? map->boots * map->each : COLUMNS;
}

/* The boots one after the other, each with its samples in the order taken. */
static size_t column_of(const struct map *map, size_t boot, size_t i, size_t n)
{
	return map->boots > COLUMNS ? boot * COLUMNS / map->boots :
	       boot * map->each + i * map->each / n;
}

static void draw_map(struct map *map, struct sheet *s, struct panel *panel,
		     const struct cell_data *cell)
{
	size_t boot = 0, n;
	char name[24];

	for (size_t i = 0; i < cell->n_times; i += n, boot++) {
		const struct timed *first = &cell->times[i];

		for (n = 1; i + n < cell->n_times && first[n].boot == first->boot; n++)
			;
		for (size_t k = 0; k < n; k++) {
			size_t column = column_of(map, boot, k, n);

			map->count[bin_of(map, (double)first[k].total /
					  cell->axes.pages)][column]++;
			snprintf(name, sizeof(name), "%" PRIu32,
				 map->boots > 1 ? first->boot : first[k].seq);
			if (map->boots > 1 ? !k && boot % (map->boots / NAMES + 1) == 0 :
			    k % (n / NAMES + 1) == 0)
				panel->x[sheet_column(s, panel, name, 0)] = column;
		}
	}
}

static void put_map(struct sheet *s, const struct map *map, size_t panel, size_t row)
{
	double step = log(map->high / map->low) / BINS;

	for (size_t b = 0; b < BINS; b++)
		for (size_t c = 0; c < map->columns; c++) {
			struct mark m = {
				panel, row, c, map->low * exp(step * b), c + 1,
				map->low * exp(step * (b + 1)), map->count[b][c],
			};

			if (map->count[b][c])
				marks_add(&s->marks, &m);
		}
}

static void put_cell(const struct picture *p, struct sheet *s, const struct cell_data *cell)
{
	struct map map = { 0 };
	struct panel *panel;
	char title[128], number[NUMBER_MAX];
	struct stats stats;

	set_columns(&map, cell);
	set_scale(&map, cell);
	stats_of(cell->totals, cell->n_times, &stats);
	snprintf(title, sizeof(title), "%.90s, median %s", cell->axes.strategy,
		 number_short(stats.median / cell->axes.pages, number));
	panel = picture_panel(p, s, title, map.boots > 1 ? "boot" : "order in the boot (seq)");
	draw_map(&map, s, panel, cell);
	put_map(s, &map, panel - s->panel, sheet_row(s, cell->axes.strategy));
}

static bool fill_heatmap(const struct picture *p, struct sheet *s)
{
	for (size_t i = 0; i < p->count; i++)
		put_cell(p, s, picture_cell(p, i));
	if (!s->panels)
		return false;
	picture_note_samples(p, s);
	sheet_note(s, "From left to right in the order taken%s. Darker fields have more "
		     "samples, the darkest %.0f. Each map has its own logarithmic axis, of "
		     "a factor of %g at least.", picture_boots(p) > 1 ?
		     ", boots side by side" : "", marks_limits(&s->marks).weight_high,
		     SPAN);
	return true;
}

static void write_heatmap(FILE *out, const struct picture *p, const struct sheet *s)
{
	fprintf(out, "# times in %s per page\n", picture_unit(p));
	sheet_write_marks(out, s, "samples");
}

static void print_map(FILE *out, const struct sheet *s, size_t panel, double most)
{
	static const char shades[] = ".:-=+*%#@";
	char line[BINS][COLUMNS + 1], number[NUMBER_MAX];
	double low = INFINITY, edge[BINS], high = 0, step = 1;

	memset(line, ' ', sizeof(line));
	for (size_t i = 0; i < s->marks.count; i++)
		if (s->marks.mark[i].panel == panel) {
			low = fmin(low, s->marks.mark[i].y);
			high = fmax(high, s->marks.mark[i].y_to);
			step = log(s->marks.mark[i].y_to / s->marks.mark[i].y);
		}
	for (size_t i = 0; i < s->marks.count; i++) {
		const struct mark *m = &s->marks.mark[i];
		size_t b;

		if (m->panel != panel)
			continue;
		b = lround(log(m->y / low) / step);
		line[b][(size_t)m->x] = most > 1 ?
			shades[(size_t)((m->weight - 1) * 8 / (most - 1))] : '#';
	}
	for (size_t b = 0; b < BINS; b++)
		edge[b] = low * exp(step * b);
	fprintf(out, "\n%s\n", s->panel[panel].title);
	for (size_t b = lround(log(high / low) / step); b-- > 0;) {
		int width = COLUMNS;

		while (width && line[b][width - 1] == ' ')
			width--;
		fprintf(out, "  %7s |%.*s\n", number_short(edge[b], number), width, line[b]);
	}
}

static void text_heatmap(FILE *out, const struct sheet *s)
{
	fprintf(out, "\n%s, from below, over %s; few samples to many: .:-=+*%%#@\n",
		s->panel[0].y_label, s->panel[0].x_label);
	for (size_t i = 0; i < s->panels; i++)
		print_map(out, s, i, marks_limits(&s->marks).weight_high);
}

static const char *const axes[] = { "strategy", NULL };

const struct figure figure_heatmap = {
	.name = "heatmap", .file = "heatmap", .template = "heatmap", .axes = axes,
	.help = "cost per page over the course of the run, a map for each strategy",
	.title = "Cost per page over the course of the run",
	.needs = "a cell with 16 timed samples",
	.takes = takes, .fill = fill_heatmap, .write = write_heatmap, .text = text_heatmap,
};
