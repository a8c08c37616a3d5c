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
try 0 'state: ' 'load --make-state' suitctl load --make-state state
try 2 'cannot write none/x' 'load --make-state into a folder that is not there' \
	suitctl load --make-state none/x
