// SPDX-License-Identifier: GPL-2.0-or-later
#include "recipe.h"

#include <errno.h>
#include <linux/userfaultfd.h>
#include <string.h>

#include "run/memory/backing.h"
#include "run/memory/prepare.h"
#include "run/system/device.h"
#include "run/system/kernel.h"

static int blame(const struct axis **wrong, const char *axis)
{
	*wrong = axis_find(axis);
	return -EINVAL;
}

static int read_strategy(struct recipe *recipe, const struct axis **wrong, struct reason *why)
{
	const struct axes *axes = recipe->axes;
	struct strategy_choice choice;

	if (strategy_parse(axes->strategy, &choice, why))
		return blame(wrong, "strategy");
	recipe->strategy = choice.strategy;
	recipe->call = strategy_call(choice.strategy);
	recipe->piece = choice.chunk;
	if (choice.strategy->reads_only && axes->access != ACCESS_READ)
		return axis_blame(wrong, "access", why, "%s reads the range and never writes it; "
				  "write access: [read]", axes->strategy);
	return 0;
}

/* Values that are right alone, and not together. */
static int check_pairs(const struct recipe *recipe, const struct axis **wrong,
		       struct reason *why)
{
	const struct axes *axes = recipe->axes;

	if ((axes->uffd == UFFD_POISON || axes->uffd == UFFD_USER_ONLY) &&
	    recipe->load.disturbs)
		return axis_blame(wrong, "load", why, "load %s touches the range too, so a page "
				  "that is refused may be there, or gone; write another load with "
				  "poison and user-only", axes->load);
	if (axes->uffd == UFFD_POISON && recipe->strategy->dies)
		return axis_blame(wrong, "uffd", why, "a poisoned page kills the process that "
				  "touches it: poison is for calls, not %s", axes->strategy);
	if (recipe->strategy->once && uffd_protects(axes->uffd) && backing_kind_of(axes)->unmaps)
		return axis_blame(wrong, "backing", why, "%s makes one fault a page, and a huge "
				  "page that was protected by unmapping it takes two; write another "
				  "backing", axes->strategy);
	if (recipe->call->run && strcmp(axes->profile, "none"))
		return axis_blame(wrong, "profile", why, "%s is called by user space, not as %s "
				  "calls; write profile: [none]", axes->strategy, axes->profile);
	return 0;
}

/* What the text of each axis says; recipe_read() adds what follows from all of it. */
static int read_axes(struct recipe *recipe, const struct axes *axes, const struct axis **wrong,
		     struct reason *why)
{
	int ret;

	*recipe = (struct recipe){ .axes = axes, .uffd = uffd_kind_of(axes->uffd) };
	ret = read_strategy(recipe, wrong, why) ?: profile_check_axes(axes, wrong, why) ?:
	      backing_check_axes(axes, wrong, why);
	if (ret)
		return ret;
	if (delay_parse(axes->delay, &recipe->delay, why))
		return blame(wrong, "delay");
	if (placement_check(axes->placement, why))
		return blame(wrong, "placement");
	if (load_parse(axes, &recipe->load, why))
		return blame(wrong, "load");
	recipe->profile = profile_find(axes->profile);
	return check_pairs(recipe, wrong, why);
}

int recipe_check_axes(const struct axes *axes, const struct axis **wrong, struct reason *why)
{
	struct recipe recipe;

	return read_axes(&recipe, axes, wrong, why);
}

static int refused(const struct recipe *recipe)
{
	const struct strategy *s = recipe->strategy;

	if (!recipe->messages)
		return 0;
	if (s->refused)
		return s->refused;
	if (recipe->uffd->flags & UFFD_USER_MODE_ONLY)
		return s->user ? 0 : EFAULT;
	return recipe->uffd->ends && s->poisoned ? s->poisoned : recipe->uffd->ends;
}

void recipe_read(struct recipe *recipe, const struct axes *axes, int device)
{
	const struct axis *wrong;
	struct reason why;

	if (read_axes(recipe, axes, &wrong, &why))
		return;
	recipe->module = device >= 0;
	if (device < 0)
		recipe->flags = recipe->call->run ? HMM_BENCH_PRESENT : 0;
	else if (device_strategy_flags(device, recipe->call->id, &recipe->flags))
		recipe->flags = 0;
	if (!recipe->piece)
		recipe->piece = recipe->profile->piece;
	recipe->fills = recipe->strategy->fills && !(recipe->profile->flags & HMM_BENCH_SNAPSHOT);
	recipe->messages = recipe->fills ? range_messages(axes) : 0;
	recipe->refused = refused(recipe);
}

/* Can the strategy be called as the driver of the profile calls? */
static bool fits_profile(const struct recipe *recipe, struct reason *why)
{
	const struct profile *p = recipe->profile;
	const char *strategy = recipe->axes->strategy;
	bool locked = p->locked || p->flags & (HMM_BENCH_DOWNGRADE | HMM_BENCH_EXCLUSIVE);

	if (locked && !(recipe->flags & HMM_BENCH_TAKES_LOCK))
		reason_set(why, "%s holds the mmap lock, with which %s is not called", p->name,
			   strategy);
	else if (p->flags & HMM_BENCH_EXCLUSIVE && recipe->flags & HMM_BENCH_DROPS_LOCK)
		reason_set(why, "%s holds the mmap lock for write; %s drops it for reading",
			   p->name, strategy);
	else if (p->flags & (HMM_BENCH_SNAPSHOT | HMM_BENCH_PER_PAGE) &&
		 !(recipe->flags & HMM_BENCH_RETURNS))
		reason_set(why, "%s asks HMM what is there, which %s does not do", p->name, strategy);
	else
		return true;
	return false;
}

bool recipe_callable(const struct recipe *recipe, struct reason *why)
{
	const struct axes *axes = recipe->axes;
	const char *needs = recipe->strategy->needs;

	if (!(recipe->flags & HMM_BENCH_PRESENT))
		reason_set(why, "this kernel does not have %s, which needs %s", axes->strategy,
			   !recipe->module || !needs ? "hmm_bench.ko" : needs);
	else if (!recipe->module && (backing_unit(axes) > 1 || strcmp(axes->placement, "local")))
		reason_set(why, "whether pages are huge, and on which node, is looked up "
			   "through hmm_bench.ko");
	else if (recipe->call->caller == CALLER_RXE && recipe->uffd && !kernel_from(7, 3))
		reason_set(why, "under userfaultfd rxe takes Linux 7.3 or later");
	else if (!recipe->module && recipe->load.calls)
		reason_set(why, "load %s calls HMM, which needs hmm_bench.ko", axes->load);
	else
		return fits_profile(recipe, why);
	return false;
}
