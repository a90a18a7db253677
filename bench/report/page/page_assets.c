// SPDX-License-Identifier: GPL-3.0-or-later
/* The style and the script of the page, from files of their own. */
#include "page_parts.h"

/* Of both, the bytes of the file and a NUL. */
#define EMBED(name, file)						\
	__asm__(".pushsection .rodata\n"				\
		".global " #name "\n"					\
		#name ":\n"						\
		".incbin \"" HMMBENCH_REPORT_DIR "/" file "\"\n"	\
		".byte 0\n"						\
		".popsection\n")

EMBED(page_style, "page.css");
EMBED(page_script, "page.js");
