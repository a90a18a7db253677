# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2034
# What the drivers of golden tests share. Wants $report, $golden and $update, and to be read
# in the folder with the runs; sets $bad where something is not as it was.

: "${report:?}" "${golden:?}"
bad=0
expect() {
	local name=$1 rc=0
	shift
	"$report" "$@" >"$name" 2>&1 || rc=$?
	echo "exit status $rc" >>"$name"
	if [ -n "$update" ]; then
		cp "$name" "$golden/$name"
	elif ! diff -u "$golden/$name" "$name"; then
		echo "FAILED: $name: hmmreport $*"
		bad=1
	fi
}

# The data and the tables: how gnuplot draws is gnuplot's.
drawn() {
	if [ -n "$update" ]; then
		cp "$1" "$golden/$2"
	elif ! diff -u "$golden/$2" "$1"; then
		bad=1
	fi
}
