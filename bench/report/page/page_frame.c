// SPDX-License-Identifier: GPL-3.0-or-later
/* What is around the parts: head, navigation, section ends, foot. */
#include <sha2.h>
#include <string.h>

#include "report/write/html.h"
#include "page_parts.h"
#include "version.h"

/* For XML, in which a script may hold no "<": an HTML reader sees comments. */
#define SCRIPT_BEGIN	"//<![CDATA[\n"
#define SCRIPT_END	"//]]>\n"

static const struct {
	const char *id, *name;
} places[] = {
	{ "glance", "At a glance" }, { "figures", "Figures" }, { "cells", "All cells" },
	{ "problems", "No result" }, { "environment", "Environment" },
	{ "log", "Kernel log" }, { "provenance", "Provenance" },
};

/* Nothing is fetched, and no script runs but the page's own, whatever the data say. */
static void put_policy(FILE *out)
{
	uint8_t digest[SHA256_DIGEST_LENGTH];
	SHA2_CTX sha;

	SHA256Init(&sha);
	SHA256Update(&sha, (const uint8_t *)SCRIPT_BEGIN, strlen(SCRIPT_BEGIN));
	SHA256Update(&sha, (const uint8_t *)page_script, strlen(page_script));
	SHA256Update(&sha, (const uint8_t *)SCRIPT_END, strlen(SCRIPT_END));
	SHA256Final(digest, &sha);
	fputs("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
	      "style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
	      "form-action 'none'; script-src 'sha256-", out);
	html_base64(out, digest, sizeof(digest));
	fputs("'\"/>\n", out);
}

void page_head(struct page *page)
{
	const struct run_info *info = &page->data->info;
	FILE *out = page->out;

	fputs("<!DOCTYPE html>\n<html lang=\"en\" xmlns=\"http://www.w3.org/1999/xhtml\">\n"
	      "<head>\n<meta charset=\"utf-8\"/>\n", out);
	put_policy(out);
	fputs("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
	      "<meta name=\"color-scheme\" content=\"light dark\"/>\n", out);
	html_put(out, "<title>hmmbench: %s, Linux %s, %s clock</title>\n", info->matrix,
		 info->kernel, page->clock);
	html_put(out, "<meta name=\"generator\" content=\"hmmreport %s\"/>\n",
		 HMMBENCH_VERSION);
	fprintf(out, "<style>\n/*<![CDATA[*/\n%s/*]]>*/\n</style>\n</head>\n<body>\n",
		page_style);
	fputs("<nav aria-label=\"Sections\"><a class=\"brand\" href=\"#verdict\">hmmbench"
	      "</a>\n", out);
	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++)
		html_put(out, "<a href=\"#%s\">%s</a>\n", places[i].id, places[i].name);
	fputs("</nav>\n<main>\n", out);
}

void page_section(FILE *out, const char *id, const char *title)
{
	html_put(out, "<section id=\"%s\">\n<h2>%s</h2>\n", id, title);
}

void page_tag(const struct page *page)
{
	if (page->emulated)
		html_put(page->out, "<p class=\"tag\">%s: no evidence</p>\n",
			 page->emulated == EMULATED_YES ? "Emulated" :
			 "Not known whether emulated");
}

void page_foot(struct page *page)
{
	html_put(page->out, "</main>\n<footer>Made by hmmreport %s from run.json, "
		 "samples.jsonl and what lay beside them. It fetches nothing.</footer>\n",
		 HMMBENCH_VERSION);
	fprintf(page->out, "<script>" SCRIPT_BEGIN "%s" SCRIPT_END "</script>\n</body>\n"
		"</html>\n", page_script);
}
