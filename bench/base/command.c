// SPDX-License-Identifier: GPL-2.0-or-later
#include "command.h"

#include <stdarg.h>
#include <string.h>

#include "err.h"

/* No key of a program's own: theirs are letters, and from 256 on. */
#define OPT_USAGE	(-2)

void listing_say(const struct listing *list, const char *name, const char *help)
{
	if (list->names)
		fprintf(list->out, "%s\n", name);
	else
		fprintf(list->out, "  %-18s %s\n", name, help);
}

void listing_note(const struct listing *list, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (!list->names)
		vfprintf(list->out, format, args);
	va_end(args);
}

static void say_commands(const struct program *p, const struct listing *list)
{
	for (const struct command *c = p->commands; c->name; c++) {
		if (c->group)
			listing_note(list, "\n%s:\n", c->group);
		if (list->names)
			listing_say(list, c->name, c->doc);
		listing_note(list, "  %-8s %-13s %.*s\n", c->name, c->arguments,
			     (int)strcspn(c->doc, "\v"), c->doc);
	}
}

static void say_topics(const struct program *p, const struct listing *list)
{
	for (const struct topic *t = p->topics; t->name; t++)
		listing_say(list, t->name, t->help);
}

static void print_help(FILE *out, const struct program *p)
{
	struct listing list = { .out = out };

	fprintf(out, "Usage: %s COMMAND [OPTION...] [ARGUMENT...]\n%s\n", p->name, p->doc);
	say_commands(p, &list);
	fprintf(out, "\n%s help TOPIC, of these:\n", p->name);
	say_topics(p, &list);
	fprintf(out, "\n%s help COMMAND shows its options; man %s the rest.\n", p->name,
		p->name);
}

static const struct command *find_command(const struct program *p, const char *name)
{
	const struct command *c = p->commands;

	while (c->name && strcmp(c->name, name))
		c++;
	return c->name ? c : NULL;
}

/*
 * As argp's own, but for what it hides: --HANG waits for an hour, and --H is enough for that;
 * --program-name changes whom messages are from.
 */
static const struct argp_option help_options[] = {
	{ "help", '?', NULL, 0, "Give this help list", -1 },
	{ "usage", OPT_USAGE, NULL, 0, "Give a short usage message", 0 },
	{ 0 },
};

static error_t parse_help(int key, char *arg, struct argp_state *state)
{
	(void)arg;
	if (key == '?')
		argp_state_help(state, stdout, ARGP_HELP_STD_HELP);
	else if (key == OPT_USAGE)
		argp_state_help(state, stdout, ARGP_HELP_USAGE | ARGP_HELP_EXIT_OK);
	else
		return ARGP_ERR_UNKNOWN;
	return 0;
}

static const struct argp help_argp = { .options = help_options, .parser = parse_help };

static int run_command(const struct program *p, const struct command *c, int argc,
		       char **argv, void *arguments)
{
	const struct argp_child help[] = { { .argp = &help_argp }, { 0 } };
	struct argp argp = { .options = c->options, .parser = p->parser,
			     .args_doc = c->arguments, .doc = c->doc, .children = help };
	char name[64];

	snprintf(name, sizeof(name), "%s %s", p->name, c->name);
	argv[1] = name;
	argp_err_exit_status = EXIT_USAGE;
	argp_parse(&argp, argc - 1, argv + 1, ARGP_NO_HELP, NULL, arguments);
	return c->run(arguments);
}

/* "help --names" is for completion: commands, and what else help knows. */
static int list_topic(const struct program *p, const char *name, bool names)
{
	const struct listing list = { .out = stdout, .names = names };

	if (!name || !strcmp(name, "commands")) {
		say_commands(p, &list);
		if (!name)
			say_topics(p, &list);
		return EXIT_FINE;
	}
	for (const struct topic *t = p->topics; t->name; t++) {
		if (!strcmp(t->name, name)) {
			t->say(&list);
			return EXIT_FINE;
		}
	}
	err_exit(EXIT_USAGE, "help %s: no such command or topic; %s help lists them", name,
		 p->name);
}

static int run_help(const struct program *p, int argc, char **argv, void *arguments)
{
	bool names = argc > 2 && !strcmp(argv[2], "--names");
	const char *name = argc > 2 + names ? argv[2 + names] : NULL;
	const struct command *c = name && !names ? find_command(p, name) : NULL;
	char help[] = "--help";

	if (argc > 3 + names)
		err_exit(EXIT_USAGE, "help wants one command or topic");
	if (c) {
		argv[2] = help;
		return run_command(p, c, argc, argv, arguments);
	}
	if (names || (name && strcmp(name, help)))
		return list_topic(p, name, names);
	print_help(stdout, p);
	return EXIT_FINE;
}

int command_main(const struct program *p, int argc, char **argv, void *arguments)
{
	const struct command *command;
	char names[256] = "";
	size_t n = 0;

	if (argc < 2) {
		print_help(stderr, p);
		return EXIT_USAGE;
	}
	if (!strcmp(argv[1], "--help")) {
		print_help(stdout, p);
		return EXIT_FINE;
	}
	if (!strcmp(argv[1], "help"))
		return run_help(p, argc, argv, arguments);
	if (!strcmp(argv[1], "--version")) {
		puts(p->version);
		return EXIT_FINE;
	}
	command = find_command(p, argv[1]);
	if (command)
		return run_command(p, command, argc, argv, arguments);
	for (const struct command *c = p->commands; c->name && n < sizeof(names); c++)
		n += snprintf(names + n, sizeof(names) - n, "%s%s", n ? ", " : "", c->name);
	err_exit(EXIT_USAGE, "no command '%s'; there are %s", argv[1], names);
}
