#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Floors: what was confirmed can only be followed by something newer.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
begin 27

# confirm FILE [OPTION...]: how that ended
confirm()
{
	if suitctl floor confirm "$@" > "$work/said" 2>&1; then
		echo ok
	else
		reason
	fi
}

# floor_of NAME: the number that is needed
floor_of()
{
	suitctl floor list | grep -A 1 "^firmware/suitgate/$1\$" |
		sed -n 's/.*sequence \([0-9]*\) or newer/\1/p'
}

gate_new
trust vendor vendor --prefix firmware/suitgate
mode enforce
file a.bin 'release 1'
sign vendor 1 "$work/1.suit" a.bin
file a.bin 'release 2'
sign vendor 2 "$work/2.suit" a.bin
file a.bin 'release 2 again'
sign vendor 2 "$work/2b.suit" a.bin
file a.bin 'release 3'
sign vendor 3 "$work/3.suit" a.bin

is 'release 2 loads' ok "$(load "$work/2.suit")"
is 'confirmed before anything was delivered by it' \
	manifest-not-delivered-this-boot "$(confirm "$work/2.suit")"
is 'no floor yet' '' "$(floor_of a.bin)"
file a.bin 'release 2'
request 'release 2 is delivered' 'ok: delivered ok vendor' a.bin
is 'and release 1 would still be' ok "$(load "$work/1.suit")"
is 'release 2 is confirmed' ok "$(confirm "$work/2.suit")"
is 'the floor is 2' 2 "$(floor_of a.bin)"
is 'confirmed again' ok "$(confirm "$work/2.suit")"
request 'release 2 is still delivered' 'ok: delivered ok vendor' a.bin
file a.bin 'release 1'
request 'release 1, loaded before, is not: it is not release 2' \
	'EKEYREJECTED: refused image-mismatch vendor' a.bin
is 'nor can it be loaded' sequence-number-below-floor "$(load "$work/1.suit")"
is 'another manifest with number 2' sequence-number-reused \
	"$(load "$work/2b.suit")"
is 'the same manifest once more' ok "$(load "$work/2.suit")"
is 'release 3 loads' ok "$(load "$work/3.suit")"
file a.bin 'release 3'
request 'release 3 is delivered' 'ok: delivered ok vendor' a.bin
is 'release 3 is confirmed' ok "$(confirm "$work/3.suit")"
is 'the floor is 3' 3 "$(floor_of a.bin)"
is 'release 2 was overtaken' sequence-number-below-floor \
	"$(confirm "$work/2.suit")"

# a number that is far away wants consent: it cannot be taken back
sign vendor 10000000000 "$work/far.suit" a.bin
is 'a number far away loads' ok "$(load "$work/far.suit")"
suitctl unload "$work/3.suit" > /dev/null
request 'and delivers' 'ok: delivered ok vendor' a.bin
is 'it is not confirmed just so' sequence-number-jump "$(confirm "$work/far.suit")"
is 'the floor is still 3' 3 "$(floor_of a.bin)"
is 'with consent it is' ok "$(confirm "$work/far.suit" --jump)"

# only a manifest has a digest that can be confirmed
is 'a digest that nobody loaded' manifest-not-delivered-this-boot \
	"$(confirm "sha-256:$(printf '%064d' 7)")"
# floors of another authority are its own
trust other baseline --prefix firmware/suitgate
file b.bin
vouch other 1 b.bin
request 'another authority starts at 1' 'ok: delivered ok other' b.bin

# floors are restored upwards only
suitctl floor save "$work/floors" > /dev/null
gate_new
trust vendor vendor --prefix firmware/suitgate
suitctl load --state "$work/floors" > "$work/said" 2>&1
is 'floors come back from a file' 10000000000 "$(floor_of a.bin)"
is 'and count' sequence-number-below-floor "$(load "$work/3.suit")"
ktap_finished
