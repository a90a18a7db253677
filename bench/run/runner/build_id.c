// SPDX-License-Identifier: GPL-2.0-or-later
#include "build_id.h"

#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOTES_MAX	16384	/* the kernel has some hundred bytes of them */

static char *to_hex(const unsigned char *id, size_t size)
{
	char *hex = malloc(2 * size + 1);

	for (size_t i = 0; hex && i < size; i++)
		snprintf(hex + 2 * i, 3, "%02x", id[i]);
	return hex;
}

static size_t padded(size_t size)
{
	return (size + 3) & ~(size_t)3;
}

char *build_id_find(const void *notes, size_t size)
{
	const unsigned char *at = notes;
	Elf64_Nhdr note;

	while (size > sizeof(note)) {
		size_t name = sizeof(note), id, end;

		memcpy(&note, at, sizeof(note));
		id = name + padded(note.n_namesz);
		end = id + note.n_descsz;
		if (end > size)		/* cut off, or no notes at all */
			break;
		if (note.n_type == NT_GNU_BUILD_ID && note.n_descsz &&
		    note.n_namesz == sizeof(ELF_NOTE_GNU) &&
		    !memcmp(at + name, ELF_NOTE_GNU, sizeof(ELF_NOTE_GNU)))
			return to_hex(at + id, note.n_descsz);
		end = padded(end);
		if (end > size)
			break;
		at += end;
		size -= end;
	}
	return NULL;
}

char *build_id_read(const char *path)
{
	unsigned char notes[NOTES_MAX];
	FILE *in = fopen(path, "re");
	size_t size;

	if (!in)
		return NULL;
	size = fread(notes, 1, sizeof(notes), in);
	fclose(in);
	return build_id_find(notes, size);
}
