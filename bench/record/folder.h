/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of a run folder are called. */
#ifndef HMMBENCH_FOLDER_H
#define HMMBENCH_FOLDER_H

#include <limits.h>

/* of hmmbench */
#define FOLDER_INFO	"run.json"
#define FOLDER_SAMPLES	"samples.jsonl"
#define FOLDER_COUNTERS	"counters.jsonl"
#define FOLDER_LOG	"dmesg.txt"
/* of hmmreport */
#define FOLDER_SUMMARY	"summary.tsv"
#define FOLDER_EVIDENCE	"evidence.txt"
#define FOLDER_PAGE	"report.html"
#define FOLDER_FIGURES	"figures"

/** folder_file() - the path of a file of a folder; one that is too long is cut. Return: @path. */
char *folder_file(char path[PATH_MAX], const char *folder, const char *name);

/** folder_forget() - remove the files of a run, and the folder when it holds nothing else. */
void folder_forget(const char *folder);

#endif
