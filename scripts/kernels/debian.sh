# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck disable=SC2154 # what scripts/kernel and lib.sh set
# A kernel of Debian's as it is: SERIES or SERIES-FLAVOUR. Knows the archive, the names of
# its packages, and what it takes to build a module for them elsewhere than on the release
# that they are of. Sourced by scripts/kernel.

suites=(trixie trixie-backports)
debian=$build/debian		# the private apt state, and all that was downloaded

# The flavours by their names here, and in the names of packages.
declare -A debian_flavours=([cloud]=cloud-amd64 [generic]=amd64 [rt]=rt-amd64)
readarray -t debian_flavour_names < <(printf '%s\n' "${!debian_flavours[@]}" | sort)

debian_claims() { [[ $1 =~ ^[0-9]+\.[0-9]+(-[a-z]+)?$ ]]; }

# cloud is what a name without a flavour means
debian_name() { echo "${1%-cloud}"; }

# --- the archive ---------------------------------------------------------------

# A private apt state: other suites, without a word in the machine's own files, and
# nothing of it is ever installed.
debian_apt() {
	local cmd=$1
	shift
	"$cmd" -o "Dir::Etc::SourceList=$debian/sources.list" \
		-o Dir::Etc::SourceParts=/dev/null -o Dir::Etc::PreferencesParts=/dev/null \
		-o "Dir::State::Lists=$debian/lists" -o "Dir::State::status=$debian/status" \
		-o "Dir::Cache=$debian/cache" -o APT::Default-Release= \
		-o APT::Sandbox::User=root -o Acquire::Languages=none "$@"
}

debian_mirror() {
	local uri
	for uri in $(apt-get indextargets --format '$(REPO_URI)' \
		'Created-By: Packages' 'Origin: Debian' 'Label: Debian' | sort -u) \
		$(apt-get indextargets --format '$(REPO_URI)' | sort -u); do
		case $uri in
		*security*) ;;
		*/debian/) echo "$uri"; return ;;
		esac
	done
	die "no Debian mirror in this machine's apt configuration; name a tree of yours: --kernel DIR"
}

# What the suites have, read once a call of the script, and not again while --update does
# not ask for it.
debian_read() {
	local mirror suite
	[ -z "${debian_was_read-}" ] || return 0
	debian_was_read=1
	[ -z "$update" ] && [ -e "$debian/read" ] && return 0
	mirror=$(debian_mirror)
	mkdir -p "$debian"/{lists,cache/archives}/partial
	: >"$debian/status"
	for suite in "${suites[@]}"; do
		echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $suite main"
	done >"$debian/sources.list"
	rm -f "$debian/read"
	watched "$build/log/apt-read" "reading what $(among "${suites[@]}") have" \
		debian_apt apt-get -o APT::Update::Error-Mode=any update
	[ "$watched" = 0 ] ||
		die "cannot read what Debian has: $(sed -n 's/^[EW]: //p' "$build/log/apt-read" | head -n 1); mend the network, or name a tree of yours: --kernel DIR"
	touch "$debian/read"
}

# debian_has PACKAGE-REGEX: the names that match, oldest version first
debian_has() { debian_apt apt-cache pkgnames linux- | grep -xE "$1" | sort -V || true; }

# debian_series: those with headers, and so with modules to be built for them
debian_series() {
	debian_has 'linux-headers-[0-9.]+[^-]*-cloud-amd64' |
		sed -E 's/^linux-headers-([0-9]+\.[0-9]+).*/\1/' | sort -uV
}

debian_list() {
	local series flavour version
	debian_read
	for series in $(debian_series); do
		for flavour in "${debian_flavour_names[@]}"; do
			version=$(debian_newest "$series" "$flavour")
			[ -z "$version" ] || printf '%-14s Linux %s of Debian, %s\n' \
				"$(debian_name "$series-$flavour")" "$version" "$flavour"
		done
	done
}

# debian_newest SERIES FLAVOUR: the version in the names of packages, as 7.3.4+deb13
debian_newest() {
	debian_has "linux-headers-${1/./\\.}[.][^-]*-${debian_flavours[$2]}" | tail -n 1 |
		sed "s/^linux-headers-//; s/-${debian_flavours[$2]}\$//"
}

