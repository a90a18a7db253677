// SPDX-License-Identifier: GPL-3.0-or-later
/* What gets into a page from data: text and pictures that hold markup. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../../bench/report/html.h"
#include "../../../bench/report/svg.h"

static char *text;
static size_t size;

static FILE *begin(void)
{
	free(text);
	text = NULL;
	return open_memstream(&text, &size);
}

static void expect(FILE *out, const char *wanted)
{
	fclose(out);
	assert_string_equal(text, wanted);
}

static void test_escapes(void **state)
{
	const char *volatile nothing = NULL;	/* or the compiler sees that it is */
	FILE *out = begin();

	(void)state;
	html_put(out, "<td class=\"%s\">%s%%</td> %zu %d %.2g|%5.1g|%s", "\"><i>",
		 "<script>'&</script>", (size_t)7, -3, 0.5, 20., nothing);
	expect(out, "<td class=\"&quot;&gt;&lt;i&gt;\">&lt;script&gt;&#39;&amp;&lt;/script&gt;%"
	       "</td> 7 -3 0.5|2e+01|-");
}

static void check_bytes(const char *bytes, size_t n, const char *wanted)
{
	FILE *out = begin();

	html_bytes(out, bytes, n);
	expect(out, wanted);
}

#define LOST "\xEF\xBF\xBD"
#define BYTES(string, wanted)	check_bytes(string, sizeof(string) - 1, wanted)

static void test_bytes(void **state)
{
	(void)state;
	BYTES("a\tb\r\n", "a\tb\n");
	BYTES("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80", "\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
	BYTES("a\0b\x1B[1m\x7F", "a" LOST "b" LOST "[1m" LOST);
	BYTES("\xFF<", LOST "&lt;");
	BYTES("\xC3", LOST);				/* cut off */
	BYTES("\xC0\xBC", LOST LOST);			/* "<" in two bytes */
	BYTES("\xE0\x80\xBC", LOST LOST LOST);		/* "<" in three */
	BYTES("\xED\xA0\x80", LOST LOST LOST);		/* half of a pair */
	BYTES("\xF4\x90\x80\x80", LOST LOST LOST LOST);	/* beyond Unicode */
	BYTES("\xC2\x85\xEF\xBF\xBF", LOST LOST);	/* of no use in HTML, or in XML */
}

static void check_number(const char *number, int digits, const char *wanted)
{
	FILE *out = begin();

	html_number(out, number, digits);
	expect(out, wanted);
}

#define THIN "\xE2\x80\xAF"

static void test_numbers(void **state)
{
	(void)state;
	check_number("9999", 1, "9999");
	check_number("16384", 1, "16" THIN "384");
	check_number("1048576", 1, "1" THIN "048" THIN "576");
	check_number("123456.78", 1, "123" THIN "457");
	check_number("12.25", 1, "12.2");
	check_number("-23456", 0, "-23" THIN "456");
	check_number("-123456", 0, "-123" THIN "456");
	check_number("-", 1, "-");
	check_number("nan", 1, "nan");
	check_number("step:<64>", 1, "step:&lt;64&gt;");
}

/* Draws @svg into a page. Return: as svg_inline(). */
static int draw(const char *svg, struct reason *why)
{
	char path[] = "/tmp/hmmbench-svg.XXXXXX";
	int fd = mkstemp(path), ret;
	FILE *out = begin();

	assert_int_equal(write(fd, svg, strlen(svg)), strlen(svg));
	close(fd);
	ret = svg_inline(out, path, "f1-", "what \"it\" shows", why);
	fclose(out);
	unlink(path);
	return ret;
}

static void test_picture(void **state)
{
	struct reason why;

	(void)state;
	assert_int_equal(draw("<?xml version=\"1.0\"?>\n<svg width=\"9\" height=\"9\" "
			      "viewBox=\"0 0 9 9\" xmlns=\"http://www.w3.org/2000/svg\">\n"
			      "<title>Gnuplot</title><desc>by <g/>it</desc>\n"
			      "<defs>\n<circle id='p' r='1'/></defs>"
			      "<use xlink:href='#p' color='#FF0000' clip-path='url(#p)'/>"
			      "<text><tspan xml:space='preserve'>a &lt;b&gt; &amp;</tspan> c"
			      "</text>\n</svg>\n", &why), 0);
	assert_string_equal(text, "<svg viewBox=\"0 0 9 9\" "
			    "xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" "
			    "aria-label=\"what &quot;it&quot; shows\">"
			    "<defs><circle id=\"f1-p\" r=\"1\"/></defs>"
			    "<use xlink:href=\"#f1-p\" color=\"#FF0000\" "
			    "clip-path=\"url(#f1-p)\"/>"
			    "<text><tspan xml:space=\"preserve\">a &lt;b&gt; &amp;</tspan> c"
			    "</text></svg>");
}

static void check_refused(const char *inside, const char *what)
{
	char svg[512];
	struct reason why;

	snprintf(svg, sizeof(svg), "<svg>\n%s</svg>", inside);
	assert_true(draw(svg, &why) < 0);
	assert_int_equal(size, 0);
	assert_non_null(strstr(why.text, "/tmp/hmmbench-svg."));
	if (!strstr(why.text, what))
		fail_msg("'%s' does not say '%s'", why.text, what);
}

static void test_refused(void **state)
{
	struct reason why;

	(void)state;
	check_refused("<script>1</script>", ":2: element 'script'");
	check_refused("<foreignObject/>", "element 'foreignObject'");
	check_refused("<style>*{}</style>", "element 'style'");
	check_refused("<g onclick='1'/>", "attribute 'onclick'");
	check_refused("<g OnLoad='1'/>", "attribute 'OnLoad'");
	check_refused("<use href='x.svg#p'/>", "link 'x.svg#p'");
	check_refused("<image xlink:href='http://a/b.png'/>", "link 'http://a/b.png'");
	check_refused("<image href='data:image/svg+xml,x'/>", "link 'data:image/svg+xml,x'");
	check_refused("<g style='fill:url(#p) URL(//a)'/>", "link 'fill");
	check_refused("<g>", "mismatched tag");
	assert_true(draw("<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>", &why) < 0);
	assert_non_null(strstr(why.text, "document type 'svg'"));
	assert_true(draw("<html/>", &why) < 0);
	assert_non_null(strstr(why.text, "element 'html'"));
	assert_true(svg_inline(stderr, "/nowhere/a.svg", "", "", &why) < 0);
	assert_string_equal(why.text, "/nowhere/a.svg: No such file or directory");
}

static int forget(void **state)
{
	(void)state;
	free(text);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_escapes), cmocka_unit_test(test_bytes),
		cmocka_unit_test(test_numbers), cmocka_unit_test(test_picture),
		cmocka_unit_test(test_refused),
	};

	return cmocka_run_group_tests(tests, NULL, forget);
}
