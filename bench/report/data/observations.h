/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What counters.jsonl says of a cell, over all boots. */
#ifndef HMMBENCH_OBSERVATIONS_H
#define HMMBENCH_OBSERVATIONS_H

#include <stdbool.h>

#include "record/observed.h"

/**
 * struct counted - one counter of one role
 * @value:	sum over the boots in which it counted, each value * ena / run
 * @samples:	watch samples of those boots; 0 when it counted in none, and
 *		@value is then not known rather than 0
 * @scaled:	it was multiplexed in some boot, so @value is an estimate
 * @err:	errno of a boot in which it could not be opened, else 0
 */
struct counted {
	enum role role;
	char name[OBSERVED_NAME_MAX];
	double value;
	uint64_t samples;
	bool scaled;
	int err;
};

/** struct load_done - one kind of load; @ops in @time, which is in the run's unit */
struct load_done {
	char kind[OBSERVED_NAME_MAX];
	uint64_t ops, time;
};

/** struct delays - of one kind of bystander, in the run's unit */
struct delays {
	char kind[OBSERVED_NAME_MAX];
	struct hist hist;
};

struct observations {
	struct counted *counters;
	struct load_done *loads;
	struct delays *delays;
	size_t n_counters, n_loads, n_delays;
};

/** observations_add() - add a record to those of its cell. */
void observations_add(struct observations *o, const struct observed *record);
void observations_free(struct observations *o);

/**
 * observations_event() - is a counter of a machine that was modelled?
 * Return: the event of it, as "cycles" of "modelled-server:cycles"; NULL when it is not.
 */
const char *observations_event(const char *counter);

/**
 * observations_one_machine() - hold a record to the machine that was modelled before it
 * @machine:	its name; empty when none was modelled, and then it becomes that of @record
 * Return: 0, or -EINVAL with a sentence in @why when @record is of another: a sum over
 * two machines is of none.
 */
int observations_one_machine(char machine[OBSERVED_NAME_MAX], const struct observed *record,
			     struct reason *why);

/**
 * observations_per_call() - an event, of those who are waited for: not of the load, which has
 *	its own work
 * @modelled: of the machine that was modelled, not of the one that there was
 * @scaled: set when it is an estimate; may be NULL
 * Return: per call; NAN when it was not counted of all of them.
 */
double observations_per_call(const struct observations *o, const char *event, bool modelled,
			     bool *scaled);

/** observations_delays() - of a struct bystander_kind, by name; NULL when none was measured. */
const struct hist *observations_delays(const struct observations *o,
				       const char *kind);

#endif
