# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck disable=SC2154 # what scripts/series and lib.sh set
# A series of patches on a kernel tree: a copy without it and a copy with it, in
# build/series/before and after, and the kernel's own HMM tests for both. Sourced by
# scripts/series.

# --- the tree --------------------------------------------------------------------

# Sets tree: where the source lies that the series is for.
series_find() {
	local lock
	if ! debian_claims "$what"; then
		[ -d "$what" ] || status=2 die "$what: no such folder"
		tree_is "$what" ||
			status=2 die "$what: not a kernel tree (no Makefile and mm/hmm.c)"
		tree=$(realpath "$what")
		return
	fi
	[[ $what != *-* ]] || usage "$what: all flavours are of one source; name ${what%%-*}"
	if [ -n "$check" ]; then
		tree=$(find "$debian/" -maxdepth 1 -name "linux-source-${what}_*" ! -name '*.new' 2>/dev/null |
			sort -V | tail -n 1)
		[ -n "$tree" ] || die "no source of Linux $what in $debian; run scripts/kernel $what"
		return
	fi
	exec {lock}>"$build/lock"
	flock -n "$lock" || { say "waiting for a scripts/kernel in $build"; flock "$lock"; }
	debian_read
	[ -n "$(debian_has "linux-source-${what/./\\.}")" ] ||
		die "$what: Debian has no linux-source-$what; scripts/kernel --list shows which series there are"
	quietly "$build/log/unpack-source" "getting and unpacking linux-source-$what" \
		debian_source "$what" all
	tree=$(debian_source_of "$what")-all
	exec {lock}>&-
}

# What the series changes and so has to be there.
series_touched() { sed -n 's,^--- a/,,p' "${mails[@]}" | sort -u; }

# No hook and no setting of the user's, and the same commits whenever they are made.
series_git() {
	local dir=$1
	shift
	GIT_AUTHOR_DATE=$series_date GIT_COMMITTER_DATE=$series_date \
		GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null \
		git -C "$dir" -c user.name=hmmbench -c user.email=hmmbench@localhost \
		-c core.hooksPath=/dev/null "$@"
}
series_date='2026-01-01T00:00:00Z'

# series_begin DIR: a repository of what the series changes. Of a whole kernel it would
# take a minute.
series_begin() {
	local file
	rm -rf "$1/.git"
	series_git "$1" init -q
	while read -r file; do
		[ -e "$1/$file" ] || die "$tree has no $file, which the series changes"
		series_git "$1" add -f -- "$file"
	done < <(series_touched)
	series_git "$1" commit -q -m "without the series"
}

series_apply() {
	local log=$build/log/series-am failed
	series_git "$1" am --quiet "${mails[@]}" >"$log" 2>&1 </dev/null && return
	failed=$(sed -n 's/^Patch failed at \([0-9]*\).*/\1/p' "$log")
	status=1 die "patch ${failed:-?} does not apply to $tree, or is there already; rebase it: $log says where"
}

series_check() {
	local dir file log=$build/log/series-checkpatch
	dir=$(mktemp -d "$build/series-check.XXXXXX")
	# shellcheck disable=SC2064 # this one
	trap "rm -rf '$dir'" EXIT
	while read -r file; do
		[ -e "$tree/$file" ] ||
			die "$tree is only a part of the source, without $file; name a whole tree"
		(cd "$tree" && cp --parents -- "$file" "$dir/")
	done < <(series_touched)
	series_begin "$dir"
	series_apply "$dir"
	# A tree without its history knows no commit that a message names.
	(cd "$dir" && perl "$tree/scripts/checkpatch.pl" --strict --no-tree --quiet \
		--ignore UNKNOWN_COMMIT_ID "${mails[@]}") >"$log" 2>&1 ||
		status=1 die "checkpatch.pl: $(grep -m 1 -E '^(ERROR|WARNING|CHECK)' "$log"); $log has it all"
}

# The second copy shares the files of the first, but for what git writes anew.
series_trees() {
	mkdir -p "$scratch"
	quietly "$build/log/copy" "copying $tree" tree_copy "$tree" "$scratch/before"
	series_begin "$scratch/before"
	rm -rf "$scratch/after"
	quietly "$build/log/copy" "copying it once more" \
		cp -al "$scratch/before" "$scratch/after"
	rm -rf "$scratch/after/.git"
	cp -a "$scratch/before/.git" "$scratch/after/"
	series_apply "$scratch/after"
	say "the ${#mails[@]} patches apply to $tree"
}

# --- the kernel's own tests --------------------------------------------------------

