// SPDX-License-Identifier: GPL-2.0-or-later
#include "machine.h"

#include <dirent.h>
#include <errno.h>
#include <hwloc.h>
#include <limits.h>
#include <sha256.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#include "record/folder.h"
#include "record/run_info.h"
#include "run/system/kernel.h"
#include "build_id.h"

/* Of the contents: a file compressed by gzip is read as what it holds. */
static char *hash_file(const char *path)
{
	char hex[SHA256_DIGEST_STRING_LENGTH];
	unsigned char buf[4096];
	gzFile in = gzopen(path, "re");
	SHA2_CTX sha;
	int n;

	if (!in)
		return NULL;
	SHA256Init(&sha);
	while ((n = gzread(in, buf, sizeof(buf))) > 0)
		SHA256Update(&sha, buf, n);
	gzclose(in);
	if (n < 0)
		return NULL;
	SHA256End(&sha, hex);
	return strdup(hex);
}

static char *hash_config(const char *release)
{
	char path[PATH_MAX];
	char *hash = hash_file("/proc/config.gz");

	if (hash)
		return hash;
	snprintf(path, sizeof(path), "/boot/config-%s", release);
	return hash_file(path);
}

static char *read_cpu_model(void)
{
	FILE *in = fopen("/proc/cpuinfo", "re");
	char *line = NULL, *model = NULL;
	size_t size = 0;

	while (in && !model && getline(&line, &size, in) > 0) {
		char *colon = strchr(line, ':');

		if (strncmp(line, "model name", 10) || !colon)
			continue;
		line[strcspn(line, "\n")] = 0;
		model = strdup(colon + 2);
	}
	free(line);
	if (in)
		fclose(in);
	return model;
}

const char *machine_accelerator(const char *given, const char *cpuinfo)
{
	FILE *in = given ? NULL : fopen(cpuinfo, "re");
	char *line = NULL, *flag, *rest;
	size_t size = 0;
	int virtual = 0;

	while (in && !virtual && getline(&line, &size, in) > 0) {
		rest = line;
		if (!strncmp(line, "flags", 5))
			while ((flag = strsep(&rest, " \t\n")))
				virtual |= !strcmp(flag, "hypervisor");
	}
	free(line);
	if (in)
		fclose(in);
	return given || virtual ? given : "none";
}

#define VULNERABILITIES	"/sys/devices/system/cpu/vulnerabilities"

/* "meltdown: Not affected; spectre_v1: ...", in the order of the names. */
static char *read_mitigations(void)
{
	char path[PATH_MAX], *all = NULL, *value;
	struct dirent **names;
	size_t size = 0;
	FILE *out = open_memstream(&all, &size);
	int n = scandir(VULNERABILITIES, &names, NULL, alphasort);

	for (int i = 0; i < n; i++) {
		snprintf(path, sizeof(path), VULNERABILITIES "/%s",
			 names[i]->d_name);
		value = names[i]->d_name[0] == '.' ? NULL :
			kernel_read_line(path);
		if (value && out)
			fprintf(out, "%s%s: %s", ftell(out) ? "; " : "",
				names[i]->d_name, value);
		free(value);
		free(names[i]);
	}
	if (n >= 0)
		free(names);
	if (out)
		fclose(out);
	if (all && !*all) {
		free(all);
		all = NULL;
	}
	return all;
}

static void read_topology(struct run_info *info)
{
	hwloc_topology_t topology;
	char *xml;
	int len;

	if (hwloc_topology_init(&topology))
		return;
	if (!hwloc_topology_load(topology)) {
		info->cpus = hwloc_get_nbobjs_by_type(topology, HWLOC_OBJ_PU);
		info->nodes = hwloc_get_nbobjs_by_type(topology,
						       HWLOC_OBJ_NUMANODE);
		if (!hwloc_topology_export_xmlbuffer(topology, &xml, &len, 0)) {
			info->hwloc_xml = strdup(xml);
			hwloc_free_xmlbuffer(topology, xml);
		}
	}
	hwloc_topology_destroy(topology);
}

