# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=sh
# A gate of its own for each test program, a driver that asks, and what became
# of it. Source it first.

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=/dev/null
. "$here/../kselftest/ktap_helpers.sh"

driver=/sys/devices/virtual/misc/test_firmware
gate=/sys/kernel/security/suitgate
firmware=/lib/firmware
work=$(mktemp -d)
trap 'cleanup' EXIT

cleanup()
{
	rm -rf "$work" "$firmware/suitgate"
	printf '' > /sys/module/firmware_class/parameters/path
}

skip_without()
{
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

# A gate that knows nothing, and a folder of firmware that holds nothing.
gate_new()
{
	if [ -d "$gate" ]; then
		rmmod suitgate || exit "$KSFT_FAIL"
	fi
	modprobe suitgate || exit "$KSFT_FAIL"
	rm -rf "$firmware/suitgate" "$work/store"
	mkdir -p "$firmware/suitgate"
}

# trust NAME ROLE [OPTION...]: a new key NAME.pem, trusted
trust()
{
	name=$1 role=$2
	shift 2
	[ -e "$work/$name.pem" ] ||
		suitctl keygen --alg esp256 -o "$work/$name.pem" > /dev/null
	suitctl trust add --store "$work/store" --live --authority "$name" \
		--role "$role" "$@" "$work/$name.pub" > /dev/null
}

# file NAME [SEED]: 5,000 bytes that are the same for the same words
file()
{
	mkdir -p "$(dirname "$firmware/suitgate/$1")"
	yes "${2:-$1}" | head -c 5000 > "$firmware/suitgate/$1"
}

# sign KEY SEQUENCE OUTPUT NAME...: one manifest for files as they are now
sign()
{
	key=$work/$1.pem sequence=$2 output=$3
	shift 3
	rm -rf "$work/tree"
	for name; do
		mkdir -p "$(dirname "$work/tree/suitgate/$name")"
		cp -L "$firmware/suitgate/$name" "$work/tree/suitgate/$name"
	done
	suitctl bless "$work/tree" -k "$key" --seq "$sequence" \
		-o "$output" > /dev/null
}

flip()
{
	printf 'X' | dd of="$firmware/suitgate/$1" bs=1 seek=2500 conv=notrunc \
		status=none
}

# What the driver is told.
ask()
{
	"$here/ask" "$driver/$1" "$2"
}

# The last decision: verdict and reason.
last()
{
	tail -n 1 "$gate/decisions" | cut -d ' ' -f 3,4
}

# request NAME: what the driver is told, then the decision
request()
{
	told=$(ask trigger_request "suitgate/$1")
	echo "$told, $(last)"
}

# load FILE: how that ended
load()
{
	if suitctl load "$1" > "$work/load" 2>&1; then
		echo ok
	else
		reason "$work/load"
	fi
}

# The verifier's error in what suitctl said.
reason()
{
	grep -o '\[[a-z0-9-]*\]' "$1" | tail -n 1 | tr -d '[]'
}
