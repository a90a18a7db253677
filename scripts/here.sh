# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck disable=SC2154 # set by scripts/bench, which sources it
# For scripts/bench: to measure the kernel that runs, and what a --here that was killed has left.

modules=(hmm_bench hmm_strategies)	# in the order in which they can be removed
here_pid=$build/here.pid	# of the hmmbench that measures this machine, and when it began

# measures_here: does one, for this script or another? Sets pid. Another process may have its
# number by now, and began at another time.
measures_here() {
	local began
	read -r pid began 2>/dev/null <"$here_pid" &&
		[ "$(cat "/proc/$pid/comm" 2>/dev/null)" = hmmbench ] &&
		[ "$(cut -d ' ' -f 22 "/proc/$pid/stat" 2>/dev/null)" = "$began" ]
}

# claim_here: this machine is this script's until it ends, and nothing is left on it.
claim_here() {
	local name pid claimed
	! measures_here ||
		die "process $pid measures this machine already, and its scripts/bench may be gone: wait for it, or end it with scripts/bench --unload"
	mkdir -p "$build"
	exec {claimed}>>"$build/lock-here"
	flock -n "$claimed" || die "another scripts/bench --here is at work: wait for it, or end it"
	for name in "${modules[@]}"; do
		[ ! -e "/sys/module/$name" ] ||
			die "$name is loaded already, by you or by a --here that was killed: remove it with scripts/bench --unload"
	done
}

unload() {
	local name pid found='' until=$((SECONDS + 10))
	if measures_here; then
		as_root kill "$pid" || ! measures_here || die "process $pid measures, and cannot be ended"
		while measures_here; do
			[ $SECONDS -lt $until ] ||
				die "process $pid measures, and does not end: kill -9 $pid, then scripts/bench --unload again"
			sleep 0.1
		done
		say "ended the hmmbench that measured, process $pid"
		found=1
	fi
	for name in "${modules[@]}"; do
		[ -e "/sys/module/$name" ] || continue
		as_root rmmod "$name" || die "$name is still loaded: end what uses it, then scripts/bench --unload again"
		say "removed $name"
		found=1
	done
	rm -f "$here_pid"
	[ -n "$found" ] || say "nothing is left of a --here"
}

# run_here RUN: on this machine a boot is a process. Waited for in the background: a
# signal has to reach it, and the modules are its until it is gone.
run_here() {
	local run=${runs[$1]} go_on=() rc=0
	[ ! -s "$run/samples.jsonl" ] || go_on=(--resume "$run")
	[ ${#loaded[@]} -gt 0 ] || go_on+=(--no-module)
	rm -f "$here_pid"
	# shellcheck disable=SC2016 # the inner shell's
	as_root sh -c 'echo $$ "$(cut -d " " -f 22 /proc/$$/stat)" >"$0" && exec "$@"' "$here_pid" \
		env LC_ALL=C HMMBENCH_KERNEL_NAME=here \
		HMMBENCH_KERNEL_SOURCE="$(cat "$build/kernels/here/source")" \
		"$hmmbench" run --matrix "$file" --out "$run" --clock wall "${seed[@]}" \
		"${boots[@]}" "${despite[@]}" "${go_on[@]}" &
	measuring=$!
	wait "$measuring" || rc=$?
	measuring=
	rm -f "$here_pid"
	return "$rc"
}

# The modules are gone again whatever happens, but for SIGKILL: then --unload is the way.
loaded=()
load_here() {
	local name
	for name in hmm_strategies hmm_bench; do
		[ -e "$build/kernels/here/$name.ko" ] || continue
		[ ! -e "/sys/module/$name" ] ||
			die "$name was loaded in the meantime, by another: end what uses it, then scripts/bench --unload"
		# Before it is: a signal may come in between.
		loaded=("$name" "${loaded[@]}")
		as_root insmod "$build/kernels/here/$name.ko" || {
			loaded=("${loaded[@]:1}")
			die "$build/kernels/here/$name.ko does not load; dmesg says why"
		}
	done
}
unload_here() {
	local name
	for name in "${loaded[@]}"; do
		[ -e "/sys/module/$name" ] || continue
		as_root rmmod "$name" || say "$name is still loaded; remove it with scripts/bench --unload" >&2
	done
	loaded=()
}
