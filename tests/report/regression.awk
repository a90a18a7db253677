# SPDX-License-Identifier: GPL-3.0-or-later
# The table of the regression in README.md, of what hmmreport compare --by kernel --format tsv
# prints: instructions a page of each kind of memory at -v pages=N, where unlocked costs more
# than 15 % over 7.2; and on standard error in which bounds it is elsewhere.

function rounded(total) { return total == "" ? "-" : sprintf("%.0f", total / pages) }

BEGIN {
	FS = "\t"
	kinds = split("anon anon-thp shared-anon shmem shmem-thp tmpfs file-private file-shared hugetlb hugetlb-private swap", kind, " ")
	states = split(" clean populated", state, " ")
}

NR > 1 && $2 ~ "^[^/]*/" pages "/" {
	memory = "anon"; access = "write"; how = ""
	n = split($2, part, "/")
	for (i = 3; i <= n; i++) {
		if (sub(/^backing=/, "", part[i])) memory = part[i]
		else if (sub(/^access=/, "", part[i])) access = part[i]
		else if (part[i] == "tables=clean") how = ", clean"
		else if (part[i] == "populated=100") how = ", there"
	}
	key = memory "/" access "/" how
	if ($1 == "7.3 plain") base[key] = $8
	cost[$1, key] = $9
}

END {
	print "| memory | access | 7.2 `plain` | 7.3 `unlocked` | times | `resume` | `advance` | `tried-first` |"
	print "|---|---|---:|---:|---:|---:|---:|---:|"
	split("read write", accesses, " ")
	split(";, clean;, there", hows, ";")
	for (h = 1; h <= 3; h++)
		for (k = 1; k <= kinds; k++)
			for (a = 1; a <= 2; a++) {
				key = kind[k] "/" accesses[a] "/" hows[h]
				if (base[key] == "") continue
				times = cost["7.3 unlocked", key] / base[key]
				if (times < 1.15) {
					if (!less++ || times < low) low = times
					if (times > high) high = times
					continue
				}
				printf "| %s%s | %s | %s | %s | %.1f | %s | %s | %s |\n", kind[k], hows[h],
					accesses[a], rounded(base[key]), rounded(cost["7.3 unlocked", key]),
					times, rounded(cost["7.3 resume", key]),
					rounded(cost["7.3 advance", key]), rounded(cost["7.3 tried-first", key])
			}
	printf "%+.0f to %+.0f %% of 7.2\n", 100 * low - 100, 100 * high - 100 >"/dev/stderr"
}
