# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck disable=SC2154 # of tests/vm/run, which sources it
# Tests of the plugin that models caches, and of the turns of the machine's processors.

# modelled OUT CELLS ROLE EVENT LEAST MOST: so many were counted in the one of them, by a
# regular expression, that had the fewest: an interrupt only adds some
modelled() {
	local n
	n=$(sed -n "/\"cell\":$2,.*\"role\":\"$3\",\"counter\":\"modelled-server:$4\"/s/.*\"value\":\([0-9]*\),.*/\1/p" \
		"$1/counters.jsonl" | sort -n | sed -n 1p)
	if [ -z "$n" ] || [ "$n" -lt "$5" ] || [ "$n" -gt "$6" ]; then
		fail "$3 of cell $2: ${n:-no} $4, not $5 to $6"
	fi
}

# The plugin sees what a guest does, by patterns of which theory says what they cost, but for
# the interrupts in between; and the guest does not see the plugin.
test_model() {
	local out=$work/out lines=262144
	"$vm" --silent --model server --out "$out" --file "$vm_tests=/bin/vm_caches" -- vm_caches ||
		fail "$(cat "$out/stdout" "$out/qemu.log")"
	modelled "$out" "[0-4]" caller local-memory $lines $((lines + 4))
	modelled "$out" "[0-4]" caller remote-memory 0 4
	modelled "$out" "1[0-4]" caller remote-memory $lines $((lines + 4))
	modelled "$out" "1[0-4]" caller LLC-load-misses $lines $((lines + 4))
	modelled "$out" "[0-4]" caller node-loads $lines $((lines + 4))
	modelled "$out" "[0-4]" caller node-load-misses 0 4
	modelled "$out" "1[0-4]" caller node-load-misses $lines $((lines + 4))
	modelled "$out" "2[0-4]" caller l2-hits 2048 2052
	modelled "$out" "2[0-4]" caller L1-dcache-load-misses 2048 2052
	modelled "$out" "2[0-4]" caller LLC-loads 0 4
	modelled "$out" "3[0-4]" caller l1-hits 256 264
	modelled "$out" "3[0-4]" caller L1-dcache-loads 256 268
	modelled "$out" "3[0-4]" caller l2-hits 0 4
	# Each gets the line to see that it is its turn, and gets it again to write.
	modelled "$out" 40 caller lock-core-transfers 1998 2000
	modelled "$out" 40 responder lock-core-transfers 1998 2000
	modelled "$out" 50 caller lock-socket-transfers 1998 2000
	modelled "$out" 50 responder lock-socket-transfers 1998 2000

	# Two that compute get a turn each; QEMU 10 shares its length out among all processors.
	"$vm" --silent --turn 10 --out "$work/turns" --file "$vm_tests=/bin/vm_caches" -- vm_caches turns >"$work/said"
	expect "$(cat "$work/said")" 1000 13000 "ns of another's turn"

	sed -i 's/pages: .*/pages: [64]/' "$matrix"
	turn=10
	measure "$work/without"
	model server "$work/with"
	model server "$work/again"
	cmp "$work/with/samples.jsonl" "$work/without/samples.jsonl" || fail "the guest feels the plugin"
	[ "$(lines modelled-server "$work/with/counters.jsonl")" -gt 60 ] || fail "little was counted"
	cmp "$work/with/counters.jsonl" "$work/again/counters.jsonl" || fail "two boots count differently"
	for out in "$work"/{out,with,again}; do
		grep -q '^places: [1-9][0-9]* asked for again, 0 others$' "$out/qemu.log" ||
			fail "of the places in memory: $(grep '^places:' "$out/qemu.log")"
	done
	phases "$work/with"
	desktop
	distances
}

# model MACHINE OUT: the matrix, with the plugin
model() {
	"$vm" --silent --turn "$turn" --model "$1" --out "$2" --file "$matrix=/matrix.yaml" -- hmmbench run \
		--matrix /matrix.yaml --out /out --clock insn --progress /out/progress
}

