# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# Completion of hmmbench and hmmreport. It knows no name: the programs' help has them.

_hmmbench_files() {
	compopt -o filenames 2>/dev/null	# not outside of completion, as in a test
	mapfile -t COMPREPLY < <(compgen "$1" -- "$2")
}

# _hmmbench_value OPTION HELP WORD: false when it takes none. Options of a command are lines of its help, as in "  -m, --matrix=FILE   ...".
_hmmbench_value() {
	local kind
	kind=$(LC_ALL=C sed -n "s/^  .*$1=\([^ ]*\).*/\1/p; s/^  $1, --[a-z-]*=\([^ ]*\).*/\1/p" <<<"$2" | head -n 1)
	case $kind in
	DIR) _hmmbench_files -d "$3" ;;
	FILE) _hmmbench_files -f "$3" ;;
	*'|'*) mapfile -t COMPREPLY < <(compgen -W "${kind//|/ }" -- "$3") ;;
	*) [ -n "$kind" ] ;;
	esac
}

_hmmbench() {
	local program=$1 word=$2 option=$3 command=${COMP_WORDS[1]} help names=''
	COMPREPLY=()
	case $COMP_CWORD:$command in
	1:*) names="$("$program" help --names commands) help" ;;
	2:help) names=$("$program" help --names) ;;
	*:help) ;;
	*)
		help=$("$program" help "$command" 2>/dev/null) || return 0
		# = is a word of its own.
		[ "$word" != = ] || word=
		[ "$option" != = ] || option=${COMP_WORDS[COMP_CWORD - 2]}
		[[ $option != -* ]] || ! _hmmbench_value "$option" "$help" "$word" || return 0
		if [[ $word == -* ]]; then
			names=$(LC_ALL=C grep -oE -- '--[a-z-]+' <<<"$help")
		else
			[ "$COMP_CWORD" != 2 ] || names=$("$program" help --names "${command}s" 2>/dev/null)
			_hmmbench_files -d "$word"
		fi ;;
	esac
	mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -W "$names" -- "$word" | sort -u)
}

complete -F _hmmbench hmmbench hmmreport
