// SPDX-License-Identifier: GPL-2.0-or-later
#include "rxe_verbs.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#define LIBRARY	"libibverbs.so.1"

#define VERB_SYMBOL(name)	{ "ibv_" #name, offsetof(struct verbs, name) },
static const struct {
	const char *name;
	size_t offset;
} symbols[] = { VERBS(VERB_SYMBOL) };

int verbs_load(struct verbs *verbs, struct reason *why)
{
	verbs->library = dlopen(LIBRARY, RTLD_NOW);
	if (!verbs->library)
		return reason_err(why, -ENOENT, "no " LIBRARY ": install libibverbs1 and "
				  "ibverbs-providers");
	for (size_t i = 0; i < sizeof(symbols) / sizeof(*symbols); i++) {
		void *symbol = dlsym(verbs->library, symbols[i].name);

		if (!symbol) {
			reason_set(why, LIBRARY " has no %s(): install that of "
				   "rdma-core 44 or later", symbols[i].name);
			dlclose(verbs->library);
			return -ENOENT;
		}
		memcpy((char *)verbs + symbols[i].offset, &symbol, sizeof(symbol));
	}
	return 0;
}
