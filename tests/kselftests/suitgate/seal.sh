#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# After the seal there is no way back. Run last: it lasts until reboot.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
begin 25

# refused COMMAND...: does it fail?
refused()
{
	if "$@" > "$work/said" 2>&1; then
		echo accepted
	else
		echo refused
	fi
}

gate_new
trust root root
trust vendor vendor --prefix firmware/suitgate
file a.bin
vouch vendor 1 a.bin
file none.bin
request 'before: nobody signed, delivered in setup' \
	'ok: delivered no-manifest -' none.bin
is 'sealed' 0 "$(suitctl seal --yes > "$work/said" 2>&1; echo $?)"
is 'the seal warns of what was delivered unchecked' yes \
	"$(grep -q 'unchecked before now' "$work/said" && echo yes)"
is 'status says so' yes "$(grep -q sealed "$gate/status" && echo yes)"
is 'sealing again changes nothing' 0 \
	"$(suitctl seal --yes > /dev/null 2>&1; echo $?)"

request 'signed: delivered' 'ok: delivered ok vendor' a.bin
request 'nobody signed: refused' 'ENOKEY: refused no-manifest -' none.bin
flip a.bin
request 'a flipped byte: refused' \
	'EKEYREJECTED: refused image-mismatch vendor' a.bin
file a.bin

is 'no mode but enforce' refused "$(refused suitctl mode setup)"
is 'nor audit' refused "$(refused suitctl mode audit)"
is 'the module stays' refused "$(refused rmmod suitgate)"
is 'also by force' refused "$(refused rmmod -f suitgate)"
is 'manifests stay' refused "$(refused suitctl unload "$work/vouch.suit")"
key intruder
is 'nobody new is trusted' refused \
	"$(refused suitctl trust add --store "$work/store" --live \
		--authority intruder --role vendor --prefix firmware \
		"$work/intruder.pub")"

# a root authority may still change trust
suitctl trust make -o "$work/new.trust" --sign "$work/intruder.pem" \
	--sequence 50 --authority late --role vendor \
	--prefix firmware/suitgate/late "$work/intruder.pub" > /dev/null
is 'a statement signed by a stranger' refused \
	"$(refused suitctl trust update "$work/new.trust")"
suitctl trust make -o "$work/new.trust" --sign "$work/vendor.pem" \
	--sequence 50 --authority late --role vendor \
	--prefix firmware/suitgate/late "$work/intruder.pub" > /dev/null
is 'a statement signed by a vendor' refused \
	"$(refused suitctl trust update "$work/new.trust")"
suitctl trust make -o "$work/new.trust" --sign "$work/root.pem" \
	--sequence 50 --authority late --role vendor \
	--prefix firmware/suitgate/late "$work/intruder.pub" > /dev/null
is 'a statement signed by a root' accepted \
	"$(refused suitctl trust update "$work/new.trust")"
is 'the same once more is stale' refused \
	"$(refused suitctl trust update "$work/new.trust")"
is 'and the reason is that' trust-update-stale "$(reason)"
file late/x.bin
vouch intruder 1 late/x.bin
request 'who is trusted since then delivers' 'ok: delivered ok late' late/x.bin

# floors rise, and only rise
is 'a manifest is confirmed' accepted \
	"$(refused suitctl floor confirm "$work/vouch.suit")"
suitctl floor save "$work/floors" > /dev/null
suitctl load --state "$work/floors" > "$work/said" 2>&1
is 'floors are not restored any more' yes \
	"$(grep -q 'skipped\|not taken' "$work/said" && echo yes)"
sign vendor 2 "$work/2.suit" a.bin
is 'newer manifests load' ok "$(load "$work/2.suit")"
is 'the break-glass of the command line is not on' no \
	"$(grep -q 'break' "$gate/status" && echo yes || echo no)"
is 'the records tell of all that' yes \
	"$(suitctl events --refused --json | grep -q no-manifest && echo yes)"
ktap_finished
