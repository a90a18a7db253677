// SPDX-License-Identifier: GPL-3.0-or-later
/* What evidence.txt says around its tables: of what, how to make it again, what not. */
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <sha256.h>
#include <stdlib.h>
#include <string.h>

#include "model/strategies.h"
#include "record/folder.h"
#include "report/data/rerun.h"
#include "report/judge/contrasts.h"
#include "report/write/array.h"
#include "report/write/plain.h"
#include "compare.h"
#include "evidence_parts.h"

#define GAP_REASONS	8	/* of cells that were not measured, printed one by one */

static const char *or_unknown(const char *text)
{
	return text ? text : "not known";
}

static int is_insn(const struct evidence *e)
{
	return e->data->info.clock->exact;
}

static void command(struct evidence *e, const char *out)
{
	struct reason text;

	rerun_command(e->data, out, &text);
	plain_command(e->out, "%s", text.text);
}

static void say_clock(struct evidence *e)
{
	if (is_insn(e))
		plain_paragraph(e->out, "Clock:    ", 10, "insn. 1 insn is 1 instruction of the "
				"whole guest, responder included, on a deterministic machine: "
				"work, not time. The same build gives the same numbers, so "
				"ratios have neither p nor interval.");
	else
		plain_paragraph(e->out, "Clock:    ", 10, "wall, ns, clock source %s, governor "
				"%s, accelerator %s.", or_unknown(e->data->info.clocksource),
				or_unknown(e->data->info.governor),
				or_unknown(e->data->info.accelerator));
}

/* Stopping as soon as intervals look narrow makes their coverage lower than 95 %. */
static void say_level(struct evidence *e, const struct dataset *data)
{
	if (data->info.target)
		plain_paragraph(e->out, "Level:    ", 10, "0.95 is nominal: the plan adds boots "
				"until each interval is within +-%s %%, and ends at the first that "
				"are so narrow.", data->info.target);
}

static void say_marks(struct evidence *e)
{
	struct contrasts all;

	if (is_insn(e)) {
		plain_paragraph(e->out, "Marks:    ", 10, "%c exact; %c the samples of the two "
				"overlap: no difference shown; . not measured, - nothing to "
				"compare with. n: timed samples of each cell in the row.",
				verdict_mark(VERDICT_EXACT), verdict_mark(VERDICT_OVERLAP));
		return;
	}
	if (dataset_emulated(e->data))	/* no table of times, no mark */
		return;
	plain_paragraph(e->out, "Marks:    ", 10, "%c faster, %c slower, %c equivalent, %c "
			"inconclusive, with p < %.2f after Holm over the table; . not "
			"measured, - alone: nothing to compare with. "
			"+-: the wider half of the interval at level 0.95, over boots. n=60/12: 60 "
			"timed samples in 12 boots for each cell in the row.",
			verdict_mark(VERDICT_FASTER), verdict_mark(VERDICT_SLOWER),
			verdict_mark(VERDICT_EQUIVALENT), verdict_mark(VERDICT_INCONCLUSIVE),
			VERDICT_LEVEL);
	say_level(e, e->data);
	contrasts_of_strategies(e->data, STRATEGY_BASELINE, &evidence_main_cells, &all);
	if (isnan(all.margin))
		plain_paragraph(e->out, "A/A:      ", 10, "%s", all.margin_from);
	else
		plain_paragraph(e->out, "A/A:      ", 10, "a change within the margin of its row "
				"is none here%s. Each table says how wide its margins are; at most "
				"%.2g %% (%s)", all.margin > VERDICT_EQUAL_MAX ?
				", or too small to call in this noise" : "", 100 * all.margin,
				all.margin_from);
	for (size_t i = 0; i < all.count; i++) {
		if (all.c[i].verdict != VERDICT_INCONCLUSIVE)
			continue;
		plain_paragraph(e->out, "          ", 10, "Inconclusive, for one: %s.",
				all.c[i].why);
		break;
	}
	contrasts_free(&all);
}

/* Has the run what the first table is of? */
static bool has_main(const struct evidence *e)
{
	for_each_cell(cell, e->data)
		if (cell_measured(cell) && evidence_main(cell))
			return true;
	return false;
}

/*
 * Reproducible is not noise-free: allocator state and timer ticks still vary between
 * samples.
 */
static void say_spread(struct evidence *e)
{
	const struct cell_data *worst = NULL;
	char key[AXES_KEY_MAX];
	double most = 0;

	for_each_cell(cell, e->data) {
		size_t middle = cell->n_times / 2;
		double spread;

		if (!cell_measured(cell) || (has_main(e) && !evidence_main(cell)) ||
		    cell->n_times < 2)
			continue;
		spread = (double)(cell->totals[cell->n_times - 1] - cell->totals[0]) /
			 (double)cell->totals[middle];
		if (worst && spread <= most)
			continue;
		most = spread;
		worst = cell;
	}
	if (worst)
		plain_paragraph(e->out, "Spread:   ", 10, "samples of one cell are up to %.1f %% "
				"of their median apart (%s).", 100 * most,
				axes_key(&worst->axes, key, sizeof(key)));
	else
		plain_paragraph(e->out, "Spread:   ", 10, "not known: no cell %s"
				"has two samples. Where the page allocator and the timer happen "
				"to stand is in every number, most of all in small rows.",
				has_main(e) ? "of the first table " : "");
}