# desktop: a machine of one socket has the guest that it wants, and no other.
desktop() {
	local said rc=0
	said=$("$vm" --silent --numa 2x2 --model desktop --out "$work/two" -- true 2>&1) || rc=$?
	[[ $rc = 3 && $said = *"plugin: desktop has no place for 2 nodes; --numa 1x4 is such a guest"* ]] ||
		fail "a desktop of two nodes: $rc, $said"
	rc=0
	said=$("$vm" --silent --numa 2x40 --model server --out "$work/many" -- true 2>&1) || rc=$?
	[[ $rc = 3 && $said = *"plugin: there is no place for 80 processors; 64 can be modelled"* ]] ||
		fail "a server of 80 processors: $rc, $said"
	cat >"$matrix" <<-'END'
	name: test
	plan: {rounds: 2, counting: 1}
	axes: {strategy: [resume], pages: [16], uffd: [none], placement: [local, remote-memory]}
	END
	model desktop "$work/desktop"
	[ "$(lines '"cell":0,.*modelled-desktop' "$work/desktop/counters.jsonl")" -gt 20 ] || fail "no desktop was modelled"
	! grep -q '"modelled-desktop:\(remote-memory\|socket-transfers\)","value":[1-9]' "$work/desktop/counters.jsonl" ||
		fail "a desktop has another node"
	grep -q '"skipped"' "$work/desktop/samples.jsonl" || fail "memory of a second node is not skipped"
	here
}

# here: events, and no cycles; on a machine whose caches can be modelled
here() {
	if "$build/host/bench/report/hmmreport" help machines | grep -q 'model another machine$'; then return; fi
	model here "$work/here"
	[ "$(lines '"cell":[01],.*modelled-here:[a-z0-9-]*"' "$work/here/counters.jsonl")" -gt 20 ] || fail "nothing here was modelled"
	! grep -q modelled-here:cycles "$work/here/counters.jsonl" || fail "cycles of this machine are not known"
}

# event OUT CELL ROLE REGEX: of a call of the cell whose key is so; sums what REGEX finds
event() {
	local cell
	cell=$(grep "hmmbench.cell/1.*$2" "$1/samples.jsonl" | sed 's/.*"cell":\([0-9]*\),.*/\1/')
	sed -nE "s/.*\"cell\":$cell,.*\"role\":\"$3\",\"counter\":\"modelled-[a-z]*:($4)\",\"value\":([0-9]*),.*\"samples\":([0-9]*).*/\2 \3/p" \
		"$1/counters.jsonl" | awk '{ sum += $1 / $2 } END { printf "%d\n", sum }'
}

# expect N LOW HIGH WHAT
expect() {
	if ! [[ $1 =~ ^[0-9]+$ ]] || [ "$1" -lt "$2" ] || [ "$1" -gt "$3" ]; then fail "$4: $1, not $2 to $3"; fi
}

# phases OUT: what they are of is all of it. Of 64 pages unlocked walks over each 33 times, and
# so does not resume, with the same faults. The responder reads and writes 512 words a page.
phases() {
	local s role all
	for s in unlocked resume; do
		for role in caller responder; do
			all=$(event "$1" "\"$s\"" $role cycles)
			[ "$all" -gt 0 ] || fail "$s: no cycles of the $role"
			expect "$(event "$1" "\"$s\"" $role 'cycles-in-[a-z]*')" $((all - 4)) "$all" "$s: cycles of all phases of the $role"
		done
	done
	all=$(event "$1" '"resume"' caller cycles-in-walk)
	expect "$all" $((64 * 1000)) $((64 * 5000)) "cycles of resume's walks"
	expect "$(event "$1" '"unlocked"' caller cycles-in-walk)" $((3 * all)) $((33 * all)) "unlocked's walks"
	all=$(event "$1" '"resume"' caller cycles-in-lock)
	expect "$all" $((64 * 2 * 4 * 4)) $((64 * 1000)) "cycles of resume's locks"
	all=$(event "$1" '"resume"' caller cycles-in-fault)
	expect "$all" $((64 * 10000)) $((64 * 100000)) "cycles of resume's faults"
	expect "$(event "$1" '"unlocked"' caller cycles-in-fault)" $((all * 8 / 10)) $((all * 12 / 10)) "unlocked's faults"
	expect "$(event "$1" '"resume"' responder '[a-z0-9]*-[a-z]*-in-copy')" $((64 * 1024)) $((64 * 1056)) \
		"accesses to copy 64 pages"
}

