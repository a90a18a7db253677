// SPDX-License-Identifier: GPL-2.0-or-later
#include "axes.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/err.h"

static const char *const access_names[] = { "read", "write", NULL };
static const char *const backing_names[] = {
	"anon", "anon-thp", "anon-16k", "anon-64k", "shared-anon", "shmem", "shmem-thp",
	"tmpfs", "file-private", "file-shared", "hugetlb", "hugetlb-private", "swap", NULL
};
static const char *const backing_old[] = { "file", "file-private", NULL };
static const char *const uffd_names[] = {
	"none", "missing", "minor", "wp", "move", "rwp", "wp-async", "rwp-async", "poison",
	"user-only", NULL
};
static const char *const tables_names[] = { "cold", "warm", "clean", NULL };
static const char *const wait_names[] = {
	"read", "poll", "busy", "plain", NULL
};
static const char *const bystanders_names[] = { "off", "on", NULL };

#define AT(member)	.offset = offsetof(struct axes, member)

const struct axis axes_table[] = {
	{ .name = "strategy", .kind = AXIS_NAME, AT(strategy),
	  .help = "how a dropped lock is retried" },
	{ .name = "pages", .kind = AXIS_NUMBER, AT(pages),
	  .min = 1, .max = AXIS_PAGES_MAX,
	  .help = "length of the range in base pages" },
	{ .name = "access", .kind = AXIS_ENUM, AT(access),
	  .values = access_names, .fallback = "write", .titled = true,
	  .help = "what the call asks for" },
	{ .name = "backing", .kind = AXIS_ENUM, AT(backing),
	  .values = backing_names, .old = backing_old, .fallback = "anon",
	  .help = "what memory the range is" },
	{ .name = "uffd", .kind = AXIS_ENUM, AT(uffd),
	  .values = uffd_names, .fallback = "missing", .titled = true,
	  .help = "how the range is registered with userfaultfd" },
	{ .name = "populated", .kind = AXIS_NUMBER, AT(populated),
	  .min = 0, .max = 100, .fallback = "0",
	  .help = "percent of the pages that need no fault" },
	{ .name = "tables", .kind = AXIS_ENUM, AT(tables),
	  .values = tables_names, .fallback = "cold",
	  .help = "whether the page tables exist, and map all pages for reading (clean)" },
	{ .name = "batch", .kind = AXIS_NUMBER, AT(batch),
	  .min = 1, .max = AXIS_BATCH_MAX, .fallback = "1",
	  .help = "pages that the responder resolves for one message" },
	{ .name = "threads", .kind = AXIS_NUMBER, AT(threads),
	  .min = 1, .max = AXIS_THREADS_MAX, .fallback = "1",
	  .help = "threads of the responder" },
	{ .name = "delay", .kind = AXIS_NAME, AT(delay), .fallback = "0",
	  .help = "time that the responder's page source takes" },
	{ .name = "wait", .kind = AXIS_ENUM, AT(wait),
	  .values = wait_names, .fallback = "read",
	  .help = "how the responder waits for messages" },
	{ .name = "placement", .kind = AXIS_NAME, AT(placement),
	  .fallback = "local",
	  .help = "nodes of caller, responder, memory and source" },
	{ .name = "load", .kind = AXIS_NAME, AT(load), .fallback = "none",
	  .help = "what else the mm is busy with" },
	{ .name = "bystanders", .kind = AXIS_ENUM, AT(bystanders),
	  .values = bystanders_names, .fallback = "off",
	  .help = "measure those that only want the mmap lock or a page" },
	{ .name = "profile", .kind = AXIS_NAME, AT(profile), .fallback = "none",
	  .help = "driver whose way of calling is followed" },
};
const size_t axes_count = sizeof(axes_table) / sizeof(*axes_table);
_Static_assert(sizeof(axes_table) / sizeof(*axes_table) <= AXES_MAX, "raise AXES_MAX");

static uint64_t *number_at(const struct axis *axis, struct axes *axes)
{
	return (uint64_t *)((char *)axes + axis->offset);
}

uint64_t axis_number(const struct axis *axis, const struct axes *axes)
{
	return *(const uint64_t *)((const char *)axes + axis->offset);
}

const struct axis *axis_find(const char *name)
{
	for (size_t i = 0; i < axes_count; i++)
		if (!strcmp(axes_table[i].name, name))
			return &axes_table[i];
	return NULL;
}

static int parse_name(const struct axis *axis, const char *text,
		      struct axes *axes, struct reason *why)
{
	size_t len = strlen(text);

	if (!len || len >= AXIS_TEXT_MAX || strpbrk(text, "/\" \t\n\\"))
		return reason_err(why, -EINVAL, "'%.40s' is not a name; it has 1 to %d characters, "
				  "no spaces, quotes or slashes", text, AXIS_TEXT_MAX - 1);
	memset((char *)axes + axis->offset, 0, AXIS_TEXT_MAX);
	memcpy((char *)axes + axis->offset, text, len);
	return 0;
}

