/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of a run folder are called. */
#ifndef HMMBENCH_FOLDER_H
#define HMMBENCH_FOLDER_H

#include <limits.h>
#include <stdbool.h>

/* of hmmbench */
#define FOLDER_INFO	"run.json"
#define FOLDER_SAMPLES	"samples.jsonl"
#define FOLDER_COUNTERS	"counters.jsonl"
#define FOLDER_LOG	"dmesg.txt"
/* of scripts/bench */
#define FOLDER_MACHINE	"machine.txt"
/* of hmmreport */
#define FOLDER_SUMMARY	"summary.tsv"
#define FOLDER_EVIDENCE	"evidence.txt"
#define FOLDER_PAGE	"report.html"
#define FOLDER_FIGURES	"figures"

/** folder_file() - the path of a file of a folder; one that is too long is cut. Return: @path. */
char *folder_file(char path[PATH_MAX], const char *folder, const char *name);

/** folder_advice() - what to do about a file of a folder that does not open; or "". */
const char *folder_advice(int err);

/** folder_same() - do both names mean one folder? */
bool folder_same(const char *a, const char *b);

#define FOLDER_FILES	4	/* of hmmbench */

/**
 * struct folder_claim - what was there of a folder before it was claimed
 * @made:	it was not there itself, and is made
 * @had:	which of hmmbench's files were
 */
struct folder_claim {
	bool made, had[FOLDER_FILES];
};

/**
 * folder_claim() - for one hmmbench at a time, until it ends
 * @resumed:	there should be a run in it; else it is made, and an empty run.json in it
 * Return: 0, -EWOULDBLOCK when another one has it, or -errno.
 */
int folder_claim(const char *folder, bool resumed, struct folder_claim *claim);

/**
 * folder_unclaim() - remove what was not there before: run.json, of the other files those that
 *	are empty, and the folder when that was all
 */
void folder_unclaim(const char *folder, const struct folder_claim *claim);

/** folder_forget() - remove a run that the caller made, and the folder when that was all. */
void folder_forget(const char *folder);

#endif
