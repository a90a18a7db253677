// SPDX-License-Identifier: GPL-3.0-or-later
#include "machines.h"

#include "machine/machines.h"

#define BELOW	"  %-18s "

static void say_shape(const struct listing *list, const char *name, const struct cache_shape *c)
{
	listing_note(list, "%s %u KiB of %u ways", name, c->bytes >> 10, c->ways);
}

static void say_caches(const struct listing *list, const struct machine *m)
{
	listing_note(list, BELOW, "");
	say_shape(list, "L1d", &m->l1);
	say_shape(list, ", L2", &m->l2);
	say_shape(list, ", last level", &m->llc);
	listing_note(list, "\n");
}

static void say_cycles(const struct listing *list, const struct machine *m)
{
	listing_note(list, BELOW "cycles:%s", "", machine_has_cycles(m) ? "" : " not known");
	for (int i = 0; i < SOURCES; i++)
		if (m->cycles[i])
			listing_note(list, "%s %s %u", i ? "," : "", source_names[i], m->cycles[i]);
	listing_note(list, "\n");
}

static void say_numbers(const struct listing *list, const struct machine *m)
{
	struct machine whole;
	struct reason why;

	if (machine_complete(m, &whole, &why)) {
		listing_note(list, BELOW "%s\n", "", why.text);
		return;
	}
	if (whole.sockets)
		listing_note(list, BELOW "sockets: %u\n", "", whole.sockets);
	say_caches(list, &whole);
	say_cycles(list, &whole);
	listing_note(list, BELOW "source: %s\n", "", m->sources);
}

/* scripts/lib.sh takes it apart. */
void machines_list(const struct listing *list)
{
	for (const struct machine *m = machines; m->name; m++) {
		listing_say(list, m->name, m->what);
		say_numbers(list, m);
	}
}
