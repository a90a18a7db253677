# SPDX-License-Identifier: GPL-3.0-or-later
# Is this Go's benchmark data format? Written from golang.org/design/14313-benchmark-format
# ("Configuration Lines", "Benchmark Results") and, for unit lines and for how a line is told
# from one that is ignored, from the documentation of golang.org/x/perf/benchfmt; not from
# what hmmreport does. A line that a reader would ignore is an error here: we write none but
# blank ones. Exit 1 with a line for each fault.

function fault(what) { print "line " NR ": " what ": " $0; bad = 1 }

function is_number(text) { return text ~ /^[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?$/ }

/[\200-\377]/ { fault("not ASCII, and so perhaps not UTF-8") }

/^$/ { next }

# <name> <iterations> <value> <unit> [<value> <unit>...]
/^Benchmark/ {
	results++
	if ($1 !~ /^Benchmark[^[:lower:]]/)
		fault("after Benchmark comes no capital letter")
	if (NF < 4 || NF % 2)
		fault("an odd number of fields, or fewer than four")
	if ($2 !~ /^[0-9]+$/ || $2 < 1)
		fault("iterations are no number")
	split("", seen)
	for (i = 3; i < NF; i += 2) {
		if (!is_number($i))
			fault("value '" $i "' is no number")
		if ($(i + 1) !~ /^[^[:space:]]+$/ || is_number($(i + 1)))
			fault("'" $(i + 1) "' is no unit")
		if ($(i + 1) in seen)
			fault("unit '" $(i + 1) "' twice")
		seen[$(i + 1)] = 1
	}
	# "-N" at the end of a name is a number of processors.
	if ($1 ~ /-[0-9]+$/)
		fault("the name ends as if in GOMAXPROCS")
	parts = split($1, part, "/")
	for (i = 2; i <= parts; i++)
		if (part[i] !~ /^[a-z][a-z0-9]*=[^=]+$/)
			fault("part '" part[i] "' is no key=value")
	next
}

# Unit <unit> key=value...
$1 == "Unit" {
	if (NF < 3)
		fault("a unit without metadata")
	for (i = 3; i <= NF; i++)
		if ($i !~ /^[^=]+=/)
			fault("no key=value")
	next
}

# key: value, where the key begins with a lower case letter and has neither spaces nor capitals
/^[a-z][^[:space:][:upper:]:]*:([ \t]+.*)?$/ {
	if (results)
		fault("configuration after results would be of the later ones alone")
	next
}

{ fault("neither configuration nor result: a reader would ignore it") }

END { if (!results) { print "no results"; bad = 1 }; exit bad }
