/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A program of several commands: "hmmbench run --matrix ...". */
#ifndef HMMBENCH_COMMAND_H
#define HMMBENCH_COMMAND_H

#include <argp.h>
#include <stdio.h>

/**
 * struct command - one command; a table of them ends with a NULL name
 * @arguments:	what stands after the options, for its help; or ""
 * @doc:	one line; after a \v, what its own --help adds below the options
 * @run:	called with the arguments that the parser filled; returns an enum
 *		exit_status
 */
struct command {
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
 * @more:	prints what --help adds below the commands, or NULL
 */
struct program {
	const char *name;
	const char *version;
	const char *doc;
	const struct command *commands;
	argp_parser_t parser;
	void (*more)(FILE *out);
};

/**
 * command_main() - choose a command, parse its options into @arguments, run it
 *
 * Also serves --help and --version. Return: an enum exit_status.
 */
int command_main(const struct program *program, int argc, char **argv,
		 void *arguments);

#endif
