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

/* Of a segment (26, 2e, 36, 3e, 64, 65), or REX. */
static bool is_prefix(unsigned char byte)
{
	return (byte & 0xe7) == 0x26 || (byte & 0xfe) == 0x64 || byte >> 4 == 4;
}

/* Behind the prefixes. Return: how many bytes; @op points at the first. */
static size_t opcode(const struct qemu_plugin_insn *insn, unsigned char bytes[INSN_MAX],
		     const unsigned char **op)
{
	size_t n = insn_bytes(insn, bytes), i = 0;

	while (i < n && is_prefix(bytes[i]))
		i++;
	*op = bytes + i;
	return n - i;
}

/* The middle of a ModRM: which of the instructions of one opcode it is. */
static unsigned int which(unsigned char modrm)
{
	return modrm >> 3 & 7;
}

/* e8, or ff /2 */
bool insn_is_call(const struct qemu_plugin_insn *insn)
{
	unsigned char bytes[INSN_MAX];
	const unsigned char *op;
	size_t n = opcode(insn, bytes, &op);

	return n && (op[0] == 0xe8 || (op[0] == 0xff && n > 1 && which(op[1]) == 2));
}

/* c3, or c2; a repetition before it is for processors of old */
bool insn_is_return(const struct qemu_plugin_insn *insn)
{
	unsigned char bytes[INSN_MAX];
	size_t n = insn_bytes(insn, bytes), i = n && bytes[0] == 0xf3;

	return n > i && (bytes[i] == 0xc3 || bytes[i] == 0xc2);
}

/* MOV to a control register is 0f 22, INVLPG 0f 01 /7 of memory. TCG has no INVPCID. */
bool insn_clears_tlb(const struct qemu_plugin_insn *insn)
{
	unsigned char bytes[INSN_MAX];
	const unsigned char *op;
	size_t n = opcode(insn, bytes, &op);

	return n > 2 && op[0] == 0x0f &&
	       (op[1] == 0x22 || (op[1] == 0x01 && which(op[2]) == 7 && op[2] < 0xc0));
}
