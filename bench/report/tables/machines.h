/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The machines that can be modelled, for help. */
#ifndef HMMBENCH_MACHINES_LIST_H
#define HMMBENCH_MACHINES_LIST_H

#include "base/command.h"

/** machines_list() - each with its numbers and where those are published. */
void machines_list(const struct listing *list);

#endif
