/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What this plugin uses of QEMU's interface for TCG plugins, which Debian packages without a
 * header. Of one function there are two: from version 3 of the interface on
 * qemu_plugin_insn_data() copies, before that it pointed. See docs/devel/tcg-plugins.rst.
 */
#ifndef HMMBENCH_QEMU_PLUGIN_H
#define HMMBENCH_QEMU_PLUGIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* That of the interface that a plugin is written for; QEMU looks at it. */
extern int qemu_plugin_version;

typedef uint64_t qemu_plugin_id_t;
typedef uint32_t qemu_plugin_meminfo_t;
struct qemu_plugin_tb;
struct qemu_plugin_insn;
struct qemu_plugin_hwaddr;

/* the beginning of qemu_info_t */
struct qemu_plugin_about {
	const char *target;
	struct {
		int min, cur;
	} version;
};

enum { QEMU_PLUGIN_NO_REGS, QEMU_PLUGIN_R_REGS };
enum { QEMU_PLUGIN_READ = 1, QEMU_PLUGIN_WRITE, QEMU_PLUGIN_READ_WRITE };

typedef void (*qemu_plugin_tb_cb)(qemu_plugin_id_t id, struct qemu_plugin_tb *tb);
typedef void (*qemu_plugin_insn_cb)(unsigned int cpu, void *data);
typedef void (*qemu_plugin_mem_cb)(unsigned int cpu, qemu_plugin_meminfo_t info, uint64_t vaddr,
				   void *data);

void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t id, qemu_plugin_tb_cb cb);
void qemu_plugin_register_vcpu_tb_exec_cb(struct qemu_plugin_tb *tb, qemu_plugin_insn_cb cb,
					  int flags, void *data);
void qemu_plugin_register_vcpu_insn_exec_cb(struct qemu_plugin_insn *insn, qemu_plugin_insn_cb cb,
					    int flags, void *data);
void qemu_plugin_register_vcpu_mem_cb(struct qemu_plugin_insn *insn, qemu_plugin_mem_cb cb,
				      int flags, int rw, void *data);
size_t qemu_plugin_tb_n_insns(const struct qemu_plugin_tb *tb);
struct qemu_plugin_insn *qemu_plugin_tb_get_insn(const struct qemu_plugin_tb *tb, size_t i);
size_t qemu_plugin_insn_size(const struct qemu_plugin_insn *insn);
uint64_t qemu_plugin_insn_vaddr(const struct qemu_plugin_insn *insn);
bool qemu_plugin_mem_is_store(qemu_plugin_meminfo_t info);
unsigned int qemu_plugin_mem_size_shift(qemu_plugin_meminfo_t info);
struct qemu_plugin_hwaddr *qemu_plugin_get_hwaddr(qemu_plugin_meminfo_t info, uint64_t vaddr);
bool qemu_plugin_hwaddr_is_io(const struct qemu_plugin_hwaddr *haddr);
uint64_t qemu_plugin_hwaddr_phys_addr(const struct qemu_plugin_hwaddr *haddr);

/*
 * What only QEMU 9 and later have, whose interface is version 2 at least. The last one is not
 * called: it tells them from 7.2. Arrays are GLib's, GByteArray and GArray.
 */
struct qemu_plugin_register;
struct qemu_plugin_bytes {
	uint8_t *of;
	unsigned int length;
};
struct qemu_plugin_registers {
	struct {
		struct qemu_plugin_register *handle;
		const char *name, *feature;
	} *of;
	unsigned int length;
};
struct qemu_plugin_bytes *g_byte_array_new(void);
struct qemu_plugin_bytes *g_byte_array_set_size(struct qemu_plugin_bytes *bytes, unsigned int size);
__attribute__((weak)) struct qemu_plugin_registers *qemu_plugin_get_registers(void);
__attribute__((weak)) int qemu_plugin_read_register(struct qemu_plugin_register *handle,
						    struct qemu_plugin_bytes *to);
__attribute__((weak)) void *qemu_plugin_scoreboard_new(size_t element);

#endif
