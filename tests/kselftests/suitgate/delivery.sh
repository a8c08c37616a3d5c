#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Every way in which the firmware loader gets bytes from a file, with a signed
# file, one with a flipped byte and one that nobody signed.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
begin 39 xz zstd

good='ok: delivered ok vendor'
bad='refused image-mismatch vendor'
none='refused no-manifest -'

gate_new
trust vendor vendor --prefix firmware/suitgate
for name in good.bin bad.bin none.bin; do
	file "$name"
done
# compressed ones, in a folder each: nothing else may be found
mkdir -p "$firmware/suitgate/xz" "$firmware/suitgate/zst"
for name in good bad none; do
	xz -C crc32 -c "$firmware/suitgate/$name.bin" \
		> "$firmware/suitgate/xz/$name.bin.xz"
	zstd -q -c "$firmware/suitgate/$name.bin" \
		> "$firmware/suitgate/zst/$name.bin.zst"
done
for name in good bad none; do
	file "small/$name.bin"
	truncate -s 1000 "$firmware/suitgate/small/$name.bin"
done
vouch vendor 1 good.bin bad.bin small/good.bin small/bad.bin xz/good.bin.xz xz/bad.bin.xz \
	zst/good.bin.zst zst/bad.bin.zst
flip bad.bin
flip small/bad.bin 500
# still good archives, of something else
bytes 'something else' | xz -C crc32 > "$firmware/suitgate/xz/bad.bin.xz"
bytes 'something else' | zstd -q > "$firmware/suitgate/zst/bad.bin.zst"
mode enforce

request 'request_firmware, signed' "$good" good.bin
request 'request_firmware, flipped byte' "EKEYREJECTED: $bad" bad.bin
request 'request_firmware, nobody signed' "ENOKEY: $none" none.bin
request 'request_firmware, no such file' 'ENOENT: ' absent.bin

# nowait: the driver gets no firmware, and no errno
async()
{
	expect "$1" "$2" "$driver/trigger_async_request" "suitgate/$3"
}
async 'request_firmware_nowait, signed' "$good" good.bin
async 'request_firmware_nowait, flipped byte' "ENOMEM: $bad" bad.bin
async 'request_firmware_nowait, nobody signed' "ENOMEM: $none" none.bin

# batched NAME [FILE=VALUE...]: three tasks at once, as configured
batched()
{
	ask "$driver/reset" 1 > /dev/null
	ask "$driver/config_name" "suitgate/$1" > /dev/null
	shift
	for setting; do
		ask "$driver/config_${setting%=*}" "${setting#*=}" > /dev/null
	done
	before=$(newest)
	ask "$driver/trigger_batched_requests" 1 > /dev/null
	told=$(cat "$driver/test_result")
	decided=$(since "$before")
	ask "$driver/release_all_firmware" 1 > /dev/null
}

# one DESCRIPTION EXPECTED NAME SETTING...
one()
{
	description=$1 expected=$2 name=$3
	shift 3
	batched "$name" num_requests=1 "$@"
	is "$description" "$expected" "$told: $decided"
}
delivered='0: delivered ok vendor'
one 'request_firmware_direct, signed' "$delivered" good.bin \
	sync_direct=1
one 'request_firmware_direct, flipped byte' "-129: $bad" bad.bin sync_direct=1
one 'request_firmware_direct, nobody signed' "-126: $none" none.bin \
	sync_direct=1
# The stock driver's buffer has 1,024 bytes, and it does not look; nor does
# the loader read into a buffer what it might keep for the next suspend.
one 'request_firmware_into_buf, signed' "$delivered" small/good.bin \
	into_buf=1 buf_size=1024
one 'request_firmware_into_buf, flipped byte' "-129: $bad" small/bad.bin \
	into_buf=1 buf_size=1024
one 'request_firmware_into_buf, nobody signed' "-126: $none" small/none.bin \
	into_buf=1 buf_size=1024
one 'request_firmware_into_buf, file of exactly the size' "$delivered" \
	small/good.bin into_buf=1 buf_size=1000
one 'request_firmware_into_buf, file bigger by a byte' '-27: ' \
	small/good.bin into_buf=1 buf_size=999