# Both kernels run the tests of the series, or nothing would show that what it adds fails
# without it. test_hmm.ko is of the series too; of the kernel it takes what is exported.
series_build_tests() {
	local kernel dir
	mkdir -p "$scratch/tests"
	quietly "$build/log/hmm-tests" "building hmm-tests" \
		make -s -C "$scratch/after/tools/testing/selftests/mm" OUTPUT="$scratch/tests" \
		"$scratch/tests/hmm-tests" LDFLAGS=-static
	for kernel in before after; do
		dir=$scratch/test_hmm-$kernel
		mkdir -p "$dir"
		rsync -c "$scratch/after"/lib/test_hmm{.c,_uapi.h} "$dir/"
		echo 'obj-m := test_hmm.o' >"$dir/Kbuild"
		quietly "$build/log/test_hmm-$kernel" "building test_hmm.ko" \
			tree_make_in "$build/kernels/$kernel" M="$dir" modules
	done
}

# series_test KERNEL: on the deterministic machine, where no timeout depends on how busy the
# host is.
series_test() {
	local dir=$out/tests-$1 log=$build/log/tests-$1
	mkdir -p "$dir"
	watched "$log" "the kernel's own HMM tests, $1 the series" \
		"$top/scripts/vm" --silent --kernel "$1" --out "$dir" --hang 600 \
		--file "$scratch/tests/hmm-tests=/bin/hmm-tests" \
		--file "$scratch/test_hmm-$1/test_hmm.ko=/lib/test_hmm.ko" -- sh -c \
		'insmod /lib/test_hmm.ko || exit 3
		hmm-tests; rc=$?; dmesg >/out/dmesg.txt; exit $rc'
	case $watched in
	0 | 1) ;;
	124 | 125) say "$1: $(cat "$dir/died")" ;;
	*) die "hmm-tests did not run on $1; $log and $dir/dmesg.txt say why" ;;
	esac
	grep -q '^TAP version' "$dir/stdout" ||
		die "hmm-tests printed no result on $1; $log says why"
}

# The names of the tests that a source has
series_tests_in() {
	sed -nE "s/^TEST_F(_TIMEOUT)?\\([a-z0-9_]+, *([a-z0-9_]+).*/\\2/p" \
		"$1/tools/testing/selftests/mm/hmm-tests.c" | sort -u
}

# What the kernel complained of while they ran
series_complaints() {
	complaints "$out/tests-$1"/{dmesg.txt,console.log} | sed 's/^\[ *[0-9.]*\] //' |
		sort | uniq -c || true
}

# series_judge_tests: each test before and after. Fails where one is worse with the series
# than without, where one that it adds fails with it, or succeeds without.
series_judge_tests() {
	local said rc=0
	echo "hmm-tests and test_hmm.ko of the series, without the rest of it (before) and with it (after)"
	awk -v added="$(comm -13 <(series_tests_in "$scratch/before") \
		<(series_tests_in "$scratch/after") | paste -sd' ')" -f "$top/scripts/kernels/series-tests.awk" \
		"$out/tests-before/stdout" "$out/tests-after/stdout" || rc=1
	said=$(series_complaints after)
	if [ -n "$said" ]; then
		printf 'with the series the kernel complained: %s\n' "$said"
		rc=1
	fi
	return $rc
}

# --- the letter --------------------------------------------------------------------

series_release() { make -s -C "$build/kernels/before/tree" kernelversion; }

# series_letter: fails with 1 where a row is slower with the series, 3 where that is not
# known.
series_letter() {
	local run=$out/bench report=$build/host/bench/report/hmmreport kernel rc=0
	echo "Series: ${#mails[@]} patches"
	sed -n '/^Subject:/{N; s/\n / /; s/\n.*//; s/^Subject: /  /p}' "${mails[@]}"
	echo "Tree: ${tree##*/}, Linux $(series_release), built of kernel-helpers/configs"
	echo
	# The tests that have something to say for themselves; tests.txt has all
	sed -n '1,/^test /p' "$out/tests.txt"
	sed -n '1,/^test /!p' "$out/tests.txt" | grep -E 'series|either way' || true
	[ -e "$run" ] || return 0
	echo
	echo "Machine: QEMU $(sed -n 's/^ *"qemu": "\([^ ]*\).*/\1/p' "$run/after/run.json"), emulated, insn clock: a unit is an instruction of the whole guest"
	echo "Command: scripts/series $what --matrix $matrix"
	echo
	(cd "$run" && "$report" compare before after) || return 3
	echo
	"$report" check "$run/before" "$run/after" || rc=$?
	echo
	awk -f "$top/scripts/kernels/series-spread.awk" "$run"/{before,after}/summary.tsv || return 3
	[ ${#more[@]} = 0 ] || { echo && cat "$run/compare.txt"; } || return 3
	return $rc
}
