// SPDX-License-Identifier: GPL-3.0-or-later
#include "modelled.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "machine/events.h"
#include "report/data/index.h"
#include "report/data/order.h"
#include "report/data/stats.h"
#include "report/write/array.h"
#include "report/write/number.h"
#include "report/write/table.h"
#include "compare.h"

/* An event in a cell of both, per page; NAN where it was not modelled, or not counted. */
struct pair {
	double modelled, counted, ratio;
	bool estimate;
};

static double per_page(const struct cell_data *cell, const char *event, bool modelled,
		       bool *estimate)
{
	return observations_per_call(&cell->seen, event, modelled, estimate) /
	       (double)cell->axes.pages;
}

#define MODELLED_NAME(id, name, first, second, does)	name,
const char *const modelled_names[] = { MODELLED_VALUES(MODELLED_NAME) };

#define MODELLED_EVENTS(id, name, first, second, does)	{ first, second },
static const char *const events_of[][2] = { MODELLED_VALUES(MODELLED_EVENTS) };

double modelled_of(const struct cell_data *cell, enum modelled_value value)
{
	const char *const *events = events_of[value];

	return per_page(cell, events[0], true, NULL) +
	       (events[1] ? per_page(cell, events[1], true, NULL) : 0);
}

static struct pair pair_of(const struct cell_data *model, const struct cell_data *machine,
			   const char *event)
{
	struct pair p = { .counted = NAN };

	p.modelled = per_page(model, event, true, NULL);
	if (machine && cell_measured(machine))
		p.counted = per_page(machine, event, false, &p.estimate);
	p.estimate &= !isnan(p.counted);
	p.ratio = p.modelled > 0 && p.counted > 0 ? p.counted / p.modelled : NAN;
	return p;
}

static bool is_modelled(const struct cell_data *cell)
{
	return cell_measured(cell) && !isnan(per_page(cell, load_events->name, true, NULL));
}

/* In some cell? */
static bool is_counted(const struct dataset *data, const char *event)
{
	for_each_cell(cell, data)
		if (!isnan(per_page(cell, event, false, NULL)))
			return true;
	return false;
}

static bool is_model(const struct dataset *data)
{
	for_each_cell(cell, data)
		for (size_t i = 0; i < cell->seen.n_counters; i++) {
			const char *event = observations_event(cell->seen.counters[i].name);

			if (event && !strcmp(event, load_events->name))
				return true;
		}
	return false;
}

bool modelled_find(const struct dataset *runs, struct modelled *out)
{
	for (int i = 0; i < 2; i++) {
		if (!is_model(&runs[i]))
			continue;
		out->model = &runs[i];
		out->machine = &runs[!i];
		out->counted = false;
		for (const struct load_event *e = load_events; e->name; e++)
			out->counted |= is_counted(out->machine, e->name);
		return true;
	}
	return false;
}

/* The modelled cells in the order of every table, each beside that of the machine or NULL. */
struct rows {
	const struct cell_data *(*cells)[2];
	size_t count;
};

static struct rows rows_of(const struct modelled *m)
{
	size_t count, *order = order_of(m->model, &count);
	struct rows rows = { .cells = array_new(count, sizeof(*rows.cells)) };
	struct index index;

	index_make(&index, m->machine, NULL);
	for (size_t i = 0; i < count; i++) {
		const struct cell_data *cell = &m->model->cells[order[i]];

		if (!is_modelled(cell))
			continue;
		rows.cells[rows.count][0] = cell;
		rows.cells[rows.count++][1] = index_find(&index, &cell->axes);
	}
	index_free(&index);
	free(order);
	return rows;
}

static void add_pair(struct table *t, const struct pair *p)
{
	char text[NUMBER_MAX];

	table_add(t, "%s", number_real(p->modelled, text));
	table_add(t, "%s%s", number_real(p->counted, text), p->estimate ? "~" : "");
	table_add(t, "%s", number_short(p->ratio, text));
}

