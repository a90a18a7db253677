// SPDX-License-Identifier: GPL-3.0-or-later
#include "sheet.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "model/strategies.h"
#include "report/write/number.h"

struct panel *sheet_panel(struct sheet *s, const char *title, const char *x_label,
			  const char *y_label)
{
	struct panel *p = s->panel;

	for (; *title && p < s->panel + s->panels; p++)
		if (!strcmp(p->title, title))
			return p;
	if (s->panels == SHEET_PANELS) {
		s->full = true;
		return &s->panel[SHEET_PANELS - 1];
	}
	p = &s->panel[s->panels++];
	snprintf(p->title, sizeof(p->title), "%s", title);
	snprintf(p->x_label, sizeof(p->x_label), "%s", x_label);
	snprintf(p->y_label, sizeof(p->y_label), "%s", y_label);
	for (size_t r = 0; r < SHEET_ROWS; r++)
		for (size_t c = 0; c < SHEET_COLUMNS; c++)
			p->value[r][c] = p->lo[r][c] = p->hi[r][c] = NAN;
	return p;
}

size_t sheet_row(struct sheet *s, const char *name)
{
	size_t r = 0;

	while (r < s->rows && strcmp(s->row[r], name))
		r++;
	if (r == SHEET_ROWS) {
		s->full = true;
		return 0;
	}
	if (r == s->rows)
		snprintf(s->row[s->rows++], SHEET_LABEL, "%s", name);
	return r;
}

size_t sheet_column(struct sheet *s, struct panel *p, const char *name, double rank)
{
	size_t c = 0;

	while (c < p->columns && strcmp(p->column[c], name))
		c++;
	if (c == SHEET_COLUMNS) {
		s->full = true;
		return 0;
	}
	if (c == p->columns) {
		snprintf(p->column[c], AXIS_TEXT_MAX, "%s", name);
		p->rank[c] = rank;
		p->x[c] = p->numeric ? rank : c;
		p->columns++;
	}
	return c;
}

void sheet_put_interval(struct sheet *s, struct panel *p, const char *row,
			const char *column, double value, double lo, double hi)
{
	size_t r = sheet_row(s, row), c = sheet_column(s, p, column, 0);

	p->value[r][c] = value;
	p->lo[r][c] = lo;
	p->hi[r][c] = hi;
	s->intervals |= !isnan(lo);
}

void sheet_put(struct sheet *s, struct panel *p, const char *row, const char *column,
	       double value)
{
	sheet_put_interval(s, p, row, column, value, NAN, NAN);
}

static void swap_values(double *a, double *b)
{
	double value = *a;

	*a = *b;
	*b = value;
}

static void swap_columns(struct panel *p, size_t a, size_t b)
{
	char name[AXIS_TEXT_MAX];

	memcpy(name, p->column[a], sizeof(name));
	memcpy(p->column[a], p->column[b], sizeof(name));
	memcpy(p->column[b], name, sizeof(name));
	for (size_t r = 0; r < SHEET_ROWS; r++) {
		swap_values(&p->value[r][a], &p->value[r][b]);
		swap_values(&p->lo[r][a], &p->lo[r][b]);
		swap_values(&p->hi[r][a], &p->hi[r][b]);
	}
	swap_values(&p->rank[a], &p->rank[b]);
	if (p->numeric)
		swap_values(&p->x[a], &p->x[b]);
}

void sheet_sort_columns(struct sheet *s)
{
	for (struct panel *p = s->panel; p < s->panel + s->panels; p++)
		for (size_t i = 1; i < p->columns; i++)
			for (size_t j = i; j && p->rank[j] < p->rank[j - 1]; j--)
				swap_columns(p, j, j - 1);
}

/* The last one known of a row; @p->columns when none is. */
static size_t last_column(const struct panel *p, size_t row)
{
	for (size_t c = p->columns; c; c--)
		if (!isnan(p->value[row][c - 1]))
			return c - 1;
	return p->columns;
}

