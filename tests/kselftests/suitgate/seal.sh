#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# After the seal. To be run last: there is no way back before the next boot.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
begin 47

good='ok: delivered ok vendor'
none='ENOKEY: refused no-manifest -'

# try COMMAND...: how suitctl ended
try()
{
	if suitctl "$@" > "$work/said" 2>&1; then
		echo ok
	else
		echo "$? $(reason)"
	fi
}

status()
{
	sed -n "s/^$1  *//p" "$gate/status"
}

gate_new
trust vendor vendor --prefix firmware/suitgate
trust other vendor --prefix firmware/other
trust root root
key root2
key new
for name in a.bin b.bin c.bin d.bin; do
	file "$name"
done
sign vendor 1 "$work/a.suit" a.bin
sign vendor 1 "$work/b.suit" b.bin
sign vendor 3 "$work/d.suit" d.bin
sign new 1 "$work/c.suit" c.bin
load "$work/a.suit" > /dev/null

# make NAME SEQUENCE SIGNER CHANGE...: an update of trust; "-": nobody signs
make()
{
	output=$work/$1.trust number=$2 signer=$3
	shift 3
	[ "$signer" = - ] || set -- --sign "$work/$signer.pem" "$@"
	suitctl trust make -o "$output" --sequence "$number" "$@" \
		> "$work/said" 2>&1 || die "cannot make $output"
}
add='--authority new --role vendor --prefix firmware/suitgate'
# shellcheck disable=SC2086 # several words
{
	make unsigned 50 - $add "$work/new.pub"
	make vendor 50 vendor $add "$work/new.pub"
	make stranger 50 root2 $add "$work/new.pub"
	make stale 3 root $add "$work/new.pub"
	make good 50 root $add "$work/new.pub"
}
make again 50 root --retire other:0
make next 51 root --retire new:0

is 'before the seal: an identity is added' ok "$("$here/call" identity)"
is 'before the seal: a floor is set' ok "$("$here/call" floor)"
request 'before the seal: nobody signed' 'ok: audited no-manifest -' b.bin
is 'sealed' ok "$(try seal --yes)"
is 'sealed: enforce' 'enforce, sealed' "$(status mode)"
is 'sealed once more' ok "$(try seal --yes)"
request 'signed' "$good" a.bin
is 'suitctl doctor: b.bin was let through in audit mode' 1 \
	"$(suitctl doctor > "$work/said"; echo $?)"
request 'nobody signed' "$none" b.bin
is 'suitctl doctor: what the seal refuses' \
	'! /lib/firmware/suitgate/b.bin was refused: no-manifest' \
	"$(suitctl doctor | grep '^!')"

# The module is pinned.
is 'not unloaded' 1 "$(rmmod suitgate 2> /dev/null; echo $?)"
is 'still there' 'enforce, sealed' "$(status mode)"
is 'ftrace stays on' EBUSY "$(ask /proc/sys/kernel/ftrace_enabled 0)"

# Nothing of what is frozen moves.
for number in 1 2 3; do
	is "mode $number" EPERM "$("$here/call" mode $number)"
done
is 'a floor is not set' EPERM "$("$here/call" floor)"
is 'an identity is not added' EPERM "$("$here/call" identity)"
is 'a manifest is not forgotten' EPERM "$("$here/call" unload)"
is 'suitctl says so' '2 ' "$(try unload "$work/a.suit")"
request 'all as before: nobody signed' "$none" b.bin
request 'all as before: signed' "$good" a.bin
is 'all as before' 'enforce, sealed' "$(status mode)"

# Manifests may still come, and be confirmed.
is 'a manifest is loaded' 'ok' "$(try load "$work/b.suit")"
request 'its file' "$good" b.bin
is 'and is confirmed' ok "$(try floor confirm "$work/b.suit")"
is 'one of a stranger is not' '1 signature-invalid' \
	"$(try load "$work/c.suit")"

# Trust changes only by a root authority, upwards.
is 'trust: nobody signed' EPERM "$("$here/call" trust "$work/unsigned.trust")"
is 'trust: a vendor signed' '1 too-few-signatures' \
	"$(try trust update "$work/vendor.trust")"
is 'trust: a stranger signed' '1 signature-invalid' \
	"$(try trust update "$work/stranger.trust")"
is 'trust: not above the last statement' '1 trust-update-stale' \
	"$(try trust update "$work/stale.trust")"
is 'nothing changed' '1 signature-invalid' "$(try load "$work/c.suit")"
is 'trust: root signed' ok "$(try trust update "$work/good.trust")"
is 'the new authority speaks' ok "$(try load "$work/c.suit")"
request 'and counts' 'ok: delivered ok new' c.bin
is 'trust: the same number again' '1 trust-update-stale' \
	"$(try trust update "$work/again.trust")"
is 'trust: the same statement again' '1 trust-update-stale' \
	"$(try trust update "$work/good.trust")"
is 'trust: the next one, which retires' ok \
	"$(try trust update "$work/next.trust")"
request 'retired' "$none" c.bin
is 'the old ones stay' "$good" \
	"$(ask "$driver/trigger_request" suitgate/a.bin): $(since "$(($(newest) - 1))")"

# What was loaded before counts by the same rules.
flip a.bin
request 'flipped byte' 'EKEYREJECTED: refused image-mismatch vendor' a.bin
is 'status tells of the seal' yes \
	"$(suitctl status | grep -q -i seal && echo yes)"
rm -f /var/lib/suitgate/floors.state

# A forced unload cannot be refused: it never ends. The log says why, and the
# device is out of reach until the next boot.
dmesg -C
rmmod -f suitgate 2> /dev/null &
forced=$!
sleep 2
is 'unloading by force does not end' yes \
	"$([ -d /proc/$forced ] && [ -d /sys/module/suitgate ] && echo yes)"
is 'the log says so' yes \
	"$(dmesg | grep -q 'suitgate: sealed: ' && echo yes)"
is 'still refused' EKEYREJECTED \
	"$(ask "$driver/trigger_request" suitgate/a.bin)"
is 'still delivered' ok "$(ask "$driver/trigger_request" suitgate/b.bin)"
is 'not a second time either' 1 "$(rmmod -f suitgate 2> /dev/null; echo $?)"

ktap_finished
