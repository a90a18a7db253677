/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was modelled of a cell; and held against a real machine, loads that both count. */
#ifndef HMMBENCH_MODELLED_H
#define HMMBENCH_MODELLED_H

#include <stdio.h>

#include "report/data/dataset.h"

/*
 * What is told of a modelled cell, per page, of caller and responder: by the names of
 * results/README.md the events that are a value together, in two strings.
 */
#define MODELLED_VALUES(VALUE)							\
	VALUE(CYCLES, "cycles", "cycles", NULL, "what the accesses cost the modelled machine")	\
	VALUE(WALK, "walk", "cycles-in-walk", NULL, "of its cycles, those in walks of page tables") \
	VALUE(FAULT, "fault", "cycles-in-fault", NULL, "of its cycles, those in faults")	\
	VALUE(LOCK, "lock", "cycles-in-lock", NULL, "of its cycles, those in locks")	\
	VALUE(COPY, "copy", "cycles-in-copy", NULL, "of its cycles, those in copies")	\
	VALUE(REST, "rest", "cycles-in-rest", NULL, "of its cycles, all others")		\
	VALUE(REMOTE, "remote", "remote-memory", NULL, "accesses that another node's memory answers") \
	VALUE(TAKEN, "taken", "core-transfers", "socket-transfers", "lines that another processor had") \
	VALUE(MMLOCK, "mmlock", "lock-core-transfers", "lock-socket-transfers",		\
	      "of the lines that another processor had, the mmap lock's")

#define MODELLED_ID(id, name, first, second, does)	MODELLED_##id,
enum modelled_value { MODELLED_VALUES(MODELLED_ID) MODELLED_VALUES_COUNT };
extern const char *const modelled_names[MODELLED_VALUES_COUNT];

/** modelled_of() - Return: NAN when it was not modelled. */
double modelled_of(const struct cell_data *cell, enum modelled_value value);

/**
 * struct modelled - two runs
 * @model:	the one that was modelled
 * @machine:	the other; @counted: it has an event of that kind
 */
struct modelled {
	const struct dataset *model, *machine;
	bool counted;
};

/** modelled_find() - which of two runs is which. Return: false when none was modelled. */
bool modelled_find(const struct dataset *runs, struct modelled *out);

/**
 * modelled_print() - for people, as text or Markdown; 0 or -EIO
 *
 * A row for each cell that was modelled. Per page, of caller and responder.
 */
int modelled_print(FILE *out, const struct modelled *m, bool markdown);

/** modelled_write_tsv() - a line for each cell and event; 0 or -EIO. */
int modelled_write_tsv(FILE *out, const struct modelled *m);

#endif