# distances: memory of another node costs what it is said to, and nothing more where all of a
# machine costs the same
distances() {
	local m near far lines distance
	cat >"$matrix" <<-'END'
	name: test
	seed: 5
	plan: {rounds: 2, counting: 1}
	axes: {strategy: [resume], pages: [512], uffd: [none], placement: [local, remote-memory]}
	END
	for m in server flat; do model $m "$work/$m"; done
	lines=$(($(event "$work/server" '"remote-memory"' caller remote-memory) - $(event "$work/server" '"local"' caller remote-memory)))
	expect "$lines" $((512 * 64)) $((512 * 66)) "lines of the other node"
	# The report knows all of them by name.
	"$build/host/bench/report/hmmreport" evidence "$work/server" >"$work/said"
	[ "$(sed -n '/^Modelled/,/^Not/p' "$work/said" | grep -cE '^  resume( +[0-9.]+[kM]?){9}$')" = 2 ] ||
		fail "no two rows of it: $(sed -n '/^Modelled/,/^Not/p' "$work/said")"
	near=$(event "$work/server" '"local"' caller cycles)
	far=$(event "$work/server" '"remote-memory"' caller cycles)
	# 293 cycles in place of 176, for the page; the kernel's own lines are some more
	expect $((far - near)) $((117 * 512 * 64)) $((117 * 512 * 64 * 110 / 100)) "cycles for the distance"
	# What the kernel's policies and the places of its pages make is next to nothing of it.
	distance=$((far - near))
	near=$(event "$work/flat" '"local"' caller cycles)
	far=$(event "$work/flat" '"remote-memory"' caller cycles)
	expect $((far > near ? far - near : near - far)) 0 $((distance / 20)) "cycles for the distance where nothing is far"
}

# Shorter turns let more threads meet at the mmap lock, the same ones in each boot.
test_turns() {
	local rc=0
	mkdir "$work/bin"
	ln -s /bin/true "$work/bin/cmake"	# what is tested is built
	PATH=$work/bin:$PATH "$top/scripts/turns" --out "$work/turns" 0 10 >"$work/said" || fail "$(tail -n 3 "$work/said")"
	PATH=$work/bin:$PATH "$top/scripts/turns" --out "$work/again" 10 >/dev/null
	cmp "$work/turns/10/trace" "$work/again/10/trace" || fail "two boots have other traces"
	awk '$1 == 0 || $1 == 10 { taken[$1] = $2; waited[$1] = $3 + 0 }
		END { exit !(taken[0] > 1000 && taken[10] > 1000 && waited[0] > 0 && waited[10] > 2 * waited[0]) }' \
		"$work/turns/table.txt" || fail "$(cat "$work/turns/table.txt")"
	grep -q '</svg>' "$work/turns/turns.svg" || fail "no figure"

	ln -s /bin/false "$work/bin/gnuplot"
	PATH=$work/bin:$PATH "$top/scripts/turns" --out "$work/again/dull" 10 >"$work/said" 2>&1 || rc=$?
	[[ $rc = 3 && $(tail -n 1 "$work/said") = *"gnuplot cannot draw $work/again/dull/turns.svg: "* ]] ||
		fail "no gnuplot: $rc, $(tail -n 2 "$work/said")"
	rc=0
	ln -s /bin/false "$work/bin/qemu-system-x86_64"
	PATH=$work/bin:$PATH "$top/scripts/turns" --out "$work/again/dead" 10 >"$work/said" 2>&1 || rc=$?
	[[ $rc = 3 && $(tail -n 1 "$work/said") = "scripts/turns: 10 us: the guest was not measured; see $work/again/dead/10" ]] ||
		fail "no QEMU: $rc, $(tail -n 2 "$work/said")"
}
