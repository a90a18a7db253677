// SPDX-License-Identifier: GPL-3.0-or-later
#include "script.h"

#include <errno.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "report/write/number.h"
#include "report/write/plain.h"

#define MARGIN		6	/* of its legend */
#define CAPTION_WIDTH	128	/* characters of the caption that a picture holds */
#define AXES_WIDTH	100	/* of the line of axes */
#define LONG_NAME	12	/* of a column */

/* What was asked for; else what is installed with the program; else where it was built. */
static const char *plots_folder(void)
{
	static char installed[PATH_MAX + 32];
	const char *folder = getenv("HMMBENCH_PLOTS");
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);

	if (folder && access(folder, R_OK))
		err_exit(EXIT_UNKNOWN, "HMMBENCH_PLOTS=%s: %s", folder, strerror(errno));
	if (folder)
		return folder;
	self[n > 0 ? n : 0] = 0;
	snprintf(installed, sizeof(installed), "%.*s/../share/hmmbench/plots",
		 (int)(strrchr(self, '/') ? strrchr(self, '/') - self : 0), self);
	return access(installed, R_OK) ? HMMBENCH_PLOTS_DIR : installed;
}

/* A string of gnuplot's: in the name of a kernel, say, _ would be markup. */
static void put_text(FILE *out, const char *text, size_t n, int enhanced)
{
	fputc('\'', out);
	for (; n; n--, text++) {
		if (*text == '\'')
			fputc('\'', out);
		else if (enhanced && strchr("{}^_@&~\\", *text))
			fputc('\\', out);
		fputc(*text, out);
	}
	fputc('\'', out);
}

static void put_line(FILE *out, const char *what, const char *text, int enhanced)
{
	fputs(what, out);
	put_text(out, text, strlen(text), enhanced);
	fputc('\n', out);
}

/* To gnuplot what begins with < or | is a command, and with ~ a home. */
static void put_path(FILE *out, const char *what, const char *path)
{
	char text[PATH_MAX + 2];

	snprintf(text, sizeof(text), "%s%s", *path == '/' ? "" : "./", path);
	put_line(out, what, text, 0);
}

/* Text as a string of several lines; returns how many it has. */
static int put_lines(FILE *out, const char *what, const char *text, size_t width)
{
	int lines = 0;
	size_t n;

	fputs(what, out);
	for (; (n = plain_line(&text, width)); text += n) {
		if (lines++)
			fputs(".\"\\n\".", out);
		put_text(out, text, n, 1);
	}
	fputs(lines ? "\n" : "''\n", out);
	return lines;
}

static void machine_line(const struct picture *p, char *text, size_t size)
{
	const struct run_info *info = &p->data->info;

	snprintf(text, size, "Linux %s, %s%s", info->kernel ? info->kernel : "-",
		 info->clock->exact ?
		 "insn clock: guest instructions of the whole machine" : "wall clock",
		 dataset_doubt(p->data));
}

/* At least a factor of 3, so that a small difference never looks like a large one. */
static void put_range(FILE *out, double low, double high)
{
	double room = high / low * 1.25 * 1.25 < 3 ? sqrt(3 * low / high) : 1.25;

	fprintf(out, "ylow[panel] = %.6g\nyhigh[panel] = %.6g\n", low / room,
		high * room);
}

/* A panel may span much less than a power of ten, or many. */
static void put_tics(FILE *out, const char *name, double low, double high)
{
	static const double few[] = { 1 }, some[] = { 1, 2, 5 };
	static const double many[] = { 1, 1.5, 2, 3, 4, 5, 7 };
	const double *step = high / low < 5 ? many : high / low < 1e4 ? some : few;
	size_t steps = step == many ? 7 : step == some ? 3 : 1;
	char text[NUMBER_MAX];
	int n = 0;

	fprintf(out, "%s = '", name);
	for (int e = -7; e <= 15; e++)
		for (size_t i = 0; i < steps; i++) {
			double value = step[i] * pow(10, e);

			fprintf(out, "%s\"%s\" %g", n++ ? ", " : "",
				number_short(value, text), value);
		}
	fputs("'\n", out);
}