static void add_cells(struct table *t, const struct rows *rows)
{
	char key[AXES_KEY_MAX];

	for (size_t i = 0; i < rows->count; i++) {
		const struct cell_data *const *cells = rows->cells[i];

		table_add(t, "%s", axes_key(&cells[0]->axes, key, sizeof(key)));
		for (const struct load_event *e = load_events; e->name; e++) {
			struct pair p = pair_of(cells[0], cells[1], e->name);

			add_pair(t, &p);
		}
	}
}

static void add_geomeans(struct table *t, const struct rows *rows)
{
	table_add(t, "geomean of cells");
	for (const struct load_event *e = load_events; e->name; e++) {
		struct geomean mean = { 0 };
		char text[NUMBER_MAX];

		for (size_t i = 0; i < rows->count; i++)
			geomean_add(&mean, pair_of(rows->cells[i][0], rows->cells[i][1],
						   e->name).ratio);
		table_add(t, "%s", "");
		table_add(t, "%zu of %zu", mean.n, rows->count);
		table_add(t, "%s", number_short(geomean_of(&mean), text));
	}
}

static void print_notes(FILE *out, const struct modelled *m)
{
	const char *before = "";

	fprintf(out, "modelled: loads of the timed calls, answered as the caches and the memory of "
		"%s would\ncounted: by perf, of calls that are made alike, with what the "
		"harness does around them; ~ is an\nestimate. ratio: counted / modelled. None of it "
		"is time, and - is not known, which is not 0\n", m->model->machine);
	fputs("What an event counts differs by processor (results/README.md): Intel's node-loads "
	      "since Haswell are\nof the own node alone\n", out);
	for (const struct load_event *e = load_events; e->name; e++) {
		if (is_counted(m->machine, e->name))
			continue;
		fprintf(out, "%s%s", *before ? before : "Not counted: ", e->name);
		before = ", ";
	}
	if (*before)
		fputc('\n', out);
}

int modelled_print(FILE *out, const struct modelled *m, bool markdown)
{
	struct rows rows = rows_of(m);
	struct table t = { 0 };
	char heading[64];

	fprintf(out, "loads per page, of caller and responder\nmodelled: machine %s, of ",
		m->model->machine);
	compare_print_run(out, m->model);
	fputs(*m->machine->machine ? "modelled too, and not counted: " : "counted: ", out);
	compare_print_run(out, m->machine);
	fputc('\n', out);
	table_column(&t, "cell", true);
	for (const struct load_event *e = load_events; e->name; e++) {
		snprintf(heading, sizeof(heading), "modelled %s", e->name);
		table_column(&t, heading, false);
		table_column(&t, "counted", false);
		table_column(&t, "ratio", false);
	}
	add_cells(&t, &rows);
	add_geomeans(&t, &rows);
	if (markdown)
		table_print(out, &t, TABLE_MD);
	else
		table_print_narrow(out, &t, 0, 3);
	fputc('\n', out);
	print_notes(out, m);
	table_free(&t);
	free(rows.cells);
	return ferror(out) ? -EIO : 0;
}

int modelled_write_tsv(FILE *out, const struct modelled *m)
{
	struct rows rows = rows_of(m);
	char key[AXES_KEY_MAX], text[3][NUMBER_MAX];

	fputs("cell\tevent\tmachine\tmodelled\tcounted\tratio\testimate\n", out);
	for (size_t i = 0; i < rows.count; i++)
		for (const struct load_event *e = load_events; e->name; e++) {
			struct pair p = pair_of(rows.cells[i][0], rows.cells[i][1], e->name);

			fprintf(out, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n",
				axes_key(&rows.cells[i][0]->axes, key, sizeof(key)), e->name,
				m->model->machine, number_real(p.modelled, text[0]),
				number_real(p.counted, text[1]), number_real(p.ratio, text[2]),
				p.estimate ? "yes" : "no");
		}
	free(rows.cells);
	return ferror(out) ? -EIO : 0;
}