/* A cell of the first table as an example, best one that is not the baseline. */
static void say_trace(struct evidence *e)
{
	const struct cell_data *example = NULL;
	char key[AXES_KEY_MAX];

	for_each_cell(cell, e->data) {
		if (cell_measured(cell) && evidence_main(cell) &&
		    (!example || strategy_is(cell->axes.strategy, STRATEGY_PROPOSAL)))
			example = cell;
	}
	if (!example)
		return;
	plain_paragraph(e->out, "Figures:  ", 10, "each is of a cell, whose key the text above "
			"its table gives. The samples behind row %" PRIu64 ", column %s:",
			example->axes.pages, example->axes.strategy);
	plain_command(e->out, "hmmreport evidence --trace=%s DIR",
		      axes_key(&example->axes, key, sizeof(key)));
}

static void put_machine(struct evidence *e, const struct run_info *info)
{
	plain_paragraph(e->out, "Machine:  ", 10, "%s; CPUs: %" PRIu64 "; nodes: %" PRIu64
			"; memory: %.1f GiB; accelerator: %s", or_unknown(info->cpu), info->cpus,
			info->nodes, info->memory_bytes / 1073741824.0,
			or_unknown(info->accelerator));
}

static void warn(void *out, const char *text)
{
	plain_paragraph(out, "Unlike:   ", 10, "%s", text);
}

void evidence_base(struct evidence *e, const struct dataset *base,
		   const struct selection *cells)
{
	size_t least = SIZE_MAX, most = 0, boots = SIZE_MAX;

	for_each_cell(cell, base) {
		if (!cell_measured(cell) || !selection_takes(cells, cell))
			continue;
		least = cell->n_times < least ? cell->n_times : least;
		most = cell->n_times > most ? cell->n_times : most;
		boots = cell->closed < boots ? cell->closed : boots;
	}
	plain_paragraph(e->out, "Base:     ", 10, "%s: Linux %s, config sha256 %.16s; n%s%zu/%zu",
			base->folder, or_unknown(base->info.kernel),
			or_unknown(base->info.kernel_config_sha256), least < most ? ">=" : "=",
			most ? least : 0, most ? boots : 0);
	put_machine(e, &base->info);
	say_level(e, base);
	compare_warnings(base, e->data, false, warn, e->out);
	fputc('\n', e->out);
}

void evidence_head(struct evidence *e)
{
	const struct run_info *info = &e->data->info;

	if (has_main(e))
		plain_paragraph(e->out, "Workload: ", 10, "one HMM range fault for writing over N "
				"missing anonymous pages, page tables cold; each fault drops the "
				"mmap lock for userfaultfd, and one thread resolves one page per "
				"message. Tables below say where they differ.");
	else
		plain_paragraph(e->out, "Workload: ", 10, "one HMM range fault over N pages; the "
				"tables below say of which memory, and for what.");
	plain_paragraph(e->out, "Kernel:   ", 10, "Linux %s, config sha256 %.16s",
			or_unknown(info->kernel), or_unknown(info->kernel_config_sha256));
	if (run_info_broken(info))
		plain_paragraph(e->out, "Broken:   ", 10, "before it was measured the kernel was "
				"tainted by %s.", run_info_broken(info));
	put_machine(e, info);
	say_clock(e);
	plain_paragraph(e->out, "Run:      ", 10, "%" PRIu64 " cells, hmmbench %s, matrix "
			"sha256 %.16s, by", info->cells, or_unknown(info->git),
			or_unknown(info->matrix_sha256));
	command(e, "DIR");
	say_marks(e);
	say_spread(e);
	say_trace(e);
}

/* SHA-256 of the samples, or NULL. */
static const char *hash_samples(const struct evidence *e, char *hash)
{
	char path[PATH_MAX];

	return SHA256File(folder_file(path, e->data->folder, FOLDER_SAMPLES), hash);
}

