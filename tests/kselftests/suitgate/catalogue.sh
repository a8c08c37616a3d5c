#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# One manifest for many files: a bless, and the vendor who supersedes it.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
begin 15

gate_new
trust distro baseline --prefix firmware
mkdir -p "$work/many/suitgate"
i=0
while [ $i -lt 300 ]; do
	file "f$i.bin" "file $i"
	cp "$firmware/suitgate/f$i.bin" "$work/many/suitgate/"
	i=$((i + 1))
done
suitctl bless "$work/many" -k "$work/distro.pem" --seq 1 \
	-o "$work/many.suit" > "$work/said" || die 'cannot bless'
is 'it has the catalogue form' yes \
	"$(suitctl verify --trust "$work/distro.pub" "$work/many.suit" |
		grep -q catalogue && echo yes)"
is 'it loads' ok "$(load "$work/many.suit")"
mode enforce
request 'the first of it' 'ok: delivered ok distro' f0.bin
request 'one in the middle' 'ok: delivered ok distro' f150.bin
request 'the last of it' 'ok: delivered ok distro' f299.bin
flip f150.bin
request 'a flipped byte' 'EKEYREJECTED: refused image-mismatch distro' f150.bin
file f150.bin 'file 150'
truncate -s 4999 "$firmware/suitgate/f150.bin"
request 'a byte less' 'EKEYREJECTED: refused image-size-mismatch distro' f150.bin
file new.bin
request 'a file that came later' 'ENOKEY: refused no-manifest -' new.bin
cp "$firmware/suitgate/f1.bin" "$firmware/suitgate/f2.bin"
request 'a file in the place of another' \
	'EKEYREJECTED: refused image-mismatch distro' f2.bin

# A vendor speaks of one of the files: the bless does not count for it any more.
trust vendor vendor --prefix firmware/suitgate/f3.bin
file f3.bin 'a newer one'
vouch vendor 1 f3.bin
request 'the vendor supersedes the bless' 'ok: delivered ok vendor' f3.bin
file f3.bin 'file 3'
request 'what was blessed is refused now' \
	'EKEYREJECTED: refused image-mismatch vendor' f3.bin
request 'all else is as it was' 'ok: delivered ok distro' f4.bin
suitctl unload "$work/vouch.suit" > /dev/null
trust second vendor --prefix firmware/suitgate/f3.bin
file f3.bin 'of another vendor'
vouch vendor 2 f3.bin
sign second 1 "$work/second.suit" f3.bin
is 'one vendor at a time' component-owned-by-other-authority \
	"$(load "$work/second.suit")"
suitctl unload "$work/vouch.suit" > /dev/null
is 'a handover: the first one leaves' ok "$(load "$work/second.suit")"
request 'the second one delivers' 'ok: delivered ok second' f3.bin
ktap_finished
