#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# The name is what the driver asked for: whatever file it leads to, in whatever
# folder, whoever else asks meanwhile.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
begin 42

none='ENOKEY: refused no-manifest -'
good='ok: delivered ok vendor'
updates=$firmware/updates/suitgate

gate_new
odd_driver claim=kernel_read_file || die 'cannot load suitgate_test'
trust vendor vendor --prefix firmware/suitgate
file b.bin
file 'with space.bin'
file 'comma,plus+at@.bin'
file 'dots..bin'
file '.hidden'
file 'zweifel-ä.bin'
file 'quote".bin'
vouch vendor 1 b.bin 'with space.bin' 'comma,plus+at@.bin' dots..bin .hidden \
	zweifel-ä.bin
mode enforce

# Links.
ln -s b.bin "$firmware/suitgate/a.bin"
request 'signed' "$good" b.bin
request 'a link to a signed file is another name' "$none" a.bin
ln "$firmware/suitgate/b.bin" "$firmware/suitgate/hard.bin"
request 'so is a hard link' "$none" hard.bin
mkdir "$work/real"
mv "$firmware/suitgate/b.bin" "$work/real/version-7.bin"
ln -s "$work/real/version-7.bin" "$work/alternative"
ln -s "$work/alternative" "$firmware/suitgate/b.bin"
request 'a name may lead through links to any file' "$good" b.bin
bytes other > "$work/real/version-7.bin"
request 'if the bytes are the signed ones' \
	'EKEYREJECTED: refused image-mismatch vendor' b.bin
rm "$firmware/suitgate/b.bin"
file b.bin

# Characters.
request 'a space' "$good" 'with space.bin'
request 'comma, plus, at' "$good" 'comma,plus+at@.bin'
request 'two dots in a segment' "$good" dots..bin
request 'a leading dot' "$good" .hidden
request 'UTF-8' "$good" zweifel-ä.bin
request 'a quote' "$none" 'quote".bin'
is 'is escaped in the record' 1 "$(tail -n 1 "$gate/decisions" |
	grep -c 'suitgate/quote\\x22\.bin')"
strange=$(printf 'line\nbreak\\\033[1m.bin')
file "$strange"
request 'a control sequence' "$none" "$strange"
is 'is escaped in the record, too' 1 "$(tail -n 1 "$gate/decisions" |
	grep -c 'suitgate/line\\x0abreak\\x5c\\x1b\[1m\.bin')"
is 'and in the kernel log' 0 "$(dmesg | grep -c "$(printf '\033')")"
long=$(printf '%0240d' 0).bin
file "$long"
request 'a name of 244 bytes' "$none" "$long"
deep=$(seq -s / 1 15)
file "$deep/x.bin"
request '17 segments are more than a manifest can have' \
	'E2BIG: refused component-id-too-long -' "$deep/x.bin"

# Paths. The loader itself refuses "..".
name='EACCES: refused name-refused -'
request '..' 'EINVAL: ' ../suitgate/b.bin
request '.' "$name" ./b.bin
request 'an empty segment' "$name" /b.bin
expect 'absolute' "$name" "$driver/trigger_request" /suitgate/b.bin
mkdir "$firmware/suitgate/dir.bin"
request 'a folder' 'EINVAL: ' dir.bin
: > "$firmware/suitgate/empty.bin"
request 'an empty file' 'EINVAL: ' empty.bin

# Roots: one file may have several names, and two files one.
mkdir -p "$updates"
bytes update > "$updates/b.bin"
request 'refused in the first root, the loader looks on' \
	'ok: refused image-mismatch vendor; delivered ok vendor' b.bin
cp "$firmware/suitgate/b.bin" "$updates/b.bin"
request 'signed, in the first root' "$good" b.bin
expect 'by its way from another root it is another name' "$none" \
	"$driver/trigger_request" updates/suitgate/b.bin
bytes update > "$updates/only.bin"
request 'refused in the first root and nowhere else: not found' \
	'ENOENT: refused no-manifest -' only.bin
rm -r "$updates"

printf '%s' "$firmware/suitgate" > "$search"
expect 'firmware_class.path inside of the root: another name' \
	'ENOENT: refused no-manifest -' "$driver/trigger_request" b.bin
mkdir -p "$work/path/suitgate"
cp "$firmware/suitgate/b.bin" "$work/path/suitgate"
printf '%s\n' "$work/path" > "$search"
rm "$firmware/suitgate/b.bin"
request 'firmware_class.path, signed' "$good" b.bin
printf '%s/' "$work/path" > "$search"
request 'with a slash at its end' "$good" b.bin
printf '%s/./../path/' "$work/path" > "$search"
request 'by a detour' "$good" b.bin
bytes other > "$work/path/suitgate/b.bin"
request 'firmware_class.path, other bytes' \
	'ENOENT: refused image-mismatch vendor' b.bin
printf ' ' > "$search"
file b.bin

# Requests inside of a request.
mkdir "$firmware/suitgate/suitgate"
cp "$firmware/suitgate/b.bin" "$firmware/suitgate/suitgate/b.bin"
file outer.bin
expect 'a request inside a request, signed' \
	'ok: delivered ok vendor; refused no-manifest -' "$odd/nested" \
	suitgate/outer.bin,suitgate/b.bin
expect 'the name of the outer one does not count for the inner' \
	"ENOKEY: refused no-manifest -; delivered ok vendor" "$odd/nested" \
	suitgate/b.bin,suitgate/suitgate/b.bin

# More at once than the gate can follow.
file crowd.bin
ask "$odd/hold" 1 > /dev/null
ask "$odd/crowd" 300 > /dev/null
sleep 2
ask "$driver/trigger_request" suitgate/b.bin > "$work/told" &
sleep 1
before=$(newest)
ask "$odd/hold" 0 > /dev/null
wait
is 'one more than the gate can follow' EACCES "$(cat "$work/told")"
is 'is refused as one that nobody saw' 1 "$(since "$before" | tr ';' '\n' |
	grep -c 'refused read-bypassed-loader -')"
ask "$odd/crowd" 0 > /dev/null
request 'when they are gone all is well' "$good" b.bin

# Firmware that does not come from a request.
expect 'read as firmware, but not by the loader' \
	'EACCES: refused read-bypassed-loader -' "$odd/past" \
	"$firmware/suitgate/b.bin"
expect 'by its function, but not for a driver' \
	'EACCES: refused read-bypassed-loader -' "$odd/beside" \
	"$firmware/suitgate/b.bin"
expect 'a file that is no firmware' 'ok: ' "$odd/other" \
	"$firmware/suitgate/b.bin"
if [ -e /sys/kernel/debug/kprobes/enabled ]; then
	echo 0 > /sys/kernel/debug/kprobes/enabled
	request 'probes switched off: nobody knows who asks' \
		'EACCES: refused read-bypassed-loader -' b.bin
	echo 1 > /sys/kernel/debug/kprobes/enabled
	request 'and on again' "$good" b.bin
else
	ktap_test_skip 'probes switched off: nobody knows who asks'
	ktap_test_skip 'and on again'
fi

ktap_finished