void evidence_reproduce(struct evidence *e)
{
	const struct run_info *info = &e->data->info;
	char hash[SHA256_DIGEST_STRING_LENGTH];

	plain_heading(e->out, is_insn(e) ? "To get the same bytes" : "To measure it again");
	if (rerun_revision(info))
		plain_command(e->out, "git checkout %s", rerun_revision(info));
	command(e, "again");
	if (is_insn(e))
		plain_command(e->out, "sha256sum again/samples.jsonl");
	plain_command(e->out, "hmmreport evidence again");
	if (is_insn(e))
		plain_paragraph(e->out, "", 0, "The samples of this run have the sha256 below; "
				"the same build of kernel and hmmbench in the same QEMU gives them "
				"again, and then this text. Other builds differ in instructions, "
				"not in counts.");
	else
		plain_paragraph(e->out, "", 0, "The samples of this run have the sha256 below. "
				"The cells and their order come again, the times do not.");
	plain_paragraph(e->out, "  ", 2, "%s", hash_samples(e, hash) ? hash : "not known");
	plain_paragraph(e->out, "QEMU:     ", 10, "%s", or_unknown(info->qemu));
	plain_paragraph(e->out, "Kernel:   ", 10, "%s, with the configuration",
			or_unknown(info->kernel_version));
	plain_paragraph(e->out, "  ", 2, "%s", or_unknown(info->kernel_config_sha256));
	if (info->kernel_source)
		plain_paragraph(e->out, "  ", 2, "built from %s", info->kernel_source);
	plain_paragraph(e->out, "Matrix:   ", 10, rerun_own_matrix(info) ?
			"%s (FILE above, not one of hmmbench's), with the sha256" :
			"%s, with the sha256", or_unknown(info->matrix));
	plain_paragraph(e->out, "  ", 2, "%s", or_unknown(info->matrix_sha256));
	plain_paragraph(e->out, "Compiler: ", 10, "%s (of hmmbench)", or_unknown(info->compiler));
}

/* Have all cells the same there as @first? */
static bool is_constant(const struct dataset *data, const struct axis *axis,
			const struct cell_data *first)
{
	for_each_cell(cell, data)
		if (cell->closed && axis_compare(axis, &cell->axes, &first->axes))
			return false;
	return true;
}

/* The axes on which all cells agree: nothing here says what they do. */
static void say_constant_axes(struct evidence *e)
{
	const struct cell_data *first = e->data->cells, *end = first + e->data->count;
	char list[1024] = "", value[AXIS_TEXT_MAX];
	size_t n = 0;

	while (first < end && !first->closed)
		first++;
	for (size_t a = 0; first < end && a < axes_count && n < sizeof(list); a++)
		if (is_constant(e->data, &axes_table[a], first))
			n += snprintf(list + n, sizeof(list) - n, "%s%s=%s", n ? ", " : "",
				      axes_table[a].name, axis_format(&axes_table[a], &first->axes,
								      value, sizeof(value)));
	if (n)
		plain_paragraph(e->out, "- ", 2, "Anything but %s: no cell varies it.", list);
}

/* Cells without figures, by status and reason. */
static void say_missing_cells(struct evidence *e)
{
	const struct dataset *data = e->data;
	char *printed = array_new(data->count, sizeof(*printed)), key[AXES_KEY_MAX];
	size_t reasons = 0, rest = 0;

	for (size_t i = 0; i < data->count; i++) {
		const struct cell_data *cell = &data->cells[i];
		size_t same = 0;

		if (!cell->closed || cell->status == CELL_OK || printed[i])
			continue;
		for (size_t j = i; j < data->count; j++) {
			const struct cell_data *other = &data->cells[j];

			if (!other->closed || other->status != cell->status ||
			    strcmp(other->reason, cell->reason))
				continue;
			printed[j] = 1;
			same++;
		}
		if (reasons++ >= GAP_REASONS) {
			rest += same;
			continue;
		}
		plain_paragraph(e->out, "- ", 2, "%zu cells, %s: %s (for one, %s).", same,
				cell_status_name(cell->status), cell->reason,
				axes_key(&cell->axes, key, sizeof(key)));
	}
	if (rest)
		plain_paragraph(e->out, "- ", 2, "%zu cells for other reasons: see summary.tsv.",
				rest);
	free(printed);
}

void evidence_gaps(struct evidence *e)
{
	const struct dataset *data = e->data;

	plain_heading(e->out, "Not measured");
	if (is_insn(e))
		plain_paragraph(e->out, "- ", 2, "Time: caches, memory, the distance between "
				"nodes, and processors that run at once, since they take turns "
				"here.");
	plain_paragraph(e->out, "- ", 2, "A device: the caller is a kernel module that faults as "
			"drivers do and stops where they would fill their page tables. No DMA, "
			"no IOMMU.");
	if (!data->info.kernel_source)
		plain_paragraph(e->out, "- ", 2, "The kernel tree: run.json has its version and "
				"the hash of its configuration, but not where the source is from.");
	if (is_insn(e) || !data->info.accelerator || strcmp(data->info.accelerator, "none"))
		plain_paragraph(e->out, "- ", 2, "Metal: this ran in a virtual machine.");
	say_constant_axes(e);
	say_missing_cells(e);
	if (dataset_missing(data))
		plain_paragraph(e->out, "- ", 2, "%zu of %" PRIu64 " cells of the matrix, which "
				"were never finished.", dataset_missing(data), data->info.cells);
	if (data->orphans)
		plain_paragraph(e->out, "- ", 2, "%zu samples are there but not used: their boot "
				"did not finish their cell.", data->orphans);
}
