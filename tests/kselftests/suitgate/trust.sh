#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Who may speak for what, with how many signatures, and until when.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
begin 50 openssl keyctl

ours='ok: delivered ok vendor'
none='ENOKEY: refused no-manifest -'

gate_new
for name in a.bin b.bin c.bin d.bin e.bin theirs/a.bin theirs/b.bin duo.bin; do
	file "$name"
done

# Nobody is trusted.
key vendor
sign vendor 1 "$work/first.suit" a.bin
is 'nobody is trusted: not loaded' no-trusted-key "$(load "$work/first.suit")"
mode enforce
request 'nobody is trusted: refused' "$none" a.bin

# A prefix.
trust vendor vendor --prefix firmware/suitgate
is 'trusted: loaded' ok "$(load "$work/first.suit")"
request 'trusted: delivered' "$ours" a.bin
is 'loaded twice is loaded' ok "$(load "$work/first.suit")"
trust narrow vendor --prefix firmware/suitgate/theirs
sign narrow 1 "$work/x.suit" theirs/a.bin
is 'within its prefix' ok "$(load "$work/x.suit")"
request 'within its prefix: delivered' 'ok: delivered ok narrow' theirs/a.bin
sign narrow 1 "$work/x.suit" b.bin
is 'outside of its prefix' authority-not-entitled "$(load "$work/x.suit")"
sign narrow 1 "$work/x.suit" theirs/b.bin b.bin
is 'partly outside of its prefix' authority-not-entitled \
	"$(load "$work/x.suit")"
request 'not loaded: refused' "$none" theirs/b.bin
mkdir "$firmware/suitgate/theirs2"
file theirs2/a.bin
sign narrow 1 "$work/x.suit" theirs2/a.bin
is 'a prefix ends at a segment' authority-not-entitled "$(load "$work/x.suit")"

# One vendor for a component; a vendor above a bless, whichever came first.
trust second vendor --prefix firmware/suitgate
sign second 9 "$work/x.suit" a.bin
is 'a component of another vendor' component-owned-by-other-authority \
	"$(load "$work/x.suit")"
trust disk baseline --prefix firmware
vouch disk 5 a.bin b.bin c.bin
request 'blessed: delivered' 'ok: delivered ok disk' b.bin
bytes new > "$firmware/suitgate/a.bin"
vouch disk 6 a.bin
request 'blessed, but a vendor speaks of it' \
	'EKEYREJECTED: refused image-mismatch vendor' a.bin
file a.bin
vouch vendor 2 c.bin
request 'a vendor after the bless' "$ours" c.bin

# An unknown key; a known one after the manifest was changed.
key stranger
sign stranger 1 "$work/x.suit" b.bin
# without a key id it might have been anybody's
is 'a key that nobody trusts' signature-invalid "$(load "$work/x.suit")"
cp "$work/first.suit" "$work/x.suit"
printf X | dd of="$work/x.suit" bs=1 seek=$(($(stat -c %s "$work/x.suit") - 3)) \
	conv=notrunc status=none
is 'a changed manifest' manifest-digest-mismatch "$(load "$work/x.suit")"
printf 'not a manifest' > "$work/x.suit"
is 'no manifest at all' cbor-wrong-type "$(load "$work/x.suit")"

# Two of three.
key duo1
key duo2
key duo3
suitctl trust add --store "$work/store" --live --authority duo --role vendor \
	--prefix firmware/suitgate/duo.bin --threshold 2 "$work/duo1.pub" \
	"$work/duo2.pub" "$work/duo3.pub" > "$work/said" || die 'no duo'
sign duo1 1 "$work/duo.suit" duo.bin
is 'one signature of three keys, two are needed' too-few-signatures \
	"$(load "$work/duo.suit")"
cp "$work/duo.suit" "$work/x.suit"
suitctl sign -k "$work/stranger.pem" "$work/x.suit" > /dev/null
is 'one, and one by a stranger' too-few-signatures "$(load "$work/x.suit")"
cp "$work/duo.suit" "$work/x.suit"
suitctl sign -k "$work/narrow.pem" "$work/x.suit" > /dev/null
is 'one, and one by another authority' authority-not-entitled \
	"$(load "$work/x.suit")"
