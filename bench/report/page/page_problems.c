// SPDX-License-Identifier: GPL-3.0-or-later
/* The cells without a result, and why. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "report/tables/summary.h"
#include "report/write/array.h"
#include "report/write/html.h"
#include "page_parts.h"

#define FOLD_FROM	4	/* cells of one reason, from which on they are folded */

/* Worst first. */
static const struct {
	enum cell_status status;
	const char *meaning;
} kinds[] = {
	{ CELL_FAILED, "The guest died, hung or complained in it." },
	{ CELL_INVALID, "A sample failed its check: kept, shown, never averaged." },
	{ CELL_UNSUPPORTED, "The kernel refuses the combination." },
	{ CELL_SKIPPED, "This machine or kernel lacks what the cell needs." },
};
#define KINDS	(sizeof(kinds) / sizeof(*kinds))

static bool has_status(const struct cell_data *cell, enum cell_status status)
{
	return cell->closed && cell->status == status;
}

static bool same_reason(const struct cell_data *a, const struct cell_data *b)
{
	return a->status == b->status && a->err == b->err && !strcmp(a->reason, b->reason);
}

/* Is it the first of its status with its reason? */
static bool is_first(const struct dataset *data, size_t cell)
{
	for (size_t i = 0; i < cell; i++)
		if (data->cells[i].closed && same_reason(&data->cells[i], &data->cells[cell]))
			return false;
	return true;
}

static void put_keys(FILE *out, const struct dataset *data, size_t first, size_t count)
{
	char key[AXES_KEY_MAX];

	if (count >= FOLD_FROM)
		html_put(out, "<details><summary>%zu cells</summary>\n", count);
	fputs("<ul class=\"keys\">\n", out);
	for (size_t i = first; i < data->count; i++)
		if (data->cells[i].closed && same_reason(&data->cells[i], &data->cells[first]))
			html_put(out, "<li><code>%s</code></li>\n",
				 axes_key(&data->cells[i].axes, key, sizeof(key)));
	fputs("</ul>\n", out);
	if (count >= FOLD_FROM)
		fputs("</details>\n", out);
}

static void put_reason(FILE *out, const struct dataset *data, size_t first)
{
	const struct cell_data *cell = &data->cells[first];
	const char *error = cell->err ? strerrorname_np(cell->err) : NULL;
	size_t count = 0;

	for (size_t i = first; i < data->count; i++)
		count += data->cells[i].closed && same_reason(&data->cells[i], cell);
	html_put(out, "<tr><th scope=\"row\" class=\"status-%s\">%s</th><td>%zu</td>"
		 "<td class=\"text\">%s</td><td class=\"text\">%s</td><td class=\"text\">",
		 cell_status_name(cell->status), cell_status_name(cell->status), count, error,
		 *cell->reason ? cell->reason : NULL);
	put_keys(out, data, first, count);
	fputs("</td></tr>\n", out);
}

/* What each status that occurs means, and how often it does. */
static void put_meanings(FILE *out, const struct dataset *data)
{
	fputs("<ul>\n", out);
	for (size_t k = 0; k < KINDS; k++) {
		const char *name = cell_status_name(kinds[k].status);
		size_t count = 0;

		for_each_cell(cell, data)
			count += has_status(cell, kinds[k].status);
		if (count)
			html_put(out, "<li>%zu <span class=\"status-%s\">%s</span>: %s</li>\n",
				 count, name, name, kinds[k].meaning);
	}
	fputs("</ul>\n", out);
}

static void put_reasons(FILE *out, const struct dataset *data)
{
	fputs("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Reasons\">\n"
	      "<table class=\"sortable reasons\">\n<thead><tr><th scope=\"col\">status</th>"
	      "<th scope=\"col\">cells</th><th scope=\"col\" class=\"text\">errno</th>"
	      "<th scope=\"col\" class=\"text\">reason</th>"
	      "<th scope=\"col\" class=\"text\">which</th></tr></thead>\n<tbody>\n", out);
	for (size_t k = 0; k < KINDS; k++)
		for (size_t i = 0; i < data->count; i++)
			if (has_status(&data->cells[i], kinds[k].status) && is_first(data, i))
				put_reason(out, data, i);
	fputs("</tbody>\n</table>\n</div>\n", out);
}

/* What is missing or was left out: a line each, of nothing when there is nothing. */
static void put_left_out(FILE *out, const struct dataset *data)
{
	size_t missing = dataset_missing(data), size;
	char *text = NULL, *rest, *line;
	FILE *lines = array_held(open_memstream(&text, &size));

	if (missing)
		fprintf(lines, "%zu of %" PRIu64 " cells were never finished; go on with "
			"--resume\n", missing, data->info.cells);
	summary_unused(lines, data);
	if (!fclose(lines) && *text) {
		fputs("<ul>\n", out);
		for (rest = text; (line = strsep(&rest, "\n")) && *line;)
			html_put(out, "<li>%s</li>\n", line);
		fputs("</ul>\n", out);
	}
	free(text);
}

void page_problems(struct page *page)
{
	const struct dataset *data = page->data;
	size_t missing = dataset_missing(data), bad = 0;
	FILE *out = page->out;

	page_section(out, "problems", "Cells without a result");
	for_each_cell(cell, data)
		bad += cell->closed && cell->status != CELL_OK;
	if (bad) {
		put_meanings(out, data);
		put_reasons(out, data);
	} else if (!missing) {
		html_put(out, "<p>None: each of the %zu cells of the matrix was measured, and "
			 "every sample passed its check.</p>\n", (size_t)data->info.cells);
	}
	put_left_out(out, data);
	fputs("</section>\n", out);
}
