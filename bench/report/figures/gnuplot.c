// SPDX-License-Identifier: GPL-3.0-or-later
#include "gnuplot.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/err.h"
#include "report/write/array.h"

/* The line that says what is wrong: gnuplot shows the command above it, libraries write
 * before the script, whose own word is the last.
 */
static void pick_complaint(struct reason *why, bool last)
{
	char *text = why->text, *rest = NULL, *line, *found = NULL;

	for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
		if (!found || last || strstr(line, "\" line "))
			found = line;
	if (found)
		memmove(text, found, strlen(found) + 1);
	else
		reason_set(why, "no reason given");
}

static bool is_entity(const char *text)
{
	static const char *const entities[] = { "lt;", "gt;", "amp;", "quot;", "apos;", "#" };

	for (size_t i = 0; i < sizeof(entities) / sizeof(*entities); i++)
		if (!strncmp(text, entities[i], strlen(entities[i])))
			return true;
	return false;
}

int gnuplot_mend_svg(const char *path)
{
	FILE *svg = fopen(path, "r+e");
	size_t size, n;
	char *text;

	if (!svg)
		return -errno;
	fseek(svg, 0, SEEK_END);
	n = ftell(svg);
	text = array_new(n + 1, sizeof(*text));
	rewind(svg);
	size = fread(text, 1, n, svg);
	rewind(svg);
	for (size_t i = 0; i < size; i++) {
		fputc(text[i], svg);
		if (text[i] == '&' && !is_entity(text + i + 1))
			fputs("amp;", svg);
	}
	free(text);
	return fclose(svg) ? -errno : 0;
}

int gnuplot_run(const char *script, struct reason *why)
{
	/* The user's own settings must not change a figure: -d, and what gnuplot heeds. */
	static const char *const heeded[] = {
		"GNUTERM", "GNUPLOT_LIB", "GNUPLOT_FONTPATH", "GNUPLOT_DEFAULT_GDFONT",
		"GDFONTPATH", "GNUPLOT_PS_DIR",
	};
	char *argv[] = { "gnuplot", "-d", (char *)script, NULL };
	int fds[2], status;
	bool unable;
	char rest[256];
	ssize_t got;
	pid_t pid;

	reason_set(why, "%s", "");
	if (pipe2(fds, O_CLOEXEC))
		return -errno;
	pid = fork();
	if (!pid) {
		for (size_t i = 0; i < sizeof(heeded) / sizeof(*heeded); i++)
			unsetenv(heeded[i]);
		dup2(fds[1], STDERR_FILENO);
		execvp(argv[0], argv);
		dprintf(STDERR_FILENO, "%s; scripts/setup installs it",
			strerror(errno));
		_exit(127);
	}
	close(fds[1]);
	/* To the end, so that gnuplot never writes to a pipe that is gone. */
	while (pid > 0 && (got = read(fds[0], rest, sizeof(rest) - 1)) > 0) {
		rest[got] = 0;
		reason_add(why, "%s", rest);
	}
	close(fds[0]);
	if (pid < 0 || waitpid(pid, &status, 0) < 0)
		return -errno;
	unable = WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SKIPPED;
	pick_complaint(why, unable);
	return unable ? -ENOTSUP : WIFEXITED(status) && !WEXITSTATUS(status) ? 0 : -EIO;
}
