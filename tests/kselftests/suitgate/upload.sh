#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Bytes that come from no file: firmware upload, the sysfs fallback, firmware
# embedded in the platform's own.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
begin 31

# device NAME: none may begin with the name of another
device()
{
	ask "$driver/upload_register" "$1" > /dev/null
	# a stock rule of udev gives up whatever it sees begin, an upload, too
	! command -v udevadm > /dev/null || udevadm settle
}

# upload DEVICE FILE: what the one who uploads is told, the decision, and how it
# went on
upload()
{
	before=$(newest)
	ask "$driver/$1/loading" 1 > /dev/null
	cat "$2" > "$driver/$1/data" 2> /dev/null
	told=$(ask "$driver/$1/loading" 0)
	for _ in $(seq 50); do
		[ "$(cat "$driver/$1/status")" = idle ] && break
		sleep 0.1
	done
	got="$told: $(since "$before")"
}

# received DEVICE FILE: does the device have these bytes?
received()
{
	ask "$driver/config_upload_name" "$1" > /dev/null
	# its size is said to be a page: cmp must not look at that
	# shellcheck disable=SC2002 # so it gets a pipe
	cat "$driver/upload_read" 2> /dev/null | cmp -s - "$2" && echo yes ||
		echo no
}

gate_new
trust vendor vendor --prefix upload/radio --prefix firmware/suitgate
bytes 'radio 2.0' 1000 > "$work/radio"
bytes 'radio 2.0' 999 > "$work/radio-other"
printf X >> "$work/radio-other"
bytes 'radio firmware' 1000 > "$work/file"

# sign_as KEY COMPONENT FILE OUTPUT
sign_as()
{
	suitctl create --component "$2" --payload "$3" --seq 1 \
		-k "$work/$1.pem" -o "$4" > "$work/said" 2>&1 ||
		die "cannot sign $2"
}
sign_as vendor firmware/suitgate/file.bin "$work/file" "$work/file.suit"
load "$work/file.suit" > /dev/null
mode enforce

device radio
upload radio "$work/radio"
is 'upload, nobody signed' 'ENOKEY: refused no-manifest -' "$got"
is 'upload, nobody signed: the device got nothing' no \
	"$(received radio "$work/radio")"

sign_as vendor upload/radio "$work/radio" "$work/radio.suit"
is 'an upload image is loaded' ok "$(load "$work/radio.suit")"
sign_as vendor upload/other "$work/radio" "$work/other.suit"
is 'an upload image outside the prefixes is not' authority-not-entitled \
	"$(load "$work/other.suit")"

# Kernel behaviour: after a veto the loader takes nothing more for a device.
upload radio "$work/radio"
is 'after a refusal the device takes no upload, until it is back' 'ok: ' "$got"
is 'and got nothing' no "$(received radio "$work/radio")"
ask "$driver/upload_unregister" radio > /dev/null
device radio
upload radio "$work/radio"
is 'upload, signed' 'ok: delivered ok vendor' "$got"
is 'upload, signed: the device has it' yes "$(received radio "$work/radio")"
is 'upload, signed: no error' '' "$(cat "$driver/radio/error")"
upload radio "$work/radio"
is 'upload, signed, once more' 'ok: delivered ok vendor' "$got"

device modem
upload modem "$work/radio-other"
is 'upload, another byte' 'EKEYREJECTED: refused image-mismatch vendor' "$got"
is 'upload, another byte: the device got nothing' no \
	"$(received modem "$work/radio-other")"
device sensor
upload sensor "$work/file"
is 'upload, signed as a firmware file' \
	'EKEYREJECTED: refused image-mismatch vendor' "$got"
request 'a file, signed as an upload image' 'ENOENT: ' file.bin

# fallback NAME FILE: user space hands in what the driver NAME waits for
fallback()
{
	path=$driver/$(echo "$1" | tr / '!')
	before=$(newest)
	ask "$driver/trigger_custom_fallback" "$1" > "$work/driver" &
	for _ in $(seq 100); do
		[ -e "$path/loading" ] && break
		sleep 0.1
	done
	ask "$path/loading" 1 > /dev/null
	cat "$2" > "$path/data"
	told=$(ask "$path/loading" 0)
	wait $!
	got="$told, driver $(cat "$work/driver"): $(since "$before")"
}

