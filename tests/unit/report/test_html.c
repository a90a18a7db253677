// SPDX-License-Identifier: GPL-3.0-or-later
/* What gets into a page from data: text that holds markup, bytes. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "report/write/html.h"

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

static void check_number(double number, int digits, const char *wanted)
{
	FILE *out = begin();

	html_number(out, number, digits);
	expect(out, wanted);
}

#define THIN "\xE2\x80\xAF"

static void test_numbers(void **state)
{
	(void)state;
	check_number(9999, 1, "9999");
	check_number(16384, 1, "<data value=\"16384\">16" THIN "384</data>");
	check_number(1048576, 1, "<data value=\"1048576\">1" THIN "048" THIN "576</data>");
	check_number(123456.78, 1, "<data value=\"123457\">123" THIN "457</data>");
	check_number(12.25, 1, "12.2");
	check_number(12, 1, "12");
	check_number(-23456, 0, "<data value=\"-23456\">-23" THIN "456</data>");
	check_number(-123456, 0, "<data value=\"-123456\">-123" THIN "456</data>");
	check_number(NAN, 1, "-");
}

static void check_base64(const char *bytes, const char *wanted)
{
	FILE *out = begin();

	html_base64(out, bytes, strlen(bytes));
	expect(out, wanted);
}

/* Of RFC 4648, 10. */
static void test_base64(void **state)
{
	(void)state;
	check_base64("", "");
	check_base64("f", "Zg==");
	check_base64("fo", "Zm8=");
	check_base64("foo", "Zm9v");
	check_base64("foob", "Zm9vYg==");
	check_base64("\xff\xfb\xbf", "//u/");
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
		cmocka_unit_test(test_numbers), cmocka_unit_test(test_base64),
	};

	return cmocka_run_group_tests(tests, NULL, forget);
}
