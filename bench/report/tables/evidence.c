// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence.h"

#include <string.h>

#include "model/strategies.h"
#include "report/write/plain.h"
#include "evidence_grid.h"
#include "evidence_parts.h"
#include "kernels.h"

static void label_pages(const struct axes *axes, char *buf, size_t size)
{
	snprintf(buf, size, "%llu", (unsigned long long)axes->pages);
}

static void label_profile(const struct axes *axes, char *buf, size_t size)
{
	snprintf(buf, size, "%.13s %c %llu", axes->profile,
		 axes->access == ACCESS_READ ? 'r' : 'w', (unsigned long long)axes->pages);
}

static void label_there(const struct axes *axes, char *buf, size_t size)
{
	snprintf(buf, size, "%s %llu", axes->populated ? "all there" : "absent",
		 (unsigned long long)axes->pages);
}

/* A range that is all there has its page tables; one that is not may have them alone. */
static void label_ordinary(const struct axes *axes, char *buf, size_t size)
{
	char backing[AXIS_TEXT_MAX];

	snprintf(buf, size, "%.14s %c %s %llu",
		 axis_format(axis_find("backing"), axes, backing, sizeof(backing)),
		 axes->access == ACCESS_READ ? 'r' : 'w', axes->populated ? "there" :
		 axes->tables == TABLES_WARM ? "tables" : "absent",
		 (unsigned long long)axes->pages);
}

static void label_placement(const struct axes *axes, char *buf, size_t size)
{
	snprintf(buf, size, "%.16s %llu", axes->placement, (unsigned long long)axes->pages);
}

/* Is every axis at its default but those named? */
static bool only(const struct axes *axes, const char *const *names)
{
	for (const struct axis *axis = axes_table; axis < axes_table + axes_count; axis++) {
		size_t n = 0;

		while (names[n] && strcmp(names[n], axis->name))
			n++;
		if (!names[n] && axis->fallback && !axis_is_fallback(axis, axes))
			return false;
	}
	return true;
}

static bool takes_driver(const struct cell_data *cell)
{
	static const char *const axes[] = { "profile", "access", NULL };

	return strcmp(cell->axes.profile, "none") && only(&cell->axes, axes);
}

static bool takes_control(const struct cell_data *cell)
{
	static const char *const axes[] = { "uffd", "populated", "tables", NULL };

	return cell->axes.uffd == UFFD_NONE && only(&cell->axes, axes) &&
	       (!cell->axes.populated || cell->axes.populated == 100);
}

static bool takes_ordinary(const struct cell_data *cell)
{
	static const char *const axes[] = {
		"backing", "access", "uffd", "populated", "tables", NULL
	};

	return cell->axes.uffd == UFFD_NONE && only(&cell->axes, axes) &&
	       (!cell->axes.populated || cell->axes.populated == 100);
}

static bool takes_placement(const struct cell_data *cell)
{
	static const char *const axes[] = { "placement", NULL };

	return strcmp(cell->axes.placement, "local") && only(&cell->axes, axes);
}

/* The samples were checked against the machine; here is what there is of a machine. */
static const char *unfit_placement(const struct dataset *data)
{
	if (!data->info.hwloc_xml)
		return "run.json has no topology (hwloc_xml), so nobody can tell whether "
		       "threads and pages were where the names say.";
	if (data->info.nodes < 2)
		return "the machine has one node, so the placements cannot be what their "
		       "names say.";
	if (dataset_unbound(data))
		return "a guest's nodes are not bound to the host's: its processors and its "
		       "memory are wherever the host puts them, and the distance between "
		       "them is invented. Measure placements on metal (accelerator none).";
	return NULL;
}