static int parse_enum(const struct axis *axis, const char *text,
		      struct axes *axes, struct reason *why)
{
	const char *given = text;

	for (size_t i = 0; axis->old && axis->old[i]; i += 2)
		if (!strcmp(axis->old[i], given))
			text = axis->old[i + 1];
	for (uint64_t i = 0; axis->values[i]; i++) {
		if (!strcmp(axis->values[i], text)) {
			*number_at(axis, axes) = i;
			return 0;
		}
	}
	reason_set(why, "'%.40s' is not one of", given);
	for (size_t i = 0; axis->values[i]; i++)
		reason_add(why, " %s", axis->values[i]);
	return -EINVAL;
}

static int parse_number(const struct axis *axis, const char *text,
			struct axes *axes, struct reason *why)
{
	uint64_t value = 0;
	const char *c = text;

	/* Twelve digits cannot overflow and are beyond every maximum. */
	while (*c >= '0' && *c <= '9' && c - text < 12)
		value = value * 10 + (*c++ - '0');
	if (c == text || *c)
		return reason_err(why, -EINVAL, "'%.40s' is not a whole number from %" PRIu64
				  " to %" PRIu64, text, axis->min, axis->max);
	if (value < axis->min || value > axis->max)
		return reason_err(why, -ERANGE, "%.40s is not from %" PRIu64 " to %" PRIu64, text,
				  axis->min, axis->max);
	*number_at(axis, axes) = value;
	return 0;
}

int axis_parse(const struct axis *axis, const char *text, struct axes *axes,
	       struct reason *why)
{
	int ret = axis->kind == AXIS_NAME ? parse_name(axis, text, axes, why) :
		  axis->kind == AXIS_ENUM ? parse_enum(axis, text, axes, why) :
		  parse_number(axis, text, axes, why);

	if (ret)
		err_one_line(why->text, sizeof(why->text));	/* it quotes the value */
	return ret;
}

char *axis_format(const struct axis *axis, const struct axes *axes, char *buf,
		  size_t size)
{
	if (axis->kind == AXIS_NAME)
		snprintf(buf, size, "%s", (const char *)axes + axis->offset);
	else if (axis->kind == AXIS_ENUM)
		snprintf(buf, size, "%s", axis->values[axis_number(axis, axes)]);
	else
		snprintf(buf, size, "%" PRIu64, axis_number(axis, axes));
	return buf;
}

void axes_defaults(struct axes *axes)
{
	struct reason why;

	memset(axes, 0, sizeof(*axes));
	for (size_t i = 0; i < axes_count; i++)
		if (axes_table[i].fallback)
			axis_parse(&axes_table[i], axes_table[i].fallback, axes,
				   &why);
}

bool axis_is_fallback(const struct axis *axis, const struct axes *axes)
{
	char value[AXIS_TEXT_MAX];

	return axis->fallback &&
	       !strcmp(axis_format(axis, axes, value, sizeof(value)),
		       axis->fallback);
}

bool axis_is_omitted(const struct axis *axis, const struct axes *axes)
{
	return !axis->titled && axis_is_fallback(axis, axes);
}

static bool among(const char *const *names, const char *name)
{
	for (; names && *names; names++)
		if (!strcmp(*names, name))
			return true;
	return false;
}

int axis_compare(const struct axis *axis, const struct axes *a, const struct axes *b)
{
	uint64_t x, y;

	if (axis->kind == AXIS_NAME)
		return strcmp((const char *)a + axis->offset, (const char *)b + axis->offset);
	x = axis_number(axis, a);
	y = axis_number(axis, b);
	return x < y ? -1 : x > y;
}

int axes_compare(const struct axes *a, const struct axes *b, const char *const *but)
{
	int order = 0;

	for (size_t i = 0; i < axes_count && !order; i++)
		if (!among(but, axes_table[i].name))
			order = axis_compare(&axes_table[i], a, b);
	return order;
}

bool axes_same_but(const struct axes *a, const struct axes *b, const char *const *but)
{
	return !axes_compare(a, b, but);
}

char *axes_key(const struct axes *axes, char *buf, size_t size)
{
	char value[AXIS_TEXT_MAX];
	size_t n = 0;

	for (size_t i = 0; i < axes_count && n < size; i++) {
		const struct axis *axis = &axes_table[i];

		if (axis_is_fallback(axis, axes))
			continue;
		axis_format(axis, axes, value, sizeof(value));
		if (axis->fallback)
			n += snprintf(buf + n, size - n, "/%s=%s", axis->name,
				      value);
		else
			n += snprintf(buf + n, size - n, "%s%s", i ? "/" : "",
				      value);
	}
	return buf;
}
