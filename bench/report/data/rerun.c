// SPDX-License-Identifier: GPL-3.0-or-later
#include "rerun.h"

#include <inttypes.h>
#include <string.h>

#include "report/write/names.h"

#define TURN	"id=turns,netdev=turn,queue=all,interval="	/* as scripts/vm tells QEMU */
#define HERE	"here"	/* what scripts/bench --here calls the kernel that runs */

/* As a shell takes it: what is not a plain word is quoted. */
static void add_word(struct reason *command, const char *word, size_t size)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789._/+-@:=,";
	size_t n;

	if (size && strspn(word, plain) >= size) {
		reason_add(command, "%.*s", (int)size, word);
		return;
	}
	reason_add(command, "'");
	for (; size; word += n, size -= n) {
		n = strcspn(word, "'");
		n = n < size ? n : size;
		reason_add(command, "%.*s", (int)n, word);
		if (n < size) {
			reason_add(command, "'\\''");
			n++;
		}
	}
	reason_add(command, "'");
}

bool rerun_own_matrix(const struct run_info *info)
{
	static const char *const names[] = { HMMBENCH_MATRICES };

	return !info->matrix || !AMONG(names, info->matrix);
}

const char *rerun_revision(const struct run_info *info)
{
	return info->git && !strstr(info->git, "-dirty") && strcmp(info->git, "unknown") ?
	       info->git : NULL;
}

/* The kernel of scripts/bench, and what was appended to its command line. */
static void add_kernel(struct reason *command, const char *name)
{
	size_t n = strcspn(name, " ");

	if (!strcmp(name, HERE)) {
		reason_add(command, " --here");
		return;
	}
	reason_add(command, " --kernel=");
	add_word(command, name, n);
	if (name[n]) {
		reason_add(command, " --append=");
		add_word(command, name + n + 1, strlen(name + n + 1));
	}
}

void rerun_command(const struct dataset *data, const char *folder, struct reason *command)
{
	const struct run_info *info = &data->info;
	bool here = info->kernel_name && !strcmp(info->kernel_name, HERE);
	const char *turn;
	bool itself = run_info_on_the_spot(info) && !here, own = rerun_own_matrix(info);

	reason_set(command, itself ? "hmmbench run" : "scripts/bench");
	if (!itself && info->kernel_name)
		add_kernel(command, info->kernel_name);
	reason_add(command, " --matrix=%s%s%s", itself && !own ? "bench/matrices/" : "",
		   own ? "FILE" : info->matrix, itself && !own ? ".yaml" : "");
	reason_add(command, " --clock=%s --seed=%" PRIu64 " --out=%s", info->clock->name,
		   info->seed, folder);
	turn = info->qemu ? strstr(info->qemu, TURN) : NULL;
	if (turn && !itself)
		reason_add(command, " --turn=%.*s", (int)strspn(turn + strlen(TURN), "0123456789"),
			   turn + strlen(TURN));
	if (!itself && *data->machine)
		reason_add(command, " --model=%s", data->machine);
	if (run_info_broken(info))
		reason_add(command, " --despite-taint");
}
