#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The examples of the manual page, as they stand there, one after the other in a
# machine whose disk is a layer over this one's. Sourced by run.

page=${tree:?}/userspace/data/man/suitctl.1
build=$tree/build

# Every command on a line of its own, with one space between words.
join()
{
	sed -e ':join' -e '/\\$/{N;s/\\\n//;b join}' | tr -s ' '
}

sed -n '/^\.Sh EXAMPLES/,/^\.Sh SEE/p' "$page" |
	awk '/^\.Ed/ { on = 0 } on { gsub(/\\e/, "\\"); print } /^\.Bd/ { on = 1 }' |
	join > examples
sed -n 's/^    //p' "$tree/README.md" | join | grep '^suitctl' > readme
is 'the readme has examples' test "$(wc -l < readme)" -ge 5
is 'they are those of the manual page' test -z "$(grep -vxFf examples readme)"
is 'the manual page has examples' test "$(wc -l < examples)" -ge 12

# A machine with firmware, and where an author has a file.
machine()
{
	mkdir layer &&
	mount -t tmpfs tmpfs layer &&
	mkdir layer/new layer/work layer/root &&
	mount -t overlay overlay -o lowerdir=/,upperdir=layer/new,workdir=layer/work \
		layer/root &&
	mkdir -p layer/root/"$build" layer/root/author \
		layer/root/etc/suitgate/manifests layer/root/usr/lib/firmware &&
	mount --bind "$build" layer/root/"$build" &&
	mount --rbind /dev layer/root/dev &&
	echo radio > layer/root/author/radio.fw &&
	echo regulations > layer/root/usr/lib/firmware/regulatory.db
}

# Without a gate an example that needs one says so.
example()
{
	case $1 in
	'suitctl load'* | 'suitctl seal'* | 'suitctl doctor'* | \
		'suitctl status'* | 'suitctl mode'*)
		try 2 'the module is not loaded' "example: $1" \
			chroot layer/root sh -c "cd /author && $1"
		;;
	*)
		try 0 '' "example: $1" chroot layer/root sh -c "cd /author && $1"
		;;
	esac
}

if [ "$(id -u)" != 0 ] || [ -e /dev/suitgate ]; then
	skip 'the examples' 'needs root and a machine without a gate'
elif machine 2> err; then
	while IFS= read -r line; do
		example "$line"
	done < examples
	is 'the gate would get what the examples made' test \
		"$(cd layer/root/etc/suitgate && find . -type f | sort)" = \
		"$(printf '%s\n' ./manifests/baseline.suit ./trust.d/acme.trust \
			./trust.d/baseline.trust)"
	try 0 '' 'and it fits together' chroot layer/root \
		suitctl load --make-state /tmp/state
	is 'two statements and one manifest' grep -q ': 3 items' out
	umount -R layer
else
	sed 's/^/# /' err
	skip 'the examples' 'cannot lay one file system over another'
fi
