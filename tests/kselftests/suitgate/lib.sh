# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# A gate of its own for each test program, a driver that asks, and what became
# of it. Source it first.

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/../kselftest/ktap_helpers.sh"

driver=/sys/devices/virtual/misc/test_firmware
odd=/sys/module/suitgate_test/parameters
gate=/sys/kernel/security/suitgate
firmware=/lib/firmware
search=/sys/module/firmware_class/parameters/path
work=$(mktemp -d)
trap 'cleanup' EXIT

cleanup()
{
	rm -rf "$work" "$firmware/suitgate"
	[ ! -d "$odd" ] || rmmod suitgate_test
	printf ' ' > "$search"
}

# begin TESTS [PROGRAM...]: what a test program needs, and its plan
begin()
{
	plan=$1
	shift
	[ "$(id -u)" = 0 ] || { ktap_skip_all "needs root"; exit "$KSFT_SKIP"; }
	for program in suitctl "$@"; do
		command -v "$program" > /dev/null && continue
		ktap_skip_all "needs $program"
		exit "$KSFT_SKIP"
	done
	modprobe test_firmware || {
		ktap_skip_all "needs test_firmware"
		exit "$KSFT_SKIP"
	}
	ktap_print_header
	ktap_set_plan "$plan"
}

die()
{
	ktap_exit_fail_msg "$*"
}

# is DESCRIPTION EXPECTED GOT
is()
{
	if [ "$2" = "$3" ]; then
		ktap_test_pass "$1"
	else
		ktap_print_msg "expected '$2', got '$3'"
		ktap_test_fail "$1"
	fi
}

# The driver that asks in unusual ways.
odd_driver()
{
	[ -d "$odd" ] || insmod "$here/test_modules/suitgate_test.ko" "$@"
}

# A gate that knows nothing, and a folder of firmware that holds nothing.
gate_new()
{
	[ ! -d "$gate" ] || rmmod suitgate || die "cannot unload the gate"
	modprobe suitgate || die "cannot load the gate"
	rm -rf "$firmware/suitgate" "$work/store"
	mkdir -p "$firmware/suitgate"
	# what the driver holds is shared with whoever asks for it again
	ask "$driver/reset" 1 > /dev/null
}

mode()
{
	suitctl mode "$1" > /dev/null || die "cannot set mode $1"
}

# key NAME: a key pair NAME.pem, NAME.pub
key()
{
	[ -e "$work/$1.pem" ] ||
		suitctl keygen --alg esp256 -o "$work/$1.pem" > /dev/null ||
		die "no key $1"
}

# trust NAME ROLE [OPTION...]: a new key NAME.pem, trusted at once
trust()
{
	name=$1 role=$2
	shift 2
	key "$name"
	suitctl trust add --store "$work/store" --live --authority "$name" \
		--role "$role" "$@" "$work/$name.pub" > /dev/null ||
		die "$name is not trusted"
}

# change VERB ARGUMENT...: one change of trust, at once
change()
{
	verb=$1
	shift
	if suitctl trust "$verb" --store "$work/store" --live "$@" \
		> "$work/said" 2>&1; then
		echo ok
	else
		reason
	fi
}

# file NAME [WORDS]: 5,000 bytes, the same for the same words
file()
{
	mkdir -p "$(dirname "$firmware/suitgate/$1")"
	bytes "${2:-$1}" > "$firmware/suitgate/$1"
}

# bytes WORDS [COUNT]
bytes()
{
	yes "$1" 2> /dev/null | head -c "${2:-5000}"
}

# flip NAME [OFFSET]: another byte there
flip()
{
	printf 'X' | dd of="$firmware/suitgate/$1" bs=1 seek="${2:-2500}" conv=notrunc \
		status=none
}

# sign KEY SEQUENCE OUTPUT NAME...: one manifest for files as they are now
sign()
{
	signer=$work/$1.pem sequence=$2 output=$3
	shift 3
	rm -rf "$work/tree"
	for name; do
		mkdir -p "$(dirname "$work/tree/suitgate/$name")"
		cp -L "$firmware/suitgate/$name" "$work/tree/suitgate/$name"
	done
	suitctl bless "$work/tree" -k "$signer" --seq "$sequence" \
		-o "$output" > "$work/said" 2>&1 || die "cannot sign: $*"
}

# load FILE: how that ended
load()
{
	if suitctl load "$1" > "$work/said" 2>&1; then
		echo ok
	else
		reason
	fi
}

# vouch KEY SEQUENCE NAME...: signed and loaded
vouch()
{
	signer_name=$1 number=$2
	shift 2
	sign "$signer_name" "$number" "$work/vouch.suit" "$@"
	[ "$(load "$work/vouch.suit")" = ok ] || die "$(cat "$work/said")"
}

# The verifier's error in what suitctl said.
reason()
{
	grep -o '\[[a-z0-9-]*\]' "$work/said" | tail -n 1 | tr -d '[]'
}

# ask FILE WORD: what the driver is told
ask()
{
	"$here/ask" "$1" "$2"
}

newest()
{
	tail -n 1 "$gate/decisions" | cut -d ' ' -f 1
}

# since NUMBER: decisions after that one: verdict, reason, authority of each
since()
{
	awk -v since="${1:-0}" '$1 + 0 > since + 0 {
		printf "%s%s %s %s", sep, $3, $4, $NF
		sep = "; "
	}' "$gate/decisions"
}

# expect DESCRIPTION "TOLD: VERDICT REASON AUTHORITY; ..." FILE WORD
expect()
{
	before=$(newest)
	told=$(ask "$3" "$4")
	is "$1" "$2" "$told: $(since "$before")"
}

# request DESCRIPTION EXPECTED NAME: the driver asks for NAME and waits
request()
{
	expect "$1" "$2" "$driver/trigger_request" "suitgate/$3"
}
