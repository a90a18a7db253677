# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# For recipes of runs of several kernels.

# kernel_run DIR KERNEL NAME RELEASE [BOOTS]: a run folder DIR of KERNEL, called NAME (quoted,
# or null); on the insn clock, or with BOOTS boots. missing=1 before it: under userfaultfd too.
kernel_run() {
	local boots=${5-1} clock=insn unit=insn accelerator=tcg
	[ -z "${5-}" ] || { clock=wall unit=ns accelerator=kvm; }
	mkdir -p "$1"
	awk -v kernel="$2" -v boots="$boots" -v rounds=2 -v missing="${missing-0}" -f "${tests:?}/kernels.awk" \
		>"$1/samples.jsonl"
	cat >"$1/run.json" <<-EOF
	{
	 "schema": "hmmbench.run/1",
	 "cpus": 4, "nodes": 2, "memory_bytes": 1000, "seed": 1, "rounds": 2, "boots": $boots,
	 "cells": $(awk -v cells=1 -v missing="${missing-0}" -f "${tests:?}/kernels.awk"), "boot_kind": "vm",
	 "unit": "$unit", "clock": "$clock", "accelerator": "$accelerator",
	 "kernel_name": $3, "kernel": "$4", "kernel_version": null,
	 "kernel_config_sha256": "$(printf '%064d' "${2//[!0-9]/}")", "compiler": "gcc 14.2",
	 "qemu": "10.0", "cpu": "A processor", "matrix": "kernels",
	 "matrix_sha256": "$(printf '%064d' 1)", "git": "f00dbab", "clocksource": null,
	 "governor": null, "mitigations": null, "thp": null, "started": null, "hwloc_xml": null
	}
	EOF
}
