# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck disable=SC2154 # what scripts/kernel and lib.sh set
# The kernel that runs on this machine: nothing but the modules is built for it, against
# its own headers. Sourced by scripts/kernel, for --here.

here_build=/lib/modules/$(uname -r)/build

# here_has OPTION: does the running kernel have it? Fails too where that is not known.
here_has() {
	local config
	for config in "$here_build/.config" "/boot/config-$(uname -r)"; do
		[ ! -r "$config" ] || { grep -qE "^CONFIG_$1=[ym]" "$config"; return; }
	done
	[ -r /proc/config.gz ] && zcat /proc/config.gz | grep -E "^CONFIG_$1=[ym]" >/dev/null
}

# here_package: the version of Debian's package that runs, if it is one
here_package() { uname -v | sed -n 's/.* Debian \([^ ]*\).*/\1/p'; }

# here_lacks: why no module can be loaded, in a line; nothing when one can
here_lacks() {
	local lockdown=/sys/kernel/security/lockdown advice
	if [ ! -e /proc/modules ]; then
		echo "the running kernel loads no modules (CONFIG_MODULES)"
	elif [ ! -e "$here_build/Makefile" ]; then
		advice="the package of your distribution that holds $here_build"
		[ -z "$(here_package)" ] || advice="linux-headers-$(uname -r)"
		echo "no headers of the running kernel; install $advice"
	elif ! here_has HMM_MIRROR; then
		echo "the running kernel has no HMM (CONFIG_HMM_MIRROR), which drivers such as amdgpu, xe and nouveau select"
	elif { [ -r $lockdown ] && ! grep -q '\[none\]' $lockdown; } ||
		[ "$(cat /sys/module/module/parameters/sig_enforce 2>/dev/null)" = Y ]; then
		echo "the kernel loads signed modules alone (Secure Boot, lockdown or sig_enforce); sign build/kernels/here/*.ko with a key that it knows, or boot without"
	elif [ "$(cat /proc/sys/kernel/modules_disabled 2>/dev/null)" = 1 ]; then
		echo "kernel.modules_disabled is 1: no module can be loaded until the next boot"
	fi
}

# Prints the folder that holds the mm/hmm.c of the running kernel; where there is none,
# nothing, with the reason on standard error.
here_source() {
	local series tar=/usr/src/linux-source-$1.tar.xz to=$build/kernels/here/tree
	series=$1
	if [ -n "$kernel_source" ]; then
		echo "$kernel_source"
	elif [ -e "$here_build/mm/hmm.c" ]; then
		realpath "$here_build"
	elif [ -n "$(here_package)" ] && [ -e "$tar" ] &&
		[ "$(dpkg-query -W -f '${Version}' "linux-source-$series" 2>/dev/null)" = "$(here_package)" ]; then
		mkdir -p "$to"
		tar -xJmf "$tar" --strip-components=1 -C "$to" "${source_parts[@]}"
		echo "$to"
	else
		say "no mm/hmm.c of the running kernel, so only what it has itself is measured: install linux-source-$series${1:+ $(here_package)}, or name its tree with --kernel-source DIR" >&2
	fi
}

here_find() {
	local release
	[ -n "$kernel_source" ] || return 0
	tree_is "$kernel_source" ||
		status=2 die "--kernel-source $kernel_source: not a kernel tree (no Makefile and mm/hmm.c)"
	kernel_source=$(realpath "$kernel_source")
	release=$(awk -F' *= *' '/^(VERSION|PATCHLEVEL|SUBLEVEL) *=/ { v = v dot $2; dot = "." }
		/^EXTRAVERSION/ { exit } END { print v }' "$kernel_source/Makefile")
	case $(uname -r) in
	"$release"[+-]* | "$release") ;;
	*) status=2 die "--kernel-source $kernel_source: Linux $release, and $(uname -r) runs" ;;
	esac
	[ ! -e "$here_build/include/linux/hmm.h" ] ||
		cmp -s "$kernel_source/include/linux/hmm.h" "$here_build/include/linux/hmm.h" ||
		status=2 die "--kernel-source $kernel_source: its include/linux/hmm.h is not that of the running kernel"
}

# here_make NAME OUT
here_make() {
	local out=$2 lacks source series
	lacks=$(here_lacks)
	rm -rf "$out"
	mkdir -p "$out"
	echo "the running kernel: $(uname -r) $(uname -v)" >"$out/source"
	if [ -n "$lacks" ]; then
		say "$lacks; touch and populate are measured without"
		return 0
	fi
	series=$(uname -r | grep -oE '^[0-9]+\.[0-9]+')
	source=$(here_source "$series")
	build_modules "$out" make -C "$here_build" CONFIG_DEBUG_INFO_BTF_MODULES= \
		${source:+HMM_SOURCE="$source"}
	[ ! -d "$source/tools/lib/perf" ] || build_libperf "$source"
}
