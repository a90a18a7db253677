// SPDX-License-Identifier: GPL-2.0-or-later
#include "command.h"

#include <string.h>

#include "err.h"

static void print_help(FILE *out, const struct program *p)
{
	fprintf(out, "Usage: %s COMMAND [OPTION...] [ARGUMENT...]\n%s\n\n", p->name,
		p->doc);
	for (const struct command *c = p->commands; c->name; c++)
		fprintf(out, "  %-8s %-13s %.*s\n", c->name, c->arguments,
			(int)strcspn(c->doc, "\v"), c->doc);
	if (p->more)
		p->more(out);
	fprintf(out, "\n%s COMMAND --help shows the options; man %s the rest.\n",
		p->name, p->name);
}

static int run_command(const struct program *p, const struct command *c, int argc,
		       char **argv, void *arguments)
{
	struct argp argp = { .options = c->options, .parser = p->parser,
			     .args_doc = c->arguments, .doc = c->doc };
	char name[64];

	snprintf(name, sizeof(name), "%s %s", p->name, c->name);
	argv[1] = name;
	argp_err_exit_status = EXIT_USAGE;
	argp_parse(&argp, argc - 1, argv + 1, 0, NULL, arguments);
	return c->run(arguments);
}

int command_main(const struct program *p, int argc, char **argv, void *arguments)
{
	char names[256] = "";
	size_t n = 0;

	if (argc < 2) {
		print_help(stderr, p);
		return EXIT_USAGE;
	}
	if (!strcmp(argv[1], "--help") || (argc == 2 && !strcmp(argv[1], "help"))) {
		print_help(stdout, p);
		return EXIT_FINE;
	}
	if (!strcmp(argv[1], "--version")) {
		puts(p->version);
		return EXIT_FINE;
	}
	for (const struct command *c = p->commands; c->name; c++) {
		if (!strcmp(argv[1], c->name))
			return run_command(p, c, argc, argv, arguments);
		if (n < sizeof(names))
			n += snprintf(names + n, sizeof(names) - n, "%s%s",
				      n ? ", " : "", c->name);
	}
	err_exit(EXIT_USAGE, "no command '%s'; there are %s", argv[1], names);
}