suitctl sign -k "$work/duo3.pem" "$work/duo.suit" > /dev/null
is 'by two' ok "$(load "$work/duo.suit")"
request 'by two: delivered' 'ok: delivered ok duo' duo.bin
is 'one of the two keys is revoked' ok "$(change revoke-key "$work/duo1.pub")"
request 'one signature is left: refused' "$none" duo.bin
is 'and not loaded any more' key-revoked "$(load "$work/duo.suit")"
sign duo2 1 "$work/duo.suit" duo.bin
suitctl sign -k "$work/duo3.pem" "$work/duo.suit" > /dev/null
is 'signed by the other two' ok "$(load "$work/duo.suit")"
request 'two good ones of three' 'ok: delivered ok duo' duo.bin

# A manifest that was signed again: the new signature is the one that counts.
file again.bin
key before
key after
suitctl trust add --store "$work/store" --live --authority again --role vendor \
	--prefix firmware/suitgate/again.bin "$work/before.pub" \
	"$work/after.pub" > "$work/said" || die 'no authority "again"'
vouch before 1 again.bin
request 'by the key from before' 'ok: delivered ok again' again.bin
sign after 1 "$work/x.suit" again.bin
is 'the same manifest by the next key' ok "$(load "$work/x.suit")"
is 'the key from before is revoked' ok \
	"$(change revoke-key "$work/before.pub")"
request 'by the next key' 'ok: delivered ok again' again.bin

# A manifest, a key, an authority that is no longer believed.
vouch second 1 d.bin
request 'before it is revoked' 'ok: delivered ok second' d.bin
cp "$work/vouch.suit" "$work/revoked.suit"
is 'a manifest is revoked' ok "$(change revoke-digest "$work/revoked.suit")"
request 'a revoked manifest' "$none" d.bin
is 'is not loaded again' manifest-revoked "$(load "$work/revoked.suit")"
vouch second 2 d.bin
request 'the next one of the same authority' 'ok: delivered ok second' d.bin
vouch second 7 e.bin
is 'an authority is retired after 4' ok "$(change retire second --last 4)"
request 'up to 4 it is believed' 'ok: delivered ok second' d.bin
request 'above no more' "$none" e.bin
sign second 5 "$work/x.suit" d.bin
is 'nor loaded' authority-not-entitled "$(load "$work/x.suit")"
is 'a key is revoked' ok "$(change revoke-key "$work/vendor.pub")"
request 'its manifests are gone: what was blessed counts again' \
	'ok: delivered ok disk' c.bin
is 'and are not loaded again' key-revoked "$(load "$work/first.suit")"

# A certificate.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
	-keyout "$work/cert.pem" -out "$work/cert.crt" -subj /CN=suitgate \
	-days 3650 2> /dev/null
suitctl trust add --store "$work/store" --live --authority certified \
	--role vendor --prefix firmware/suitgate/x509.bin "$work/cert.crt" \
	> "$work/said" 2>&1 || die "no certificate: $(cat "$work/said")"
file x509.bin
vouch cert 1 x509.bin
request 'signed with the key of a certificate' 'ok: delivered ok certified' \
	x509.bin

# The keyring shows, and lets nobody in.
ring=$(keyctl show %:.suitgate 2> /dev/null)
is 'the keyring shows the keys' yes \
	"$(echo "$ring" | grep -q 'disk #' && echo yes)"
id=$(echo "$ring" | awk '/disk #/ { print $1 }')
is 'root cannot revoke one there' 1 "$(keyctl revoke "$id" 2> /dev/null; echo $?)"
is 'nor unlink it' 1 "$(keyctl unlink "$id" %:.suitgate 2> /dev/null; echo $?)"
is 'nor add one' 1 "$(keyctl padd .suit_key x %:.suitgate < "$work/cert.pem" \
	> /dev/null 2>&1; echo $?)"
id=$(keyctl add user suitgate-test x @u)
is 'nor link one' 1 "$(keyctl link "$id" %:.suitgate 2> /dev/null; echo $?)"
keyctl unlink "$id" @u > /dev/null

ktap_finished