# Sets version and package, the flavour in names of packages.
debian_find() {
	local series=${1%%-*} flavour=cloud binary
	[ -n "$update" ] || [ ! -e "$build/kernels/$(debian_name "$1")/facts" ] || return 0
	[ "$1" = "$series" ] || flavour=${1#*-}
	package=${debian_flavours[$flavour]-}
	[ -n "$package" ] || status=2 die "$1: no flavour '$flavour'; there are $(among "${debian_flavour_names[@]}")"
	[ "$(printf '%s\n' 6.12 "$series" | sort -V | head -n 1)" = 6.12 ] ||
		status=2 die "$1: older than 6.12, the first that is measured"
	debian_read
	version=$(debian_newest "$series" "$flavour")
	[ -z "$version" ] || return 0
	binary=$(debian_has "linux-(binary|image)-${series/./\\.}[.][^-]*-$package" | tail -n 1)
	if [ -n "$binary" ]; then
		die "$1: Debian has $binary, but no headers for it any more, so no module can be built; with headers there are $(debian_series | paste -sd" ")"
	fi
	die "$1: no Linux $series in $(among "${suites[@]}"); there are $(debian_series | paste -sd" "); --update looks again"
}

# debian_download FOLDER PACKAGE...: into FOLDER, checked against what the suites sign;
# what lies there already is not downloaded again
debian_download() {
	local folder=$1
	shift
	mkdir -p "$folder/partial"
	debian_apt apt-get install -y --download-only --no-install-recommends \
		-o "Dir::Cache::Archives=$folder" "$@"
}

# debian_fetch PACKAGE: itself alone; prints its file
debian_fetch() {
	local name
	# An epoch's colon stands escaped in the name.
	name=$1_$(debian_field "$1" Version | sed 's/:/%3a/')_$(debian_field "$1" Architecture).deb
	if [ ! -e "$debian/cache/$name" ]; then
		# apt writes to the name itself: what was cut off must not look whole.
		rm -rf "$debian/cache/new"
		mkdir -p "$debian/cache/new"
		(cd "$debian/cache/new" && debian_apt apt-get download "$1" >&2) || return
		mv "$debian/cache/new/$name" "$debian/cache/"
	fi
	echo "$debian/cache/$name"
}

debian_fetch_all() {
	local name
	for name; do debian_fetch "$name"; done
}

# debian_field PACKAGE FIELD: of its newest version
debian_field() {
	debian_apt apt-cache show --no-all-versions "$1" | sed -n "s/^$2: //p"
}

# Unpacked under another name until it is whole: what was interrupted is done anew.
debian_unpack() {
	local to=$1 deb
	shift
	rm -rf "$to.new"
	mkdir -p "$to.new"
	for deb; do
		dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$to.new" --exclude=./usr/share
	done
}

# --- what is needed of the source -----------------------------------------------

debian_source_of() { echo "$debian/linux-source-$1_$(debian_field "linux-source-$1" Version)"; }

source_parts=(--wildcards '*/mm/hmm.c' '*/mm/memory.c' '*/Documentation/mm/hmm.rst'
	'*/lib/test_hmm*' '*/tools/testing/selftests/mm/hmm-tests.c'
	'*/tools/testing/selftests/mm/config' '*/tools/lib' '*/tools/include' '*/tools/build'
	'*/tools/scripts' '*/tools/arch/*/include' '*/scripts/checkpatch.pl'
	'*/scripts/spelling.txt' '*/scripts/const_structs.checkpatch')

# debian_source SERIES [all]: of linux-source what the modules, libperf and the checks are
# made of and kernel-helpers/patches change, or all of it, into what debian_source_of says. The archive is read once, as
# it was packed.
debian_source() {
	local to deb parts=("${source_parts[@]}")
	to=$(debian_source_of "$1")
	if [ "${2-}" = all ]; then
		to+=-all
		parts=()
	fi
	[ ! -e "$to" ] || return 0
	deb=$(debian_fetch "linux-source-$1")
	rm -rf "$to.new"
	mkdir -p "$to.new"
	dpkg-deb --fsys-tarfile "$deb" |
		tar -xOf - --wildcards './usr/src/linux-source-*.tar.xz' |
		tar -xJmf - --strip-components=1 -C "$to.new" "${parts[@]}"
	mv "$to.new" "$to"
}

# --- building for it ------------------------------------------------------------

# The compiler that the kernel was built with, and libraries for the programs of its
# kbuild, all of the release that they are of, unpacked beside. Another compiler lays
# the same loop out otherwise, and a PTE visit costs other instructions.
debian_tools() {
	local compiler=$1 to=$debian/tools-$1
	[ ! -e "$to" ] || return 0
	# To an apt that knows of nothing installed, all that belongs to it is new.
	debian_download "$debian/cache/tools-$compiler" "$compiler" libelf1t64 libssl3t64
	debian_unpack "$to" "$debian/cache/tools-$compiler"/*.deb
	debian_adopt "$to.new" "$to"
	mv "$to.new" "$to"
}

# debian_adopt DIR TOOLS: let the programs below DIR run with the loader and libraries of TOOLS
debian_adopt() {
	local lib=$2/usr/lib/x86_64-linux-gnu file
	find "$1" -type f -perm /111 ! -name 'ld-linux*' ! -name 'lib*.so*' | while read -r file; do
		patchelf --print-interpreter "$file" >/dev/null 2>&1 || continue
		patchelf --set-interpreter "$lib/ld-linux-x86-64.so.2" \
			--force-rpath --set-rpath "$lib" "$file"
	done
}

# debian_native TREE: do the programs of its kbuild, and its compiler, run here?
debian_native() {
	local fixdep
	fixdep=$(echo "$1"/usr/lib/linux-kbuild-*/scripts/basic/fixdep)
	# without arguments it fails, where it runs
	[[ $("$fixdep" 2>&1) == *Usage* ]] &&
		command -v "$(debian_compiler "$1")" >/dev/null
}

