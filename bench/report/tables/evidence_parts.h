/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The parts of evidence.txt that are no tables of strategies, in their order. */
#ifndef HMMBENCH_EVIDENCE_PARTS_H
#define HMMBENCH_EVIDENCE_PARTS_H

#include "evidence_claim.h"

/* Each prints itself, or nothing when there is nothing. */
void evidence_head(struct evidence *e);
void evidence_plot(struct evidence *e);
void evidence_mechanism(struct evidence *e);
void evidence_bystanders(struct evidence *e);
void evidence_modelled(struct evidence *e);
void evidence_gaps(struct evidence *e);
void evidence_reproduce(struct evidence *e);

/** evidence_base() - of what those cells of @base are, below the heading. */
void evidence_base(struct evidence *e, const struct dataset *base,
		   const struct selection *cells);

#endif