static bool near(const struct sheet *s, size_t a, size_t b, double tolerance, double from)
{
	for (const struct panel *p = s->panel; p < s->panel + s->panels; p++) {
		size_t last = last_column(p, a);

		for (size_t c = 0; c < p->columns; c++) {
			double x = p->value[a][c], y = p->value[b][c];

			if (isnan(x) != isnan(y) || ((p->rank[c] >= from || c == last) &&
						     fabs(x - y) > tolerance * fabs(x)))
				return false;
		}
	}
	return true;
}

static void note_apart(const struct sheet *s, size_t a, size_t b, struct apart *apart)
{
	for (const struct panel *p = s->panel; p < s->panel + s->panels; p++)
		for (size_t c = 0; c < p->columns; c++) {
			double share = fabs(p->value[a][c] - p->value[b][c]) / p->value[a][c];

			if (!(share > apart->share))
				continue;
			apart->share = share;
			snprintf(apart->row, sizeof(apart->row), "%s", s->row[b]);
			snprintf(apart->column, sizeof(apart->column), "%s", p->column[c]);
		}
}

static void copy_row(struct sheet *s, size_t to, size_t from)
{
	memmove(s->row[to], s->row[from], SHEET_LABEL);
	for (size_t i = 0; i < s->panels; i++) {
		struct panel *p = &s->panel[i];

		memmove(p->value[to], p->value[from], sizeof(p->value[to]));
		memmove(p->lo[to], p->lo[from], sizeof(p->lo[to]));
		memmove(p->hi[to], p->hi[from], sizeof(p->hi[to]));
	}
}

bool sheet_merge(struct sheet *s, double tolerance, double from, struct apart *apart)
{
	size_t kept = 0, count = s->rows, j, n;
	char name[SHEET_LABEL];

	apart->share = 0;
	for (size_t r = 0; r < count; r++) {
		for (j = 0; j < kept && !near(s, j, r, tolerance, from); j++)
			;
		if (j == kept) {
			copy_row(s, kept++, r);
			continue;
		}
		note_apart(s, j, r, apart);
		n = strlen(s->row[j]);
		memcpy(name, s->row[r], sizeof(name));
		snprintf(s->row[j] + n, SHEET_LABEL - n, ", %s", name);
	}
	s->rows = kept;
	return kept < count;
}

static double last_value(const struct sheet *s, size_t row)
{
	size_t c = last_column(&s->panel[0], row);

	return c < s->panel[0].columns ? s->panel[0].value[row][c] : -INFINITY;
}

void sheet_sort_rows(struct sheet *s)
{
	const size_t spare = SHEET_ROWS - 1;

	if (s->rows > spare)
		return;
	for (size_t i = 1; i < s->rows; i++) {
		for (size_t j = i; j && last_value(s, j) > last_value(s, j - 1); j--) {
			copy_row(s, spare, j);
			copy_row(s, j, j - 1);
			copy_row(s, j - 1, spare);
		}
	}
}

size_t sheet_limits(const struct sheet *s, const struct panel *p, double *low,
		    double *high)
{
	size_t zeros = 0;

	*low = INFINITY;
	*high = 0;
	for (size_t i = 0; i < s->panels; i++) {
		const struct panel *q = &s->panel[i];

		if (strcmp(p->y_label, q->y_label))
			continue;
		for (size_t r = 0; r < s->rows; r++) {
			for (size_t c = 0; c < q->columns; c++) {
				double value = q->value[r][c];

				zeros += value == 0;
				if (!(value > 0))
					continue;
				*low = fmin(*low, fmin(value, q->lo[r][c]));
				*high = fmax(*high, fmax(value, q->hi[r][c]));
			}
		}
	}
	return zeros;
}

/* Is any of the row on this panel? */
static bool has_row(const struct panel *p, size_t r)
{
	for (size_t c = 0; c < p->columns; c++)
		if (!isnan(p->value[r][c]))
			return true;
	return false;
}

bool sheet_has_row(const struct sheet *s, size_t row)
{
	for (size_t i = 0; i < s->panels; i++)
		if (has_row(&s->panel[i], row))
			return true;
	return false;
}

/* 6 digits, as in summary.tsv. */
static void put_value(FILE *out, double value)
{
	if (isnan(value))
		fputs(" -", out);
	else
		fprintf(out, " %.6g", value);
}