# fallbacks: what becomes of them, and of an upload beside one
fallbacks()
{
	refused='EACCES, driver ENODEV: refused read-bypassed-loader -'
	fallback suitgate/fallback.bin "$work/file"
	is 'sysfs fallback' "$refused" "$got"
	fallback suitgate/file.bin "$work/file"
	is 'sysfs fallback, signed as that file' "$refused" "$got"
	fallback suitgate/radio.bin "$work/radio"
	is 'sysfs fallback, signed as an upload image' "$refused" "$got"
	mode audit
	fallback suitgate/fallback.bin "$work/file"
	is 'sysfs fallback, audit' \
		'ok, driver ok: audited read-bypassed-loader -' "$got"
	mode enforce

	# While one is pending nobody can say which of both an upload is. The
	# test driver registers nothing meanwhile.
	device valve
	ask "$driver/trigger_custom_fallback" suitgate/pending.bin \
		> "$work/driver" &
	pending=$driver/suitgate!pending.bin
	for _ in $(seq 100); do
		[ -e "$pending/loading" ] && break
		sleep 0.1
	done
	upload valve "$work/radio"
	is 'upload, signed, while a fallback is pending' \
		'EACCES: refused read-bypassed-loader -' "$got"
	ask "$pending/loading" -1 > /dev/null
	wait
	is 'a fallback that is given up' ENODEV "$(cat "$work/driver")"
	ask "$driver/upload_unregister" valve > /dev/null

	# Nobody can say that none is pending when probes are switched off.
	kprobes=/sys/kernel/debug/kprobes/enabled
	[ -e $kprobes ] || mount -t debugfs debugfs /sys/kernel/debug
	device horn
	echo 0 > $kprobes
	upload horn "$work/radio"
	echo 1 > $kprobes
	is 'upload, signed, while no probe works' \
		'EACCES: refused read-bypassed-loader -' "$got"
	ask "$driver/upload_unregister" horn > /dev/null
}

device lamp
if [ -e /proc/sys/kernel/firmware_config ]; then
	fallbacks
else
	for what in 'nobody signed' 'signed as that file' \
		'signed as an upload image' 'audit' 'and an upload' 'given up' \
		'no probe'; do
		ktap_test_skip "sysfs fallback, $what: this kernel has none"
	done
fi
upload lamp "$work/radio"
is 'upload, signed, when no fallback is pending' 'ok: delivered ok vendor' "$got"

trust disk baseline --prefix upload
sign_as disk upload/radio "$work/radio-other" "$work/disk.suit"
is 'an upload image that is blessed' ok "$(load "$work/disk.suit")"
device pump
upload pump "$work/radio-other"
is 'upload, blessed, but a vendor speaks of it' \
	'EKEYREJECTED: refused image-mismatch vendor' "$got"

mode audit
device motor
upload motor "$work/radio-other"
is 'upload, another byte, audit' 'ok: audited image-mismatch vendor' "$got"
is 'upload, another byte, audit: the device has it' yes \
	"$(received motor "$work/radio-other")"
mode enforce

# Firmware of the platform has the name that was asked for.
platform=trigger_request_platform
if [ -e "$driver/$platform" ]; then
	mark='\125\252\125\252'	# what test_firmware has
	printf '%b' "$mark\001\002\003\004$mark\005\006\007\010" \
		"$mark\020\040\060\100$mark\120\140\160\200" \
		> "$work/platform"
	sign_as vendor firmware/suitgate/signed.bin "$work/platform" \
		"$work/platform.suit"
	sign_as vendor upload/radio/platform "$work/platform" \
		"$work/upload.suit"
	expect 'of the platform, nobody signed' \
		'ENOKEY: refused no-manifest -' "$driver/$platform" \
		suitgate/platform.bin
	load "$work/upload.suit" > /dev/null
	expect 'of the platform, signed as an upload image' \
		'ENOKEY: refused no-manifest -' "$driver/$platform" \
		suitgate/platform.bin
	load "$work/platform.suit" > /dev/null
	expect 'of the platform, signed as another name' \
		'ENOKEY: refused no-manifest -' "$driver/$platform" \
		suitgate/platform.bin
	expect 'of the platform, signed' 'ok: delivered ok vendor' \
		"$driver/$platform" suitgate/signed.bin
	expect 'of the platform, signed, other bytes' \
		'EKEYREJECTED: refused image-size-mismatch vendor' \
		"$driver/$platform" suitgate/file.bin
else
	for what in 'nobody signed' 'signed as an upload image' \
		'signed as another name' 'signed' 'signed, other bytes'; do
		ktap_test_skip "of the platform, $what"
	done
fi

for name in radio modem sensor lamp pump motor; do
	ask "$driver/upload_unregister" "$name" > /dev/null
done

ktap_finished
