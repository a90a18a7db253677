// SPDX-License-Identifier: GPL-3.0-or-later
#include "headline.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/strategies.h"
#include "report/write/number.h"

bool headline_is_contender(const char *strategy)
{
	return !strategy_is(strategy, STRATEGY_FLOOR) && !strategy_is(strategy, STRATEGY_CONTROL) &&
	       !strategy_is(strategy, STRATEGY_REFERENCE) && !strategy_is_labelled(strategy);
}

bool headline_same_group(const struct axes *a, const struct axes *b)
{
	static const char *const but[] = { "strategy", "pages", NULL };

	return axes_same_but(a, b, but);
}

/* How sure it is that there is a difference: shown, perhaps, samples overlap. */
static int certainty(const struct contrast *c)
{
	if (contrast_costs_less(c) || contrast_costs_more(c))
		return 2;
	return c->verdict != VERDICT_OVERLAP;
}

static bool says_more(const struct contrast *c, const struct contrast *shown)
{
	double far = fabs(log(c->ratio)), before = fabs(log(shown->ratio));

	if (certainty(c) != certainty(shown))
		return certainty(c) > certainty(shown);
	return far > before || (far == before && c->other->axes.pages > shown->other->axes.pages);
}

const struct contrast *headline_choose(const struct contrasts *contrasts)
{
	const struct contrast *headline = NULL;

	for (size_t i = 0; i < contrasts->count; i++) {
		const struct contrast *c = &contrasts->c[i];

		if (c->verdict != VERDICT_NONE &&
		    headline_is_contender(c->other->axes.strategy) &&
		    (!headline || says_more(c, headline)))
			headline = c;
	}
	return headline;
}

/* "57.9 times as much with `b` as with `a`", "12 % less with `a` than with `b`" */
static void say_ratio(const struct contrast *c, char *text, size_t size)
{
	const char *other = c->other->axes.strategy, *base = c->base->axes.strategy;

	if (c->ratio <= 0.5)
		snprintf(text, size, "%.3g times as much with `%s` as with `%s`",
			 1 / c->ratio, base, other);
	else if (c->ratio >= 2)
		snprintf(text, size, "%.3g times as much with `%s` as with `%s`", c->ratio,
			 other, base);
	else
		snprintf(text, size, "%.*f %% %s with `%s` than with `%s`",
			 fabs(c->ratio - 1) < 0.0995, 100 * fabs(c->ratio - 1), c->ratio < 1 ? "less" : "more", other,
			 base);
}

/* Per page, in the order in which the sentence names the strategies. */
static void say_costs(const struct contrast *c, bool base_first, char *text, size_t size)
{
	char other[NUMBER_MAX], base[NUMBER_MAX];

	number_short(c->other_median / c->other->axes.pages, other);
	number_short(c->base_median / c->other->axes.pages, base);
	snprintf(text, size, "%s against %s %s per page", base_first ? base : other,
		 base_first ? other : base, c->clock->noun);
}

static void say_contrast(const struct contrast *c, const char *clock, const char *pages,
			 char *text, size_t size)
{
	const char *other = c->other->axes.strategy, *base = c->base->axes.strategy;
	char ratio[3 * AXIS_TEXT_MAX], costs[96];

	say_ratio(c, ratio, sizeof(ratio));
	say_costs(c, c->ratio <= 0.5 && c->verdict != VERDICT_INCONCLUSIVE &&
		  c->verdict != VERDICT_OVERLAP, costs, sizeof(costs));
	if (c->verdict == VERDICT_EQUIVALENT)
		snprintf(text, size, "Faulting in %s costs the same with `%s` and `%s`, to within "
			 "%.2g %%: the ratio, %.3g, is within the noise of this machine (%s "
			 "clock).", pages, other, base, 100 * verdict_equal(c->margin), c->ratio, clock);
	else if (!contrast_costs_less(c) && !contrast_costs_more(c) && c->verdict == VERDICT_EXACT)
		snprintf(text, size, "Faulting in %s costs the same with `%s` and `%s`, to within "
			 "%d %%: %s on the %s clock.", pages, other, base, EXACT_SLACK, costs,
			 clock);
	else if (c->verdict == VERDICT_INCONCLUSIVE)
		snprintf(text, size, "Whether faulting in %s costs less with `%s` or with "
			 "`%s` cannot be told: the ratio is %.3g, %s on the %s clock.",
			 pages, other, base, c->ratio, costs, clock);
	else if (c->verdict == VERDICT_OVERLAP)
		snprintf(text, size, "Faulting in %s is not shown to differ between `%s` and `%s`, "
			 "whose samples overlap: %s on the %s clock.", pages, other, base, costs,
			 clock);
	else
		snprintf(text, size, "Faulting in %s costs %s: %s on the %s clock.", pages,
			 ratio, costs, clock);
}

void headline_say(const struct contrast *headline, const char *baseline,
		  const char *clock, enum emulated emulated, char *text, size_t size)
{
	char pages[48];

	if (emulated) {
		snprintf(text, size, "No verdict: the wall times of this run were %semulated, "
			 "and are no evidence.", emulated == EMULATED_YES ? "" : "perhaps ");
		return;
	}
	if (!headline) {
		snprintf(text, size, "No verdict: no cell of this run can be held against "
			 "one of `%s` with the same axes.", baseline);
		return;
	}
	snprintf(pages, sizeof(pages), "%" PRIu64 " page%s", headline->other->axes.pages,
		 headline->other->axes.pages == 1 ? "" : "s");
	say_contrast(headline, clock, pages, text, size);
}