static void write_row(FILE *out, const struct sheet *s, const struct panel *p,
		      size_t r, double *base)
{
	char text[NUMBER_MAX];

	for (size_t c = 0; c < p->columns; c++) {
		double value = p->value[r][c];

		fprintf(out, "%g %zu", p->x[c], r);
		put_value(out, value);
		fprintf(out, " \"%s\" \"%s\" %s", p->column[c], s->row[r],
			number_short(value, text));
		if (s->stacked) {
			put_value(out, isnan(value) ? NAN : base[c]);
			base[c] += isnan(value) ? 0 : value;
		}
		if (s->intervals) {
			put_value(out, p->lo[r][c]);
			put_value(out, p->hi[r][c]);
		}
		fputc('\n', out);
	}
	fputc('\n', out);
}

/* What stands on top of each stack; "-" where nothing was known. */
static void write_sums(FILE *out, const struct sheet *s, const struct panel *p,
		       const double *sum)
{
	char text[NUMBER_MAX];

	for (size_t c = 0; c < p->columns; c++) {
		bool known = false;

		for (size_t r = 0; r < s->rows; r++)
			known |= !isnan(p->value[r][c]);
		fprintf(out, "%g %zu %.6g \"%s\" \"sum\" %s -\n", p->x[c], s->rows,
			sum[c], p->column[c], number_short(known ? sum[c] : NAN, text));
	}
	fputc('\n', out);
}

void sheet_write(FILE *out, const struct sheet *s)
{
	fprintf(out, "# x, row, value, column, name of the row, value in short%s%s\n",
		s->stacked ? ", where it begins" : "",
		s->intervals ? ", its interval at level 0.95" : "");
	for (size_t i = 0; i < s->panels; i++) {
		const struct panel *p = &s->panel[i];
		double base[SHEET_COLUMNS] = { 0 };

		fprintf(out, "%s# %s; %s over %s\n", i ? "\n" : "", p->title, p->y_label,
			p->x_label);
		for (size_t r = 0; r < s->rows; r++)
			if (has_row(p, r))
				write_row(out, s, p, r, base);
		if (s->stacked)
			write_sums(out, s, p, base);
	}
}

static int name_width(const struct panel *p)
{
	size_t width = 0;

	for (size_t c = 0; c < p->columns; c++)
		if (strlen(p->column[c]) > width)
			width = strlen(p->column[c]);
	return width;
}

static int row_width(const struct sheet *s)
{
	size_t width = 0;

	for (size_t r = 0; r < s->rows; r++)
		if (strlen(s->row[r]) > width)
			width = strlen(s->row[r]);
	return width;
}

char sheet_letter(const struct sheet *s, size_t row)
{
	size_t before = 0;

	for (size_t r = 0; r < row; r++)
		before += sheet_has_row(s, r);
	return 'A' + before % 26;
}

/* A line for each column, a letter for each row. */
static void print_turned(FILE *out, const struct sheet *s, const struct panel *p)
{
	char text[NUMBER_MAX];
	int width = name_width(p);

	fprintf(out, "  %*s", width, "");
	for (size_t r = 0; r < s->rows; r++)
		if (has_row(p, r))
			fprintf(out, "  %6c", sheet_letter(s, r));
	for (size_t c = 0; c < p->columns; c++) {
		fprintf(out, "\n  %-*s", width, p->column[c]);
		for (size_t r = 0; r < s->rows; r++)
			if (has_row(p, r))
				fprintf(out, "  %6s", number_short(p->value[r][c], text));
	}
	fputc('\n', out);
}

static void print_straight(FILE *out, const struct sheet *s, const struct panel *p)
{
	int width = row_width(s), each = name_width(p) < 6 ? 6 : name_width(p);
	char text[NUMBER_MAX];

	fprintf(out, "  %*s", width, "");
	for (size_t c = 0; c < p->columns; c++)
		fprintf(out, "  %*s", each, p->column[c]);
	for (size_t r = 0; r < s->rows; r++) {
		if (!has_row(p, r))
			continue;
		fprintf(out, "\n  %-*s", width, s->row[r]);
		for (size_t c = 0; c < p->columns; c++)
			fprintf(out, "  %*s", each, number_short(p->value[r][c], text));
	}
	fputc('\n', out);
}

