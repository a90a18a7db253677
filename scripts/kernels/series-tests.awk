# SPDX-License-Identifier: GPL-2.0-or-later
# TAP of before and of after, each test in a line. -v added="NAME...": those that have to
# fail before and succeed after. Exit status 1 where that is not so, or one is worse.

BEGIN { n = split(added, name, " "); for (i = 1; i <= n; i++) is_new[name[i]] = 1 }

{ which = FILENAME == ARGV[1] ? 1 : 2 }

/^(ok|not ok) [0-9]+ / {
	result = /^not/ ? "fail" : / # SKIP/ ? "skip" : "ok"
	sub(/^(not )?ok [0-9]+ /, "")
	sub(/ # .*/, "")
	if (!($0 in seen)) order[++tests] = $0
	seen[$0] = 1
	got[$0, which] = result
	sum[which, result]++
}

function of(test, which) { return (test, which) in got ? got[test, which] : "-" }

# What is said of it; nothing where all is as it should be.
function verdict(test, before, after,   short)
{
	short = test
	sub(/.*\./, "", short)
	if (before == "skip" && after == "skip") return ""
	if (short in is_new) {
		if (before != "ok" && after == "ok") shown[short] = 1
		if (after != "ok") return "BAD: added by the series, and not ok with it"
		if (before == "ok") return "BAD: added by the series, and ok without it"
		return "added by the series"
	}
	if (after == "fail" || after == "-")
		return before == after ? "not ok either way" : "BAD: worse with the series"
	return before == after ? "" : "better with the series"
}

END {
	for (w = 1; w <= 2; w++)
		printf "%-7s %d ok, %d skipped, %d failed\n", w == 1 ? "before:" : "after:",
			sum[w, "ok"], sum[w, "skip"], sum[w, "fail"]
	printf "\n%-52s %-7s%-7s\n", "test", "before", "after"
	for (i = 1; i <= tests; i++) {
		before = of(order[i], 1)
		after = of(order[i], 2)
		said = verdict(order[i], before, after)
		if (said ~ /^BAD/) bad = 1
		line = sprintf("%-52s %-7s%-7s%s", order[i], before, after, said)
		sub(/ +$/, "", line)
		print line
	}
	# A variant may be skipped; a test that shows nothing in any shows nothing.
	for (short in is_new)
		if (!(short in shown)) {
			printf "BAD: %s, which the series adds, nowhere failed before and was ok after\n", short
			bad = 1
		}
	if (!tests) print "no test was run"
	exit bad || !tests
}
