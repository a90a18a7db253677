# SPDX-License-Identifier: GPL-2.0-or-later
# Of two summary.tsv, before and after: how far samples of a cell lie apart, and how long
# those waited who only wanted the mmap lock.

BEGIN { FS = "\t" }

FNR == 1 { which++; for (i = 1; i <= NF; i++) at[$i] = i; next }

function of(name) { return $(at[name]) }

of("status") == "ok" && of("median") > 0 && of("max") != "-" {
	spread = (of("max") / of("median") - 1) * 100
	cells[which]++
	if (spread < 1) below[which]++
	if (spread > most[which]) most[which] = spread
}

of("bystanders") == "on" && of("by_lock_p50") != "-" {
	key = sprintf("%-9s %6d  %-12s %-6s", of("strategy"), of("pages"), of("backing"), of("load"))
	if (!(key in seen)) order[++rows] = key
	seen[key] = 1
	waits[key, which] = sprintf("%9s %9s %9s", of("by_lock_p50"), of("by_lock_p99"), of("by_lock_max"))
}

END {
	for (w = 1; w <= 2; w++)
		printf "spread, %s: the dearest sample is within 1 %% of the median in %d of %d cells, at most %.1f %% above it\n",
			w == 1 ? "before" : "after", below[w], cells[w], most[w]
	if (!rows) exit
	printf "\nwaiting for the mmap lock beside the call, instructions of the whole guest\n"
	printf "%-37s %29s %31s\n", "", "before: p50       p99       max", "after: p50       p99       max"
	for (i = 1; i <= rows; i++)
		printf "%s %s   %s\n", order[i], waits[order[i], 1], waits[order[i], 2]
}