debian_compiler() {
	sed -n 's/^CC = .*\(gcc-[0-9]*\)$/x86_64-linux-gnu-\1/p' \
		"$1"/usr/src/linux-headers-*-"$package"/.kernelvariables
}

# --- the kernel -----------------------------------------------------------------

# What the guest needs that may be a module: its channels, a file system, and a disk for
# that and for swap.
guest_needs=(virtio_pci virtio_console ext4 null_blk)

# What soft-RoCE takes besides, for --rxe: a network device that leads nowhere, the way to
# it from user space, and itself.
rxe_needs=(dummy ib_uverbs rdma_rxe)

# debian_modules FOLDER OUT: of those, what are modules there, and theirs, numbered in the
# order that they are loaded in, into OUT/modules and OUT/rxe.
debian_modules() {
	local from=$1 to=$2/modules n=10 done=' ' word
	load() {
		local file depends word
		case $done in *" $1 "*) return ;; esac
		file=$(find "$from" -name "${1//_/[-_]}.ko*" | head -n 1)
		[ -n "$file" ] || return 0	# built in, or not there
		done+="$1 "
		depends=$(modinfo -F depends "$file")
		for word in ${depends//,/ }; do load "$word"; done
		case $file in
		*.xz) xz -dc "$file" ;;
		*) cat "$file" ;;
		esac >"$to/$n-$1.ko"
		n=$((n + 1))
	}
	mkdir -p "$to"
	for word in "${guest_needs[@]}"; do load "$word"; done
	[ -n "$(find "$from" -name 'rdma_rxe.ko*')" ] || return 0
	to=$2/rxe
	mkdir -p "$to"
	for word in "${rxe_needs[@]}"; do load "$word"; done
}

# The packages of one kernel: its image, its modules where they are apart, its headers.
debian_packages() {
	local headers=linux-headers-$version-$package name
	for name in binary image; do
		[ -n "$(debian_has "linux-$name-${version//[+.]/[+.]}-$package")" ] || continue
		echo "linux-$name-$version-$package"
		break
	done
	debian_has "linux-modules-${version//[+.]/[+.]}-$package"
	echo "$headers"
	debian_field "$headers" Depends | tr -d ' ' | tr , '\n' | sed 's/(.*//' |
		grep -E '^linux-(headers|kbuild)-'
}

# debian_image VMLINUZ: the kernel in it, as it would unpack itself at each boot, which is
# two seconds of emulation. Offsets are those of the boot protocol's header
# (Documentation/arch/x86/boot.rst: setup_sects, payload_offset, payload_length).
debian_image() {
	local sectors offset length
	sectors=$(od -An -tu1 -j 497 -N 1 "$1")
	read -r offset length < <(od -An -tu4 -j 584 -N 8 "$1")
	offset=$(((sectors + 1) * 512 + offset))
	# The last 4 bytes say how long it is unpacked.
	dd if="$1" bs=64K iflag=skip_bytes,count_bytes skip="$offset" count=$((length - 4)) \
		status=none | case $(debian_packed "$1" "$offset") in
	28b52ffd) zstd -dcq ;;
	fd377a58) xz -dc ;;
	1f8b*) gzip -dc ;;
	*) echo "$1: packed in a way that is not known here" >&2; return 1 ;;
	esac
}

