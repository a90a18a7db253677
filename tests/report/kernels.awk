# SPDX-License-Identifier: GPL-3.0-or-later
# The samples of a run of one matrix on one kernel. Usage: awk -v kernel=7.2|7.3|... -v boots=N
# -v rounds=N [-v cells=1] [-v missing=1]; with cells=1 only the number of cells is printed,
# with missing=1 there are cells under userfaultfd. 7.2 has plain alone; on others unlocked, where shmem is written to, costs more the longer the range is, and
# on 7.4 each absent page 5 % more.
# The same lines everywhere: no rand().

function draw(below) { state = state * 16807 % 2147483647; return state % below }

function cell(strategy, pages, access, backing, uffd, populated)
{
	name[n] = strategy
	size[n] = pages
	axes[n] = sprintf("{\"strategy\":\"%s\",\"pages\":%d,\"access\":\"%s\"," \
		"\"backing\":\"%s\",\"uffd\":\"%s\",\"populated\":%d,\"tables\":\"%s\"," \
		"\"batch\":1,\"threads\":1,\"delay\":\"0\",\"wait\":\"read\"," \
		"\"placement\":\"local\",\"load\":\"none\",\"bystanders\":\"off\"," \
		"\"profile\":\"none\"}", strategy, pages, access, backing, uffd, populated,
		populated ? "warm" : "cold")
	per_page[n] = cost(strategy, pages, access, backing, uffd, populated)
	status[n] = "ok"
	if (kernel == "7.2" && strategy != "plain" && strategy != "null") {
		status[n] = "skipped"
		reason[n] = "this kernel does not have it"
	} else if (uffd == "missing" && strategy == "plain") {
		status[n] = "unsupported"
		reason[n] = "the call fails with EFAULT"
	}
	n++
}

function cost(strategy, pages, access, backing, uffd, populated,  c)
{
	if (strategy == "null")
		return 400 / pages
	if (populated)
		return 90 + 600 / pages
	c = (backing == "shmem" ? 2600 : 2300) + 4000 / pages
	if (kernel != "7.2")
		c *= strategy == "plain" ? 1.001 : 0.995
	if (uffd == "missing")
		c = 9000 + (strategy == "unlocked" ? 5 * pages : 0)
	else if (backing == "shmem" && access == "write" && strategy == "unlocked")
		c += 4.5 * pages
	return kernel == "7.4" ? 1.05 * c : c
}

function sample(c, boot, round)
{
	printf "{\"schema\":\"hmmbench.sample/1\",\"cell\":%d,\"boot\":%d,\"seq\":%d," \
		"\"round\":%d,\"mode\":\"time\",\"total\":%d,\"walk\":null,\"lock_wait\":null," \
		"\"fault_wait\":null,\"passes\":null,\"lock_drops\":null,\"seq_reads\":null," \
		"\"faults\":null,\"pte_visits\":null,\"messages\":%d,\"restarts\":0," \
		"\"invalidations\":0,\"valid\":%d,\"writable\":%d,\"err\":0,\"check\":\"ok\"}\n", \
		c, boot, seq++, round, per_page[c] * size[c] * luck / 1000 * (9990 + draw(20)) / 10000,
		0, size[c], size[c]
}

BEGIN {
	n = 0
	state = kernel == "7.2" ? 20261 : 775
	split("plain unlocked resume", strategies, " ")
	split("anon shmem shmem", backings, " ")
	split("write read write", accesses, " ")
	for (b = 1; b <= 3; b++)
		for (populated = 0; populated <= 100; populated += 100)
			for (pages = 1; pages <= 16384; pages *= pages < 4096 ? 64 : 4)
				for (s = 1; s <= 3; s++)
					cell(strategies[s], pages, accesses[b], backings[b],
						"none", populated)
	for (pages = 64; missing && pages <= 4096; pages *= 64) {
		cell("null", pages, "write", "anon", "missing", 0)
		for (s = 1; s <= 3; s++)
			cell(strategies[s], pages, "write", "anon", "missing", 0)
	}
	if (cells) {
		print n
		exit
	}
	for (boot = 0; boot < boots; boot++) {
		seq = 0
		luck = boots > 1 ? 985 + draw(30) : 1000
		for (c = 0; c < n; c++) {
			for (round = 0; status[c] == "ok" && round < rounds; round++)
				sample(c, boot, round)
			printf "{\"schema\":\"hmmbench.cell/1\",\"cell\":%d,\"boot\":%d,\"axes\":" \
				"%s,\"status\":\"%s\",\"err\":%d,\"reason\":\"%s\"}\n", c, boot,
				axes[c], status[c], status[c] == "unsupported" ? 14 : 0, reason[c]
		}
	}
}