bool sheet_print(FILE *out, const struct sheet *s, int width)
{
	bool turn = false;

	for (size_t i = 0; i < s->panels; i++) {
		const struct panel *p = &s->panel[i];
		int each = name_width(p) < 6 ? 6 : name_width(p);

		turn |= 2 + row_width(s) + (int)p->columns * (2 + each) > width;
	}
	for (size_t i = 0; i < s->panels; i++) {
		const struct panel *p = &s->panel[i];

		fprintf(out, "\n%s%s%s, over %s\n", p->title, *p->title ? ": " : "",
			p->y_label, p->x_label);
		if (turn)
			print_turned(out, s, p);
		else
			print_straight(out, s, p);
	}
	return turn;
}

void sheet_note(struct sheet *s, const char *fmt, ...)
{
	size_t n = strlen(s->caption), size = sizeof(s->caption);
	va_list args;
	int length;

	if (n && n + 1 < size)
		s->caption[n++] = ' ';
	va_start(args, fmt);
	length = vsnprintf(s->caption + n, size - n, fmt, args);
	va_end(args);
	if (length >= (int)(size - n))
		memcpy(s->caption + size - 4, "...", 4);
}

/* Who shares a line is shown by the first: where that may be the baseline, it is. */
static void put_baseline_first(struct sheet *s)
{
	const size_t spare = SHEET_ROWS - 1;
	size_t at = 0;

	while (at < s->rows && strcmp(s->row[at], STRATEGY_BASELINE))
		at++;
	if (at >= s->rows || s->rows > spare)
		return;
	copy_row(s, spare, at);
	for (; at; at--)
		copy_row(s, at, at - 1);
	copy_row(s, 0, spare);
}

/* Lines that are about the same become one. */
static void merge_lines(struct sheet *s, bool over_pages)
{
	double same = s->rows > FEW_LINES ? SAME_LINE : COVERED;
	struct apart apart;

	put_baseline_first(s);
	if (sheet_merge(s, same, over_pages ? SAME_FROM : 0, &apart))
		sheet_note(s, over_pages ?
			     "Strategies within %.0f %% of the first one named, at the longest "
			     "range and from %d pages on, share its line." :
			     "Strategies within %.0f %% of the first one named at every "
			     "point share its line.", same * 100, SAME_FROM);
	if (apart.share > same)
		sheet_note(s, "Furthest from its line on shorter ranges: %s, %.0f %% at %s "
			     "page%s.", apart.row, apart.share * 100, apart.column,
			     strcmp(apart.column, "1") ? "s" : "");
}

void sheet_lines(struct sheet *s, bool over_pages)
{
	size_t zeros = 0;
	double low, high;

	merge_lines(s, over_pages);
	sheet_sort_rows(s);
	s->entries = s->rows;
	for (size_t i = 0; i < s->panels && !zeros; i++)
		zeros = sheet_limits(s, &s->panel[i], &low, &high);
	if (zeros)
		sheet_note(s, "Values of 0 lie below a logarithmic axis: %zu are not "
			     "drawn.", zeros);
}

static void write_marks(FILE *out, const struct sheet *s, size_t panel, size_t row)
{
	size_t written = 0;

	for (size_t i = 0; i < s->marks.count; i++) {
		const struct mark *m = &s->marks.mark[i];

		if (m->panel != panel || m->row != row)
			continue;
		fprintf(out, "%.8g %zu %.6g %.6g %.8g %.6g \"%s\"\n", m->x, row, m->y,
			m->weight, m->x_to, m->y_to, s->row[row]);
		written++;
	}
	if (written)
		fputc('\n', out);
}

void sheet_write_marks(FILE *out, const struct sheet *s, const char *weight)
{
	fprintf(out, "# x, row, y, %s, x and y where it ends, name of the row\n", weight);
	for (size_t i = 0; i < s->panels; i++) {
		fprintf(out, "%s# %s\n", i ? "\n" : "", s->panel[i].title);
		for (size_t r = 0; r < s->rows; r++)
			write_marks(out, s, i, r);
	}
}

void sheet_free(struct sheet *s)
{
	if (s)
		marks_free(&s->marks);
	free(s);
}
