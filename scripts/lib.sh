# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck disable=SC2034 # used where it is sourced
# What the scripts share: where things lie, how they speak. Sourced, not run.

export LC_ALL=C		# or awk and printf would read and write a comma for a point
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$(realpath -m "${HMMBENCH_BUILD:-$top/build}")
me=scripts/$(basename "$0")
jobs=$(nproc)

say() { printf '%s: %s\n' "$me" "$*"; }
die() { printf '%s: %s\n' "$me" "$*" >&2; exit "${status:-3}"; }
usage() { status=2 die "$* (see $me --help)"; }

# plain_build: make, kbuild and pkg-config take a folder's name apart at all else
plain_build() {
	local taken=${build//[A-Za-z0-9\/._+@~-]/}
	taken=${taken//[! -~]/}
	[ -z "$taken" ] ||
		status=2 die "$build: make and kbuild take no '${taken:0:1}' in a folder's name; HMMBENCH_BUILD=DIR names another"
}

# wants_value OPTION [VALUE...]: the option has one; only of words there can be none
wants_value() {
	[ -n "${2-}" ] || { [ $# -gt 1 ] && [ "$1" = --append ]; } || usage "$1 wants a value"
}

# wants_name MACHINE: no list of options
wants_name() { [[ $1 =~ ^[a-z0-9-]+$ ]] || usage "--model $1: wants the name of a machine, as hmmreport help machines has them"; }

# numbers_of MACHINE: its lines in hmmreport's list of those that can be modelled; '': all lines
numbers_of() {
	"$build/host/bench/report/hmmreport" help machines |
		awk -v model="$1" '/^  [a-z]/ { name = $1 } name && (model == "" || name == model)'
}

# wants_machine MACHINE: one of that list, and its lines in $numbers; once the programs are built
wants_machine() {
	local all
	numbers=$(numbers_of "$1") || die "no $build/host/bench/report/hmmreport; build the programs: scripts/bench does"
	[ -z "$numbers" ] || return 0
	readarray -t all < <(numbers_of '' | awk '/^  [a-z]/ { print $1 }')
	usage "--model $1: no such machine; there are $(among "${all[@]}")"
}

# wants_turn US [OPTION]: as plan.turn_us of a matrix
wants_turn() {
	[[ $1 =~ ^(0|[1-9][0-9]{0,3}|10000)$ ]] ||
		usage "${2:+$2 }$1: wants microseconds, 0 to 10000"
}

# matrix_file NAME|FILE: of bench/matrices, or a file
matrix_file() {
	local file=$top/bench/matrices/$1.yaml
	[ -e "$file" ] || file=$1
	[ ! -e "$file" ] || [ -f "$file" ] ||
		usage "--matrix $1: no file but a pipe or a folder, and it is read more than once"
	[ -e "$file" ] || usage "--matrix $1: no such file, nor any of $(cd "$top/bench/matrices" && echo ./*.yaml | sed 's|\./||g; s/\.yaml//g')"
	echo "$file"
}

# make_out NAME: makes the folder $out now, and not minutes later when a kernel is there. Where
# the user named none, one in out/ that is nobody else's, even if both begin in one second. One
# that was made ($out_made) and is still empty when this script ends is removed.
make_out() {
	local name n=1
	out_made=''
	if [ -d "$out" ]; then
		[ -w "$out" ] || usage "--out $out: it cannot be written to"
		return
	fi
	if [ -z "$out" ]; then
		{ mkdir -p "$top/out" && [ -w "$top/out" ]; } 2>/dev/null ||
			usage "$top/out: it cannot be written to; name another folder with --out"
		name=$top/out/$1-$(date +%Y%m%d-%H%M%S)
		out=$name
		while ! mkdir "$out" 2>/dev/null && { [ -e "$out" ] || [ -L "$out" ]; }; do out=$name-$((++n)); done
	fi
	mkdir -p -- "$out" 2>/dev/null || usage "--out $out: it cannot be written to"
	out_made=1
	trap 'rmdir -- "$out" 2>/dev/null || true' EXIT
}

# help: print the comment block that opens the script.
help() { sed -n '/^# Usage/,/^[^#]/s/^# \{0,1\}//p' "$0"; exit 0; }

as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		die "'$1' needs root: run as root, or install sudo"
	fi
}

# among WORD...: as a list in a sentence
among() { printf '%s' "${1-nothing}"; shift || return 0; [ $# = 0 ] || printf ', %s' "$@"; }

clock_of() { printf '%d:%02d' $(($1 / 60)) $(($1 % 60)); }

# meanwhile PID FUNCTION: call FUNCTION SECONDS again and again while PID runs.
# What it leaves in $line is shown: on a terminal written over, in a log every
# 30 s. Returns the status of PID.
meanwhile() {
	local pid=$1 watch=$2 began=$SECONDS last=$SECONDS line
	while kill -0 "$pid" 2>/dev/null; do
		sleep 0.2
		line=
		"$watch" $((SECONDS - began))
		[ -n "$line" ] || continue
		if [ -t 1 ]; then
			printf '\r%s\033[K' "${line:0:${COLUMNS:-100}}"
		elif [ $((SECONDS - last)) -ge 30 ]; then
			printf '%s\n' "$line"
			last=$SECONDS
		fi
	done
	if [ -t 1 ]; then printf '\r\033[K'; fi
	wait "$pid"
}

# started COMMAND...: in the background, as $running. It and all that it starts ends
# with this script, which the terminal's ^C alone would not do.
running=
started() {
	set -m
	"$@" &
	running=$!
	set +m
	trap 'stop_started; exit 129' HUP
	trap 'stop_started; exit 130' INT
	trap 'stop_started; exit 143' TERM
}

stop_started() { [ -z "$running" ] || kill -- -"$running" 2>/dev/null || true; }

# tied SIGNAL COMMAND...: in the background, as $!, in a session of its own, where no
# terminal's ^C reaches it. It gets SIGNAL when this script ends, whatever ends that:
# SIGKILL, which no trap sees, too.
tied() {
	local parent=$BASHPID
	# shellcheck disable=SC2016 # the inner shell's: the script may be gone already
	setsid setpriv --pdeathsig "$1" -- sh -c '[ "$PPID" = "$0" ] && exec "$@"' \
		"$parent" "${@:2}" &
}

# watched LOG WHAT COMMAND...: run with its output in LOG, saying that it lasts. Its
# status is in $watched: in a condition, as in 'watched ... ||', a function would not stop
# where it fails.
watched() {
	local log=$1 what=$2
	shift 2
	mkdir -p "$(dirname "$log")"
	started "$@" >"$log" 2>&1 </dev/null
	elapsed() { [ "$1" -lt 5 ] || line="$me: $what, $(clock_of "$1")"; }
	watched=0
	meanwhile "$running" elapsed || watched=$?
	running=
}

# quietly LOG WHAT COMMAND...: the same; on failure show the end of it and stop.
quietly() {
	watched "$@"
	[ "$watched" != 0 ] || return 0
	tail -n 15 "$1" >&2
	die "$2 failed; all of its output is in $1"
}

# build_programs [CMAKE-OPTION...]: hmmbench, hmmreport and the tests.
build_programs() {
	local lock
	plain_build
	mkdir -p "$build"
	exec {lock}>"$build/lock-programs"
	flock -n "$lock" || { say "waiting for another build in $build"; flock "$lock"; }
	quietly "$build/log/cmake" "cmake" cmake -S "$top" -B "$build/host" "$@"
	quietly "$build/log/programs" "building the programs" \
		cmake --build "$build/host" -j "$jobs"
	exec {lock}>&-
}

# complaints FILE...: the lines in which a kernel says that something is wrong with it
complaints() { grep -ahFf <(grep -v '^#' "$top/bench/run/seen/complaints") -- "$@"; }

# how_far SECONDS DIR...: in $line, from the progress of guests that run side by side, with
# $boots_after more boots like it, and $boot_of said of the samples.
how_far() {
	local spent=$1
	shift
	set -- "${@/%//progress}"
	line=$("$build/host/bench/run/hmmbench" progress --spent "$spent" \
		--after "${boots_after:-0}" "${@/#/--progress=}" 2>/dev/null) || true
	[ -z "$line" ] || line="$me: ${line/,/${boot_of:-},}"
}
