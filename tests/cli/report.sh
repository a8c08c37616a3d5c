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

# for one reader only
secret=$vectors/derived-success-encrypted.cbor
reader=$tree/tests/vectors/keys/suit-fwenc-receiver-p256.priv.pem
try 1 '[report-encrypted]' 'an encrypted report' suitctl report show "$secret"
try 0 'result: true' 'report show --decrypt' \
	suitctl report show --decrypt "$reader" "$secret"
try 0 'verified: yes' 'report verify --decrypt' \
	suitctl report verify --trust "$device" --decrypt "$reader" "$secret"
suitctl keygen --alg esp256 -o device.pem > /dev/null
try 0 'devices encrypt' 'keygen for who reads reports' \
	suitctl keygen --alg ecdh-es-a128kw -o reader.pem
try 0 '' 'report encrypt' suitctl report encrypt --to reader.pub -k device.pem \
	"$vectors/derived-success.cbor" -o made
try 0 'verified: yes' 'what it made' \
	suitctl report verify --trust device.pub --decrypt reader.pem made
try 1 '[report-for-another-key]' 'another reader' \
	suitctl report verify --trust device.pub --decrypt "$reader" made
try 1 '[report-not-encrypted]' 'decrypt what is not encrypted' \
	suitctl report show --decrypt reader.pem signed
flip made 60 > changed
try 1 '[signature-invalid]' 'a changed encrypted report' \
	suitctl report verify --trust device.pub --decrypt reader.pem changed
try 2 'encrypt needs' 'encrypt without a reader' \
	suitctl report encrypt -k device.pem -o x signed
try 2 'go with encrypt' 'show with a reader' \
	suitctl report show --to reader.pub signed
try 2 'is not a public key to encrypt for' 'encrypt for who signs' \
	suitctl report encrypt --to device.pub -k device.pem \
	"$vectors/derived-success.cbor" -o none

# tokens
nonce=948f8860d13a463e
plain=$vectors/derived-image-match-failed.cbor
try 0 '' 'report eat' suitctl report eat -k device.pem --nonce "$nonce" "$plain" -o token
try 0 'reason: condition-failed' 'report show of a token' suitctl report show token
try 0 "eat_nonce: $nonce" 'report verify of a token' \
	suitctl report verify --trust device.pub token
try 0 'verified: yes' 'a token of now' \
	suitctl report verify --trust device.pub --nonce "$nonce" token
suitctl report verify --trust device.pub --json token > seen.json
boot=$(tr -d - < /proc/sys/kernel/random/boot_id)
is 'report verify --json of a token' json seen.json "v['verified'] is True
	and v['token']['bootseed'] == '$boot'
	and v['token']['eat_nonce'] == '$nonce'
	and v['token']['iat'] > 1700000000
	and v['result']['reason'] == 'condition-failed'"
try 1 '[report-not-fresh]' 'a token of another time' \
	suitctl report verify --trust device.pub --nonce "${nonce%e}f" token
is 'nothing of a token of another time is printed' test ! -s out
suitctl report eat -k device.pem "$plain" -o silent
try 1 '[report-not-fresh]' 'a token without a nonce' \
	suitctl report verify --trust device.pub --nonce "$nonce" silent
try 0 'verified: yes' 'a report and its nonce' suitctl report verify \
	--trust "$device" --nonce 0001020304050607 "$vectors/derived-success-sign1.cbor"
try 1 '[signature-invalid]' 'a token of a stranger' \
	suitctl report verify --trust other.pub token
flip token 60 > changed
try 1 '[signature-invalid]' 'a changed token' \
	suitctl report verify --trust device.pub changed
try 0 '' 'report eat --to' \
	suitctl report eat -k device.pem --to reader.pub "$plain" -o hidden
try 1 '[report-encrypted]' 'an encrypted token' suitctl report show hidden
try 0 'bootseed: ' 'report verify --decrypt of a token' \
	suitctl report verify --trust device.pub --decrypt reader.pem hidden
try 1 '[cbor-wrong-type]' 'report eat of what is no report' \
	suitctl report eat -k device.pem "$tree/tests/vectors/teep/eat-claims.cbor" -o none
is 'no token is made of it' test ! -e none
try 2 'eat needs --key' 'report eat without a key' suitctl report eat "$plain" -o none
try 2 'expected 8 to 64 bytes' 'a nonce of 7 bytes' \
	suitctl report eat -k device.pem --nonce 948f8860d13a46 "$plain" -o none
try 2 'expected 8 to 64 bytes' 'a nonce that is not hex' \
	suitctl report verify --trust device.pub --nonce "948f8860d13a46 0x" token
try 2 'show compares no nonce' 'report show --nonce' \
	suitctl report show --nonce "$nonce" token

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
try 2 'expected show, verify, encrypt or eat' 'no file' suitctl report show
