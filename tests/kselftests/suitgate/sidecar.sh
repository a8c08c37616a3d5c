#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Manifests beside their file, "<requested path>.suit".

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
begin 26 xz

none='ENOKEY: refused no-manifest -'
good='ok: delivered ok vendor'

# beside NAME [KEY [SEQUENCE]]: a manifest for NAME beside it
beside()
{
	sign "${2:-vendor}" "${3:-1}" "$firmware/suitgate/$1.suit" "$1"
}

cached()
{
	sed -n 's/^manifests.*sidecars \([0-9]*\),.*/\1/p' "$gate/status"
}

gate_new
trust vendor vendor --prefix firmware/suitgate
trust narrow vendor --prefix firmware/suitgate/theirs
mode enforce

file a.bin
request 'none beside it' "$none" a.bin
beside a.bin
request 'beside it' "$good" a.bin
is 'it is kept' 1 "$(cached)"
request 'beside it, again' "$good" a.bin
is 'once' 1 "$(cached)"
rm "$firmware/suitgate/a.bin.suit"
request 'gone is gone, kept or not' "$none" a.bin
beside a.bin
flip a.bin
request 'flipped byte' 'EKEYREJECTED: refused image-mismatch vendor' a.bin
printf X >> "$firmware/suitgate/a.bin.suit"
request 'flipped manifest' 'EBADMSG: refused cbor-trailing-bytes -' a.bin
: > "$firmware/suitgate/a.bin.suit"
request 'an empty manifest' 'EBADMSG: refused envelope-empty -' a.bin
rm "$firmware/suitgate/a.bin.suit"
mkdir "$firmware/suitgate/a.bin.suit"
request 'a folder' 'EIO: refused operation-failed -' a.bin
rmdir "$firmware/suitgate/a.bin.suit"
mkfifo "$firmware/suitgate/a.bin.suit"
request 'a pipe that nobody writes to' 'EIO: refused operation-failed -' a.bin
rm "$firmware/suitgate/a.bin.suit"
head -c 100000 /dev/zero > "$firmware/suitgate/a.bin.suit"
request 'too big' 'E2BIG: refused manifest-too-big -' a.bin

file b.bin
file c.bin
sign vendor 1 "$firmware/suitgate/b.bin.suit" c.bin
request 'the manifest of another file' \
	'EACCES: refused component-not-in-manifest vendor' b.bin
beside b.bin narrow
request 'by one who may not' 'EACCES: refused authority-not-entitled -' b.bin
key stranger
beside b.bin stranger
request 'by a stranger' 'EKEYREJECTED: refused signature-invalid -' b.bin

mkdir "$firmware/suitgate/xz"
bytes packed | xz -C crc32 > "$firmware/suitgate/xz/p.bin.xz"
beside xz/p.bin.xz
request 'of a compressed file' "$good" xz/p.bin

# The requested path, not what it leads to.
ln -s b.bin "$firmware/suitgate/link.bin"
beside b.bin
request 'beside the file that a link leads to' "$none" link.bin
beside link.bin
request 'beside the link' "$good" link.bin

# What was loaded is not replaced.
file d.bin new
beside d.bin vendor 9
file d.bin old
vouch vendor 8 d.bin
request 'a loaded manifest counts' "$good" d.bin
file d.bin new
request 'a newer one beside the file does not replace it' \
	'EKEYREJECTED: refused image-mismatch vendor' d.bin

# Confirmed like any other.
file e.bin
beside e.bin vendor 3
request 'to be confirmed' "$good" e.bin
is 'confirmed' 0 "$(suitctl floor confirm "$firmware/suitgate/e.bin.suit" \
	> /dev/null 2>&1; echo $?)"
file f.bin
beside f.bin
request 'what will be loaded as well' "$good" f.bin
load "$firmware/suitgate/f.bin.suit" > /dev/null
is 'is confirmed by what it delivered before' 0 \
	"$(suitctl floor confirm "$firmware/suitgate/f.bin.suit" \
	> /dev/null 2>&1; echo $?)"
beside e.bin vendor 2
request 'below the floor' 'ESTALE: refused sequence-number-below-floor vendor' \
	e.bin

# No more are kept than there is room for.
for number in $(seq 34); do
	file "n$number.bin"
	beside "n$number.bin"
	ask "$driver/trigger_request" "suitgate/n$number.bin" > /dev/null
done
is 'no more than 32 are kept' 32 "$(cached)"
rm -f /var/lib/suitgate/floors.state

ktap_finished
