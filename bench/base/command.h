/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A program of several commands: "hmmbench run --matrix ...". */
#ifndef HMMBENCH_COMMAND_H
#define HMMBENCH_COMMAND_H

#include <argp.h>
#include <stdbool.h>
#include <stdio.h>

/** struct listing - what "help TOPIC" prints into; @names: names alone, for scripts */
struct listing {
	FILE *out;
	bool names;
};

/** listing_say() - a name, with a line about it. */
void listing_say(const struct listing *list, const char *name, const char *help);

/** listing_note() - what is no name: left out where names alone are wanted. */
void listing_note(const struct listing *list, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/**
 * struct topic - what "help NAME" lists; a table of them ends with a NULL name
 * @axis: the axis whose values they are, or NULL
 */
struct topic {
	const char *name;
	const char *help;
	void (*say)(const struct listing *list);
	const char *axis;
};

/**
 * struct command - one command; a table of them ends with a NULL name
 * @group:	heading of it and those after it, or NULL
 * @arguments:	what stands after the options, for its help; or ""
 * @doc:	one line; after a \v, what its own --help adds below the options
 * @run:	called with the arguments that the parser filled; returns an enum
 *		exit_status
 */
struct command {
	const char *group;
	const char *name;
	const char *arguments;
	const char *doc;
	const struct argp_option *options;
	int (*run)(void *arguments);
};

/**
 * struct program - a program
 * @version:	"name version"
 * @doc:	one line: what it does
 * @topics:	what it can list
 */
struct program {
	const char *name;
	const char *version;
	const char *doc;
	const struct command *commands;
	argp_parser_t parser;
	const struct topic *topics;
};

/**
 * command_main() - choose a command, parse its options into @arguments, run it
 *
 * Also serves --help and --version, "help COMMAND", which is its --help, and
 * "help [--names] TOPIC". Return: an enum exit_status.
 */
int command_main(const struct program *program, int argc, char **argv,
		 void *arguments);

#endif
