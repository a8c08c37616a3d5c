#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Who may speak for what: prefixes, thresholds, roles; and trust that changes
# while manifests are loaded.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
begin 33 openssl keyctl

# signed KEY SEQUENCE NAME...: how loading that ends
signed()
{
	signer=$1 number=$2
	shift 2
	sign "$signer" "$number" "$work/one.suit" "$@"
	load "$work/one.suit"
}

gate_new
for name in mine/a.bin mine/b.bin other/c.bin; do
	file "$name"
done
mode enforce

is 'nobody is trusted: no key' no-trusted-key \
	"$(key vendor; signed vendor 1 mine/a.bin)"
trust vendor vendor --prefix firmware/suitgate/mine
is 'within its prefix' ok "$(signed vendor 1 mine/a.bin)"
request 'delivered' 'ok: delivered ok vendor' mine/a.bin
is 'outside its prefix' authority-not-entitled "$(signed vendor 1 other/c.bin)"
is 'one within, one outside' authority-not-entitled \
	"$(signed vendor 1 mine/b.bin other/c.bin)"
request 'refused: nobody spoke for it' 'ENOKEY: refused no-manifest -' \
	other/c.bin
key stranger
is 'by a stranger' signature-invalid "$(signed stranger 1 mine/b.bin)"

# two of three must agree
key a
key b
key c
suitctl trust add --store "$work/store" --live --authority duo --role vendor \
	--threshold 2 --prefix firmware/suitgate/other "$work/a.pub" \
	"$work/b.pub" "$work/c.pub" > /dev/null || die 'duo is not trusted'
is 'one signature of the two that are needed' too-few-signatures \
	"$(signed a 1 other/c.bin)"
suitctl sign -k "$work/c.pem" "$work/one.suit" > /dev/null
is 'two signatures' ok "$(load "$work/one.suit")"
request 'delivered by both' 'ok: delivered ok duo' other/c.bin

# a root changes trust, and signs no firmware
trust root root
is 'firmware by a root' authority-not-entitled "$(signed root 1 mine/b.bin)"

# a certificate speaks like a key
openssl req -x509 -key "$work/vendor.pem" -subj /CN=x509 -days 30 \
	-out "$work/cert.pem" 2> /dev/null
openssl pkey -in "$work/vendor.pem" -out "$work/cert-key.pem"
gate_new
mode enforce
suitctl trust add --store "$work/store" --live --authority x509 --role vendor \
	--prefix firmware/suitgate/mine --alg esp256 "$work/cert.pem" \
	> /dev/null || die 'the certificate is not trusted'
for name in mine/a.bin mine/b.bin other/c.bin; do
	file "$name"
done
is 'signed with the key of a certificate' ok "$(signed cert-key 1 mine/a.bin)"
request 'delivered by its authority' 'ok: delivered ok x509' mine/a.bin

# retired: what it signed up to some number stays good
gate_new
for name in mine/a.bin mine/b.bin other/c.bin; do
	file "$name"
done
mode enforce
trust vendor vendor --prefix firmware/suitgate
is 'before it retires: 5' ok "$(signed vendor 5 mine/a.bin)"
is 'before it retires: 6' ok "$(signed vendor 6 mine/b.bin)"
is 'it retires after 5' ok "$(change retire vendor --last 5)"
request 'what it said before is good' 'ok: delivered ok vendor' mine/a.bin
request 'what it said later is not' 'ENOKEY: refused no-manifest -' mine/b.bin
is 'and cannot be loaded' authority-not-entitled "$(signed vendor 7 other/c.bin)"

# revoked: at once, also for what is loaded
trust second vendor --prefix firmware/suitgate/other
is 'before its digest is revoked' ok "$(signed second 1 other/c.bin)"
request 'delivered' 'ok: delivered ok second' other/c.bin
is 'the manifest is revoked' ok "$(change revoke-digest "$work/one.suit")"
request 'no longer delivered' 'ENOKEY: refused no-manifest -' other/c.bin
is 'and cannot be loaded' manifest-revoked "$(load "$work/one.suit")"
is 'another one by the same key' ok "$(signed second 2 other/c.bin)"
is 'the key is revoked' ok "$(change revoke-key "$work/second.pub")"
request 'nothing of it is delivered' 'ENOKEY: refused no-manifest -' other/c.bin
is 'nor loaded' key-revoked "$(signed second 3 other/c.bin)"

# all of a statement or nothing
before=$(grep -c . "$gate/authorities")
is 'half of a statement is bad' refused \
	"$(suitctl trust make -o "$work/half.trust" --sequence 99 \
		--authority third --role vendor --prefix firmware/third \
		"$work/a.pub" --retire nobody > /dev/null 2>&1
	suitctl trust update "$work/half.trust" > "$work/said" 2>&1 ||
		echo refused)"
is 'nothing of it holds' "$before" "$(grep -c . "$gate/authorities")"

# the keyring is for looking
is 'the keys are in a keyring' yes \
	"$(keyctl show %:.suitgate 2> /dev/null | grep -q '\.suit_key' && echo yes)"
is 'nobody puts one there' refused \
	"$(keyctl add user intruder data %:.suitgate > /dev/null 2>&1 || echo refused)"
is 'nor of that type anywhere' refused \
	"$(keyctl add .suit_key intruder data @s > /dev/null 2>&1 || echo refused)"
ktap_finished
