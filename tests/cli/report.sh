#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Reports of devices. Sourced by run.

vectors=${tree:?}/tests/vectors
key=$vectors/keys/suit-example-p256.pub.cosekey.cbor
signed=$vectors/suit-report/derived-success-sign1.cbor
plain=$vectors/suit-report/derived-image-match-failed.cbor

try 0 'condition failed, reason 10' 'report show' suitctl report show "$plain"
try 0 'not signed' 'it is not signed' suitctl report show "$plain"
suitctl report show --json "$plain" > plain.json
is 'report show --json' json plain.json \
	"v['result']['record']['section'] == 'validate'"
# shellcheck disable=SC2016 # of the inner shell
try 0 '"result":true' 'report show --json -' \
	sh -c 'suitctl report show --json - < "$1"' sh "$signed"
try 0 'signature is good' 'report verify' \
	suitctl report verify --key "$key" "$signed"
try 0 '"signed":true' 'report verify --json' \
	suitctl report verify --json --key "$key" "$signed"
suitctl keygen --alg esp256 -o other.pem > /dev/null
try 1 '[signature-invalid]' 'report of another device' \
	suitctl report verify --key other.pub "$signed"
try 0 'signature is good' 'report of one of two devices' \
	suitctl report verify --key other.pub --key "$key" "$signed"
try 1 '[unsigned]' 'report verify of one that is not signed' \
	suitctl report verify --key "$key" "$plain"
try 1 'not a report' 'report show of an old draft' \
	suitctl report show "$vectors/suit-report/teep-appendixF-example1.cbor"
try 1 'not a report' 'report show of a key' suitctl report show "$key"
try 2 'verify needs --key' 'report verify without a key' \
	suitctl report verify "$signed"
try 2 'show takes none' 'report show with a key' \
	suitctl report show --key "$key" "$signed"
try 2 'neither show nor verify' 'report eat' suitctl report eat "$signed"
try 2 'one report' 'report of nothing' suitctl report show
