#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Whoever makes a driver ask, in whatever root and mount namespace: the loader
# and the gate see what init sees.

# shellcheck source=lib.sh
. "$(dirname "$0")/lib.sh"
begin 13 unshare setpriv chroot

gate_new
trust vendor vendor --prefix firmware/suitgate
file good.bin
file bad.bin
vouch vendor 1 good.bin
sign vendor 1 "$work/bad.suit" bad.bin
flip bad.bin
mode enforce
trigger=$driver/trigger_request

# A mount namespace in which other files lie there, the signed bytes and a
# manifest among them.
cat > "$work/elsewhere" <<- EOF
	mount -t tmpfs none $firmware
	mkdir $firmware/suitgate
	yes evil 2> /dev/null | head -c 5000 > $firmware/suitgate/good.bin
	yes bad.bin 2> /dev/null | head -c 5000 > $firmware/suitgate/bad.bin
	cp $work/bad.suit $firmware/suitgate/bad.bin.suit
	exec $here/ask "\$1" "\$2"
EOF
elsewhere()
{
	before=$(newest)
	told=$(unshare -m sh "$work/elsewhere" "$trigger" "suitgate/$2")
	is "$1" "$3" "$told: $(since "$before")"
}
elsewhere 'other bytes in a mount namespace are not seen' good.bin \
	'ok: delivered ok vendor'
elsewhere 'nor the right ones, nor a manifest beside them' bad.bin \
	'ENOKEY: refused no-manifest -'

# A root of one's own.
mkdir "$work/jail"
mount --rbind / "$work/jail"
mount --make-rslave "$work/jail"
mount -t tmpfs none "$work/jail$firmware"
mkdir "$work/jail$firmware/suitgate"
bytes evil > "$work/jail$firmware/suitgate/good.bin"
bytes bad.bin > "$work/jail$firmware/suitgate/bad.bin"
cp "$work/bad.suit" "$work/jail$firmware/suitgate/bad.bin.suit"
jailed()
{
	before=$(newest)
	told=$(chroot "$work/jail" "$here/ask" "$trigger" "suitgate/$2")
	is "$1" "$3" "$told: $(since "$before")"
}
jailed 'other bytes in a chroot are not seen' good.bin 'ok: delivered ok vendor'
jailed 'nor the right ones, nor a manifest beside them, in a chroot' bad.bin \
	'ENOKEY: refused no-manifest -'

# A manifest that init sees counts there, too.
cp "$work/bad.suit" "$firmware/suitgate/bad.bin.suit"
bytes bad.bin > "$firmware/suitgate/bad.bin"
jailed 'the manifest beside the file, as init sees it, from a chroot' bad.bin \
	'ok: delivered ok vendor'
rm "$firmware/suitgate/bad.bin.suit"
umount -R "$work/jail"

# The root of a container, who is nobody outside, and one who is root outside.
container()
{
	setpriv --reuid 65534 --regid 65534 --clear-groups \
		unshare --user --map-root-user --mount --pid --fork "$@" 2>&1
}
# set_mode [COMMAND...]: how "suitctl mode setup" ends, under that command
set_mode()
{
	"$@" suitctl mode setup > /dev/null 2>&1
	echo $?
}
is 'the root of a container does not reach the driver' 'open: EACCES' \
	"$(container "$here/ask" "$trigger" suitgate/good.bin)"
is 'nor the device' 2 "$(set_mode container)"
is 'nor the text for people' 1 "$(container sh -c \
	"cat $gate/status > /dev/null 2>&1; echo \$?")"
is 'nor the module' 1 "$(container sh -c \
	'rmmod suitgate > /dev/null 2>&1; echo $?')"
chmod 666 /dev/suitgate
is 'whatever the permissions of the device' 2 "$(set_mode container)"
is 'nor when it is root outside' 2 \
	"$(set_mode unshare --user --map-root-user)"
is 'nor does root without CAP_MAC_ADMIN' 2 "$(set_mode setpriv \
	--bounding-set -mac_admin --inh-caps -mac_admin)"
chmod 600 /dev/suitgate
is 'it still enforces' enforce "$(suitctl mode | head -n 1)"

ktap_finished
