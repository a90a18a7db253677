// SPDX-License-Identifier: GPL-2.0-or-later
#include "insn.h"

#include <string.h>

static bool copies;

void insn_init(int version)
{
	copies = version >= 3;
}

size_t insn_bytes(const struct qemu_plugin_insn *insn, unsigned char bytes[INSN_MAX])
{
	/* as it was until version 3 of the interface, and as it is since then */
	extern const void *pointed(const struct qemu_plugin_insn *insn) __asm__("qemu_plugin_insn_data");
	extern size_t copied(const struct qemu_plugin_insn *insn, void *to, size_t size)
		__asm__("qemu_plugin_insn_data");
	size_t size = qemu_plugin_insn_size(insn);

	if (size > INSN_MAX)
		return 0;
	if (copies)
		return copied(insn, bytes, size);
	memcpy(bytes, pointed(insn), size);
	return size;
}

bool insn_is_iretq(const struct qemu_plugin_insn *insn)
{
	unsigned char bytes[INSN_MAX];

	return insn_bytes(insn, bytes) == 2 && bytes[0] == 0x48 && bytes[1] == 0xcf;
}

/* e8, or ff with 2 in its ModRM; behind a prefix of a segment, or REX. */
bool insn_is_call(const struct qemu_plugin_insn *insn)
{
	unsigned char bytes[INSN_MAX];
	size_t n = insn_bytes(insn, bytes), i = 0;

	while (i < n && (bytes[i] == 0x2e || bytes[i] >> 4 == 4))
		i++;
	return i < n && (bytes[i] == 0xe8 ||
			 (bytes[i] == 0xff && i + 1 < n && (bytes[i + 1] >> 3 & 7) == 2));
}
