#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Reports of devices. Sourced by run.

vectors=${tree:?}/tests/vectors/suit-report
device=$tree/tests/vectors/keys/suit-example-p256.pub.cosekey.cbor
cp "$vectors/derived-success-sign1.cbor" signed
suitctl keygen --alg esp256 -o other.pem > /dev/null

try 0 'result: true' 'report show' suitctl report show signed
try 0 'verified: no' 'report show says that nothing is verified' \
	suitctl report show signed
try 0 'verified: yes' 'report verify' suitctl report verify --trust "$device" signed
suitctl report verify --json --trust "$device" signed > good
is 'report verify --json' json good "v['verified'] is True and v['result'] is True
	and v['reference']['uri'] == 'https://git.io/JJYoj' and v['records'] == []"
try 0 'reason: condition-failed' 'a failure' \
	suitctl report show "$vectors/derived-image-match-failed.cbor"
suitctl report show --json "$vectors/derived-image-match-failed.cbor" > failure
is 'a failure as JSON' json failure "v['verified'] is False and
	v['result']['record']['section'] == 'validate' and len(v['records']) == 2"
try 0 'prefix: true' 'what a device can do' \
	suitctl report show "$vectors/derived-with-capability-report.cbor"
for example in 1 2; do
	try 1 '[report-of-old-draft]' "layout of an old draft, $example" \
		suitctl report show "$vectors/teep-appendixF-example$example.cbor"
done
try 1 '[signature-invalid]' 'a stranger signed' \
	suitctl report verify --trust other.pub signed
flip signed 60 > changed
try 1 '[signature-invalid]' 'a changed report' \
	suitctl report verify --trust "$device" changed
is 'nothing of it is printed' test ! -s out
try 1 '[unsigned]' 'a report that nobody signed' suitctl report verify \
	--trust "$device" "$vectors/derived-success.cbor"
try 1 '[cose-type-unsupported]' 'a report with a MAC' suitctl report verify \
	--trust "$device" "$vectors/derived-success-mac0.cbor"
suitctl report show - < signed > piped
is 'report show of standard input' grep -q 'result: true' piped

# a terminal is driven by nobody: the uri has an escape in it
python3 -c 'import sys
b = open(sys.argv[1], "rb").read()
sys.stdout.buffer.write(b.replace(b"git.io", b"g\x1b[31m"))' \
	"$vectors/derived-success.cbor" > evil
try 0 'u001b' 'a report that drives the terminal' suitctl report show evil
is 'it does not' test -z "$(grep "$(printf '\033')" out)"

try 2 'whom to believe?' 'verify without --trust' suitctl report verify signed
try 2 'say verify' 'show with --trust' suitctl report show --trust x signed
try 2 'no such verb' 'another verb' suitctl report believe signed
try 2 'expected show or verify' 'no file' suitctl report show
