// SPDX-License-Identifier: GPL-3.0-or-later
/* On what, with what and of what the run was made, and how to make it again. */
#include <errno.h>
#include <inttypes.h>
#include <jansson.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "record/folder.h"
#include "report/data/rerun.h"
#include "report/write/html.h"
#include "page_parts.h"

#define LOG_MAX		(512 * 1024)	/* bytes of the kernel's log; its end is kept */

static void put_number(FILE *out, const char *key, json_int_t value)
{
	if (!strcmp(key, "memory_bytes") && value >= 1 << 20)
		html_put(out, "%.3g GiB (%zu bytes)", value / 1073741824., (size_t)value);
	else
		html_put(out, "%zu", (size_t)value);
}

/* "a: b; c: d" a line each: mitigations have dozens. */
static void put_list(FILE *out, const char *text)
{
	const char *end;

	fputs("<ul class=\"keys\">\n", out);
	for (; *text; text = end + strspn(end, "; ")) {
		end = strstr(text, "; ");
		if (!end)
			end = text + strlen(text);
		fputs("<li>", out);
		html_bytes(out, text, end - text);
		fputs("</li>\n", out);
	}
	fputs("</ul>\n", out);
}

static void put_text(FILE *out, const char *key, const char *text)
{
	if (!strcmp(key, "hwloc_xml")) {
		html_put(out, "<details><summary>Topology, as hwloc wrote it</summary>\n"
			 "<pre tabindex=\"0\">%s</pre></details>", text);
	} else if (!strcmp(key, "mitigations")) {
		fputs("<details><summary>As the kernel lists them</summary>\n", out);
		put_list(out, text);
		fputs("</details>", out);
	} else {
		html_put(out, "%s", text);
	}
}

static void put_value(FILE *out, const char *key, json_t *value)
{
	char *text;

	if (json_is_null(value)) {
		fputs("-", out);
	} else if (json_is_integer(value) && json_integer_value(value) >= 0) {
		put_number(out, key, json_integer_value(value));
	} else if (json_is_string(value)) {
		put_text(out, key, json_string_value(value));
	} else {
		text = json_dumps(value, JSON_ENCODE_ANY);
		html_put(out, "%s", text);
		free(text);
	}
}

/* The rest of a file, folded: the summary stands already. */
static void put_file(FILE *out, FILE *in)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t n;

	fputs("<pre tabindex=\"0\">", out);
	while ((n = getline(&line, &room, in)) > 0)
		html_bytes(out, line, n);
	fputs("</pre></details>", out);
	free(line);
}

/* run.json is the guest's, which does not know that it is modelled. */
static void put_machine(FILE *out, const struct dataset *data)
{
	char path[PATH_MAX];
	struct stat of;
	FILE *in;

	if (!*data->machine)
		return;
	html_put(out, "<tr><th scope=\"row\">modelled machine</th><td class=\"text\">%s",
		 data->machine);
	folder_file(path, data->folder, FOLDER_MACHINE);
	in = !stat(path, &of) && S_ISREG(of.st_mode) && of.st_size ? fopen(path, "re") : NULL;
	if (in) {
		fputs("<details><summary>Its numbers, and where they are from</summary>\n", out);
		put_file(out, in);
		fclose(in);
	}
	fputs("</td></tr>\n", out);
}

/* All that run.json has, not only what this program knows of. */
void page_environment(struct page *page)
{
	FILE *out = page->out;
	const char *key;
	json_t *value;

	page_section(out, "environment", "Environment");
	fputs("<table class=\"facts\">\n<tbody>\n", out);
	json_object_foreach(page->data->info.all, key, value) {
		html_put(out, "<tr><th scope=\"row\">%s</th><td class=\"text\">", key);
		put_value(out, key, value);
		fputs("</td></tr>\n", out);
	}
	put_machine(out, page->data);
	fputs("</tbody>\n</table>\n</section>\n", out);
}

/* From the last LOG_MAX bytes on, at the start of a line. */
static size_t skip_to_end(FILE *in, size_t size)
{
	int c = 0;

	if (size <= LOG_MAX)
		return 0;
	if (fseek(in, size - LOG_MAX, SEEK_SET))
		return 0;
	while (c != '\n' && c != EOF)
		c = getc(in);
	return ftell(in);
}

static void put_log(FILE *out, FILE *in)
{
	size_t size, skipped;

	fseek(in, 0, SEEK_END);
	size = ftell(in);
	rewind(in);
	skipped = skip_to_end(in, size);
	html_put(out, "<details><summary>%zu KiB, boot by boot</summary>\n",
		 (size + 1023) / 1024);
	if (skipped)
		html_put(out, "<p>The first %zu bytes are in dmesg.txt alone.</p>\n", skipped);
	put_file(out, in);
	fputc('\n', out);
}

void page_log(struct page *page)
{
	char path[PATH_MAX];
	FILE *in;

	page_section(page->out, "log", "Kernel log");
	in = fopen(folder_file(path, page->data->folder, FOLDER_LOG), "re");
	if (in) {
		put_log(page->out, in);
		fclose(in);
	} else {
		html_put(page->out, "<p>%s: %s.</p>\n", FOLDER_LOG, strerror(errno));
	}
	fputs("</section>\n", page->out);
}

static void put_row(FILE *out, const char *name, const char *value)
{
	html_put(out, "<tr><th scope=\"row\">%s</th><td class=\"text\">%s</td></tr>\n", name,
		 value);
}

static void put_commands(FILE *out, const struct dataset *data)
{
	const struct run_info *info = &data->info;
	struct reason command;

	rerun_command(data, "again", &command);
	fputs("<pre class=\"commands\" tabindex=\"0\">", out);
	if (rerun_revision(info))
		html_put(out, "git checkout %s\n", rerun_revision(info));
	html_put(out, "%s\nhmmreport page again</pre>\n", command.text);
}

static void put_caution(FILE *out, const struct run_info *info)
{
	if (rerun_own_matrix(info))
		html_put(out, "<p>FILE is a matrix that is not among those of hmmbench: the run "
			 "has its name, %s, and its sha256.</p>\n", info->matrix);
	if (!info->git)
		fputs("<p>Which revision of hmmbench made the run is not known.</p>\n", out);
	else if (!rerun_revision(info))
		html_put(out, "<p>The run was made by a tree of hmmbench that no revision holds "
			 "(%s), so that it cannot be made again exactly.</p>\n", info->git);
	else if (info->clock->exact)
		fputs("<p>On the insn clock the same build gives the same bytes of "
		      "samples.jsonl; another compiler, library or QEMU gives other times and "
		      "the same counts.</p>\n", out);
	else
		fputs("<p>On the wall clock only the order and the contents are the same again; "
		      "times are the machine's.</p>\n", out);
}

void page_provenance(struct page *page)
{
	const struct run_info *info = &page->data->info;
	FILE *out = page->out;
	char seed[24];

	snprintf(seed, sizeof(seed), "%" PRIu64, info->seed);
	page_section(out, "provenance", "Provenance");
	fputs("<table class=\"facts\">\n<tbody>\n", out);
	put_row(out, "hmmbench, git", info->git);
	put_row(out, "matrix", info->matrix);
	put_row(out, "its sha256", info->matrix_sha256);
	put_row(out, "seed", seed);
	put_row(out, "kernel config, sha256", info->kernel_config_sha256);
	put_row(out, "started", info->started);
	fputs("</tbody>\n</table>\n<h3>To make the run again</h3>\n", out);
	put_commands(out, page->data);
	put_caution(out, info);
	fputs("</section>\n", out);
}
