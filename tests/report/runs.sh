# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# The runs that tests of hmmreport read: tests/report/runs/NAME holds a run, or groups of
# runs, as files, or a recipe `make`, which makes it in the folder where it is sourced.

tests=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
made=${work:?}/runs

# make_run NAME: $made/NAME, with all that it is made of
make_run() {
	[ ! -d "$made/$1" ] || return 0
	mkdir -p "$made/$1"
	if [ ! -e "$tests/runs/$1/make" ]; then
		cp "$tests/runs/$1"/* "$made/$1"
		return
	fi
	(
		cd "$made/$1" || exit
		# shellcheck disable=SC1090
		. "$tests/runs/$1/make"
	)
}

# from RUN [DIR]: for recipes: what is in RUN, here or in DIR
from() {
	make_run "${1%%/*}"
	mkdir -p "${2-.}"
	cp -r "$made/$1/." "${2-.}"
}