debian_packed() { od -An -tx1 -j "$2" -N 4 "$1" | tr -d ' \n'; }

debian_unpack_kernel() {
	local out=$1 name files=() modules packed
	shift
	for name; do files+=("$(debian_fetch "$name")"); done
	debian_unpack "$out/tree" "${files[@]}"
	modules=$out/tree.new/usr/lib/modules/$version-$package
	rm -rf "$out/modules" "$out/rxe"
	debian_modules "$modules/kernel" "$out"
	rm -rf "$modules/kernel"
	packed=$modules/vmlinuz
	[ -e "$packed" ] || packed=$out/tree.new/boot/vmlinuz-$version-$package
	debian_image "$packed" >"$out/image"
	cp "$out/tree.new/usr/src/linux-headers-$version-$package/.config" "$out/config"
	mv "$out/tree.new" "$out/tree"
}

# debian_get SERIES OUT: the kernel, and what modules for it are made of and with. Leaves
# what that is in OUT/facts, so that apt is not asked again.
debian_get() {
	local series=$1 out=$2 packages image what source='' tools='' compiler
	readarray -t packages < <(debian_packages)
	image=${packages[0]}
	what="Linux $version-$package of Debian, as it is ($image $(debian_field "$image" Version), sha256 $(debian_field "$image" SHA256))"
	if needs_source "$series"; then
		source=$(debian_source_of "$series")
		[ "$(debian_field "linux-source-$series" Version)" = "$(debian_field "$image" Version)" ] ||
			die "$series: Debian's linux-source-$series is ${source##*_}, its kernel $(debian_field "$image" Version); in a few hours they are the same: --update then"
		quietly "$build/log/unpack-source" "getting and unpacking linux-source-$series" \
			debian_source "$series"
	fi
	# Without facts, it was interrupted somewhere below. What works goes only when all
	# that takes its place is here.
	if [ "$(cat "$out/source" 2>/dev/null)" != "$what" ] || [ ! -e "$out/facts" ]; then
		say "getting $image $(debian_field "$image" Version)"
		quietly "$build/log/download" "getting $image" debian_fetch_all "${packages[@]}"
		rm -rf "$out"
		mkdir -p "$out"
		quietly "$build/log/unpack" "unpacking $image" \
			debian_unpack_kernel "$out" "${packages[@]}"
		echo "$what" >"$out/source"
	fi
	compiler=$(debian_compiler "$out/tree" | sed 's/.*gnu-//')
	if ! debian_native "$out/tree"; then
		quietly "$build/log/unpack-tools" "getting and unpacking the kernel's compiler" \
			debian_tools "$compiler"
		debian_adopt "$out/tree/usr/lib" "$debian/tools-$compiler"
		tools=$debian/tools-$compiler/usr/bin:
	fi
	printf '%s=%q\n' version "$version" package "$package" source "$source" tools "$tools" \
		needs "${guest_needs[*]} ${rxe_needs[*]}" >"$out/facts.new"
	mv "$out/facts.new" "$out/facts"
}

# debian_make NAME OUT
debian_make() {
	local out=$2 version package source='' tools='' needs='' path=$PATH
	# shellcheck disable=SC1091 # as debian_get wrote it
	[ ! -e "$out/facts" ] || . "$out/facts"
	# What it was made of may have been deleted, or never have been whole; and a guest may
	# need other modules since.
	if [ -n "$update" ] || [ ! -e "${source:-$out/facts}" ] || [ ! -e "$out/facts" ] ||
		[ "$needs" != "${guest_needs[*]} ${rxe_needs[*]}" ]; then
		rm -f "$out/facts"
		debian_find "$1"
		debian_get "${1%%-*}" "$out"
		# shellcheck disable=SC1091
		. "$out/facts"
	fi
	PATH=$tools$path
	# BTF of a module wants pahole, and nothing here reads it.
	build_modules "$out" make -C "$out"/tree/usr/src/linux-headers-*-common* \
		O="$out/tree/usr/src/linux-headers-$version-$package" \
		CONFIG_DEBUG_INFO_BTF_MODULES= ${source:+HMM_SOURCE="$source"}
	PATH=$path
	[ -z "$source" ] || build_libperf "$source"
}
