/* SPDX-License-Identifier: GPL-3.0-or-later */
/* counters.jsonl of a run: what was observed beside the samples of its cells. */
#ifndef HMMBENCH_BESIDE_H
#define HMMBENCH_BESIDE_H

#include <stdbool.h>

#include "../common/observed.h"

/**
 * struct counter_data - one counter of one role of a cell, over all boots
 * @value:	sum over @samples; for a counter that shared its hardware, the
 *		estimate value * ena / run
 * @counted:	false: it could not be opened, or never ran
 * @scaled:	some of it is an estimate
 * @err:	why it could not be opened
 */
struct counter_data {
	enum role role;
	char name[OBSERVED_NAME_MAX];
	double value;
	bool counted, scaled;
	uint32_t samples;
	int err;
};

/** struct bystander_data - delays of one kind of bystander, over all boots */
struct bystander_data {
	char kind[OBSERVED_NAME_MAX];
	struct hist hist;
};

/** struct beside - all that was observed beside the samples of a cell */
struct beside {
	struct counter_data *counters;
	size_t n_counters;
	struct load_record *loads;
	size_t n_loads;
	struct bystander_data *bystanders;
	size_t n_bystanders;
};

/** beside_add() - a line of counters.jsonl. Return: 0 or -ENOMEM. */
int beside_add(struct beside *beside, const struct observed *o);
void beside_free(struct beside *beside);

/** beside_bystander() - the delays of one kind, or NULL. */
const struct hist *beside_bystander(const struct beside *beside,
				    const char *kind);

/** beside_counter() - a counter by role and name, or NULL. */
const struct counter_data *beside_counter(const struct beside *beside,
					  enum role role, const char *name);

#endif
