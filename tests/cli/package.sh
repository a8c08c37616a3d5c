#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The hook of dpkg: what it says after an upgrade, and that no upgrade fails
# because of it. With a suitctl and a device of the test's. Sourced by run.
# shellcheck disable=SC2016 # expands on that machine

cat > machine <<- 'END'
	set -eu
	for dir in etc usr var; do
		mkdir -p upper/$dir upper/work-$dir
	done
	mount -t tmpfs tmpfs upper
	for dir in etc usr var; do
		mkdir -p upper/$dir upper/work-$dir
		mount -t overlay -o "lowerdir=/$dir,upperdir=upper/$dir,workdir=upper/work-$dir" \
			overlay /$dir
	done
	mkdir upper/dev
	for node in null zero full urandom tty; do
		: > upper/dev/$node
		mount --bind /dev/$node upper/dev/$node
	done
	mount --rbind upper/dev /dev
	[ "$2" = no-gate ] || { : > /dev/suitgate; mount --bind /dev/null /dev/suitgate; }
	install -D -m 644 "$1/userspace/data/dpkg/suitgate" /etc/dpkg/dpkg.cfg.d/suitgate
	install -D -m 755 "$1/userspace/data/libexec/suitgate-packages" \
		/usr/libexec/suitgate-packages
	# what suitctl would say, in mode $2 with exit code $3
	printf '#!/bin/sh\n[ "$1" != mode ] || { echo %s; exit; }\necho "I say: $*"\nexit %s\n' \
		"$2" "$3" > /usr/bin/suitctl
	chmod 755 /usr/bin/suitctl
	export PATH=/usr/sbin:/usr/bin:/sbin:/bin
	dpkg -i "$4"
	dpkg-query -W -f '${Status}\n' firmware-acme | grep 'install ok installed'
END
mkdir -p deb/DEBIAN deb/usr/lib/firmware/acme
echo radio > deb/usr/lib/firmware/acme/radio.fw
printf '%s\n' 'Package: firmware-acme' 'Version: 1' 'Architecture: all' \
	'Maintainer: Nobody <nobody@acme.example>' 'Description: a test' > deb/DEBIAN/control
dpkg-deb --root-owner-group -b deb acme.deb > out 2> err

# upgrade STATUS WORDS TEXT MODE CODE: dpkg succeeds, and says these words
upgrade()
{
	rm -rf upper
	mkdir upper
	try "$1" '' "$3" unshare -m --propagation unchanged sh ./machine \
		"${tree:?}" "$4" "$5" acme.deb
	if [ -n "$2" ]; then
		is "$3: says so" grep -qF -- "$2" err
	else
		is "$3: says nothing" sh -c '! grep suitgate err'
	fi
}

upgrade 0 '' 'nothing will be refused' enforce 0
upgrade 0 'suitgate: I say: doctor --packages' 'something will be' enforce 1
upgrade 0 'firmware was not looked at' 'suitctl fails' audit 2
upgrade 0 'firmware was not looked at' 'suitctl crashes' enforce '$(kill -SEGV $$)'
upgrade 0 '' 'setup mode' setup 1
upgrade 0 '' 'no gate' no-gate 1
