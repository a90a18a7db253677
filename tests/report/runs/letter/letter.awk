# SPDX-License-Identifier: GPL-3.0-or-later
# The samples of a run as for a cover letter: 12 boots of 2 rounds, with noise of boots and
# of samples, an A/A pair, and a cell of each table. Usage: awk -v slow=PERCENT -v cells=1 ...
# with cells=1 only their number is printed. The same lines everywhere: no rand().

function draw(below) { state = state * 16807 % 2147483647; return state % below }

function cell(strategy, pages, uffd, populated, tables, placement, profile, cost)
{
	name[n] = strategy
	size[n] = pages
	per_page[n] = cost
	axes[n] = sprintf("{\"strategy\":\"%s\",\"pages\":%d,\"access\":\"write\"," \
		"\"backing\":\"anon\",\"uffd\":\"%s\",\"populated\":%d,\"tables\":\"%s\"," \
		"\"batch\":1,\"threads\":1,\"delay\":\"0\",\"wait\":\"read\"," \
		"\"placement\":\"%s\",\"load\":\"none\",\"bystanders\":\"off\"," \
		"\"profile\":\"%s\"}", strategy, pages, uffd, populated, tables, placement,
		profile)
	n++
}

function sample(c, boot, round, mode, total, counts)
{
	printf "{\"schema\":\"hmmbench.sample/1\",\"cell\":%d,\"boot\":%d,\"seq\":%d," \
		"\"round\":%d,\"mode\":\"%s\",\"total\":%d,\"walk\":null,\"lock_wait\":null," \
		"\"fault_wait\":null,%s\"messages\":%d,\"restarts\":0,\"invalidations\":0," \
		"\"valid\":%d,\"writable\":%d,\"err\":0,\"check\":\"ok\"}\n", c, boot, seq++,
		round, mode, total, counts, size[c], size[c], size[c]
}

# What a boot does to all of its calls, and what happens to one.
function noisy(c)
{
	return int(per_page[c] * size[c] * (100 + slow) / 100 * luck / 1000 * (9980 + draw(40)) / 10000)
}

function none() { return counts_of("null", "null", "null", "null", "null") }

function counts_of(passes, drops, seqs, faults, visits)
{
	return sprintf("\"passes\":%s,\"lock_drops\":%s,\"seq_reads\":%s,\"faults\":%s," \
		"\"pte_visits\":%s,", passes, drops, seqs, faults, visits)
}

function model(c)
{
	if (name[c] == "resume")
		return counts_of(size[c] + 1, size[c], 1, size[c], 2 * size[c])
	return counts_of(size[c] + 1, size[c], size[c] + 1, size[c], size[c] * (size[c] + 3) / 2)
}

BEGIN {
	n = 0
	state = 20261
	for (pages = 64; pages <= 4096; pages *= 8) {
		cell("unlocked", pages, "missing", 0, "cold", "local", "none", 9000 + 5 * pages)
		cell("unlocked@b", pages, "missing", 0, "cold", "local", "none", 9000 + 5 * pages)
		cell("ebusy", pages, "missing", 0, "cold", "local", "none", 9300 + 5 * pages)
		cell("step:64", pages, "missing", 0, "cold", "local", "none", 9320)
		cell("resume", pages, "missing", 0, "cold", "local", "none", 9000)
	}
	cell("plain", 512, "none", 100, "warm", "local", "none", 100)
	cell("unlocked", 512, "none", 100, "warm", "local", "none", 100)
	cell("resume", 512, "none", 100, "warm", "local", "none", 102)
	cell("unlocked", 512, "missing", 0, "cold", "remote-memory", "none", 15000)
	cell("resume", 512, "missing", 0, "cold", "remote-memory", "none", 12000)
	cell("unlocked", 512, "missing", 0, "cold", "local", "mshv", 11560)
	cell("resume", 512, "missing", 0, "cold", "local", "mshv", 9000)
	if (cells) {
		print n
		exit
	}
	for (boot = 0; boot < 12; boot++) {
		seq = 0
		luck = 985 + draw(30)
		for (c = 0; c < n; c++) {
			for (round = 0; round < 2; round++)
				sample(c, boot, round, "time", noisy(c), none())
			if (axes[c] ~ /missing/)
				sample(c, boot, 2, "count", int(per_page[c] * size[c]), model(c))
			printf "{\"schema\":\"hmmbench.cell/1\",\"cell\":%d,\"boot\":%d,\"axes\":" \
				"%s,\"status\":\"ok\",\"err\":0,\"reason\":\"\"}\n", c, boot, axes[c]
		}
	}
}