static const struct evidence_kind kinds[] = {
	{ .title = "Cost per page",
	  .intro = "Rows: pages, all missing, one resolved per userfaultfd message. In %s "
		   "per page: the median over boots of each boot's median; below it the "
		   "change against " STRATEGY_BASELINE " (as merged in 7.3) in the same row.",
	  .key = "STRATEGY/PAGES", .baseline = STRATEGY_BASELINE,
	  .columns = { "ebusy", "step:64", "step:512", "resume", "unlockable", "rfc", "tried",
		       "gup" },
	  .takes = evidence_main, .label = label_pages },
	{ .title = "As drivers call",
	  .intro = "Rows: driver profile, r to read, w to write, pages. In %s per page; below "
		   "it the change against " STRATEGY_BASELINE ".",
	  .key = "STRATEGY/PAGES[/access=read]/profile=NAME", .baseline = STRATEGY_BASELINE,
	  .columns = { "resume", "rfc", "step:512", "ebusy" },
	  .takes = takes_driver, .label = label_profile },
	{ .title = "Control: no userfaultfd",
	  .intro = "Rows: pages that are absent, or all there, where no lock is dropped. In "
		   "%s per page; below it the change against plain, hmm_range_fault().",
	  .key = "STRATEGY/PAGES/uffd=none[/populated=100/tables=warm]", .baseline = STRATEGY_PLAIN,
	  .columns = { STRATEGY_BASELINE, "ebusy", "rfc", "resume" },
	  .takes = takes_control, .label = label_there },
	{ .title = "Placement",
	  .intro = "Rows: where caller, responder and memory are, pages. In %s per page; "
		   "below it the change against " STRATEGY_BASELINE " in the same place.",
	  .key = "STRATEGY/PAGES/placement=NAME", .baseline = STRATEGY_BASELINE,
	  .columns = { "resume", "rfc", "step:512", "ebusy" },
	  .takes = takes_placement, .label = label_placement, .unfit = unfit_placement },
};
#define KINDS	(sizeof(kinds) / sizeof(*kinds))

static const struct evidence_kind between_runs = {
	.title = "Against the other run",
	.intro = "Rows: pages. In %s per page, this run; below it the change against the "
		 "same cell of the other.",
	.key = "STRATEGY/PAGES, of both runs", .baseline = STRATEGY_BASELINE,
	.columns = { "ebusy", "step:64", "step:512", "resume", "unlockable", "rfc", "tried",
		     "gup" },
	.takes = evidence_main, .label = label_pages,
};

/* What a driver calls on the two kernels: to one that lacks unlocked it is plain. */
static const struct evidence_kind ordinary_callers = {
	.intro = "Rows: memory, r to read or w to write, absent or there (tables: page tables "
		 "alone), pages; no userfaultfd. In %s per page; below it the change against "
		 "plain, hmm_range_fault(), of the base. unlocked: "
		 "hmm_range_fault_unlocked_timeout().",
	.key = "STRATEGY/PAGES[/access=read][/backing=NAME]/uffd=none[/...]",
	.baseline = STRATEGY_PLAIN, .columns = { STRATEGY_PLAIN, STRATEGY_BASELINE },
	.kernels = true,
	.takes = takes_ordinary, .label = label_ordinary,
};

static void put_tables(struct evidence *e)
{
	evidence_table(e, &kinds[0], NULL);
	if (!e->refused)	/* it draws the table above */
		evidence_plot(e);
	evidence_mechanism(e);
	for (size_t i = 1; i < KINDS; i++)
		evidence_table(e, &kinds[i], NULL);
}

static void put_against(struct evidence *e, const struct dataset *base)
{
	char title[80], this[KERNEL_NAME_MAX], other[KERNEL_NAME_MAX];
	struct evidence_kind kind = between_runs;

	snprintf(title, sizeof(title), "Against %.25s: Linux %.25s", base->folder,
		 base->info.kernel ? base->info.kernel : "of unknown version");
	kind.title = title;
	evidence_table(e, &kind, base);
	if (!kernel_differs(e->data, base))
		return;
	kind = ordinary_callers;
	snprintf(title, sizeof(title), "Ordinary callers: %.22s against %.22s",
		 kernel_name(e->data, base, 1, this, sizeof(this)),
		 kernel_name(base, e->data, 1, other, sizeof(other)));
	kind.title = title;
	evidence_table(e, &kind, base);
}

int evidence_write(FILE *out, const struct dataset *data, const struct dataset *bases,
		   size_t count)
{
	struct evidence e = { .out = out, .data = data };

	evidence_head(&e);
	put_tables(&e);
	for (size_t i = 0; i < count; i++)
		put_against(&e, &bases[i]);
	evidence_bystanders(&e);
	evidence_modelled(&e);
	if (!e.tables) {
		fputc('\n', out);
		evidence_refuse(&e, "no cell of this run is for any of the tables.");
	}
	evidence_gaps(&e);
	evidence_reproduce(&e);
	return e.refused;
}
