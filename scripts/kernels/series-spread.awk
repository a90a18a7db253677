# SPDX-License-Identifier: GPL-2.0-or-later
# Of two summary.tsv, before and after: what the calls did, how far samples of a cell lie
# apart, and how long threads waited that only wanted the mmap lock.
#
# What is counted is a twin of the call as Linux 7.3 has it. With the series the kernel
# walks as the strategy resume does, so that one's counts are shown.

BEGIN { FS = "\t" }

FNR == 1 { which++; for (i = 1; i <= NF; i++) at[$i] = i; next }

function of(name) { return $(at[name]) }

of("status") == "ok" && of("median") > 0 && of("max") != "-" {
	spread = (of("max") / of("median") - 1) * 100
	cells[which]++
	if (spread < 1) below[which]++
	if (spread > most[which]) most[which] = spread
}

of("status") == "ok" && of("bystanders") == "off" && of("profile") == "none" &&
of("strategy") == (which == 1 ? "unlocked" : "resume") {
	key = sprintf("%-6s %-13s %-8s %-6s %4d %% %6d", of("access"), of("backing"), of("uffd"),
		of("tables"), of("populated"), of("pages"))
	if (which == 1) counted[++counts] = key
	did[key, which] = sprintf("%6s %6s %6s %9s", of("passes"), of("lock_drops"), of("seq_reads"),
		of("pte_visits"))
}

of("bystanders") == "on" && of("by_lock_p50") != "-" {
	key = sprintf("%-9s %6d  %-13s %-6s", of("strategy"), of("pages"), of("backing"), of("load"))
	if (!(key in seen)) order[++rows] = key
	seen[key] = 1
	waits[key, which] = sprintf("%9s %9s %9s", of("by_lock_p50"), of("by_lock_p99"), of("by_lock_max"))
}

END {
	for (w = 1; w <= 2; w++)
		printf "spread, %s: the dearest sample is within 1 %% of the median in %d of %d cells, at most %.1f %% above it\n",
			w == 1 ? "before" : "after", below[w], cells[w], most[w]
	print "\nwhat the call did, before and after (exact)"
	printf "%-49s %31s    %31s\n", "access backing       uffd     tables  there  pages",
		" walks  drops   seqs PTE visits", " walks  drops   seqs PTE visits"
	for (i = 1; i <= counts; i++)
		if ((counted[i], 2) in did)
			printf "%-49s %31s    %31s\n", counted[i], did[counted[i], 1], did[counted[i], 2]
	if (!rows) exit
	print "\nwaiting for the mmap lock beside the call, instructions of the whole guest: p50, p99, max"
	for (i = 1; i <= rows; i++)
		printf "%s  before %s   after %s\n", order[i], waits[order[i], 1], waits[order[i], 2]
}
