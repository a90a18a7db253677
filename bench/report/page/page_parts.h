/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of the page, in the order in which they stand. */
#ifndef HMMBENCH_PAGE_PARTS_H
#define HMMBENCH_PAGE_PARTS_H

#include <stdio.h>

#include "report/data/dataset.h"
#include "report/judge/headline.h"
#include "report/judge/verdict.h"
#include "report/tables/summary.h"

/**
 * struct page - what the parts are written from
 * @unit:	of every time, in words
 * @clock:	with "emulated" before it when its times are no evidence
 * @figures:	how many were written so far
 * @folded:	bytes of those that are folded
 */
struct page {
	FILE *out;
	const struct dataset *data;
	const char *baseline, *unit, *clock;
	enum emulated emulated;
	struct summary summary;
	struct contrasts contrasts;
	const struct contrast *headline;
	size_t figures;
	long folded;
};

void page_head(struct page *page);
void page_verdict(struct page *page);
void page_glance(struct page *page);
void page_problems(struct page *page);
void page_cells(struct page *page);
void page_environment(struct page *page);
void page_log(struct page *page);
void page_provenance(struct page *page);
void page_foot(struct page *page);

/** page_figures() - Return: an enum exit_status; errors are reported here. */
int page_figures(struct page *page);

/** page_figures_fresh() - draw those that are missing or older than the samples. */
int page_figures_fresh(const struct dataset *data);

/** page_section() - begin a section; end it with </section>. */
void page_section(FILE *out, const char *id, const char *title);

/** page_tag() - "no evidence", where times are emulated; else nothing. */
void page_tag(const struct page *page);

/** page_ratio_class() - of how much a ratio is, in eleven steps: "r-5" to "r5" */
const char *page_ratio_class(double ratio);

/* page.css and page.js, as the build found them. */
extern const char page_style[], page_script[];

#endif
