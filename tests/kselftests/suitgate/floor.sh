#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Sequence numbers never go back, and rise only for what has proved itself.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
begin 44

# confirm MANIFEST [OPTION]: how that ended
confirm()
{
	if suitctl floor confirm "$@" > "$work/said" 2>&1; then
		echo ok
	else
		reason
	fi
}

# version NUMBER: a.bin and its manifest NUMBER.suit
version()
{
	file a.bin "version $1"
	sign vendor "$1" "$work/$1.suit" a.bin
}

# use NUMBER: a.bin of that version lies there
use()
{
	file a.bin "version $1"
}

floor()
{
	suitctl floor list | sed -n 's/.*sequence \([0-9]*\) or newer.*/\1/p' |
		tr '\n' ' '
}

gate_new
trust vendor vendor --prefix firmware/suitgate
trust disk baseline --prefix firmware/suitgate
for number in 9 10 11 12; do
	version $number
done
file a.bin 'version 10, another'
sign vendor 10 "$work/10b.suit" a.bin
load "$work/10.suit" > /dev/null
mode enforce

is 'no floor' '' "$(floor)"
is 'confirmed before it delivered anything' manifest-not-delivered-this-boot \
	"$(confirm "$work/10.suit")"
use 9
request 'only other bytes were asked for' \
	'EKEYREJECTED: refused image-mismatch vendor' a.bin
is 'a refusal is no proof' manifest-not-delivered-this-boot \
	"$(confirm "$work/10.suit")"
use 10
request 'delivered' 'ok: delivered ok vendor' a.bin
is 'no floor before it is confirmed' '' "$(floor)"
is 'confirmed' ok "$(confirm "$work/10.suit")"
is 'the floor is there' '10 ' "$(floor)"
is 'confirmed again' ok "$(confirm "$work/10.suit")"
is 'an unknown manifest' manifest-not-delivered-this-boot \
	"$(confirm "$work/11.suit")"
is 'a bare number is not taken' 2 \
	"$(suitctl floor confirm 11 > /dev/null 2>&1; echo $?)"

is 'below: not loaded' sequence-number-below-floor "$(load "$work/9.suit")"
is 'equal, the same manifest: loaded' ok "$(load "$work/10.suit")"
is 'equal, another manifest: not loaded' sequence-number-reused \
	"$(load "$work/10b.suit")"
request 'the floor itself' 'ok: delivered ok vendor' a.bin

# Between install and confirm both load.
is 'above: loaded' ok "$(load "$work/11.suit")"
request 'the old one before the new one is confirmed' \
	'ok: delivered ok vendor' a.bin
use 11
request 'the new one' 'ok: delivered ok vendor' a.bin
is 'the new one is confirmed' ok "$(confirm "$work/11.suit")"
is 'the floor rose' '11 ' "$(floor)"
use 10
request 'the old one is too old now' \
	'EKEYREJECTED: refused image-mismatch vendor' a.bin
suitctl unload "$work/11.suit" > /dev/null
request 'also when the new one is gone' \
	'ESTALE: refused sequence-number-below-floor vendor' a.bin
is 'the old one is not confirmed any more' sequence-number-below-floor \
	"$(confirm "$work/10.suit")"
is 'the floor stays' '11 ' "$(floor)"

# A floor belongs to one authority.
sign disk 1 "$work/disk.suit" a.bin
is 'another authority has a floor of its own' ok "$(load "$work/disk.suit")"

# A large step needs consent.
file j.bin
sign vendor 4294967297 "$work/jump.suit" j.bin
load "$work/jump.suit" > /dev/null
request 'a large step: delivered' 'ok: delivered ok vendor' j.bin
is 'a large step: not confirmed' sequence-number-jump \
	"$(confirm "$work/jump.suit")"
is 'a large step: with consent' ok "$(confirm "$work/jump.suit" --jump)"
is 'two floors' '11 4294967297 ' "$(floor)"

# With an id of its own or without: a component's floor counts for both.
file i.bin one
sign vendor 1 "$work/i1.suit" i.bin
load "$work/i1.suit" > /dev/null
request 'by the number of the component' 'ok: delivered ok vendor' i.bin
is 'confirmed' ok "$(confirm "$work/i1.suit")"
file i.bin two
sign vendor 2 "$work/i2.suit" i.bin
suitctl bless "$work/tree" -k "$work/vendor.pem" --seq 2 \
	--id firmware/suitgate/set -o "$work/i2.suit" > "$work/said"
is 'one with an id' ok "$(load "$work/i2.suit")"
request 'by a number of its own' 'ok: delivered ok vendor' i.bin
is 'confirmed, too' ok "$(confirm "$work/i2.suit")"
is 'the component has risen with it' '11 4294967297 2 2 ' "$(floor)"
is 'without the id it is too old' sequence-number-below-floor \
	"$(load "$work/i1.suit")"
file i.bin three
sign vendor 3 "$work/i3.suit" i.bin
load "$work/i3.suit" > /dev/null
request 'the next without an id' 'ok: delivered ok vendor' i.bin
is 'is confirmed' ok "$(confirm "$work/i3.suit")"
suitctl unload "$work/i3.suit" > /dev/null
file i.bin two
request 'with the id it is too old for that component' \
	'ESTALE: refused sequence-number-below-floor vendor' i.bin
suitctl unload "$work/i1.suit" > /dev/null
suitctl unload "$work/i2.suit" > /dev/null

# Saved and restored.
suitctl floor save "$work/floors" > /dev/null
rmmod suitgate
modprobe suitgate
is 'a new gate has none' '' "$(floor)"
trust vendor vendor --prefix firmware/suitgate
suitctl load --state "$work/floors" > /dev/null
is 'restored' '11 4294967297 3 2 ' "$(floor)"
is 'below a restored floor' sequence-number-below-floor \
	"$(load "$work/10.suit")"
is 'equal, the same manifest' ok "$(load "$work/11.suit")"
is 'above' ok "$(load "$work/12.suit")"
rm -rf /var/lib/suitgate/floors.state

ktap_finished
