// SPDX-License-Identifier: GPL-3.0-or-later
/* Cost per page by where caller, responder and memory are: heat maps. */
#include <stdlib.h>
#include <string.h>

#include "picture.h"

#define NODE_MAX	24	/* "12/34" and more */

/* The four nodes of "C-R-M-S": caller, responder, memory, source. */
static bool nodes_of(const char *placement, char node[4][NODE_MAX])
{
	for (int i = 0; i < 4; i++) {
		size_t n = strspn(placement, "0123456789");

		if (!n || n >= NODE_MAX || placement[n] != (i < 3 ? '-' : 0))
			return false;
		memcpy(node[i], placement, n);
		node[i][n] = 0;
		placement += n + 1;
	}
	return true;
}

static bool takes_named(const struct cell_data *cell)
{
	char node[4][NODE_MAX];

	return !nodes_of(cell->axes.placement, node);
}

static bool takes_nodes(const struct cell_data *cell)
{
	return !takes_named(cell);
}

/* An emulator's nodes have no distance, whichever clock they are measured with. */
static void note_guest(const struct picture *p, struct sheet *s)
{
	const char *accelerator = p->data->info.accelerator;

	if (accelerator && !strcmp(accelerator, "tcg"))
		sheet_note(s, "Under emulation a node is as far as any other: differences are "
			     "the kernel's own work. %s", *p->data->machine ?
			     "What distance would cost is in the figure modelled." :
			     "What distance would cost is modelled (--model).");
	if (dataset_unbound(p->data))
		sheet_note(s, "NO EVIDENCE of placement: a guest's nodes are not bound to "
			     "the host's.");
}

static bool fill_named(const struct picture *p, struct sheet *s)
{
	char label[64];
	struct panel *panel;

	if (picture_values(p, "placement") < 2)
		return false;
	snprintf(label, sizeof(label), "%s per page", picture_unit(p));
	panel = sheet_panel(s, label, "placement", "strategy");
	for (size_t i = 0; i < p->count; i++) {
		const struct axes *a = &picture_cell(p, i)->axes;

		sheet_put(s, panel, a->strategy, a->placement,
			  center_per_page(picture_cell(p, i)));
	}
	sheet_note(s, "Darker costs more, on a logarithmic scale; - has no result.");
	picture_note_samples(p, s);
	note_guest(p, s);
	return true;
}

/* Which of the four are one node in every cell, and need one name. */
struct nodes_shown {
	bool caller_responder, responder_memory, memory_source;
};

static struct nodes_shown what_to_show(const struct picture *p)
{
	struct nodes_shown same = { true, true, true };
	char node[4][NODE_MAX];

	for (size_t i = 0; i < p->count; i++) {
		nodes_of(picture_cell(p, i)->axes.placement, node);
		same.caller_responder &= !strcmp(node[0], node[1]);
		same.responder_memory &= !strcmp(node[1], node[2]);
		same.memory_source &= !strcmp(node[2], node[3]);
	}
	/* where the responder is, if it follows both */
	same.responder_memory &= !same.caller_responder;
	return same;
}

static void name_nodes(char *text, const char *a, const char *b, bool one)
{
	if (one)
		snprintf(text, 2 * NODE_MAX, "%s", a);
	else
		snprintf(text, 2 * NODE_MAX, "%s/%s", a, b);
}

static bool fill_nodes(const struct picture *p, struct sheet *s)
{
	char node[4][NODE_MAX], row[2 * NODE_MAX], column[2 * NODE_MAX];
	struct nodes_shown same = what_to_show(p);
	bool one_row = same.caller_responder || same.responder_memory;

	if (picture_values(p, "placement") < 2)
		return false;
	for (size_t i = 0; i < p->count; i++) {
		const struct cell_data *cell = picture_cell(p, i);
		struct panel *panel = sheet_panel(s, cell->axes.strategy,
			same.memory_source ? "memory node" : "memory/source",
			one_row ? "caller node" : "caller/responder");

		nodes_of(cell->axes.placement, node);
		name_nodes(row, node[0], node[1], one_row);
		name_nodes(column, node[2], node[3], same.memory_source);
		sheet_column(s, panel, column, atoi(node[2]) * 1e4 +
			     (same.memory_source ? 0 : atoi(node[3])));
		sheet_put(s, panel, row, column, center_per_page(cell));
	}
	sheet_sort_columns(s);
	sheet_note(s, "In each field: %s per page. Darker costs more, on one logarithmic "
		     "scale for all; - has no result. Rows: node of the caller%s; columns: "
		     "node of the memory%s%s.", picture_unit(p),
		     same.caller_responder ? " and the responder" :
		     one_row ? "" : "/the responder",
		     same.memory_source ? " and its source" : "/its source",
		     same.responder_memory ? ", where the responder is too" : "");
	picture_note_samples(p, s);
	note_guest(p, s);
	return true;
}

static const char *const axes[] = { "strategy", "placement", NULL };

const struct figure figure_numa = {
	.name = "numa", .file = "numa", .template = "numa", .axes = axes,
	.help = "cost per page by placement, and by nodes where they are named",
	.title = "Cost per page by placement on the NUMA nodes",
	.needs = "a strategy with two placements",
	.takes = takes_named, .fill = fill_named, .write = picture_write_sheet,
};

const struct figure figure_nodes = {
	.name = "numa", .file = "numa-nodes", .template = "numa", .axes = axes,
	.title = "Cost per page by NUMA node",
	.takes = takes_nodes, .fill = fill_nodes, .write = picture_write_sheet,
};