/* Where a long name, such as "writers:2:100us:16", goes on on the next line. */
static const char *break_of(const char *name)
{
	const char *middle = name + strlen(name) / 2, *best = NULL;

	if (strlen(name) <= LONG_NAME || strchr(name, ' '))
		return NULL;
	for (const char *s = name; *s; s++)
		if (strchr(":-_", *s) && s[1] &&
		    (!best || labs(s - middle) < labs(best - middle)))
			best = s;
	return best;
}

/* Says also how many characters wide the widest line of them is. */
static void put_column_tics(FILE *out, const struct panel *p)
{
	long widest = 0;

	fputs("xtics[panel] = '", out);
	for (size_t c = 0; c < p->columns; c++) {
		const char *begin = p->column[c], *half = break_of(begin);

		fprintf(out, "%s\"", c ? ", " : "");
		for (const char *s = begin; *s; s++) {
			fprintf(out, *s == '\'' ? "''" : "%c", *s);
			widest = s + 1 - begin > widest ? s + 1 - begin : widest;
			if (s == half) {
				fputs("\\n", out);
				begin = s + 1;
			}
		}
		fprintf(out, "\" %g", p->x[c]);
	}
	fprintf(out, "'\nwide[panel] = %ld\n", widest);
}

/* How many columns there were if all stood as near to each other as the nearest do. */
static size_t crowd(const struct panel *p)
{
	double least = INFINITY;

	for (size_t c = 1; p->numeric && c < p->columns; c++)
		least = fmin(least, log(p->x[c] / p->x[c - 1]));
	if (!(least > 0) || isinf(least))
		return p->columns;
	return 1 + (size_t)(log(p->x[p->columns - 1] / p->x[0]) / least + 0.5);
}

static void put_panel(FILE *out, const struct sheet *s, size_t i)
{
	const struct panel *p = &s->panel[i];
	double low, high;

	sheet_limits(s, p, &low, &high);
	if (!(high > 0)) {	/* only zeros: any axis will do */
		low = 1;
		high = 1;
	}
	fprintf(out, "panel = %zu\ncolumns[panel] = %zu\n", i + 1, crowd(p));
	put_line(out, "heading[panel] = ", p->title, 1);
	put_line(out, "xname[panel] = ", p->x_label, 1);
	put_line(out, "yname[panel] = ", p->y_label, 1);
	put_column_tics(out, p);
	fprintf(out, "xlow[panel] = %g\nxhigh[panel] = %g\nnumeric[panel] = %d\n",
		p->x[0], p->x[p->columns - 1], p->numeric);
	fprintf(out, "lined[panel] = %g\n", p->loose < p->columns ?
		p->x[p->columns - 1 - p->loose] : p->x[0] - 1);
	fprintf(out, "least[panel] = %.6g\nmost[panel] = %.6g\n", low, high);
	put_range(out, low, high);
	put_tics(out, "ytics[panel]", low, high);
}

/* Marks have one scale in all panels; tics are for a logarithmic one. */
static void put_marks(FILE *out, const struct marks *marks)
{
	struct marks_limits l = marks_limits(marks);

	if (!marks->count)
		return;
	fprintf(out, "mark_x_low = %.8g\nmark_x_high = %.8g\n", l.x_low, l.x_high);
	fprintf(out, "mark_y_low = %.8g\nmark_y_high = %.8g\n", l.y_low, l.y_high);
	fprintf(out, "mark_most = %g\n", l.weight_high);
	put_tics(out, "mark_x_tics", l.x_low, l.x_high);
	put_tics(out, "mark_y_tics", l.y_low, l.y_high);
}

