#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Firmware that changed on the disk, before a driver asks for it.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
begin 14

stamp=/var/lib/suitgate/packages.stamp
manifests=/etc/suitgate/manifests
mkdir -p $manifests /var/lib/suitgate
forget()
{
	rm -f $manifests/packages.suit $stamp
}
trap 'forget; cleanup' EXIT
forget

# survey [OPTION...]: exit code, and "error" or "error FILE" of ours
survey()
{
	suitctl doctor --packages --json "$@" > "$work/json" 2> "$work/said"
	code=$?
	sed 's/{/\n{/g' "$work/json" |
		sed -n 's/.*"path":"[^"]*suitgate\/\([^"]*\)".*"error":"\([^"]*\)".*/\2 \1/p' |
		awk -v code=$code 'BEGIN { printf "%s", code }
			{ printf "; %s", $0 } END { print "" }'
}

# What else the gateway has is signed by nobody: out of the way.
gate_new
trust disk baseline --prefix firmware
mount -t tmpfs tmpfs "$firmware" || die 'cannot cover the firmware'
trap 'forget; umount "$firmware"; cleanup' EXIT
mkdir -p "$firmware/suitgate"
mode enforce
is 'nothing there' 0 "$(survey)"
is 'that is remembered' yes "$([ -s $stamp ] && echo yes)"

file a.fw
file b.fw
is 'signed by nobody' '1; no-manifest a.fw; no-manifest b.fw' "$(survey)"
vouch disk 1 a.fw b.fw
cp "$work/vouch.suit" $manifests/packages.suit
is 'signed' 0 "$(survey)"
sleep 1
request 'as the gate says' 'ok: delivered ok disk' a.fw

file a.fw 'the next version'
is 'one changed' '1; image-mismatch a.fw' "$(survey)"
is 'and it is said again' '1; image-mismatch a.fw' "$(survey)"
request 'the gate says so too' 'EKEYREJECTED: refused image-mismatch disk' a.fw
is 'for people' 'image-mismatch, says /etc/suitgate/manifests/packages.suit' \
	"$(suitctl doctor --packages | sed -n 's/^! .*: //p')"
is 'the hook of dpkg says so' "! $firmware/suitgate/a.fw" \
	"$(/usr/libexec/suitgate-packages 2>&1 | grep -o '! .*a.fw')"
is 'and is content' 0 "$(/usr/libexec/suitgate-packages > /dev/null 2>&1; echo $?)"
vouch disk 2 a.fw b.fw
cp "$work/vouch.suit" $manifests/packages.suit
is 'blessed again' 0 "$(survey)"
mv "$firmware/suitgate/b.fw" "$firmware/suitgate/c.fw"
ln -s c.fw "$firmware/suitgate/b.fw"
is 'a new name, and a link to it' '1; no-manifest c.fw' "$(survey)"
is 'all of them, looked at anew' '1; no-manifest c.fw' "$(survey --all)"

ktap_finished
