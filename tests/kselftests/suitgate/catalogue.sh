#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# One manifest for very many files.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
begin 23

good='ok: delivered ok disk'

# files N [SEQUENCE [NAME]]: n1.bin ..., and NAME, and a manifest for all in
# "$work/all.suit"
files()
{
	rm -rf "$work/tree"
	mkdir -p "$work/tree/suitgate"
	awk -v n="$1" -v dir="$work/tree/suitgate" 'BEGIN {
		for (i = 1; i <= n; i++) {
			file = dir "/n" i ".bin"
			print "number", i > file
			close(file)
		}
	}'
	[ -z "${3:-}" ] || echo "version $2" > "$work/tree/suitgate/$3"
	rm -rf "$firmware/suitgate"
	cp -r "$work/tree/suitgate" "$firmware/"
	suitctl bless "$work/tree" -k "$work/disk.pem" --seq "${2:-1}" \
		-o "$work/all.suit" > "$work/said" || die 'cannot bless'
}

form()
{
	sed -n 's/.* components //p' "$gate/manifests"
}

gate_new
trust disk baseline --prefix firmware
mode enforce

files 64
is '64 files' ok "$(load "$work/all.suit")"
is '64 files are no catalogue' 64 "$(form)"
request 'the last of 64' "$good" n64.bin
suitctl unload "$work/all.suit" > /dev/null
request 'unloaded' 'ENOKEY: refused no-manifest -' n64.bin

files 65
is '65 files' ok "$(load "$work/all.suit")"
is '65 files are one' '65 catalogue' "$(form)"
request 'the first of 65' "$good" n1.bin
request 'the last of 65' "$good" n65.bin
suitctl unload "$work/all.suit" > /dev/null

# Its numbers count for the folder, whichever name is the first of it.
files 65
cp "$work/all.suit" "$work/one.suit"
files 65 2 a.bin
is 'one with another name, which is the first' ok "$(load "$work/all.suit")"
request 'that name' "$good" a.bin
is 'it is confirmed' 0 "$(suitctl floor confirm "$work/all.suit" > /dev/null 2>&1
	echo $?)"
is 'the one before is not loaded any more' sequence-number-below-floor \
	"$(load "$work/one.suit")"
is 'the floor is that of the folder' firmware/suitgate \
	"$(suitctl floor list | sed -n '/^firmware/p')"
gate_new
trust disk baseline --prefix firmware
mode enforce

files 2000
is '2,000 files' ok "$(load "$work/all.suit")"
is '2,000 files are one manifest' '2000 catalogue' "$(form)"
request 'one of 2,000' "$good" n1234.bin
printf 'X' | dd of="$firmware/suitgate/n77.bin" bs=1 conv=notrunc status=none
request 'one of 2,000, flipped byte' \
	'EKEYREJECTED: refused image-mismatch disk' n77.bin
printf 'X' >> "$firmware/suitgate/n78.bin"
request 'one of 2,000, a byte more' \
	'EKEYREJECTED: refused image-size-mismatch disk' n78.bin
file n2001.bin
request 'one that is not among them' 'ENOKEY: refused no-manifest -' n2001.bin
cp "$firmware/suitgate/n5.bin" "$firmware/suitgate/n6.bin"
request 'one that lies under the name of another' \
	'EKEYREJECTED: refused image-mismatch disk' n6.bin
printf X | dd of="$work/all.suit" bs=1 seek=20000 conv=notrunc status=none
is 'a flipped byte in it' manifest-digest-mismatch "$(load "$work/all.suit")"
trust narrow baseline --prefix firmware/suitgate/theirs
suitctl bless "$work/tree" -k "$work/narrow.pem" --seq 1 \
	-o "$work/all.suit" > "$work/said"
is 'all of it must be within the prefixes' authority-not-entitled \
	"$(load "$work/all.suit")"
request 'and the good one still counts' "$good" n1000.bin

ktap_finished
