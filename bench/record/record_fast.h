/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Samples as hmmbench writes them, read without building a JSON tree: a run may
 * have a million. Whatever is written in any other way is left to record_read().
 */
#ifndef HMMBENCH_RECORD_FAST_H
#define HMMBENCH_RECORD_FAST_H

#include <stdbool.h>

#include "sample.h"

/**
 * record_read_fast() - parse a sample whose bytes record_write_sample() would write
 * @sample: as record_read() would fill it; untouched when false is returned
 * Return: was it one? False says nothing about the line: ask record_read_any().
 */
bool record_read_fast(const char *line, struct sample *sample);

#endif
