/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which boots of several runs are one and the same. */
#ifndef HMMBENCH_BOOT_HASH_H
#define HMMBENCH_BOOT_HASH_H

#include <jansson.h>
#include <sha256.h>
#include <stdbool.h>
#include <stdint.h>

/**
 * struct boot_hash - a boot
 * @run:	index of the run that it is in
 * @sampled:	has it a sample? Two boots that died at once may be alike without
 * @hex:	of its lines but for its number, after boot_hashes_same()
 */
struct boot_hash {
	int run;
	uint32_t boot;
	bool sampled;
	SHA2_CTX ctx;
	char hex[SHA256_DIGEST_STRING_LENGTH];
};

struct boot_hashes {
	struct boot_hash *hash;
	size_t count, last;
};

/** boot_hashes_add() - the next line of @boot of @run, as JSON. */
void boot_hashes_add(struct boot_hashes *hashes, int run, uint32_t boot, const json_t *line);

/** boot_hashes_same() - are two of the boots the same? The first such are then in @a and @b. */
bool boot_hashes_same(struct boot_hashes *hashes, const struct boot_hash **a,
		      const struct boot_hash **b);
void boot_hashes_free(struct boot_hashes *hashes);

#endif
