// SPDX-License-Identifier: GPL-2.0-or-later
#include "kmsg.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define KMSG_RECORD_MAX	8192	/* longest record that the kernel gives */

static const char *const complaints[] = {
#include "complaints.inc"
};

static const char overran[] = "the kernel log overran: complaints may be lost";

int kmsg_complaint(const char *line)
{
	/* What the processor is guilty of, the kernel cannot help. */
	if (strstr(line, "hw-vuln"))
		return 0;
	for (size_t i = 0; i < sizeof(complaints) / sizeof(*complaints); i++)
		if (strstr(line, complaints[i]))
			return 1;
	return 0;
}

int kmsg_open(bool whole)
{
	int fd = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);

	if (fd >= 0 && !whole)
		lseek(fd, 0, SEEK_END);
	return fd < 0 ? -errno : fd;
}

/* The kernel's own are of facility 0; a program that writes there is given another. */
static bool is_kernels(const char *record)
{
	return !(strtoul(record, NULL, 10) >> 3);
}

/*
 * "level,seq,usec,flags;text\n key=value\n": the text is what people read, and
 * the time stands before it as dmesg shows it.
 */
static char *record_text(char *record, unsigned long long *usec)
{
	char *text = strchr(record, ';');
	char *comma = strchr(record, ',');

	*usec = 0;
	if (!text)
		return record;
	if (comma)
		comma = strchr(comma + 1, ',');
	if (comma)
		*usec = strtoull(comma + 1, NULL, 10);
	text++;
	text[strcspn(text, "\n")] = 0;
	return text;
}

int kmsg_drain(int fd, FILE *copy, char *first, size_t first_size)
{
	char record[KMSG_RECORD_MAX + 1];
	unsigned long long usec;
	int found = 0;
	ssize_t n;

	first[0] = 0;
	for (;;) {
		n = read(fd, record, KMSG_RECORD_MAX);
		if (n < 0 && errno == EPIPE) {	/* overwritten before we came */
			fprintf(copy, "%s\n", overran);
			if (!found++)
				snprintf(first, first_size, "%s", overran);
			continue;
		}
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EAGAIN)
			break;
		if (n < 0)
			return -errno;
		if (!n)
			break;
		record[n] = 0;

		char *text = record_text(record, &usec);

		fprintf(copy, "[%5llu.%06llu] %s\n", usec / 1000000,
			usec % 1000000, text);
		if (is_kernels(record) && kmsg_complaint(text) && !found++)
			snprintf(first, first_size, "%s", text);
	}
	return fflush(copy) ? -errno : found;
}

void kmsg_again(void)
{
	FILE *out = fopen("/sys/kernel/debug/clear_warn_once", "we");

	if (out) {
		fputs("1", out);
		fclose(out);
	}
}
