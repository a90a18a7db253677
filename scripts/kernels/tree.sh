# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck disable=SC2154 # what scripts/kernel and lib.sh set
# A kernel that is built here, of kernel-helpers/configs: DIR, a tree of the user's; DIR@REF,
# a revision of it; and with --debug or --races also SERIES, of Debian's source. A user's tree is
# copied, never touched. Sourced by scripts/kernel.

# A series is Debian's, whatever folders there are: a tree of that name wants a slash.
tree_claims() {
	if debian_claims "$1"; then
		[ -n "$checks" ] && [[ $1 != *-* ]]
	else
		[ -d "${1%@*}" ] || [[ $1 == */* ]]
	fi
}

tree_is() { [ -f "$1/Makefile" ] && [ -f "$1/mm/hmm.c" ]; }

# linux, linux@v7.3, linux-debug
tree_name() {
	local dir=${1%@*} name=$1
	if ! debian_claims "$1" && [ -d "$dir" ]; then
		name=$(basename "$(realpath "$dir")")${1#"$dir"}
		! debian_claims "$name" || name=tree-$name
	fi
	echo "${name//\//-}${checks:+-$checks}"
}

# Which release a tree or a revision of it is, from its Makefile on standard input, which
# is read to its end: the command that writes it would fail otherwise.
tree_release() {
	awk -F' *= *' 'NR < 10 && ($1 == "VERSION" || $1 == "PATCHLEVEL") { v = v dot $2; dot = "." }
		END { print v }'
}

tree_find() {
	local dir=${1%@*} ref='' release
	if debian_claims "$1"; then
		debian_find "${1%%-*}"
		return
	fi
	[ "$dir" = "$1" ] || ref=${1##*@}
	[ -d "$dir" ] || status=2 die "$1: no such folder"
	if [ -n "$ref" ]; then
		git -C "$dir" rev-parse -q --verify "$ref^{commit}" >/dev/null 2>&1 ||
			status=2 die "$1: $dir has no revision '$ref'"
		release=$(git -C "$dir" show "$ref:Makefile" 2>/dev/null | tree_release)
	else
		tree_is "$dir" ||
			status=2 die "$dir: not a kernel tree (no Makefile and mm/hmm.c)"
		release=$(tree_release <"$dir/Makefile")
	fi
	[ -n "$release" ] || status=2 die "$1: not a kernel tree (its Makefile names no version)"
	[ "$(printf '%s\n' 6.12 "$release" | sort -V | head -n 1)" = 6.12 ] ||
		status=2 die "$1: Linux $release is older than 6.12, the first that is measured"
}

# install_if_new FROM TO: keep the time stamp of what has not changed.
install_if_new() { cmp -s "$1" "$2" || cp "$1" "$2"; }

# Without symbols it boots faster, and without a boot sector faster yet.
tree_image() {
	if [ "$1" -nt "$2" ]; then
		strip -o "$2.new" "$1"
		mv "$2.new" "$2"
	fi
}

# tree_copy FROM TO: what make needs, with the user's uncommitted changes, without what it
# built there. Make sees by its time that a file has changed: now, whatever its time is
# where it comes from.
tree_copy() {
	mkdir -p "$2"
	rsync -a --delete --no-times --checksum --exclude=/.git --exclude='*.o' \
		--exclude='*.ko' --exclude='*.cmd' --exclude='*.a' --exclude=/vmlinux \
		--exclude=/.config --exclude=/include/generated --exclude=/include/config \
		--exclude='/arch/*/include/generated' "$1/" "$2/"
}

# tree_export DIR REF TO: git writes nothing into the user's repository for it
tree_export() {
	rm -rf "$3.new"
	mkdir -p "$3.new"
	git -C "$1" archive "$2" | tar -x -C "$3.new"
	tree_copy "$3.new" "$3"
	rm -rf "$3.new"
}

# Puts the source into OUT/tree and what it is into $origin.
tree_get() {
	local name=$1 out=$2 dir=${1%@*} ref
	if debian_claims "$name"; then
		name=${name%%-*}
		origin="linux-source-$name $(debian_field "linux-source-$name" Version) of Debian"
		say "getting linux-source-$name"
		quietly "$build/log/unpack-source" "getting and unpacking linux-source-$name" \
			debian_source "$name" all
		quietly "$build/log/copy" "copying the kernel tree" \
			tree_copy "$(debian_source_of "$name")-all" "$out/tree"
	elif [ "$dir" = "$name" ]; then
		dir=$(realpath "$dir")
		origin=$dir
		if ref=$(git -C "$dir" describe --always --dirty 2>/dev/null); then origin+=" ($ref)"; fi
		quietly "$build/log/copy" "copying $dir" tree_copy "$dir" "$out/tree"
	else
		dir=$(realpath "$dir") ref=${name##*@}
		origin="$dir@$ref ($(git -C "$dir" describe --always "$ref"))"
		quietly "$build/log/copy" "copying $name" tree_export "$dir" "$ref" "$out/tree"
	fi
}

# tree_compiler OUT: sets tree_cc, gcc behind ccache where that works. What one tree compiled
# serves the next: no folder's name is in the result.
tree_compiler() {
	local lacks
	tree_cc=gcc
	command -v ccache >/dev/null || return 0
	export CCACHE_BASEDIR=$1 CCACHE_NOHASHDIR=1
	if lacks=$(ccache gcc -xc -c /dev/null -o "$1/cached.o" 2>&1); then
		tree_cc='ccache gcc'
	else
		say "no use is made of ccache: ${lacks#ccache: error: }"
	fi
	rm -f "$1/cached.o"
}

# The same bytes from the same source, on any machine with the same compiler. The version
# says of which mm/hmm.c and configuration: hmm_strategies.ko refuses to load into another.
tree_make_in() {
	local out=$1
	shift
	[ -n "${tree_cc-}" ] || tree_compiler "$out"
	export KBUILD_BUILD_TIMESTAMP='2026-01-01 00:00:00 UTC'
	export KBUILD_BUILD_USER=hmmbench KBUILD_BUILD_HOST=hmmbench
	KBUILD_BUILD_VERSION=$({ cat "$out/tree/mm/hmm.c" "$out/config" || true; } 2>/dev/null |
		sha256sum | head -c 12)
	export KBUILD_BUILD_VERSION
	make -C "$out/tree" O="$out/obj" -j"$jobs" CC="$tree_cc" \
		KCFLAGS="-ffile-prefix-map=$out/tree/=" "$@"
}

tree_configure() {
	local out=$1 config=$1/obj/.config missing
	shift
	mkdir -p "$out/obj"
	tree_make_in "$out" tinyconfig
	"$out/tree/scripts/kconfig/merge_config.sh" -m -O "$out/obj" "$config" "$@"
	tree_make_in "$out" olddefconfig
	# A line that Kconfig did not take would change what is measured, in silence.
	missing=$({
		grep -hE '^CONFIG_.*=[^n]' "$@" | grep -vxFf "$config"
		grep -hE '^CONFIG_.*=n' "$@" | sed 's/=n/=y/' | grep -xFf "$config"
	} || true)
	[ -z "$missing" ] || { echo "not taken by this kernel: $missing"; return 1; }
	cp "$config" "$out/config"
}

tree_build() {
	local out=$1 log=$build/log/kernel lines=1800
	started tree_make_in "$out" vmlinux modules >"$log" 2>&1 </dev/null
	compiled() {
		local n
		n=$(wc -l <"$log")
		[ "$1" -ge 5 ] || return 0
		[ "$n" -lt "$lines" ] || n=$((lines - 1))
		line="$me: building the kernel, $((n * 100 / lines)) %, $(clock_of "$1")"
		line+=", about $(clock_of $((n > 50 ? $1 * (lines - n) / n : 270))) left"
	}
	if ! meanwhile "$running" compiled; then
		grep -E 'error|Error' "$log" | head -5 >&2
		die "the kernel does not build; all of the output is in $log"
	fi
	running=
}

# tree_make NAME OUT
tree_make() {
	local out=$2 origin want fragments=("$top/kernel-helpers/configs/bench.config")
	[ -z "$checks" ] || fragments+=("$top/kernel-helpers/configs/$checks.config")
	mkdir -p "$out"
	tree_compiler "$out"
	tree_get "$1" "$out"
	want=$(cat "${fragments[@]}" <(echo "${origin%% (*}") "$out/tree/Makefile" | sha256sum)
	# under a name without blanks, for merge_config.sh
	cat "${fragments[@]}" >"$out/fragment"
	if [ "$(cat "$out/configured" 2>/dev/null)" != "$want" ]; then
		# Of another tree or configuration nothing stays.
		rm -rf "$out/obj" "$out/image" "$out/modules"
		quietly "$build/log/config" "configuring the kernel" \
			tree_configure "$out" "$out/fragment"
		echo "$want" >"$out/configured"
	fi
	tree_build "$out"
	tree_image "$out/obj/vmlinux" "$out/image"
	echo "$origin, built of kernel-helpers/configs${checks:+ with $checks.config}" >"$out/source"
	build_modules "$out" tree_make_in "$out"
	build_libperf "$out/tree"
}
