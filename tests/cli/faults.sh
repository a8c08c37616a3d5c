#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# What is left behind when something goes wrong: nothing. Sourced by run.

suitctl keygen --alg esp256 -o acme.pem > /dev/null
suitctl keygen --alg esp256 -o other.pem > /dev/null
head -c 40000 /dev/urandom > radio.fw
echo before > old.suit
mkfifo pipe
create="suitctl create --component firmware/radio.fw --payload radio.fw --seq 7"

# shellcheck disable=SC2086 # a command with options
{
	$create -k acme.pem -o - > /dev/full 2> err
	is 'create -o - to a full disk' test $? = 2
	is 'and says so' grep -q 'No space left' err
	$create -k acme.pem -o x.suit > out
	try 2 'there, and not a regular file' 'create -o to a pipe' \
		$create -k acme.pem -o pipe
	try 2 'cannot write none/x.suit' 'a folder that is not there' \
		$create -k acme.pem -o none/x.suit
	try 2 'none.pem' 'a key that is not there' $create -k none.pem -o new.suit
	try 2 'acme.pub' 'a public key to sign with' $create -k acme.pub -o new.suit
	echo '-----BEGIN PRIVATE KEY-----' > half.pem
	try 2 'half.pem' 'half a key' $create -k half.pem -o old.suit
	head -c 100 x.suit > cut.suit
	try 1 '[cbor-truncated]' 'sign of half an envelope' \
		suitctl sign -k acme.pem cut.suit
	is 'it stays as it was' test "$(stat -c %s cut.suit)" = 100
}
try 2 'there, and not a regular file' 'keygen --force in place of a pipe' \
	suitctl keygen --force --alg esp256 -o pipe
try 2 'there, and not a regular file' 'load --make-state in place of a pipe' \
	suitctl load --make-state pipe
is 'the pipe is still one' test -p pipe
suitctl show x.suit > /dev/full 2> err
is 'show to a full disk' test $? = 2
is 'what was there is still there' test "$(cat old.suit)" = before
is 'nothing is left of what failed' test -z \
	"$(ls -d none new.suit ./*.suit.* 2> /dev/null)"

if [ "$(id -u)" = 0 ] && mkdir full && mount -t tmpfs -o size=8k tmpfs full 2> err; then
	# one page for the old file, none for anything that is larger
	cp old.suit full/x.suit
	# shellcheck disable=SC2086
	{
		try 2 'No space left on device' 'create on a full disk' \
			$create --integrated -k acme.pem -o full/x.suit
		try 2 'No space left on device' 'a new file on a full disk' \
			$create --integrated -k acme.pem -o full/new.suit
	}
	is 'the old file is whole' cmp old.suit full/x.suit
	is 'half a file is not left' test "$(ls full)" = x.suit
	cp x.suit full/x.suit
	head -c 8192 /dev/zero > full/rest 2> /dev/null
	try 2 'No space left on device' 'sign on a full disk' \
		suitctl sign -k other.pem full/x.suit
	is 'the envelope is as it was' cmp x.suit full/x.suit
	try 2 'No space left on device' 'keygen on a full disk' \
		suitctl keygen --alg esp256 -o full/k.pem
	is 'no key is left' test -z "$(find full -name 'k.*')"
	umount full
else
	skip 'a full disk' 'needs root, to mount one'
fi

# Root may read everything: be somebody else, or not root at all.
mkdir closed
echo before > closed/old.suit
chmod 755 . closed
chmod 644 ./*.fw old.suit x.suit
nobody=
[ "$(id -u)" != 0 ] || nobody='setpriv --reuid=65534 --regid=65534 --clear-groups'
[ -n "$nobody" ] || chmod a-rwx acme.pem
[ -n "$nobody" ] || chmod a-w closed
# shellcheck disable=SC2086
if $nobody suitctl --version > out 2> err; then
	try 2 'acme.pem: Permission denied' 'a key that must not be read' \
		$nobody $create -k acme.pem -o /tmp/never.suit
	try 2 'closed/old.suit: Permission denied' 'a folder that must not be written' \
		$nobody $create -o closed/old.suit
	is 'what was there is still there' test "$(cat closed/old.suit)" = before
	is 'nothing is left in it' test "$(ls closed)" = old.suit
else
	skip 'no permission' 'no other user here'
fi
chmod u+rwx closed
