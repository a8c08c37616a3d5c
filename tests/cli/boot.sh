#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The boot state follows what is configured, and the initramfs follows the boot
# state: in a file system of its own, with an update-initramfs of the test's.
# Sourced by run.
# shellcheck disable=SC2016 # expands on that machine

# A machine with files of its own where those of the gateway are; $1 runs there.
cat > machine <<- 'END'
	set -eu
	mkdir -p upper work fake
	mount -t tmpfs tmpfs upper
	mkdir upper/etc upper/work
	mount -t overlay -o lowerdir=/etc,upperdir=upper/etc,workdir=upper/work \
		overlay /etc
	for dir in /var/lib /boot; do
		mount -t tmpfs tmpfs $dir
	done
	mkdir -p /etc/suitgate/trust.d /etc/suitgate/manifests /var/lib/suitgate
	cat > fake/update-initramfs <<- 'FAKE'
		#!/bin/sh
		[ ! -e fail ] || exit 1
		[ ! -e change ] || { sh ./change; rm change; }
		echo "$*" >> made
		suitctl load --make-state /boot/state > /dev/null
	FAKE
	chmod 755 fake/update-initramfs
	export PATH="$PWD/fake:$PATH" SUITGATE_QUIET=0
	make=$1/userspace/data/libexec/suitgate-initramfs
	state=/var/lib/suitgate/boot.state stamp=/var/lib/suitgate/initramfs.stamp
	fails() { ! "$@"; }
	same() { cmp $state /boot/state; }
	made() { [ "$(wc -l < made 2> /dev/null || echo 0)" = "$1" ]; }
	set +e
	eval "$2"
END
# there TEXT COMMANDS: do they hold, one after the other, on such a machine?
there()
{
	rm -rf fake made fail change
	: > out
	: > err
	is "$1" unshare -m --propagation unchanged sh ./machine "${tree:?}" "set -e; $2"
}

there 'nothing configured is a state too' \
	'suitctl load --update-state | grep changed; test -s $state;
	suitctl load --update-state | grep "as before"'
there 'the mode is in it' 'suitctl load --update-state; cp $state old;
	echo enforce > /etc/suitgate/mode; suitctl load --update-state | grep changed;
	fails cmp old $state'
there 'what is wrong leaves the file alone' 'suitctl load --update-state; cp $state old;
	echo nonsense > /etc/suitgate/mode; fails suitctl load --update-state; cmp old $state'
there 'no initramfs: the state only' '$make; test -s $state; made 0; test ! -e $stamp'
there 'an initramfs: it gets the state' ': > /boot/initrd.img-1; $make; made 1;
	grep -- "-u -k all" made; same; test -s $stamp'
there 'nothing changed: nothing is made' ': > /boot/initrd.img-1; $make; $make; made 1'
there 'a change: it is made again' ': > /boot/initrd.img-1; $make;
	echo audit > /etc/suitgate/mode; $make; made 2; same'
there 'a change while it is made: again' ': > /boot/initrd.img-1;
	echo "echo audit > /etc/suitgate/mode" > change;
	$make; made 2; same'
there 'update-initramfs fails: said, and tried again' ': > /boot/initrd.img-1;
	: > fail; fails $make 2> said; grep "begins with an OLD state" said;
	test ! -e $stamp; rm fail; $make; made 1; same'
there 'a state that cannot be made: said' ': > /boot/initrd.img-1;
	echo nonsense > /etc/suitgate/mode; fails $make 2> said;
	grep "the boot state cannot be made" said; made 0'