partial='refused partial-read-refused -'
one 'request_partial_firmware_into_buf, in the middle' "-95: $partial" \
	small/good.bin into_buf=1 partial=1 buf_size=100 file_offset=500
one 'request_partial_firmware_into_buf, the beginning' "-95: $partial" \
	small/good.bin into_buf=1 partial=1 buf_size=999 file_offset=0
one 'request_partial_firmware_into_buf, all but a byte' "-95: $partial" \
	small/good.bin into_buf=1 partial=1 buf_size=1024 file_offset=1
one 'request_partial_firmware_into_buf, past the end' "-95: $partial" \
	small/good.bin into_buf=1 partial=1 buf_size=100 file_offset=2000
one 'request_partial_firmware_into_buf, all of it' "$delivered" \
	small/good.bin into_buf=1 partial=1 buf_size=1024 file_offset=0
one 'request_partial_firmware_into_buf, all of it, flipped byte' \
	"-129: $bad" small/bad.bin into_buf=1 partial=1 buf_size=1024 \
	file_offset=0
one 'request_partial_firmware_into_buf, all of it, nobody signed' \
	"-126: $none" small/none.bin into_buf=1 partial=1 buf_size=1024 \
	file_offset=0

# Requests that meet share one read, and one verdict.
batched good.bin num_requests=8
is 'eight at once, signed: all are told so' 0 "$told"
is 'eight at once, signed: every decision is a delivery' \
	'delivered ok vendor' "$(echo "$decided" | tr ';' '\n' |
	sed 's/^ //' | sort -u)"
batched bad.bin num_requests=8
# who joins a read that is being given up is told that there is none
case "$told" in -129 | -2) told=refused ;; esac
is 'eight at once, flipped byte: told so' refused "$told"
is 'eight at once, flipped byte: every decision is a refusal' "$bad" \
	"$(echo "$decided" | tr ';' '\n' | sed 's/^ //' | sort -u)"

# The digest is one of the stored bytes: nothing unsigned is decompressed.
for suffix in xz zst; do
	request ".$suffix, signed" "$good" "$suffix/good.bin"
	request ".$suffix, another archive" \
		'EKEYREJECTED: refused image-size-mismatch vendor' "$suffix/bad.bin"
	request ".$suffix, nobody signed" "ENOKEY: $none" "$suffix/none.bin"
done
cp "$firmware/suitgate/xz/good.bin.xz" "$firmware/suitgate/xz/other.bin.xz"
request 'the suffix is part of the name: signed as another archive' \
	"ENOKEY: $none" xz/other.bin

# What is left in the buffer of a driver that was refused.
odd_driver claim=kernel_read_file || die 'cannot load suitgate_test'
expect 'into a buffer of the driver, signed' "$good" "$odd/into_buf" \
	suitgate/small/good.bin
is 'into a buffer of the driver, signed: it is there' 1000 "$(cat "$odd/left")"
expect 'into a buffer of the driver, flipped byte' "EKEYREJECTED: $bad" \
	"$odd/into_buf" suitgate/small/bad.bin
is 'into a buffer of the driver, flipped byte: nothing is left' 0 \
	"$(cat "$odd/left")"

# What a driver got is read again before a suspend, and kept for the resume.
# kept NAME: what was decided of it then
kept()
{
	awk -v since="$before" -v name="$firmware/suitgate/$1" \
		'$1 > since && $5 == name { print $3, $4, $NF }' "$gate/decisions"
}
if [ -w /sys/power/pm_test ]; then
	delay=/sys/module/suspend/parameters/pm_test_delay
	[ ! -w $delay ] || echo 0 > $delay
	flip xz/good.bin.xz 40
	before=$(newest)
	# as far as the tasks, and back
	echo freezer > /sys/power/pm_test
	echo freeze > /sys/power/state
	echo none > /sys/power/pm_test
	is 'kept for the resume, signed' 'delivered ok vendor' "$(kept good.bin)"
	is 'kept for the resume, flipped byte' "$bad" "$(kept xz/good.bin.xz)"
else
	ktap_test_skip 'kept for the resume, signed'
	ktap_test_skip 'kept for the resume, flipped byte'
fi

ktap_finished