static void put_sheet(FILE *out, const struct sheet *s)
{
	static const char *const arrays[] = {
		"heading", "xname", "yname", "xtics", "ytics", "xlow", "xhigh", "ylow",
		"yhigh", "least", "most", "numeric", "columns", "wide",
		"lined",
	};

	fprintf(out, "panels = %zu\nrows = %zu\narray name[%zu]\n", s->panels, s->rows,
		s->rows);
	for (size_t r = 0; r < s->rows; r++) {
		fprintf(out, "name[%zu] = ", r + 1);
		put_line(out, "", s->row[r], 0);
	}
	for (size_t i = 0; i < sizeof(arrays) / sizeof(*arrays); i++)
		fprintf(out, "array %s[%zu]\n", arrays[i], s->panels);
	for (size_t i = 0; i < s->panels; i++)
		put_panel(out, s, i);
}

void script_write(FILE *out, const struct figure *f, const struct picture *p,
		  const struct sheet *s, const char *base, const char *kind)
{
	char text[PATH_MAX];

	put_line(out, "kind = ", kind, 0);
	snprintf(text, sizeof(text), "%s.%s.new", base, kind);
	put_path(out, "out = ", text);
	snprintf(text, sizeof(text), "%s.dat.new", base);
	put_path(out, "data = ", text);
	put_line(out, "title = ", f->title, 1);
	put_line(out, "unit = ", picture_unit(p), 1);
	machine_line(p, text, sizeof(text));
	put_line(out, "machine = ", text, 1);
	fprintf(out, "heads = %d\n", 2 + put_lines(out, "axes = ", p->axes, AXES_WIDTH));
	fprintf(out, "emulated = %d\n", dataset_emulated(p->data) != EMULATED_NO);
	fprintf(out, "intervals = %d\n", s->intervals);
	fprintf(out, "notes = %d\n", put_lines(out, "caption = ", s->caption, CAPTION_WIDTH));
	fprintf(out, "entries = %zu\n", s->entries);
	put_sheet(out, s);
	put_marks(out, &s->marks);
	snprintf(text, sizeof(text), "%s/style.gp", plots_folder());
	put_path(out, "style = ", text);
	snprintf(text, sizeof(text), "%s/%s.gp", plots_folder(), f->template);
	put_path(out, "load ", text);
	/* The size of a letter is known when all is drawn, and tiny where there is no font. */
	fputs("if (kind eq 'png' && exists('GPVAL_TERM_HCHAR') && GPVAL_TERM_HCHAR < 100) {\n"
	      "printerr 'no font is installed, and it has no letters; install "
	      "fonts-dejavu-core'\nexit status 77\n}\n", out);
}

/* Lines of text, the first of them with @letter before it where there is one. */
static void print_lines(FILE *out, char letter, const char *text)
{
	int margin = letter ? MARGIN : 0;
	size_t n;

	for (; (n = plain_line(&text, PLAIN_WIDTH - margin)); text += n) {
		if (letter)
			fprintf(out, "%*c%*s", MARGIN / 2 + 1, letter, MARGIN / 2 - 1, "");
		fprintf(out, "%.*s\n", (int)n, text);
		letter = letter ? ' ' : 0;
	}
}

static void print_legend(FILE *out, const struct sheet *s, bool letters)
{
	for (size_t i = 0; letters && i < s->rows; i++)
		if (sheet_has_row(s, i))
			print_lines(out, sheet_letter(s, i), s->row[i]);
	if (*s->caption)
		fputc('\n', out);
	print_lines(out, ' ', s->caption);
}

void script_text(FILE *out, const struct figure *f, const struct picture *p,
		 const struct sheet *s)
{
	char text[512];
	bool letters = false;

	machine_line(p, text, sizeof(text));
	print_lines(out, 0, f->title);
	print_lines(out, 0, text);
	print_lines(out, 0, p->axes);
	if (f->text)
		f->text(out, s);
	else
		letters = sheet_print(out, s, PLAIN_WIDTH);
	if (letters)
		fputc('\n', out);
	print_legend(out, s, letters);
}
