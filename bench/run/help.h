/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the tables know, for people: "hmmbench help backings". */
#ifndef HMMBENCH_HELP_H
#define HMMBENCH_HELP_H

#include "base/command.h"

extern const struct topic help_topics[];

#endif