static char *copy(const char *text)
{
	return text ? strdup(text) : NULL;
}

static char *now_utc(void)
{
	time_t now = time(NULL);
	char text[32];
	struct tm tm;

	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&now, &tm));
	return strdup(text);
}

static void read_kernel(struct run_info *info)
{
	struct utsname uts;

	uname(&uts);
	info->kernel = copy(uts.release);
	info->kernel_version = kernel_read_line("/proc/version");
	info->kernel_config_sha256 = hash_config(uts.release);
	info->kernel_build_id = build_id_read("/sys/kernel/notes");
	info->module_build_id = build_id_read("/sys/module/hmm_bench/notes/"
					      ".note.gnu.build-id");
	info->strategies_build_id = build_id_read("/sys/module/hmm_strategies/notes/"
						  ".note.gnu.build-id");
	info->mitigations = read_mitigations();
	info->thp = kernel_read_line("/sys/kernel/mm/transparent_hugepage/enabled");
}

static void collect(struct run_info *info, const struct machine_facts *facts,
		    const struct matrix *matrix)
{
	memset(info, 0, sizeof(*info));
	read_kernel(info);
	info->clock = facts->clock;
	info->accelerator = copy(facts->accelerator);
	info->compiler = copy("gcc " __VERSION__);
	info->qemu = copy(facts->qemu);
	info->kernel_name = copy(facts->kernel_name);
	info->kernel_source = copy(facts->kernel_source);
	info->cpu = read_cpu_model();
	info->matrix = copy(matrix->name);
	info->matrix_sha256 = copy(matrix->sha256);
	info->git = copy(facts->git);
	info->taint = copy(facts->taint);
	info->clocksource = kernel_read_line("/sys/devices/system/clocksource/"
					      "clocksource0/current_clocksource");
	info->governor = kernel_read_line("/sys/devices/system/cpu/cpu0/"
					   "cpufreq/scaling_governor");
	info->started = facts->clock->exact ? NULL : now_utc();
	info->memory_bytes = (uint64_t)sysconf(_SC_PHYS_PAGES) *
			     sysconf(_SC_PAGESIZE);
	info->seed = matrix->seed;
	info->rounds = matrix->sampling.rounds;
	info->cells = matrix->count;
	info->boots = facts->boots;
	info->samples = matrix->sampling.samples;
	info->boot_kind = copy(facts->guest ? "vm" : "process");
	if (matrix->sampling.target > 0 && !facts->clock->exact &&
	    asprintf(&info->target, "%g", matrix->sampling.target) < 0)
		info->target = NULL;
	read_topology(info);
}

static int compare(const struct run_info *old, const struct run_info *now,
		   const char *path, struct reason *why)
{
	char theirs[128], ours[128];
	const char *field = run_info_difference(old, now, theirs, ours, sizeof(ours));

	if (!field)
		return 0;
	return reason_err(why, -EINVAL, "%s: the run was begun with another %s, %s and now %s; go "
			  "on with that one, or begin a new run", path, field, theirs, ours);
}

int machine_write(const char *out, const char *resume,
		  const struct machine_facts *facts, const struct matrix *matrix,
		  struct reason *why)
{
	struct run_info now, old;
	char file[PATH_MAX];
	int ret;

	collect(&now, facts, matrix);
	folder_file(file, resume ? resume : out, FOLDER_INFO);
	if (resume) {
		ret = run_info_read(file, &old, why);
		if (!ret) {
			ret = compare(&old, &now, file, why);
			run_info_free(&old);
		}
	} else {
		ret = run_info_write(file, &now);
		if (ret)
			reason_set(why, "%s: %s; --out wants a folder "
				   "that can be written", file, strerror(-ret));
	}
	run_info_free(&now);
	return ret;
}
