// SPDX-License-Identifier: GPL-3.0-or-later
#include "evidence_claim.h"

#include <math.h>
#include <stdarg.h>

#include "report/judge/center.h"
#include "report/write/plain.h"

void evidence_refuse(struct evidence *e, const char *fmt, ...)
{
	va_list args;

	e->refused++;
	va_start(args, fmt);
	plain_vparagraph(e->out, "NO TABLE: ", 10, fmt, args);
	va_end(args);
}

/* Of a run that is not the one given as evidence: its name, for the reason. */
static const char *whose(const struct evidence *e, const struct dataset *data)
{
	return data == e->data ? "" : data->folder;
}

int evidence_times_refused(struct evidence *e, const struct dataset *data)
{
	const char *of = whose(e, data), *colon = *of ? ": " : "";

	switch (dataset_emulated(data)) {
	case EMULATED_NO:
		return 0;
	case EMULATED_YES:
		evidence_refuse(e, "%s%sthese are wall times of an emulator (accelerator tcg), "
				"which tell how fast it is and not how fast the kernel is. Measure "
				"with KVM or on metal, or count instructions (--clock insn).", of,
				colon);
		return 1;
	default:
		evidence_refuse(e, "%s%snot known whether emulated: the accelerator in run.json "
				"is not none, kvm or tcg. In a virtual machine name it when "
				"you measure (HMMBENCH_ACCELERATOR=kvm), or use scripts/bench.",
				of, colon);
		return 1;
	}
}

int evidence_refused_for(struct evidence *e, const struct dataset *data,
			 const struct selection *cells)
{
	const char *of = whose(e, data);
	char key[AXES_KEY_MAX];

	for_each_cell(cell, data) {
		if (!cell->closed || !selection_takes(cells, cell) ||
		    (cell->status != CELL_INVALID && cell->status != CELL_FAILED))
			continue;
		evidence_refuse(e, "%s%scell %s is %s: %s. Mend that, and measure it again.",
				of, *of ? ": " : "", axes_key(&cell->axes, key, sizeof(key)),
				cell_status_name(cell->status), cell->reason);
		return 1;
	}
	return 0;
}

bool evidence_main(const struct cell_data *cell)
{
	for (size_t i = 0; i < axes_count; i++)
		if (axes_table[i].fallback && !axis_is_fallback(&axes_table[i], &cell->axes))
			return false;
	return true;
}

static bool is_main(const struct cell_data *cell, const void *none)
{
	(void)none;
	return evidence_main(cell);
}

const struct selection evidence_main_cells = { .takes = is_main };

double evidence_per_page(const struct dataset *data, const struct cell_data *cell,
			 double *width, size_t *boots)
{
	struct center center;

	center_of(cell->times, cell->n_times, data->info.clock, &center);
	*boots = center.boots;
	/* an interval within one boot knows of no other */
	*width = center.boots > 1 ? center_half(&center) : NAN;
	return center.median / cell->axes.pages;
}
