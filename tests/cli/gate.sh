#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The commands of a gateway where there is no gate. Sourced by run.

suitctl keygen --alg esp256 -o acme.pem > /dev/null
echo radio > radio.fw
suitctl create --component firmware/radio.fw --payload radio.fw --seq 7 \
	-k acme.pem -o x.suit > /dev/null
suitctl trust make -o x.trust --sign acme.pem --sequence 9 --retire acme \
	> /dev/null

# without_gate ARGUMENT...: says that the module is missing, and what to do
without_gate()
{
	if [ -e /dev/suitgate ]; then
		skip "suitctl $* without a gate" 'this machine has a gate'
		return
	fi
	try 2 'the module is not loaded (modprobe suitgate)' \
		"suitctl $* without a gate" suitctl "$@"
	is "suitctl $*: nothing else is said" test ! -s out
}

without_gate status
without_gate status --json
without_gate load x.suit
without_gate load --json x.suit
without_gate load --all
without_gate unload x.suit
without_gate mode
without_gate mode audit
without_gate seal --yes
without_gate floor
without_gate floor list --json
without_gate floor confirm x.suit
without_gate floor save floors
without_gate events
without_gate events --follow
without_gate events --json
without_gate doctor
without_gate doctor --json
without_gate doctor radio.fw
without_gate trust update x.trust
without_gate trust add --live --store store --authority a --role vendor \
	--prefix firmware acme.pub
is 'nothing was written' test ! -e store -a ! -e floors
try 2 'no such device' 'retry of no device' suitctl retry no-such-device
try 2 'Try: suitctl retry --help' 'retry of nothing' suitctl retry
try 2 'Try: suitctl retry --help' 'retry of two' suitctl retry a b
try 2 'Try: suitctl retry --help' 'retry with an unknown option' \
	suitctl retry --now a
try 2 '../a: neither a path below /sys nor an id on a bus' \
	'retry of a path elsewhere' suitctl retry ../a
try 2 '/sys/none: No such file or directory' 'retry of no path' \
	suitctl retry /sys/none
try 2 '/sys/kernel: not a device' 'retry of another folder' \
	suitctl retry /sys/kernel
try 2 'Try: suitctl doctor --help' 'doctor of two' suitctl doctor a b
try 2 'Try: suitctl doctor --help' 'doctor --all without --packages' \
	suitctl doctor --all
try 2 'Try: suitctl doctor --help' 'doctor with an unknown option' \
	suitctl doctor --none
try 2 'Try: suitctl seal --help' 'seal of a word' suitctl seal now
try 2 'Try: suitctl mode --help' 'mode of two' suitctl mode audit enforce
try 2 '"sealed" is not setup, audit or enforce: use suitctl seal' \
	'mode of another name' suitctl mode sealed
try 2 'Try: suitctl unload --help' 'unload of nothing' suitctl unload
try 2 'Try: suitctl events --help' 'events of a word' suitctl events now
try 2 'Try: suitctl load --help' 'load of nothing' suitctl load
try 0 'state: ' 'load --make-state' suitctl load --make-state state
try 2 'cannot write none/x' 'load --make-state into a folder that is not there' \
	suitctl load --make-state none/x
